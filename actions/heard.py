"""What was taken from the last message, said back in one line; and what was not taken, with the reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rasa_sdk.events import SlotSet

from actions.levels import levels_noted
from actions.turn import (
    Events,
    Tracker,
    actions_since_message,
    entities_of,
    facts_in_message,
    language_of,
    profile_of,
    today,
    values_before,
)
from bot.assessment import Assessment, assess
from bot.assessment.periods import ends
from bot.facts import Profile, vocabulary
from bot.facts.encoding import readable_profile
from bot.facts.questions import excluded
from bot.knowledge.catalogue import Language, catalogue, text
from bot.knowledge.results import rules_label
from bot.knowledge.wording import fact_text, facts_line, label
from bot.rules import rulebook

SAID_BACK_BY = frozenset({"action_correct", "action_undo", "action_reassess", "action_go_back"})
REASONED_BY = frozenset({"action_clarify", "action_default_fallback", *SAID_BACK_BY})
NOT_NOW = frozenset({"target", "hypothetical", "past"})
"""Reasons that nobody needs to hear where the fact itself is known: "35, and 36 in December"."""
VALIDITY = "validity."
"""So begin the rules of how long something counts; others with a date set a deadline."""
EARLY = ("age", "education", "language_test")
"""Once these are known, a first range of points says something."""


def heard(tracker: Tracker, without: Collection[str] = ()) -> list[str]:
    """Lines for the beginning of an answer. ``without``: facts that the answer itself speaks about."""
    done = set(actions_since_message(tracker))
    language = language_of(tracker)
    lines: list[str] = []
    if done.isdisjoint(SAID_BACK_BY):
        lines += [*taken(tracker, language, without), *levels_noted(tracker)]
    if done.isdisjoint(REASONED_BY):
        lines += not_taken(tracker, language, without)
    return lines


def taken(tracker: Tracker, language: Language, without: Collection[str] = ()) -> list[str]:
    """The facts of the last message, what they were before, and what does not apply any more."""
    profile, before = profile_of(tracker), readable_profile(values_before(tracker))
    facts = [fact for fact in facts_in_message(tracker) if profile.knows(fact) and fact not in without]
    changed = [fact for fact in facts if before.knows(fact) and before.value(fact) != profile.value(fact)]
    grave = [fact for fact in history(tracker) if fact not in without]
    fresh = [fact for fact in facts if not before.knows(fact) and fact not in grave]
    nothing = nothing_of_the_kind(profile, fresh)
    fresh = [fact for fact in fresh if fact not in nothing]
    lines = [
        text(
            "heard.changed",
            language,
            label=label(fact, language),
            value=fact_text(profile, fact, language),
            before=fact_text(before, fact, language),
        )
        for fact in changed
    ]
    if len(fresh) == 1:
        lines.append(
            text("heard.one", language, value=fact_text(profile, fresh[0], language), label=label(fresh[0], language))
        )
    elif fresh:
        lines.append(text("heard.many", language, facts=facts_line(profile, fresh, language)))
    if nothing:
        lines.append(text("heard.nothing", language))
    lines += _from_the_first(tracker, language, [*changed, *fresh])
    lines += _ran_out(profile, language, [*changed, *fresh])
    lines += [text(f"history_note.{fact}", language) for fact in grave]
    if back := [fact for fact in tracker.get_slot("sooner") or () if before.knows(fact) and profile.is_open(fact)]:
        lines.append(text("heard.taken_back", language, facts=facts_line(before, back, language)))
    if dropped := [fact for fact in before if profile.is_open(fact) and not profile.applies(fact)]:
        lines.append(text("heard.dropped", language, facts=", ".join(label(fact, language) for fact in dropped)))
    return lines


def _from_the_first(tracker: Tracker, language: Language, facts: Collection[str]) -> list[str]:
    """Said of a month without a day: validity is counted from its first day, the most careful one."""
    profile = profile_of(tracker)
    months = [
        entity["entity"]
        for entity in tracker.latest_message.get("entities") or []
        if entity.get("estimated") and entity["entity"] in facts and vocabulary()[entity["entity"]].type == "date"
    ]
    months = [fact for fact in months if profile.value(fact).day == 1]
    return [text("heard.month", language, facts=", ".join(label(fact, language) for fact in months))] if months else []


def _ran_out(profile: Profile, language: Language, facts: Collection[str]) -> list[str]:
    """Said of a test or a report whose validity is over by its date: better known now than at the result."""
    lines: list[str] = []
    for fact in facts:
        rule = vocabulary()[fact].valid
        if rule is None or not rule.startswith(VALIDITY):
            continue
        over = ends(profile.value(fact), rulebook().at(today()), rule)
        if over is not None and over <= today():
            lines.append(text("heard.ran_out", language, label=label(fact, language), on=over))
    return lines


def history(tracker: Tracker) -> list[str]:
    """What the last message told for the first time that a licensed professional should look at."""
    profile, before = profile_of(tracker), values_before(tracker)
    return [
        fact
        for fact in facts_in_message(tracker)
        if f"history_note.{fact}" in catalogue() and profile.value(fact) is True and before.get(fact) is not True
    ]


def nothing_of_the_kind(profile: Profile, facts: Collection[str]) -> set[str]:
    """Facts that were denied all at once, as an answer to the question for them."""
    denied: set[str] = set()
    for question in vocabulary().questions:
        asked = [fact for fact in question.holding if fact in facts]
        none = question.none_of(asked) if question.holding else {}
        if len(asked) > 1 and all(profile.value(fact) == value for fact, value in none.items()):
            denied.update(asked)
    return denied


def not_taken(tracker: Tracker, language: Language, without: Collection[str] = ()) -> list[str]:
    """A sentence for each thing in the last message that was seen but could not be taken; two at most."""
    lines: dict[str, None] = {}
    for item in [*entities_of(tracker, "not_taken"), *_refused(tracker)]:
        key = f"not_taken.{item['reason']}"
        fact = item.get("fact")
        told_anyway = item["reason"] == "other_currency" and fact in facts_in_message(tracker)
        if key not in catalogue() or fact in without or told_anyway:
            continue
        if item["reason"] in NOT_NOW and profile_of(tracker).knows(fact):
            continue
        lines[text(key, language, said=item["said"], label=label(fact, language) if fact in vocabulary() else "")] = (
            None
        )
    return list(lines)[:2]


def _refused(tracker: Tracker) -> list[dict[str, Any]]:
    """Scores that were told, now or before, and refused: their test does not give them."""
    profile = profile_of(tracker)
    said = values_before(tracker)
    said.update({e["entity"]: e.get("said") or e["value"] for e in tracker.latest_message.get("entities") or []})
    return [
        {"reason": "other_scale" if _of_tef(profile, fact) else "impossible_value", "fact": fact, "said": words}
        for fact, words in said.items()
        if fact in vocabulary()
        and vocabulary()[fact].unit == "points"
        and profile.is_open(fact)
        and not excluded(profile, fact)
    ]


def _of_tef(profile: Profile, fact: str) -> bool:
    """Whether it is a score of the TEF, whose report prints two scales."""
    tests = [parent for parent in vocabulary()[fact].when if parent.endswith("language_test")]
    return any(profile.value(test) == rulebook().at(today()).value("language.tef_scale") for test in tests)


def early_range(tracker: Tracker) -> tuple[list[str], Events]:
    """A first range after the first facts, once; and how a correction moves it. With what is to be remembered."""
    told = tracker.get_slot("early_range")
    profile = profile_of(tracker)
    if told is None and not _says_something(profile):
        return [], []
    if told is not None and not _corrected(tracker, profile):
        return [], []
    if tracker.get_slot("assessed"):
        return [], []
    assessment = assess(without_nomination(profile), today())
    found = [assessment.score.low, assessment.score.high]
    if found == told:
        return [], []
    key = "early.range" if told is None else "early.changed"
    return [range_text(assessment, key, language_of(tracker), told)], [SlotSet("early_range", found)]


def range_text(assessment: Assessment, key: str, language: Language, before: list[Any] | None = None) -> str:
    """A range of points in words, with the rules it follows."""
    low, high = assessment.score.low, assessment.score.high
    if key == "early.range" and low == high:
        key = "early.exact"
    return text(
        key,
        language,
        rules=rules_label(assessment, language),
        low=low,
        high=high,
        now=_points(low, high),
        was=_points(*before) if before else "",
    )


def _points(low: int, high: int) -> str:
    """``362-609``, or the one number that is left of a range."""
    return str(low) if low == high else f"{low}-{high}"


def without_nomination(profile: Profile) -> Profile:
    """As if no province had nominated the person, while nobody has said so: its points would hide all others."""
    return profile.having(provincial_nomination=False) if profile.is_open("provincial_nomination") else profile


def _says_something(profile: Profile) -> bool:
    scores = profile.value("language_test") == "none" or profile.knows("listening")
    return scores and all(not profile.is_open(fact) for fact in EARLY)


def _corrected(tracker: Tracker, profile: Profile) -> bool:
    before = readable_profile(values_before(tracker))
    return any(profile[fact] != before[fact] for fact in before)
