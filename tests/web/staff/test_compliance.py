"""The compliance page says what configuration and rules say, and nothing else (R-29, R-31, R-36)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.firm import Firm, load_firm
from bot.knowledge.catalogue import LANGUAGES, day
from bot.retention import Retention
from bot.rules import rulebook
from bot.rules.inventory import inventory
from bot.web.staff.compliance import gaps, notices, retention, subjects
from tests.databases import sqlite_url as database_url

__all__ = ["database_url"]

TODAY = date(2026, 11, 25)
ENTRIES = list(inventory(rulebook(), TODAY))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reader_sees_who_answers_what_is_kept_and_what_is_missing(
    member: Callable[..., Any], language: str
) -> None:
    person, firm = await member("reader"), load_firm(Path("firm.yml"))
    await member("licensee", "Maya Chen")
    await person.does("/staff/account/language", language=language)
    page = html.unescape(re.sub(r"<[^>]+>", " ", await person.sees("/staff/compliance")))
    assert firm.licensee
    assert firm.storage
    expected = [firm.licensee.name, firm.licensee.licence_no, firm.privacy_officer, firm.storage[language], "Maya Chen"]
    for words in (*expected, *retention(firm.retention, language), day(date.today(), language)):
        assert words in page, words
    for spoken in LANGUAGES:
        for said in notices(firm, date.today(), spoken):
            assert said in page, said


def test_shorter_times_of_the_firm_are_the_ones_that_are_said() -> None:
    assert "Request sent to the firm, after the last contact: 90 days" in retention(Retention(lead_days=90), "en")


def test_without_a_licensee_it_says_that_nobody_stands_behind_it() -> None:
    said = notices(Firm(name="A"), TODAY, "en")
    assert "no licensed representative stands behind this page" in said[0]


def test_every_rule_counts_once_and_every_doubt_is_among_the_gaps() -> None:
    found = subjects(ENTRIES)
    assert sum(one.count for one in found) == len(ENTRIES)
    doubtful = {e.id for e in ENTRIES if e.stale or e.missing or e.disputed or e.check_reason}
    assert {rule for gap in gaps(ENTRIES) for rule in gap.rules} == doubtful
    crs = next(one for one in found if one.id == "crs")
    assert crs.since == date(2026, 11, 3)
    assert crs.marks["incomplete"] >= 1
