"""What was heard and has to be settled before the form goes on.

Three kinds, kept in the slot ``doubts``, each settled by one question with buttons:

- ``changed``: a fact that was known is told with another value, and nobody said it was a correction;
- ``choose``: a message can be read in two ways (two sets of results, a date, whose score it is);
- ``branch``: a fact that decides which rules apply was volunteered, and is said back once.

While there are doubts, the form asks for the slot ``settled``; nothing ever fills it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk import Action

from actions.ask import is_quiet, where_we_were
from actions.heard import heard
from actions.levels import same_results
from actions.order import asked_enough
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    asked_now,
    entities_of,
    facts_in_message,
    intent_of,
    is_button,
    language_of,
    profile_of,
    say,
)
from bot.facts import PARTNERED, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, readable_profile
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import facts_line, label, payload, value_text
from bot.understanding import corrects

Doubt = dict[str, Any]

BRANCHING = ("marital_status", "canadian_work_years", "language_test")
"""Facts that decide which rules and questions apply: said back once when they were volunteered."""
SPOUSE = "spouse_"
NO_VALUE = frozenset({None, UNKNOWN_WORD, DECLINED_WORD})
BETWEEN_VALUES = frozenset(
    {"two_results", "ambiguous_date", "contradiction", "unclear_level", "engaged", "pending", "unclear_status"}
)
BETWEEN_FACTS = frozenset({"unclear_person", "unclear_place"})


def doubts_of(tracker: Tracker) -> list[Doubt]:
    return list(tracker.get_slot("doubts") or [])


def contradicted(tracker: Tracker, told: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """Facts told with another value than before, where nothing says that this is a correction."""
    if is_button(tracker) or intent_of(tracker) in {"correct", "undo"}:
        return []
    if corrects(str(tracker.latest_message.get("text") or "")):
        return []
    asked = asked_now(tracker)
    doubted = {fact for doubt in doubts_of(tracker) for fact in facts_of(doubt)}
    return [
        fact
        for fact, value in told.items()
        if _told(before.get(fact))
        and _told(value)
        and before[fact] != value
        and not _rounded(fact, before[fact], value)
        and fact not in {asked} | doubted
        and not same_results(fact, before, told)
    ]


def rounded(told: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Years told again in whole numbers: what was known to the month stays."""
    return {fact: before[fact] for fact, value in told.items() if _rounded(fact, before.get(fact), value)}


def _rounded(fact: str, before: Any, told: Any) -> bool:
    years = fact in vocabulary() and vocabulary()[fact].unit == "years" and fact != "age"
    return years and isinstance(before, float) and isinstance(told, int) and int(before) == told > 0


def raised(tracker: Tracker, told: Mapping[str, Any], before: Mapping[str, Any], clashing: list[str]) -> list[Doubt]:
    """The doubts that the latest message raises."""
    if is_button(tracker):
        return []
    found = [_changed(fact, before[fact], told, clashing) for fact in clashing[:1]]
    found += _partner_of_a_single_person(tracker, told, found)
    found += _choices(tracker)
    branch = [
        fact for fact in BRANCHING if fact in told and fact not in clashing and _to_confirm(tracker, told, before, fact)
    ]
    if branch:
        found.append({"kind": "branch", "facts": branch, "choices": []})
    return found


def _partner_of_a_single_person(tracker: Tracker, told: Mapping[str, Any], found: list[Doubt]) -> list[Doubt]:
    """ "Single", and then a wife who comes along: one of the two is not so, and nothing told of her is lost."""
    status = tracker.get_slot("marital_status")
    partner = {fact: value for fact, value in told.items() if fact.startswith(SPOUSE) and _told(value)}
    if found or not partner or not _told(status) or status in PARTNERED:
        return []
    with_partner = [other for other in vocabulary()["marital_status"].values if other in PARTNERED]
    choices = [{"marital_status": status}, *({"marital_status": other, **partner} for other in with_partner)]
    return [{"kind": "partner", "facts": ["marital_status"], "choices": choices}]


def settle(tracker: Tracker, told: Mapping[str, Any]) -> tuple[list[Doubt], dict[str, Any]]:
    """The doubts that are left after the latest message, and the facts that settling the others gives."""
    left: list[Doubt] = []
    changes: dict[str, Any] = {}
    waiting = asked_now(tracker) == "settled"
    for number, doubt in enumerate(doubts_of(tracker)):
        about = [fact for fact in facts_of(doubt) if fact in told]
        if about:
            same = [c for c in doubt["choices"] if _agrees(c, {fact: told[fact] for fact in about})]
            changes.update(same[0] if len(same) == 1 else {})
        elif waiting and number == 0 and intent_of(tracker) == "affirm" and doubt["kind"] == "branch":
            continue
        elif waiting and number == 0 and doubt["kind"] == "branch" and told:
            continue  # said back, and the visitor went on: it stays as it is, and the summary shows it again
        elif waiting and number == 0 and doubt["kind"] == "choose" and told and asked_enough(tracker, "settled"):
            continue  # other things were told twice instead: what is not known of it is asked for in its turn
        elif waiting and number == 0 and intent_of(tracker) == "deny":
            changes.update(dict.fromkeys(facts_of(doubt)), sooner=facts_of(doubt))
        elif waiting and number == 0 and told and doubt.get("left_open"):
            continue  # asked twice, and the visitor tells other things: the form asks for it in its own time
        elif waiting and number == 0 and told:
            left.append({**doubt, "left_open": True})
        else:
            left.append(doubt)
    return left, changes


def _agrees(choice: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a reading is the one that was told: it has to say something of it, and nothing else."""
    shared = choice.keys() & told.keys()
    return bool(shared) and all(choice[fact] == told[fact] for fact in shared)


def facts_of(doubt: Doubt) -> list[str]:
    """The facts a doubt is about; of a contradiction only the one that clashes."""
    return list(doubt["facts"])


class ActionAskSettled(Action):
    """The question that settles the oldest doubt."""

    def name(self) -> str:
        return "action_ask_settled"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        doubts = doubts_of(tracker)
        language = language_of(tracker)
        if not doubts or is_quiet(tracker):
            return []
        say(dispatcher, _question(tracker, doubts[0], language))
        return []


def _question(tracker: Tracker, doubt: Doubt, language: Language) -> Answer:
    lines = heard(tracker, without=[fact for waiting in doubts_of(tracker) for fact in facts_of(waiting)])
    lines += where_we_were(tracker, doubt["facts"][0])
    if doubt["kind"] == "branch":
        lines.append(text("settle.branch", language, facts=facts_line(profile_of(tracker), doubt["facts"], language)))
        buttons = [
            Button(text("button.confirm", language), "/affirm"),
            Button(text("button.not_right", language), "/deny"),
        ]
        return Answer(language, tuple(lines), kind="question", buttons=tuple(buttons), asks="settled")
    fact = doubt["facts"][0]
    if doubt["kind"] == "partner":
        status = value_text(fact, doubt["choices"][0][fact], language)
        lines.append(text("settle.partner", language, status=status))
    elif doubt["kind"] == "changed":
        before, now = (value_text(fact, choice[fact], language) for choice in doubt["choices"])
        lines.append(text("settle.changed", language, label=label(fact, language), before=before, now=now))
    else:
        of_tests = doubt["reason"] != "two_results" or vocabulary()[fact].topic in {"language", "partner_factors"}
        reason = doubt["reason"] if of_tests else "two_values"
        lines.append(text(f"not_taken.{reason}", language, said=doubt["said"], label=label(fact, language)))
    buttons = [Button(choice_title(choice, doubt, language), payload("inform", choice)) for choice in doubt["choices"]]
    buttons.append(Button(text("button.none_of_these", language), "/deny"))
    return Answer(language, tuple(lines), kind="question", buttons=tuple(buttons), asks="settled")


def choice_title(choice: Mapping[str, Any], doubt: Doubt, language: Language) -> str:
    """A reading in a few words; the fact is named where the readings differ in it."""
    facts = list(choice)
    if doubt["kind"] in {"changed", "partner"}:
        return value_text(facts[0], choice[facts[0]], language)
    named = len({tuple(other) for other in doubt["choices"]}) > 1
    values = [value_text(fact, choice[fact], language) for fact in facts]
    value = " / ".join(values)
    return text("pair", language, label=label(facts[0], language), value=value) if named else value


def _told(value: Any) -> bool:
    return isinstance(value, list) or value not in NO_VALUE


def _changed(fact: str, before: Any, told: Mapping[str, Any], clashing: list[str]) -> Doubt:
    """What else the message told goes with the new value, so that nothing is lost whichever is chosen."""
    others = {other: value for other, value in told.items() if other != fact and _told(value)}
    now = {fact: told[fact], **others}
    return {
        "kind": "changed",
        "facts": [fact],
        "choices": [{fact: before, **{f: told[f] for f in others if f not in clashing}}, now],
    }


def _to_confirm(tracker: Tracker, told: Mapping[str, Any], before: Mapping[str, Any], fact: str) -> bool:
    """Volunteered for the first time, with a value; not the answer to the question that was asked for it."""
    if fact in before or not _told(told[fact]) or asked_now(tracker) == fact:
        return False
    return not (fact == "language_test" and told[fact] in {"none", "clb", "nclc"})


def _choices(tracker: Tracker) -> list[Doubt]:
    """A doubt for everything in the message that can be read in two ways; results of one test together."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    told = set(facts_in_message(tracker))
    for item in entities_of(tracker, "not_taken"):
        fact, reason = item.get("fact"), item["reason"]
        if fact not in vocabulary() or len(item.get("options") or ()) < 2:
            continue
        if fact in told and reason != "contradiction":
            continue
        if reason in BETWEEN_VALUES | BETWEEN_FACTS:
            grouped.setdefault((reason, vocabulary()[fact].topic), []).append(item)
    return [doubt for (reason, _), items in grouped.items() if (doubt := _choice(reason, items)) is not None]


def _choice(reason: str, items: list[dict[str, Any]]) -> Doubt | None:
    choices: list[dict[str, Any]] = []
    for number in range(min(len(item["options"]) for item in items)):
        choice = dict(_reading(reason, items, number))
        if choice and len(readable_profile(choice)) == len(choice) and choice not in choices:
            choices.append(choice)
    if len(choices) < 2:
        return None
    facts = list(dict.fromkeys(fact for choice in choices for fact in choice))
    return {"kind": "choose", "facts": facts, "choices": choices[:4], "reason": reason, "said": items[0]["said"]}


def _reading(reason: str, items: list[dict[str, Any]], number: int) -> Iterator[tuple[str, Any]]:
    for item in items:
        option = item["options"][number]
        if reason in BETWEEN_VALUES:
            yield item["fact"], option
        elif option in vocabulary() and item.get("value") is not None:
            yield option, item["value"]
