"""What waits for oneself: notes, tasks, conversations, visitors and deadlines, and nothing of others."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.intake import holding, notes, tasks, work
from bot.intake.database import Database

Member = Callable[..., Any]
NewLead = Callable[..., Any]


def parts(page: str) -> dict[str, str]:
    """What stands below each heading."""
    found = re.split(r"<h2[^>]*>", page)[1:]
    texts = [html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.replace("</h2>", "|")))) for part in found]
    return {text.partition("|")[0].strip(): text.partition("|")[2] for text in texts}


async def test_what_waits_for_me_stands_there_until_it_is_done(
    member: Member, new_lead: NewLead, database: Database
) -> None:
    me, other = await member("intake"), await member("licensee", "Maya Chen")
    birthday = date.today() + timedelta(days=9)
    soon = await new_lead("Soon", "s@mail.example", date_of_birth=birthday.replace(year=birthday.year - 31).isoformat())
    late = await new_lead("Late", "l@mail.example")
    mine, hers = me.account.id, other.account.id
    for lead, who in ((soon, mine), (late, hers)):
        await database.write(work.assign, lead.id, who, staff_id=None)
    await database.write(notes.add_note, late.id, "Please look.", staff_id=hers, mentions=[mine])
    overdue = date.today() - timedelta(days=1)
    task = await database.write(tasks.add_task, late.id, "Call back", staff_id=hers, assignee_id=mine, due_on=overdue)
    await database.write(tasks.add_task, late.id, "Not mine", staff_id=mine, assignee_id=hers)
    await database.write(lambda s, k: holding.take(s, k, late.conversation_id, me.account))
    found = parts(await me.sees("/staff/today"))
    assert re.search("Late.*Please look.*Maya Chen", found["Notes for your attention"])
    assert re.search("overdue.*Call back.*Late", found["Your tasks"])
    assert "Not mine" not in found["Your tasks"]
    assert "Late" in found["Conversations that you hold"]
    assert "Soon" in found["Visitors waiting for a person"]
    deadline = found["Your leads with a deadline within 14 days"]
    assert "Soon" in deadline
    assert "Late" not in deadline
    done = await me.does(f"/staff/leads/{late.id}/tasks/{task.id}", done="yes", **{"from": "today"})
    assert done == (303, "/staff/today?done=task_changed")
    await me.sees(f"/staff/leads/{late.id}")
    found = parts(await me.sees("/staff/today"))
    assert "No new notes" in found["Notes for your attention"]
    assert "Call back" not in found["Your tasks"]


async def test_on_a_quiet_day_it_says_so_in_french(member: Member) -> None:
    person = await member("reader")
    await person.does("/staff/account/language", language="fr")
    page = html.unescape(await person.sees("/staff/today"))
    for words in ("Personne n’attend.", "Aucune nouvelle note ne vous nomme.", "Vos tâches"):
        assert words in page, words
