"""The result of a lead under other rules or on another day, beside what the visitor was shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.assessment import assess
from bot.facts.encoding import profile_from
from bot.intake import leads, together
from bot.intake.database import Database
from bot.web.staff.lead import rule_sets
from tests.databases import sqlite_url as database_url

__all__ = ["database_url"]

Member = Callable[..., Any]
NewLead = Callable[..., Any]
OFFER = {"language_test": "clb", "listening": 9, "reading": 9, "writing": 9, "speaking": 9, "job_offer": "other"}


def plain(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_every_set_of_rules_that_has_begun_is_offered_newest_first() -> None:
    found = rule_sets(date(2026, 11, 25))
    assert found[:2] == [
        (date(2026, 11, 25), date(2026, 11, 3), None),
        (date(2026, 11, 2), date(2025, 3, 25), date(2026, 11, 2)),
    ]
    assert [first for _, first, _ in found] == sorted((first for _, first, _ in found), reverse=True)
    assert rule_sets(date(2026, 11, 2))[0][1] == date(2025, 3, 25)


async def test_other_rules_are_shown_beside_what_was_shown_and_change_nothing(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    lead, person = await new_lead(**OFFER), await member("intake")
    before = await database.read(leads.get_lead, lead.id)
    earlier = assess(profile_from(before.facts), date(2025, 3, 24)).score  # a job offer had points until that day
    assert earlier.low == lead.score_low + 50
    address = f"/staff/leads/{lead.id}"
    assert f'href="{address}?as_of=2025-03-24"' in await person.sees(address)
    page = plain(await person.sees(f"{address}?as_of=2025-03-24"))
    assert "As of March 24, 2025. The visitor was not shown this." in page
    assert f"On November 25, 2026 the visitor was shown {lead.score_low}" in page
    assert f"{earlier.low}" in page
    assert "The visitor was not shown this" not in await person.sees(address)
    after = await database.read(leads.get_lead, lead.id)
    assert (after.facts, after.assessment, after.lead) == (before.facts, before.assessment, before.lead)
    assert (await person.does(f"{address}/again", as_of="2025-03-24"))[0] == 303
    (copy,) = await database.read(together.copies, lead.id)
    assert copy.as_of == date(2025, 3, 24)


@pytest.mark.parametrize(("asked", "status"), [("1999-01-01", 422), ("yesterday", 200), ("", 200), ("2026-11-25", 200)])
async def test_a_day_without_rules_says_so_and_shows_what_was_shown(
    member: Member, new_lead: NewLead, asked: str, status: int
) -> None:
    lead, person = await new_lead(), await member("reader")
    page = await person.sees(f"/staff/leads/{lead.id}?as_of={asked}", status=status)
    assert ("There are no rules for that day" in page) == (status == 422)
    assert "The visitor was not shown this" not in page
    assert "Rules in force until November 2, 2026" in page
