"""``make bench``: install size, the engine, training, start, memory, latency and throughput, printed as Markdown.

Everything is measured on this machine in one run; ``docs/benchmarks.md`` keeps what was printed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.bench import assessments, takeover
from tests.bench.load import Load, run
from tests.running import RunningAssistant

MB = 1024 * 1024


def main() -> None:
    """Measure and print."""
    print("| what | measured |\n|---|---|")
    print(f"| installed for `make run` | {installed()} MB |")
    for line in assessments.lines():
        print(line, flush=True)
    with tempfile.TemporaryDirectory() as directory:
        print(f"| training | {training(Path(directory) / 'models'):.1f} s |")
        for name, url in databases():
            for line in serve(Path(tempfile.mkdtemp(dir=directory)), name, url):
                print(line, flush=True)


def installed() -> int:
    """Size of the environment without the development tools, in MB."""
    target = Path(tempfile.mkdtemp()) / "venv"
    uv = shutil.which("uv") or ".tools/bin/uv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, target], check=True)
    sync = [uv, "pip", "sync", "-q", "--python", target / "bin" / "python", "--require-hashes", "requirements.txt"]
    subprocess.run(sync, check=True)
    size = sum(f.lstat().st_size for f in target.rglob("*") if not f.is_symlink()) // MB
    shutil.rmtree(target.parent)
    return size


def training(models: Path) -> float:
    """Seconds to train from nothing, without Rasa's cache."""
    from bot.dialogue.training import ensure

    os.environ["RASA_CACHE_DIRECTORY"] = str(models / "cache")
    begin = time.perf_counter()
    ensure(models)
    return time.perf_counter() - begin


def databases() -> Iterator[tuple[str, str]]:
    """SQLite, and PostgreSQL where one answers."""
    yield "SQLite", ""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 5432)) == 0:
            yield "PostgreSQL", os.environ.get("BENCH_POSTGRESQL", "postgresql+psycopg2://postgres@127.0.0.1:5432/test")


def serve(directory: Path, name: str, url: str) -> Iterator[str]:
    """Start, memory, one conversation at a time, twenty at once."""
    begin = time.perf_counter()
    assistant = RunningAssistant(directory, database_url=url).start()
    yield f"| cold start, {name} | {time.perf_counter() - begin:.1f} s |"
    try:
        asyncio.run(run(assistant.url, at_once=1, conversations=2))
        one = asyncio.run(run(assistant.url, at_once=1, conversations=10))
        yield line(f"1 conversation, {name}", one)
        many = asyncio.run(run(assistant.url, at_once=20, conversations=100))
        yield line(f"20 conversations, {name}", many)
        person = takeover.measure(assistant)
        figures = f"p50 {person.percentile(0.5):.0f} ms, p95 {person.percentile(0.95):.0f} ms"
        yield f"| a person's message in the visitor's browser, {name} | {figures} |"
        process = psutil.Process(assistant.process.pid)
        memory = sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]) // MB
        yield f"| memory after {len(one.latencies) + len(many.latencies)} turns, {name} | {memory} MB |"
    finally:
        assistant.stop()


def line(what: str, load: Load) -> str:
    return (
        f"| {what} | p50 {load.percentile(0.5):.1f} ms, p95 {load.percentile(0.95):.1f} ms, "
        f"{load.turns_per_second:.0f} turns/s |"
    )


if __name__ == "__main__":
    main()
