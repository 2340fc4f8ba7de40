"""From a job title to a choice of unit groups of the NOC; the visitor chooses, never the assistant."""

from __future__ import annotations

from actions.turn import Tracker, language_of, lines_just_said
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text
from bot.knowledge.occupations import occupations
from bot.knowledge.wording import payload, unknown
from bot.understanding.occupations import Candidate, title_asked

OFFERED = 4
ABOUT_CODES = frozenset({"noc_choose", "noc_teer"})
"""Topics of somebody who looks for the code of an occupation."""


def candidates(tracker: Tracker) -> tuple[Candidate, ...]:
    """Unit groups that the last message may name."""
    if tracker.get_slot("noc") is not None:
        return ()
    return occupations().candidates(tracker.latest_message.get("text") or "", language_of(tracker), OFFERED)


def choice(tracker: Tracker, found: tuple[Candidate, ...]) -> Answer:
    """The candidates as buttons; none of them is also an answer. Asked again, it is said in other words."""
    language = language_of(tracker)
    asked = text("occupation.candidates", language)
    asked = text("occupation.candidates_again", language) if asked in lines_just_said(tracker) else asked
    buttons = [Button(f"{c.noc} {c.title}", payload("inform", {"noc": c.noc})) for c in found]
    buttons.append(unknown(["noc"], language, "button.none_of_these"))
    return Answer(
        language,
        (asked, text("occupation.duties", language)),
        kind="question",
        buttons=tuple(buttons),
        asks="noc",
    )


def named_in_question(tracker: Tracker) -> Answer | None:
    """The unit groups that come closest to the job of a question ("what is the NOC for a welder?"), with their TEER."""
    language = language_of(tracker)
    job = title_asked(str(tracker.latest_message.get("text") or ""))
    found = occupations().candidates(job, language, OFFERED) if job else ()
    if not found:
        return None
    lines = [text("occupation.line", language, noc=c.noc, title=c.title, teer=c.teer) for c in found]
    return Answer(language, (text("occupation.close", language), *lines, text("occupation.duties", language)))
