"""A conversation in the console: read, taken over, spoken in, handed back; two at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession
from sqlalchemy.orm import Session

from bot.intake import transcript
from bot.intake.database import Database
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.web.staff.found import AROUND, find
from tests.parrot import Parrot

Member = Callable[..., Any]
NewLead = Callable[..., Any]


async def opened(stranger: Callable[[], Any]) -> tuple[ClientSession, str]:
    """A visitor with a conversation."""
    visitor = stranger().http
    async with visitor.post("/api/conversations", json={"language": "en"}) as response:
        return visitor, (await response.json())["conversation"]


async def test_a_person_speaks_with_a_visitor_and_gives_back(
    member: Member, stranger: Callable[[], Any], parrot: Parrot
) -> None:
    visitor, conversation = await opened(stranger)
    maya, address = await member("licensee", "Maya Chen"), f"/staff/conversations/{conversation}"
    assert "The assistant answers" in await maya.sees(address)
    async with visitor.ws_connect("/api/ws") as line:
        await line.send_json({"type": "hello"})
        await line.receive_json()
        assert (await maya.does(f"{address}/take"))[0] == 303
        told = await line.receive_json()
        assert told["message"]["lines"] == [
            "Maya Chen, licence R123456, now writes to you. The automated assistant is silent meanwhile."
        ]
        async with maya.posts(f"{address}/say", {"text": "Good day.\nWhat is in the letter?"}) as response:
            assert response.status == 303
        told = await line.receive_json()
        assert told["message"]["from"] == "staff"
        assert told["message"]["author"] == "Maya Chen, licence R123456"
        assert told["message"]["lines"] == ["Good day.", "What is in the letter?"]
        await line.send_json({"type": "say", "client_id": "a", "text": "It asks about my job"})
        assert (await line.receive_json())["type"] == "received"
    assert "It asks about my job" in await maya.sees(address)
    assert parrot.heard == []
    assert (await maya.does(f"{address}/hand-back"))[0] == 303
    assert "handed the conversation back" in await maya.sees(address)


async def test_the_page_hears_what_is_said_as_it_is_said(member: Member, stranger: Callable[[], Any]) -> None:
    visitor, conversation = await opened(stranger)
    reader = await member("reader")
    async with reader.http.get(f"/staff/conversations/{conversation}/events?after=0") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        first = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 10)
        assert b"Hello" in first
        async with visitor.post("/api/messages", json={"client_id": "a", "text": "<b>31</b>"}) as response:
            assert response.status == 201
        heard = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 10)
        assert b"&lt;b&gt;31&lt;/b&gt;" in heard
        assert b'id="m-' in heard


async def test_of_two_who_take_over_at_once_the_second_learns_who_was_quicker(
    member: Member, stranger: Callable[[], Any]
) -> None:
    _, conversation = await opened(stranger)
    people = [await member("licensee", "Maya Chen"), await member("intake", "Ivan Roy")]
    address = f"/staff/conversations/{conversation}"
    done = await asyncio.gather(*(person.does(f"{address}/take") for person in people))
    assert sorted(status for status, _ in done) == [303, 409]
    winner, loser = (people[0], people[1]) if done[0][0] == 303 else (people[1], people[0])
    assert f"{winner.account.name} was quicker" in next(text for status, text in done if status == 409)
    assert (await loser.does(f"{address}/say", text="me too"))[0] == 409
    assert (await loser.does(f"{address}/take", instead_of=str(winner.account.id)))[0] == 303
    assert (await winner.does(f"{address}/say", text="still me"))[0] == 409


async def test_identifiers_in_what_a_person_writes_are_masked_too(member: Member, stranger: Callable[[], Any]) -> None:
    _, conversation = await opened(stranger)
    maya, address = await member("licensee"), f"/staff/conversations/{conversation}"
    await maya.does(f"{address}/take")
    await maya.does(f"{address}/say", text="Your passport number is AB123456")
    page = await maya.sees(address)
    assert "AB123456" not in page
    assert "[passport]" in page


async def test_a_fact_is_asked_for_by_one_press(member: Member, new_lead: Callable[..., Any]) -> None:
    lead, ivan = await new_lead(), await member("intake", "Ivan Roy")
    address = f"/staff/conversations/{lead.conversation_id}"
    assert (await ivan.does(f"{address}/ask", fact="language_test"))[0] == 303
    page = await ivan.sees(address)
    assert "Ivan Roy, general information only" in page
    assert "IELTS" in page
    assert (await ivan.does(f"{address}/ask", fact="past_refusal"))[0] == 303
    assert "The answer only tells me to mention that." in await ivan.sees(address)
    assert (await ivan.does(f"{address}/ask", fact="shoe_size"))[0] == 404


async def test_words_are_found_in_a_transcript_whatever_their_accents(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    lead, reader = await new_lead(), await member("reader")

    def more(session: Session, seal: Seal) -> None:
        for words in ("Ma première demande a été refusée <b>à Québec</b>", "Quebec again, and the Refusal letter"):
            said = transcript.receive_text(session, seal, lead.conversation_id, words[:9], words)
            transcript.finish(session, seal, said.message, [], asked=None)

    await database.write(more)
    address = f"/staff/conversations/{lead.conversation_id}/find"
    for searched, hits in (("quebec", 2), ("QUÉBEC refus", 2), ("premiere quebec", 1), ("detention", 0), ("  ", 0)):
        page = await reader.sees(f"{address}?words={quote(searched)}")
        assert page.count('<a href="#m-') - page.count('class="message') == hits, searched
    assert "No message holds these words." in await reader.sees(f"{address}?words=detention")
    page = await reader.sees(f"{address}?words={quote('à québec')}")
    assert "&lt;b&gt;<mark>à</mark> <mark>Québec</mark>&lt;/b&gt;" in page
    async with reader.http.get(f"{address}?words=quebec", headers={"HX-Request": "true"}) as response:
        part = await response.text()
    assert part.count("<mark>") == 2
    assert "<html" not in part
    assert all(one.action == "transcript.viewed" for one in (await database.read(audit.entries))[:7])
    async with reader.http.get("/staff/conversations/nothing/find?words=a", headers={"HX-Request": "true"}) as response:
        assert response.status == 404


def test_of_a_long_message_whole_words_around_the_first_hit_are_shown() -> None:
    said = "alpha " * 40 + "œuvre" + " omega" * 40
    message = {"plain": [said], "id": 3, "from": "visitor", "author": None, "at": None}
    (hit,) = find([message], "Œuvre")
    before, (word, searched), after = hit.parts
    assert (word, searched) == ("œuvre", True)
    assert set(before[0].removeprefix("…").split()) == {"alpha"}
    assert set(after[0].removesuffix("…").split()) == {"omega"}
    assert before[0].startswith("…")
    assert after[0].endswith("…")
    assert max(len(before[0]), len(after[0])) <= AROUND + 1


async def test_reading_a_transcript_stands_in_the_audit_log(
    member: Member, new_lead: Callable[..., Any], database: Database
) -> None:
    lead, reader = await new_lead(), await member("reader")
    await reader.sees(f"/staff/conversations/{lead.conversation_id}")
    newest = (await database.read(audit.entries))[0]
    assert (newest.actor, newest.action, newest.subject) == (
        "reader@firm.example",
        "transcript.viewed",
        f"lead:{lead.id}",
    )
    await reader.sees("/staff/conversations/nothing", status=404)
