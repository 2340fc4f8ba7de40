"""The inbox of a firm with 100,000 leads: how long the server takes for a page, by filter and order.

``python -m tests.bench.inbox`` prints Markdown; ``docs/benchmarks.md`` keeps what was printed. The aims are a
95th percentile under 100 ms on PostgreSQL and 150 ms on SQLite.
"""

from __future__ import annotations

import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.facts.encoding import profile_to
from bot.intake import demo, schema, search
from bot.intake.brief import brief
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import ORDERS, count, page
from bot.intake.lead_tables import NEVER, LeadFileRow, LeadLabelRow, LeadRow, LeadTokenRow
from bot.intake.models import ConversationRow
from bot.intake.sealing import Seal
from tests.bench.__main__ import databases

LEADS = int(os.environ.get("BENCH_LEADS", "100000"))
KINDS = 400
STEP = 5000
ROUNDS = 5
STATUSES = ("new", "new", "new", "in_review", "contacted", "booked", "no_answer", "not_now")


def main() -> None:
    """Fill, measure, print."""
    print(f"| {LEADS:,} leads | p50 | p95 | worst kind of page |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as directory:
        for name, url in databases():
            database = Database(
                url or f"sqlite:///{Path(directory) / 'bench.db'}", Seal([Fernet.generate_key().decode()])
            )
            if url:
                _emptied(database)
            schema.upgrade(database)
            fill(database)
            taken = sorted(measure(database), key=lambda pair: pair[1])
            times = [seconds * 1000 for _, seconds in taken]
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(f"| {name} | {p50:.0f} ms | {p95:.0f} ms | {taken[-1][0]}: {times[-1]:.0f} ms |", flush=True)
            if "--kinds" in sys.argv:
                _print_kinds(taken)
            database.close()


def fill(database: Database) -> None:
    """Leads of people who do not exist, written in bulk."""
    today = date.today()
    kinds = [(one, brief(one.profile, today, one.signs), profile_to(one.profile)) for one in demo.people(KINDS, today)]
    chance = random.Random(1)
    for first in range(1, LEADS + 1, STEP):
        rows = [_rows(database.seal, number, kinds, chance) for number in range(first, min(first + STEP, LEADS + 1))]
        with database.session() as session:
            for table, part in (
                (ConversationRow, "conversation"),
                (LeadRow, "lead"),
                (LeadFileRow, "file"),
                (LeadTokenRow, "tokens"),
                (LeadLabelRow, "labels"),
            ):
                values = [row for found in rows for row in found[part]]
                if values:
                    session.execute(sa.insert(table), values)
    with database.engine.connect() as connection:
        # What PostgreSQL's own autovacuum does after so many rows.
        tidy = "ANALYZE" if database.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(tidy)


def _rows(seal: Seal, number: int, kinds: list[Any], chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    person, found, facts = chance.choice(kinds)
    then = datetime.now(UTC) - timedelta(minutes=chance.randint(0, 500_000))
    conversation = secrets.token_hex(16)
    status = chance.choice(STATUSES)
    words = {*search._beginnings(person.name), *search._ways(person.contact)}
    labels = chance.sample(["nurse", "francophone", "Ontario", "couple"], k=chance.randint(0, 2))
    return {
        "conversation": [
            {
                "id": conversation,
                "channel": person.channel,
                "language": person.language,
                "state": "open",
                "asked": None,
                "last_seq": 0,
                "created_at": then,
                "last_activity_at": then,
            }
        ],
        "lead": [
            {
                "id": number,
                "conversation_id": conversation,
                "name_sealed": seal.close(person.name),
                "contact_sealed": seal.close(person.contact),
                "language": person.language,
                "channel": person.channel,
                "status": status,
                "is_open": status not in ("no_answer", "not_now"),
                "version": 1,
                "assignee_id": chance.choice([None, None, 1, 2, 3, 4, 5]),
                "priority": found.place.priority,
                "priority_reason": found.place.reason,
                "due_on": (found.place.due_on or NEVER)
                + timedelta(days=chance.randint(0, 60) if found.place.due_on else 0),
                "due_event": found.place.due_event,
                "stage": person.profile.value("stage"),
                "score": found.score_low or 0,
                "score_low": found.score_low,
                "score_high": found.score_high,
                "rule_set": found.rule_set,
                "assessed_on": found.as_of,
                **found.programs,
                "urgent": found.urgent,
                "contradictions": found.contradictions,
                "high_risks": found.high_risks,
                "may_write": chance.random() < 0.2,
                "waiting_since": then if status == "new" else None,
                "created_at": then,
                "updated_at": then,
                "last_activity_at": then,
            }
        ],
        "file": [
            {"lead_id": number, "facts": facts, "assessment": dict(found.assessment), "brief": dict(found.details)}
        ],
        "tokens": [{"token": token, "lead_id": number} for token in {seal.index(word) for word in words}],
        "labels": [{"label": label, "lead_id": number} for label in labels],
    }


def questions(today: date) -> Iterator[tuple[str, Filters, str]]:
    """What staff ask: views, combined filters, searches."""
    asked = {
        "all open": Filters(),
        "mine": Filters(assignee=(3,)),
        "unassigned": Filters(unassigned=True),
        "urgent": Filters(urgent=True),
        "deadline in 14 days": Filters(due_by=today + timedelta(days=14)),
        "waiting": Filters(waiting_minutes=15),
        "other rules": Filters(other_rules="crs.2020"),
        "in the pool, French, Telegram": Filters(stage=("in_pool",), language=("fr",), channel=("telegram",)),
        "score 450 to 480, CEC yes": Filters(score_from=450, score_to=480, programs={"cec": "yes"}),
        "label": Filters(labels=("nurse",)),
        "two labels, urgent": Filters(labels=("nurse", "Ontario"), urgent=True),
        "name": Filters(search="sou", open=None),
        "two names": Filters(search="fatima noor"),
        "phone": Filters(search="613 555 0142"),
        "nothing fits": Filters(stage=("trouble",), score_from=1100, score_to=1100, status=("booked",)),
        "contradictions, may be written to": Filters(contradictions=True, may_write=True),
        "closed": Filters(open=False),
    }
    for name, filters in asked.items():
        for sort in ORDERS:
            yield name, filters, sort


def measure(database: Database) -> Iterator[tuple[str, float]]:
    """Seconds for each page: the first, the next one, and the count beside it."""
    for _ in range(ROUNDS):
        for name, filters, sort in questions(date.today()):
            with database.session(reading=True) as session:
                begin = time.perf_counter()
                first = page(session, database.seal, filters, sort=sort)
                yield f"{name} by {sort}", time.perf_counter() - begin
                if first.after:
                    begin = time.perf_counter()
                    page(session, database.seal, filters, sort=sort, after=first.after)
                    yield f"{name} by {sort}, next page", time.perf_counter() - begin
                begin = time.perf_counter()
                count(session, database.seal, filters)
                yield f"{name}, count", time.perf_counter() - begin


def _print_kinds(taken: list[tuple[str, float]]) -> None:
    worst: dict[str, float] = {}
    for name, seconds in taken:
        worst[name] = max(worst.get(name, 0), seconds)
    for name, seconds in sorted(worst.items(), key=lambda pair: -pair[1])[:25]:
        print(f"  {seconds * 1000:7.1f} ms  {name}")


def _emptied(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


if __name__ == "__main__":
    main()
