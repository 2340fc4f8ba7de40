"""The pipeline as a board: who stands where, and moving by the allowed moves alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.intake import leads, work
from bot.intake.database import Database
from bot.intake.pipeline import pipeline
from bot.intake.staff import audit
from bot.web.staff import board

NewLead = Callable[..., Any]
Member = Callable[..., Any]


def lanes(page: str) -> dict[str, list[str]]:
    """Who stands in which column, top first."""
    parts = re.split(r'data-lane="(\w+)"', page)[1:]
    return {
        name: re.findall(r'<a href="/staff/leads/\d+"[^>]*>([^<]+)</a>', part)
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


async def test_each_status_has_its_column_in_the_order_of_work(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    await new_lead("Rest", "r@mail.example")
    await new_lead("Letter", "l@mail.example", fairness_letter=True)
    contacted = await new_lead("Spoken With", "s@mail.example")
    await database.write(work.move, contacted.id, "contacted", staff_id=None)
    found = lanes(await (await member("reader")).sees("/staff/board"))
    assert list(found) == [one.id for one in sorted(pipeline().statuses, key=lambda one: one.closed)]
    assert found["new"] == ["Letter", "Rest"]
    assert found["contacted"] == ["Spoken With"]


async def test_a_card_offers_the_allowed_moves_and_a_reader_none(member: Member, new_lead: NewLead) -> None:
    await new_lead()
    page = await (await member("intake")).sees("/staff/board")
    assert tuple(re.findall(r'<option value="(\w+)"', page)) == pipeline()["new"].to
    assert f'data-moves="{" ".join(pipeline()["new"].to)}"' in page
    page = await (await member("reader")).sees("/staff/board")
    assert "data-moves" not in page
    assert "/staff/board/1" not in page


async def test_a_move_is_made_told_and_shown(member: Member, new_lead: NewLead, database: Database) -> None:
    lead, person = await new_lead(), await member("intake")
    await person.sees("/staff/board")
    status, address = await person.does(f"/staff/board/{lead.id}", status="in_review", version=str(lead.version))
    assert (status, address) == (303, f"/staff/board?done=moved#lead-{lead.id}")
    assert lanes(await person.sees("/staff/board"))["in_review"] == ["Amara Okafor"]
    assert (await database.read(audit.entries, action="lead.moved"))[0].details == {"status": "in_review"}


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"status": "retained"}, 422, "cannot go there"),
        ({"status": "nonsense"}, 422, "no such status"),
        ({"status": "consulted"}, 422, "agreement first"),
        ({"status": "in_review", "version": "1"}, 409, "Somebody else changed"),
    ],
)
async def test_a_move_that_is_not_allowed_is_refused_on_the_board(
    member: Member, new_lead: NewLead, database: Database, form: dict[str, str], status: int, words: str
) -> None:
    lead, person = await new_lead(), await member("intake")
    if form["status"] in ("consulted", "in_review"):
        await database.write(work.move, lead.id, "contacted", staff_id=None)
    before = (await database.read(leads.get_lead, lead.id)).lead.status
    found, page = await person.does(f"/staff/board/{lead.id}", **form)
    assert found == status
    assert words in page
    assert (await database.read(leads.get_lead, lead.id)).lead.status == before


async def test_ones_own_board_and_a_column_that_is_too_long(
    member: Member, new_lead: NewLead, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "CARDS", 1)
    person = await member("intake")
    for name in ("One", "Two"):
        lead = await new_lead(name, f"{name.lower()}@mail.example")
    await database.write(work.assign, lead.id, person.account.id, staff_id=None)
    page = await person.sees("/staff/board")
    assert lanes(page)["new"] == ["One"]
    assert '<span class="count">2</span>' in page
    assert 'href="/staff/leads?status=new"' in page
    page = await person.sees("/staff/board?assignee=me")
    assert lanes(page)["new"] == ["Two"]
    assert '<span class="count">1</span>' in page
