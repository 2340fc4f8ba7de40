""" "What if I get CLB 9?": the same person with that otherwise, computed under the same rules; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action

from actions.assess import brief, programs_changed
from actions.heard import EARLY, without_nomination
from actions.onward import onward
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    language_of,
    profile_of,
    say,
    say_text,
    today,
)
from bot.assessment import Assessment, assess
from bot.assessment.supposing import suppose
from bot.facts import Profile
from bot.facts.encoding import profile_from
from bot.knowledge.answer import Answer, Source
from bot.knowledge.catalogue import Language, text
from bot.knowledge.notices import result_notices
from bot.knowledge.pages import pages
from bot.knowledge.parts import couple_lines
from bot.knowledge.results import rules_label
from bot.knowledge.wording import facts_line
from bot.rules import rulebook

NOMINATION = "provincial_nomination"
ABOUT_PARTNER = "spouse_accompanying"
"""Whether a partner comes along is declared, not chosen: said beside every number that hangs on it."""


class ActionSuppose(Action):
    """What would be otherwise, by itself: points and programs, exact, with the rules they follow."""

    def name(self) -> str:
        return "action_suppose"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language, profile = language_of(tracker), profile_of(tracker)
        given = next(iter(entities_of(tracker, "supposed")), {"facts": {}, "more": []})
        lines = both_ways(profile, language) if given.get("swapped") else otherwise(profile, given, language)
        if not lines:
            key = "suppose.cannot" if all(profile.knows(fact) for fact in EARLY) else "suppose.first"
            say_text(dispatcher, tracker, key, buttons=onward(tracker))
            return []
        tool = pages()["crs_tool"]
        said = Answer(
            language,
            (*lines, text("suppose.kept", language)),
            buttons=onward(tracker),
            sources=(Source(tool.title[language], tool.url[language]),),
            notices=result_notices(today(), language),
        )
        say(dispatcher, said)
        return []


def otherwise(profile: Profile, given: Mapping[str, Any], language: Language) -> list[str]:
    """What the facts that are supposed would change; nothing where they do not fit the person."""
    told = profile_from(given["facts"])
    facts = {fact: told.value(fact) for fact in told}
    counted = without_nomination(profile)
    supposed = suppose(counted, facts, given["more"], today(), rulebook().at(today()))
    if supposed is None:
        return []
    other, names = supposed
    before, after = assess(counted, today()), assess(other, today())
    answers = (brief(one)["programs"] for one in (before, after))
    lines = [text("suppose.lead", language, facts=facts_line(other, names, language))]
    lines += [points(before, after, language), *programs_changed(*answers, language)]
    if NOMINATION not in names:
        lines += left_out(profile, language)
    if ABOUT_PARTNER in names:
        lines += [text(f"partner.note.{note}", language) for note in ("declare_truly", "declared_and_examined")]
    return lines


def both_ways(profile: Profile, language: Language) -> list[str]:
    """Either partner as the applicant, side by side; nothing where the rules compare no couple."""
    assessment = assess(without_nomination(profile), today())
    if assessment.partner is None:
        return []
    rules = text("suppose.rules", language, rules=rules_label(assessment, language))
    return [rules, *couple_lines(assessment.partner, language), *left_out(profile, language)]


def left_out(profile: Profile, language: Language) -> list[str]:
    """That a nomination is not counted, where nobody has told of one."""
    return [text("suppose.no_nomination", language)] if profile.is_open(NOMINATION) else []


def points(before: Assessment, after: Assessment, language: Language) -> str:
    """The score before and after; ranges where it is not known."""
    was, now = (span(one, language) for one in (before, after))
    key = "suppose.same" if was == now else "suppose.points"
    return text(key, language, rules=rules_label(after, language), was=was, now=now)


def span(assessment: Assessment, language: Language) -> str:
    """ "431", or "between 215 and 897"."""
    low, high = assessment.score.low, assessment.score.high
    return str(low) if low == high else text("suppose.range", language, low=low, high=high)
