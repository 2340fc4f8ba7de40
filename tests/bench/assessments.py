"""How fast the engine is on one core, and what a spreadsheet of leads takes: ``python -m tests.bench.assessments``.

Speeds are per second of processor time in the best of many passes over the same people, so that other work on the
machine counts as little as possible.
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.assessment import assess, crs_score
from bot.facts import Profile, vocabulary
from bot.facts.interchange import from_interchange

DAY = date(2026, 11, 2)
PEOPLE = 100
SECONDS = 5.0
SIZES = (10_000, 100_000)
MB = 1024 * 1024
IELTS = (4.0, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5)
NOCS = ("21231", "31301", "72106", "62020", "00012")


def main() -> None:
    """Measure and print as Markdown."""
    print("| what | measured |\n|---|---|")
    for line in lines():
        print(line, flush=True)


def lines() -> Iterator[str]:
    """The lines of the table of ``make bench``."""
    chance = random.Random(1)
    given = [person(chance) for _ in range(PEOPLE)]
    people = [from_interchange(one) for one in given]
    yield rate("profiles read from JSON", given, from_interchange)
    yield rate("CRS scores with every line", people, lambda one: crs_score(one, DAY))
    yield rate("score and programs", people, lambda one: assess(one, DAY))
    yield rate("complete assessments", people, everything)
    yield rate("complete assessments as JSON", people, lambda one: json.dumps(assess(one, DAY).to_dict(complete=True)))
    yield from spreadsheets()


def person(chance: random.Random) -> dict[str, Any]:
    """Somebody of whom everything that the score reads is known: two in five with a partner, one in three with jobs."""
    partner = chance.random() < 0.4
    found: dict[str, Any] = {
        "destination": "outside_quebec",
        "date_of_birth": str(date(chance.randint(1975, 2003), chance.randint(1, 12), chance.randint(1, 28))),
        "marital_status": "married" if partner else "single",
        "education": chance.choice(
            ["secondary", "one_year", "two_year", "bachelor", "two_or_more", "master", "doctorate"]
        ),
        "canadian_study": chance.choice(["none", "none", "one_or_two_years", "three_or_more_years"]),
        "eca": {"status": "done", "issued_on": "2025-06-01"},
        "first_language": result(chance),
        "second_language": {"test": "none"},
        "noc": chance.choice(NOCS),
        **dict.fromkeys(("certificate_of_qualification", "provincial_nomination", "sibling_in_canada"), False),
        "job_offer": "none",
        "family_size": 2 if partner else 1,
        "funds_amount": chance.randint(5, 40) * 1000,
    }
    if partner:
        found |= {"spouse_accompanying": True, "spouse_citizen_or_pr": False}
        found["spouse"] = {
            "education": "bachelor",
            "language": result(chance),
            "canadian_work_years": chance.randint(0, 3),
        }
    if chance.random() < 1 / 3:
        found["jobs"] = list(jobs(chance, found["noc"]))
    else:
        found |= {"canadian_work_years": chance.randint(0, 5), "foreign_work_years": chance.randint(0, 5)}
    return found


def result(chance: random.Random) -> dict[str, Any]:
    """A test result that counts on the day."""
    scores = {ability: chance.choice(IELTS) for ability in ("listening", "reading", "writing", "speaking")}
    return {"language": "english", "test": "ielts_general", "taken_on": "2025-09-10", **scores}


def jobs(chance: random.Random, noc: str) -> Iterator[dict[str, Any]]:
    """One to four jobs one after the other, first abroad, the last one in Canada and going on."""
    start = date(chance.randint(2014, 2020), 1, 15)
    for place in ["abroad"] * chance.randint(0, 3):
        end = start + timedelta(days=chance.randint(200, 900))
        yield {"noc": noc, "from": str(start), "to": str(end), "hours": chance.choice([20, 37.5, 40]), "place": place}
        start = end + timedelta(days=chance.randint(1, 90))
    yield {"noc": noc, "from": str(max(start, date(2024, 3, 1))), "hours": 40, "place": "canada"}


def everything(profile: Profile) -> object:
    """Every part of an assessment."""
    found = assess(profile, DAY)
    return (found.categories, found.rounds, found.gains, found.partner, found.timeline, found.documents, found.risks)


def rate(what: str, people: Sequence[Any], work: Callable[[Any], object]) -> str:
    """How often a second: the best pass over all people."""
    best, end = float("inf"), time.process_time() + SECONDS
    while (begin := time.process_time()) < end:
        for one in people:
            work(one)
        best = min(best, time.process_time() - begin)
    return f"| {what} | {len(people) / best:,.0f} a second |"


def spreadsheets() -> Iterator[str]:
    """`assistant assess --csv` on a small and on a large file: processor time and the most memory it held."""
    columns = [name for name in vocabulary() if vocabulary()[name].type not in {"jobs", "stays"}]
    with tempfile.TemporaryDirectory() as directory:
        for rows in SIZES:
            source, target = Path(directory) / f"{rows}.csv", Path(directory) / f"{rows}-scored.csv"
            write(source, rows, columns)
            seconds, peak = scored(source, target)
            with target.open(encoding="utf-8") as found:
                assert sum(1 for _ in found) == rows + 1
            yield f"| {rows:,} CSV rows | {rows / seconds:,.0f} a second, {peak / MB:.0f} MB at most |"


def write(path: Path, rows: int, columns: Sequence[str]) -> None:
    """A spreadsheet of invented leads."""
    chance = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", *columns], lineterminator="\n")
        writer.writeheader()
        for number in range(rows):
            facts = {name: fact.value for name, fact in from_interchange(person(chance)).items()}
            writer.writerow({"id": number, **{name: value for name, value in facts.items() if name in columns}})


def scored(source: Path, target: Path) -> tuple[float, int]:
    """Processor seconds and peak resident bytes of one run of the command. Raises ``RuntimeError`` if it fails."""
    command = [sys.executable, "-m", "bot.cli", "assess", "--csv", str(source), "-o", str(target), "--as-of", str(DAY)]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
