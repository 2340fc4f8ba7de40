"""``make bench-peer``: the conversations of ``make bench`` against Rasa's default set-up, in the same run as ours.

The peer is what ``rasa init`` and ``rasa run`` give: Rasa's own pins on Python 3.10 (PEER_PYTHON names one), DIET, TED
and a stock server with its REST channel, with this project's domain, rules and examples, and this project's actions in
a separate action server. It is trained for one epoch: the time of a message does not hang on how well it was learned,
what it understands does. Its environment (2.7 GB) is made in the folder .peer, or in PEER_DIR.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import psutil
import requests

from tests.bench.load import CONVERSATION, TURN_SECONDS, Load, percentiles, run
from tests.running import RunningAssistant, free_port

MB = 1024 * 1024
START_SECONDS = 300
WARM_UP, ALONE, AT_ONCE = 1, 5, 20
CONFIG = """\
recipe: default.v1
assistant_id: peer
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}
  - {name: DIETClassifier, epochs: 1, constrain_similarities: true}
  - name: EntitySynonymMapper
  - {name: ResponseSelector, epochs: 1, constrain_similarities: true}
  - {name: FallbackClassifier, threshold: 0.3, ambiguity_threshold: 0.1}
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - {name: UnexpecTEDIntentPolicy, max_history: 5, epochs: 1}
  - {name: TEDPolicy, max_history: 5, epochs: 1, constrain_similarities: true}
"""


def main() -> None:
    """Measure both and print them beside each other."""
    home = Path(os.environ.get("PEER_DIR", ".peer")).resolve()
    rasa = environment(home)
    with tempfile.TemporaryDirectory() as folder:
        peer = measure_peer(rasa, project(rasa, home / "project"))
        ours = measure_ours(Path(folder))
    print("| what | Rasa's default set-up | this product | ratio |\n|---|---|---|---|")
    for (what, unit), theirs, own in zip(MEASURED.items(), peer, ours, strict=True):
        print(f"| {what} | {theirs:.1f} {unit} | {own:.1f} {unit} | {max(theirs, own) / min(theirs, own):.1f} |")


MEASURED = {
    "cold start": "s",
    "memory": "MB",
    "1 conversation, p50": "ms",
    "1 conversation, p95": "ms",
    "20 conversations": "turns/s",
}


def environment(home: Path) -> Path:
    """The peer's ``rasa`` command, installed with its official pins if it is not there yet."""
    rasa = home / "venv" / "bin" / "rasa"
    if not rasa.exists():
        python = os.environ.get("PEER_PYTHON") or shutil.which("python3.10")
        if not python:
            sys.exit("Rasa's own pins need Python 3.10: install it, or set PEER_PYTHON=/path/to/python3.10")
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run([python, "-m", "venv", home / "venv"], check=True)
        pip = [home / "venv" / "bin" / "python", "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "rasa==3.6.21", "setuptools<81"], check=True)
    return rasa


def project(rasa: Path, folder: Path) -> Path:
    """This project's domain and data with the default pipeline, trained unless the same were trained before."""
    trained, sources = folder / "trained-from", [Path("domain.yml"), *sorted(Path("data").rglob("*.yml"))]
    digest = hashlib.sha256(CONFIG.encode() + b"".join(path.read_bytes() for path in sources)).hexdigest()
    if trained.exists() and trained.read_text() == digest:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy("domain.yml", folder)
    shutil.copytree("data", folder / "data")
    (folder / "config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    with (folder / "train.log").open("w") as log:
        subprocess.run([rasa, "train"], cwd=folder, check=True, env=_quiet(), stdout=log, stderr=log)
    trained.write_text(digest)
    return folder


def measure_peer(rasa: Path, folder: Path) -> Sequence[float]:
    """Start, memory (server and action server), latencies and throughput of the peer."""
    actions, port = free_port(), free_port()
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n")
    own = [sys.executable, "-m", "bot.cli", "rasa", "run", "actions", "--port", str(actions)]
    stock = [str(rasa), "run", "--port", str(port), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    with _running(own, Path.cwd(), f"http://127.0.0.1:{actions}/health", folder / "actions.log") as first:
        begin = time.perf_counter()
        with _running(stock, folder, f"http://127.0.0.1:{port}/", folder / "server.log") as second:
            started = time.perf_counter() - begin
            url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
            loads = asyncio.run(_both(lambda at_once, many: rest(url, at_once=at_once, conversations=many)))
            return (started, memory(first) + memory(second), *loads)


def measure_ours(folder: Path) -> Sequence[float]:
    """The same of this product, through its public WebSocket."""
    begin = time.perf_counter()
    assistant = RunningAssistant(folder).start()
    try:
        started = time.perf_counter() - begin
        loads = asyncio.run(_both(lambda at_once, many: run(assistant.url, at_once=at_once, conversations=many)))
        assert assistant.process is not None
        return (started, memory(assistant.process), *loads)
    finally:
        assistant.stop()


async def _both(load: Callable[[int, int], Awaitable[Load]]) -> tuple[float, float, float]:
    await load(1, WARM_UP)
    one = await load(1, ALONE)
    many = await load(AT_ONCE, 2 * AT_ONCE)
    return one.percentile(0.5), one.percentile(0.95), many.turns_per_second


async def rest(url: str, *, at_once: int, conversations: int) -> Load:
    """Conversations over Rasa's REST channel, ``at_once`` at a time."""

    async def converse() -> list[float]:
        sender, latencies = uuid.uuid4().hex, []
        async with aiohttp.ClientSession() as session:
            for text in CONVERSATION:
                begin = time.perf_counter()
                message = {"sender": sender, "message": text}
                async with session.post(url, json=message, timeout=aiohttp.ClientTimeout(TURN_SECONDS)) as response:
                    await response.json()
                latencies.append(time.perf_counter() - begin)
        return latencies

    return await percentiles(converse, at_once=at_once, conversations=conversations)


def memory(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> float:
    """Resident memory of a process and its children, in MB."""
    root = psutil.Process(process.pid)
    return sum(p.memory_info().rss for p in [root, *root.children(recursive=True)]) / MB


@contextmanager
def _running(command: list[str], folder: Path, url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=_quiet(), stdout=out, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                if requests.get(url, timeout=2).ok:
                    break
            except requests.RequestException:
                time.sleep(0.1)
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{command[0]} did not start: {log.read_text()[-2000:]}")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _quiet() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


if __name__ == "__main__":
    main()
