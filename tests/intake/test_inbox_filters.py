"""Every filter of the inbox with every other, in every order: the same leads as plain Python finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import ORDERS, count, page
from bot.intake.lead_tables import FILTERED, NEVER, LeadLabelRow, LeadRow
from bot.intake.models import ConversationRow
from tests.intake.people import DAY

NOW = datetime.now(UTC)
LEADS = 60
COMBINATIONS = 40

Row = dict[str, Any]

CHOICES: dict[str, list[Any]] = {
    "is_open": [True, True, False],
    "status": ["new", "contacted", "booked"],
    "assignee_id": [None, 1, 2],
    "priority": [1, 2, 5],
    "due_on": [DAY, DAY + timedelta(days=9), NEVER],
    "stage": [None, "in_pool", "invited"],
    "score_low": [None, 400, 470],
    "score_high": [None, 480, 520],
    "rule_set": [None, "old", "new"],
    "cec": [None, "yes", "no"],
    "fsw": [None, "yes", "cannot_tell"],
    "fst": [None, "no"],
    "urgent": [True, False],
    "contradictions": [0, 0, 2],
    "high_risks": [0, 1],
    "may_write": [True, False],
    "waiting_since": [None, NOW - timedelta(minutes=90), NOW - timedelta(minutes=10)],
    "language": ["en", "fr"],
    "channel": ["web", "telegram", "sms"],
    "created_at": [NOW - timedelta(days=40), NOW - timedelta(days=2)],
    "family_id": [None, 1],
    "score": [-1, 400, 470],
    "last_activity_at": [NOW - timedelta(days=1), NOW],
}

FITS: dict[str, Callable[[Row, Any], bool]] = {
    "open": lambda row, wanted: wanted is None or row["is_open"] is wanted,
    "status": lambda row, wanted: row["status"] in wanted,
    "assignee": lambda row, wanted: row["assignee_id"] in wanted,
    "unassigned": lambda row, wanted: row["assignee_id"] is None,
    "priority": lambda row, wanted: row["priority"] in wanted,
    "stage": lambda row, wanted: row["stage"] in wanted,
    "programs": lambda row, wanted: all(row[program] == answer for program, answer in wanted.items()),
    "score_from": lambda row, wanted: row["score_high"] is not None and row["score_high"] >= wanted,
    "score_to": lambda row, wanted: row["score_low"] is not None and row["score_low"] <= wanted,
    "due_by": lambda row, wanted: row["due_on"] <= wanted,
    "urgent": lambda row, wanted: row["urgent"] is wanted,
    "contradictions": lambda row, wanted: (row["contradictions"] > 0) is wanted,
    "high_risks": lambda row, wanted: (row["high_risks"] > 0) is wanted,
    "may_write": lambda row, wanted: row["may_write"] is wanted,
    "waiting_minutes": lambda row, wanted: bool(
        row["waiting_since"] and row["waiting_since"] <= NOW - timedelta(minutes=wanted)
    ),
    "language": lambda row, wanted: row["language"] in wanted,
    "channel": lambda row, wanted: row["channel"] in wanted,
    "labels": lambda row, wanted: set(wanted) <= row["labels"],
    "received_from": lambda row, wanted: row["created_at"] >= wanted,
    "received_before": lambda row, wanted: row["created_at"] < wanted,
    "other_rules": lambda row, wanted: row["rule_set"] is not None and row["rule_set"] != wanted,
    "family": lambda row, wanted: row["family_id"] == wanted,
    "search": lambda row, wanted: row["id"] == int(wanted.removeprefix("L-")),
}

ASKED: dict[str, list[Any]] = {
    "open": [True, False, None],
    "status": [("new",), ("new", "booked")],
    "assignee": [(1,), (1, 2)],
    "unassigned": [True],
    "priority": [(1,), (2, 5)],
    "stage": [("in_pool",), ("in_pool", "invited")],
    "programs": [{"cec": "yes"}, {"fsw": "cannot_tell", "fst": "no"}],
    "score_from": [450, 500],
    "score_to": [450, 470],
    "due_by": [DAY, DAY + timedelta(days=14)],
    "urgent": [True, False],
    "contradictions": [True, False],
    "high_risks": [True, False],
    "may_write": [True, False],
    "waiting_minutes": [0, 60],
    "language": [("fr",), ("en", "fr")],
    "channel": [("web",), ("telegram", "sms")],
    "labels": [("nurse",), ("nurse", "Ontario")],
    "received_from": [NOW - timedelta(days=7)],
    "received_before": [NOW - timedelta(days=7)],
    "other_rules": ["new"],
    "family": [1],
    "search": ["L-0007"],
}


def lead_rows() -> list[Row]:
    chance = random.Random(6)
    return [
        {name: chance.choice(values) for name, values in CHOICES.items()}
        | {"id": number, "labels": set(chance.sample(["nurse", "Ontario"], k=chance.randint(0, 2)))}
        for number in range(1, LEADS + 1)
    ]


def kept(database: Database, rows: list[Row]) -> None:
    """The rows as leads, written as they are."""
    seal, then = database.seal, {"created_at": NOW, "last_activity_at": NOW}
    own = {"name_sealed": seal.close("Anna"), "contact_sealed": seal.close("anna@home.example"), "version": 1}
    own |= {"priority_reason": "rest", "updated_at": NOW}
    base = {"channel": "web", "language": "en", "state": "open", "asked": None, "last_seq": 0, **then}
    with database.session() as session:
        session.execute(sa.insert(ConversationRow), [base | {"id": f"c{row['id']}"} for row in rows])
        columns = [
            {name: value for name, value in row.items() if name != "labels"}
            | own
            | {"conversation_id": f"c{row['id']}"}
            for row in rows
        ]
        session.execute(sa.insert(LeadRow), columns)
        session.execute(
            sa.insert(LeadLabelRow),
            [{"label": label, "lead_id": row["id"]} for row in rows for label in row["labels"]],
        )


def place(row: Row, sort: Any) -> tuple[Any, ...]:
    return tuple(row[column.key] for column in ORDERS[sort].columns)


def test_filters_combined_find_what_plain_python_finds(database: Database) -> None:
    rows, chance = lead_rows(), random.Random(7)
    kept(database, rows)
    asked = [{name: value} for name, values in ASKED.items() for value in values]
    for _ in range(COMBINATIONS):
        names = chance.sample(sorted(ASKED), k=chance.randint(2, 5))
        if {"assignee", "unassigned"} <= set(names):
            names.remove("assignee")  # the other goes before it
        asked.append({name: chance.choice(ASKED[name]) for name in names})
    found_any = 0
    with database.session(reading=True) as session:
        for given in asked:
            filters, sort = Filters(**given), chance.choice(list(ORDERS))
            wanted = [row for row in rows if all(FITS[name](row, value) for name, value in given.items())]
            wanted = [row for row in wanted if "open" in given or row["is_open"]]
            wanted.sort(key=lambda row: place(row, sort), reverse=ORDERS[sort].descending)
            got, after = [], None
            while True:
                one = page(session, database.seal, filters, sort=sort, after=after, size=20)
                got += [lead.id for lead in one.leads]
                after = one.after
                if after is None:
                    break
            assert got == [row["id"] for row in wanted], (given, sort)
            assert count(session, database.seal, filters) == len(wanted), given
            assert count(session, database.seal, filters, most=3) == min(4, len(wanted)), given
            found_any += bool(got)
    assert found_any > len(asked) // 2, "the combinations hardly find anything, and prove little"


def test_each_filter_is_tried() -> None:
    assert set(ASKED) == set(FITS) == set(Filters.model_fields)
    assert set(FILTERED) < set(CHOICES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_order_is_read_from_its_index_alone(database: Database) -> None:
    """Whatever is filtered: the table itself is read for the leads of the page, not for those left out."""
    everything = {name: values[0] for name, values in ASKED.items() if name not in ("unassigned", "labels", "search")}
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "LIMIT" in statement:
            plan = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append("; ".join(line[-1] for line in plan))

    sa.event.listen(database.engine, "before_cursor_execute", explain)
    with database.session(reading=True) as session:
        for sort in ORDERS:
            page(session, database.seal, Filters(**everything), sort=sort)
        count(session, database.seal, Filters(**everything))
    assert len(plans) == len(ORDERS) + 1
    for plan in plans:
        assert "SEARCH leads USING COVERING INDEX ix_leads_" in plan, plan
        assert "TEMP B-TREE" not in plan, plan
