"""The daily work on leads: finding them, reading one in a minute, acting on it, together with others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.intake import inbox, work
from bot.intake.database import Database
from bot.intake.staff import audit

NewLead = Callable[..., Any]
Member = Callable[..., Any]


def names(page: str) -> list[str]:
    """Who stands in the inbox, top first."""
    return re.findall(r'<a href="/staff/leads/\d+">([^<]+)</a>', page)


async def test_deadline_and_harm_come_first_and_the_line_says_why(member: Member, new_lead: NewLead) -> None:
    birthday = date.today() + timedelta(days=20)
    await new_lead("Rest", "r@mail.example")
    await new_lead("Birthday", "b@mail.example", date_of_birth=birthday.replace(year=birthday.year - 31).isoformat())
    await new_lead("Letter", "l@mail.example", fairness_letter=True)
    page = await (await member("intake")).sees("/staff/leads")
    assert names(page) == ["Letter", "Birthday", "Rest"]
    assert "Procedural fairness letter" in page


async def test_filters_combine_with_search_and_order(member: Member, new_lead: NewLead, database: Database) -> None:
    person = await member("intake")
    ann = await new_lead("Ann Dubois", "ann@mail.example", fairness_letter=True, stage="in_pool")
    bob = await new_lead("Bob Dubois", "bob@mail.example")
    await new_lead("Cleo Martin", "cleo@mail.example")
    await database.write(work.set_labels, bob.id, ["toronto"], staff_id=None)
    await database.write(work.assign, bob.id, person.account.id, staff_id=None)
    for query, found in {
        "q=dubois": {"Ann Dubois", "Bob Dubois"},
        "q=bob@mail.example": {"Bob Dubois"},
        f"q={ann.reference}": {"Ann Dubois"},
        "q=dubois&urgent=yes": {"Ann Dubois"},
        "assignee=me": {"Bob Dubois"},
        "assignee=none&q=dubois": {"Ann Dubois"},
        "label=toronto&cec=no": set(),
        "label=toronto": {"Bob Dubois"},
        "status=contacted": set(),
        "open=closed": set(),
        "rules=other": set(),
        "score_from=1199": set(),
        "stage=in_pool": {"Ann Dubois"},
        "stage=invited": set(),
    }.items():
        assert set(names(await person.sees(f"/staff/leads?{query}"))) == found, query
    assert names(await person.sees("/staff/leads?sort=newest"))[0] == "Cleo Martin"


@pytest.mark.parametrize(
    "query", ["status=x&assignee=abc", "after=nonsense", "score_from=many", "cec=perhaps", "due=x"]
)
async def test_a_selection_that_is_none_is_refused_kindly(member: Member, query: str) -> None:
    assert "cannot be read" in await (await member("reader")).sees(f"/staff/leads?{query}", status=400)


async def test_pages_follow_each_other_and_lose_nobody(
    member: Member, new_lead: NewLead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(inbox.page.__kwdefaults__, "size", 2)
    for number in range(5):
        await new_lead(f"Person {number}", f"p{number}@mail.example")
    person, address, seen = await member("reader"), "/staff/leads?sort=oldest", []
    for _ in range(3):
        page = await person.sees(address)
        seen += names(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"Person {number}" for number in range(5)]
    assert address == ""


async def test_htmx_gets_the_list_alone(member: Member, new_lead: NewLead) -> None:
    await new_lead()
    async with (await member("reader")).http.get("/staff/leads", headers={"HX-Request": "true"}) as response:
        part = await response.text()
    assert part.lstrip().startswith('<div id="list">')
    assert names(part) == ["Amara Okafor"]


async def test_the_brief_tells_what_where_from_and_what_is_missing(member: Member, new_lead: NewLead) -> None:
    lead = await new_lead(fairness_letter=True)
    page = await (await member("licensee")).sees(f"/staff/leads/{lead.id}")
    for words in (
        "Procedural fairness letter",
        "Federal Skilled Worker Program",
        "Rules in force until November 2, 2026",
        "Missing or old credential assessment",
        "Statements that may be called misleading",
        "Language test results",
        "said in message 2",
        f'href="/staff/conversations/{lead.conversation_id}#m-2"',
        "send my answers to the firm",
        'role="img"',
    ):
        assert words in page, words


async def test_a_french_colleague_reads_it_in_french(member: Member, new_lead: NewLead) -> None:
    lead = await new_lead(fairness_letter=True)
    person = await member("licensee")
    await person.does("/staff/account/language", language="fr")
    page = await person.sees(f"/staff/leads/{lead.id}")
    for words in (
        "équité procédurale",
        "Programme des travailleurs qualifiés",
        "dit au message 2",
        "Preuves manquantes",
    ):
        assert words in page.replace("&#39;", "'"), words


async def test_work_on_a_lead_is_done_shown_and_told(member: Member, new_lead: NewLead, database: Database) -> None:
    lead, person = await new_lead(), await member("intake")
    colleague = await member("licensee", "Maya Chen")
    address = f"/staff/leads/{lead.id}"
    await person.sees(address)
    assert (await person.does(f"{address}/status", status="in_review", why="looks complete"))[0] == 303
    assert (await person.does(f"{address}/assign", assignee=str(colleague.account.id)))[0] == 303
    assert (await person.does(f"{address}/labels", labels="toronto, nurse"))[0] == 303
    assert (await person.does(f"{address}/notes", text="Call after six.", mention=str(colleague.account.id)))[0] == 303
    assert (await person.does(f"{address}/tasks", title="Ask for the letter", due="2026-12-01"))[0] == 303
    assert (await person.does(f"{address}/facts", canadian_work_years="2"))[0] == 303
    assert (await person.does(f"{address}/again", as_of="2026-10-01", age="40"))[0] == 303
    page = await person.sees(address)
    for words in ("In review", "looks complete", "Maya Chen", "nurse", "Call after six.", "Ask for the letter"):
        assert words in page, words
    assert "2 years" in page
    assert "recorded by staff" in page
    assert "Age: 40" in page
    told = {one.action for one in await database.read(audit.entries, subject=f"lead:{lead.id}")}
    assert told >= {
        f"lead.{what}" for what in ("viewed", "moved", "assigned", "labelled", "noted", "planned", "facts", "copied")
    }


async def test_the_lead_itself_is_not_changed_by_a_copy(member: Member, new_lead: NewLead) -> None:
    lead, person = await new_lead(), await member("intake")
    await person.does(f"/staff/leads/{lead.id}/again", as_of="2026-10-01", age="45")
    page = await person.sees(f"/staff/leads/{lead.id}")
    assert re.search(r"<dt>Age</dt><dd>31", page)


async def test_who_acts_on_what_they_no_longer_see_is_told_and_changes_nothing(
    member: Member, new_lead: NewLead
) -> None:
    lead, one, other = await new_lead(), await member("intake"), await member("licensee")
    address = f"/staff/leads/{lead.id}"
    versions = [re.search(r'name="version" value="(\d+)"', await person.sees(address)) for person in (one, other)]
    assert versions[0]
    assert versions[1]
    first = await one.does(f"{address}/status", status="in_review", version=versions[0][1])
    second = await other.does(f"{address}/status", status="spam", version=versions[1][1])
    assert (first[0], second[0]) == (303, 409)
    assert "Somebody else changed this lead" in second[1]
    assert "Status: In review" in await one.sees(address)


async def test_consulted_needs_the_written_agreement_first(member: Member, new_lead: NewLead) -> None:
    lead, person = await new_lead(), await member("licensee")
    address = f"/staff/leads/{lead.id}"
    await person.does(f"{address}/status", status="contacted")
    refused = await person.does(f"{address}/status", status="consulted")
    assert refused[0] == 422
    assert "agreement first" in refused[1]
    await person.does(f"{address}/agreement", text_version="2026-01", signed="2026-11-20", kept_at="file 12")
    assert (await person.does(f"{address}/status", status="consulted"))[0] == 303


async def test_duplicates_are_noticed_and_merged(member: Member, new_lead: NewLead) -> None:
    first, second, person = await new_lead(), await new_lead(), await member("licensee")
    assert second.reference in await person.sees(f"/staff/leads/{first.id}")
    assert (await person.does(f"/staff/leads/{first.id}/merge", other=str(second.id)))[0] == 303
    assert "Merged into" in await person.sees(f"/staff/leads/{second.id}")
    assert (await person.does(f"/staff/leads/{first.id}/merge", other=str(second.id)))[0] == 422


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("facts", {"age": "young"}),
        ("facts", {"marital_status": "happy"}),
        ("again", {"age": "200"}),
        ("again", {"as_of": "1990-01-01"}),
        ("notes", {"text": "  "}),
        ("labels", {"labels": "x" * 60}),
        ("status", {"status": "retained"}),
    ],
)
async def test_what_does_not_fit_is_said_on_the_page(member: Member, new_lead: NewLead, path: str, form: Any) -> None:
    lead, person = await new_lead(), await member("licensee")
    status, page = await person.does(f"/staff/leads/{lead.id}/{path}", **form)
    assert status == 422
    assert 'role="alert"' in page


async def test_who_may_not_advise_sees_so_on_every_page(member: Member, new_lead: NewLead) -> None:
    lead = await new_lead()
    assert "do not advise" in await (await member("intake")).sees(f"/staff/leads/{lead.id}")
    assert "do not advise" not in await (await member("licensee")).sees(f"/staff/leads/{lead.id}")


async def test_a_script_in_a_name_stays_text(member: Member, new_lead: NewLead) -> None:
    lead = await new_lead("<script>alert(1)</script>")
    person = await member("reader")
    for path in ("/staff/leads", f"/staff/leads/{lead.id}"):
        page = await person.sees(path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


async def test_a_person_is_erased_by_who_types_the_reference_and_the_log_remembers_that(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    lead, boss = await new_lead(), await member("manager")
    address = f"/staff/leads/{lead.id}"
    assert (await boss.does(f"{address}/erase", reference="L-9999"))[0] == 422
    assert (await boss.does(f"{address}/erase", reference=lead.reference.lower()))[0] == 303
    await boss.sees(address, status=404)
    await boss.sees(f"/staff/conversations/{lead.conversation_id}", status=404)
    assert (await database.read(audit.entries, action="lead.erased"))[0].subject == f"lead:{lead.id}"
    assert (await database.read(audit.verify)).broken is None
