"""Facts in a form: shown as people read them, read back as they are stored, mended where they do not fit."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.facts import vocabulary
from bot.intake import leads
from bot.intake.database import Database
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.web.staff.fact_fields import fields, read
from tests.databases import sqlite_url as database_url

__all__ = ["database_url"]

NewLead = Callable[..., Any]
Member = Callable[..., Any]

FACTS: dict[str, Any] = {
    "age": 31,
    "marital_status": "single",
    "past_refusal": True,
    "foreign_work_years": 4.3333,
    "funds_amount": 15263.5,
    "eca_issued_on": "2025-01-05",
    "noc": "unknown",
    "countries": [{"country": "CL", "start": "2015-01-01"}, {"country": "Chile", "start": "2010-01-01"}],
    "jobs": [{"start": "2020-02-01", "noc": "21300", "hours": 37.5, "teer": 1, "title": "Civil engineer"}],
}


def sent(facts: dict[str, Any], language: Language) -> dict[str, str]:
    """What a browser sends when nothing is touched."""
    form: dict[str, str] = {}
    for one in fields(facts, language):
        form[one.id] = one.value
        if not one.options:
            form[f"state.{one.id}"] = one.state
        for place, row in enumerate(one.rows):
            for column in one.columns:
                value = row[column.id]
                if column.kind != "tick":
                    form[f"{one.id}.{place}.{column.id}"] = "" if value is None else str(value)
                elif value:
                    form[f"{one.id}.{place}.{column.id}"] = "yes"
    return form


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_touched_is_not_changed(language: Language) -> None:
    filled = read(sent(FACTS, language), FACTS, language)
    assert filled.wrong == {}
    assert filled.changes == {}


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ({"age": "32"}, {"age": 32}),
        ({"age": ""}, {"age": None}),
        ({"state.age": "declined"}, {"age": "declined"}),
        ({"marital_status": "married"}, {"marital_status": "married"}),
        ({"marital_status": "unknown"}, {"marital_status": "unknown"}),
        ({"past_refusal": "no"}, {"past_refusal": False}),
        ({"foreign_work_years": "4,5"}, {"foreign_work_years": 4.5}),
        ({"funds_amount": "20,000"}, {"funds_amount": 20000}),
        ({"funds_amount": "20\u00a0000,25"}, {"funds_amount": 20000.25}),
        ({"state.noc": "", "noc": "21231"}, {"noc": "21231"}),
        ({"eca_issued_on": "2025-02-05"}, {"eca_issued_on": "2025-02-05"}),
        ({"state.jobs": "unknown"}, {"jobs": "unknown"}),
        ({"countries.1.country": "", "countries.1.start": ""}, {"countries": FACTS["countries"][:1]}),
    ],
)
def test_what_is_typed_is_the_change_and_nothing_else(typed: dict[str, str], change: dict[str, Any]) -> None:
    filled = read(sent(FACTS, "en") | typed, FACTS, "en")
    assert (filled.changes, filled.wrong) == (change, {})


@pytest.mark.parametrize(
    "typed",
    [
        {"age": "31.5"},
        {"age": "121"},
        {"age": "nan"},
        {"marital_status": "happy"},
        {"past_refusal": "perhaps"},
        {"eca_issued_on": "last year"},
        {"state.noc": "", "noc": "2130"},
        {"jobs.0.start": ""},
        {"jobs.0.end": "2019-01-01"},
        {"jobs.0.hours": "200"},
        {"jobs.0.place": "moon"},
        {"countries.0.country": ""},
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_fit_is_told_at_the_field_and_kept_there(typed: dict[str, str], language: Language) -> None:
    filled = read(sent(FACTS, language) | typed, FACTS, language)
    name = next(iter(typed))
    fact = name.split(".")[1 if name.startswith("state.") else 0]
    assert set(filled.wrong) == {fact}
    shown = next(one for one in fields(FACTS, language, filled) if one.id == fact)
    assert shown.wrong
    written = next(value for key, value in typed.items() if not key.startswith("state."))
    if not shown.options:
        assert written in (shown.value, *(cell for row in shown.rows for cell in row.values()))


def test_every_fact_of_the_vocabulary_has_a_field() -> None:
    assert [one.id for one in fields({}, "en")] == list(vocabulary())


async def test_the_page_offers_words_and_records_all_changes_together(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    lead, person = await new_lead(), await member("intake")
    address = f"/staff/leads/{lead.id}/facts"
    page = html.unescape(await person.sees(address))
    assert re.search(r'<option value="master" selected>Master', page)
    assert "(Canadian dollars)" in page
    test = {"language_test": "ielts_general", "listening": "8", "reading": "7", "writing": "7", "speaking": "7"}
    assert (await person.does(address, **test))[0] == 303
    found = await database.read(leads.get_lead, lead.id)
    assert {fact: found.facts[fact] for fact in test} == {
        "language_test": "ielts_general",
        "listening": 8,
        "reading": 7,
        "writing": 7,
        "speaking": 7,
    }
    assert found.lead.score_low > lead.score_low
    status, page = await person.does(address, listening="loud", age="30")
    assert status == 422
    assert 'value="loud"' in page
    assert (await database.read(leads.get_lead, lead.id)).facts["age"] == 31


async def test_a_form_sent_as_it_came_changes_nothing(member: Member, new_lead: NewLead, database: Database) -> None:
    lead, person = await new_lead(), await member("intake")
    before = (await database.read(leads.get_lead, lead.id)).lead.version
    assert "unchanged" in (await person.does(f"/staff/leads/{lead.id}/facts", age="31"))[1]
    assert (await database.read(leads.get_lead, lead.id)).lead.version == before
