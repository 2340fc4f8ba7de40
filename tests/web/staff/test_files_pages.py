"""Files out and in: exports safe for spreadsheet programs, bulk pre-screen from upload to results."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from aiohttp import FormData

from bot.intake import prescreen
from bot.intake.database import Database
from bot.intake.staff import audit

Member = Callable[..., Any]


async def download(person: Any, path: str) -> bytes:
    async with person.http.get(path) as response:
        assert response.status == 200, await response.text()
        assert response.headers["Content-Disposition"].startswith("attachment")
        return await response.read()


async def test_the_selection_of_the_inbox_comes_as_chosen_columns(
    member: Member, new_lead: Callable[..., Any], database: Database
) -> None:
    await new_lead("=HYPERLINK(1)", "a@mail.example", fairness_letter=True)
    await new_lead("Bob", "b@mail.example")
    person = await member("licensee")
    assert 'name="urgent" value="yes"' in await person.sees("/staff/export?urgent=yes")
    text = await download(person, "/staff/leads.csv?urgent=yes&column=reference&column=name&column=age")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[0] == ["reference", "name", "age"]
    assert len(rows) == 2
    assert not rows[1][1].startswith("=")
    assert rows[1][2] == "31"
    await person.sees("/staff/leads.csv?column=shoe_size", status=400)
    assert len(json.loads(await download(person, "/staff/leads.json"))["leads"]) == 2
    assert (await database.read(audit.entries, action="lead.exported"))[0].actor == "licensee@firm.example"


async def test_all_that_is_kept_of_one_person_comes_as_json(member: Member, new_lead: Callable[..., Any]) -> None:
    lead = await new_lead()
    found = await download(await member("manager"), f"/staff/leads/{lead.id}/data.json")
    assert "Amara Okafor" in found.decode()
    assert "I am 31 and single" in found.decode()


async def test_a_file_of_people_is_assessed_and_its_faults_are_named_by_row(member: Member, database: Database) -> None:
    person = await member("intake")
    columns = (await download(person, "/staff/bulk/template.csv")).decode("utf-8-sig").strip().split(",")
    assert (await download(person, "/staff/bulk/template.xlsx")).startswith(b"PK")
    assert "age" in columns
    form = FormData()
    form.add_field("file", b"id,age,education\n7,31,master\n8,young,master\n", filename="people.csv")
    await person.sees("/staff/bulk")
    async with person.http.post(f"/staff/bulk?csrf={person.csrf}", data=form, allow_redirects=False) as response:
        assert response.status == 303
    assert "people.csv" in await person.sees("/staff/bulk")
    await assessed(database)
    assert "1 row not read" in await person.sees("/staff/bulk")
    rows = list(csv.DictReader(io.StringIO((await download(person, "/staff/bulk/1/results.csv")).decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["7", "8"]
    assert not rows[0]["error"]
    assert "age" in rows[1]["error"].lower()
    assert (await person.does("/staff/bulk/1/forget"))[0] == 303
    await person.sees("/staff/bulk/1/results.csv", status=404)


async def test_what_is_no_spreadsheet_is_refused_with_a_reason(member: Member) -> None:
    person = await member("intake")
    await person.sees("/staff/bulk")
    for data in (b"", b"\x00\x01", b"name,phone\na,b\n"):
        form = FormData()
        form.add_field("file", data, filename="x.csv")
        async with person.http.post(f"/staff/bulk?csrf={person.csrf}", data=form) as response:
            assert response.status == 422
            assert 'role="alert"' in await response.text()


async def test_an_upload_without_the_forms_token_is_refused(member: Member) -> None:
    form = FormData()
    form.add_field("file", b"age\n31\n", filename="x.csv")
    async with (await member("intake")).http.post("/staff/bulk", data=form) as response:
        assert response.status == 403


async def assessed(database: Database) -> None:
    """What the worker beside the server does; the server of the test runs alone."""
    while claimed := await database.write(prescreen.claim):
        found, data = claimed
        rows = list(prescreen.score(prescreen.read(data), found.as_of, "en"))
        await database.write(prescreen.finish, found.id, rows)
