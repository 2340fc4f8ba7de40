"""The result: given once the summary is confirmed, and again when a fact changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.ask import summary
from actions.consent import ASSESSMENT, may_we, messages_still_to_ask
from actions.heard import heard, range_text, without_nomination
from actions.onward import onward, result_button, start_button
from actions.privacy import with_page
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    inapplicable,
    language_of,
    profile_of,
    say,
    say_text,
    today,
)
from bot.assessment import Assessment, assess
from bot.facts.encoding import profile_to
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, text
from bot.knowledge.notices import result_notices
from bot.knowledge.pages import pages
from bot.knowledge.results import result_card, result_lines


class ActionAssess(Action):
    """The assessment on the confirmed facts; after a change, what it did to the result shown before."""

    def name(self) -> str:
        return "action_assess"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        assessment = assess(profile_of(tracker), today())
        if lines := difference(tracker.get_slot("result"), brief(assessment), language):
            say(dispatcher, Answer(language, tuple(lines)))
        say(dispatcher, await with_page(tracker, result(assessment, language)))
        if await messages_still_to_ask(tracker):
            say(dispatcher, may_we("messages", language))
        return remember(tracker, assessment)


class ActionReassess(Action):
    """A fact changed after the result: what it was, what it is now, and what that did to the score."""

    def name(self) -> str:
        return "action_reassess"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        dropped = [SlotSet(fact_id, None) for fact_id in inapplicable(tracker)]
        assessment = assess(profile_of(tracker), today())
        lines = [*heard(tracker), *difference(tracker.get_slot("result"), brief(assessment), language)]
        if lines:
            say(dispatcher, Answer(language, tuple(lines)))
        say(dispatcher, await with_page(tracker, result(assessment, language)))
        return [*dropped, *remember(tracker, assessment)]


class ActionShowResult(Action):
    """The last result again, or the range so far."""

    def name(self) -> str:
        return "action_show_result"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language, profile = language_of(tracker), profile_of(tracker)
        if tracker.get_slot("assessed"):
            return await show_again(dispatcher, tracker)
        if len(profile):
            assessment = assess(without_nomination(profile), today())
            asked = tracker.get_slot(ASSESSMENT) is not None  # no result before consent to it was asked for
            buttons = (*onward(tracker), *([result_button(tracker)] if asked else []))
            say(dispatcher, Answer(language, (range_text(assessment, "early.range", language),), buttons=buttons))
            return []
        say_text(dispatcher, tracker, "result.not_yet", buttons=start_button(tracker))
        return []


class ActionExplainResult(Action):
    """Every line of the score with the rule it rests on."""

    def name(self) -> str:
        return "action_explain_result"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        if not tracker.get_slot("assessed"):
            say_text(dispatcher, tracker, "result.not_yet", buttons=start_button(tracker))
            return []
        card = result_card(assess(profile_of(tracker), today()), language)
        lines = [
            f"{line['label']}: {line['points']} / {line['max']}" + (f" ({line['detail']})" if line["detail"] else "")
            for line in card["lines"]
            if line["points"]
        ]
        say(dispatcher, Answer(language, (text("result.explained", language, rules=card["rules"]), *lines)))
        return []


class ActionShowSummary(Action):
    """What is known so far, each line changeable."""

    def name(self) -> str:
        return "action_show_summary"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if tracker.get_slot("requested_slot") != "summary_confirmed":
            say(dispatcher, summary(tracker, confirm=False))
        return []


def result(assessment: Assessment, language: Language) -> Answer:
    """The result as one message: lines for every channel, a card for those that draw it."""
    return Answer(
        language,
        result_lines(assessment, language),
        kind="result",
        buttons=(
            Button(text("button.explain", language), "/explain_result"),
            Button(text("button.change", language), "/correct"),
            Button(text("button.person", language), "/ask_person"),
            Button(text("button_privacy.keep_result", language), "/keep_result"),
            Button(text("button.delete", language), "/delete_my_data"),
        ),
        sources=(Source(pages()["crs_tool"].title[language], pages()["crs_tool"].url[language]),),
        notices=result_notices(assessment.as_of, language),
        card=result_card(assessment, language),
    )


async def show_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """The result under the rules of today; where they are not those it was computed under, that is said first."""
    language = language_of(tracker)
    assessment = assess(profile_of(tracker), today())
    if lines := rules_changed(tracker.get_slot("result"), assessment, language):
        say(dispatcher, Answer(language, tuple(lines)))
    say(dispatcher, await with_page(tracker, result(assessment, language)))
    return remember(tracker, assessment)


def rules_changed(before: dict[str, Any] | None, assessment: Assessment, language: Language) -> list[str]:
    """What a change of the rules since the last result did to it; empty while they are the same."""
    after = brief(assessment)
    if not before or before.get("rules") in {None, after["rules"]}:
        return []
    lines = [text("result.rules_changed", language, day=date.fromisoformat(before["as_of"]))]
    return [*lines, *difference(before, after, language)]


def brief(assessment: Assessment) -> dict[str, Any]:
    """The numbers of an assessment that a later change is compared with."""
    data = assessment.to_dict()
    crs = data["crs"].get("previous") or data["crs"]
    return {
        "as_of": data["as_of"],
        "rule_set": crs.get("rule_set") or data["rule_set"],
        "rules": assessment.rule_set,
        "total": crs["total"],
        "programs": {name: program["answer"] for name, program in data["programs"].items()},
    }


def remember(tracker: Tracker, assessment: Assessment) -> Events:
    """The result with its rule set and the facts it rests on, so that it can be reproduced."""
    facts = profile_to(profile_of(tracker))
    return [SlotSet("assessed", True), SlotSet("result", {**brief(assessment), "facts": facts}), SlotSet("misses", 0)]


def difference(before: dict[str, Any] | None, after: dict[str, Any], language: Language) -> list[str]:
    """What changed between two results: the score, and each program whose answer is another one now."""
    if not before or before["total"] is None or after["total"] is None:
        return []
    moved = before["total"] != after["total"]
    lines = [
        text("result.changed", language, before=before["total"], after=after["total"])
        if moved
        else text("result.unchanged", language, total=after["total"])
    ]
    return [*lines, *programs_changed(before["programs"], after["programs"], language)]


def programs_changed(before: Mapping[str, str], after: Mapping[str, str], language: Language) -> list[str]:
    """Each program whose answer is another one now, with both."""
    return [
        text(
            "result.program_changed",
            language,
            program=text(f"assessment.program.{program}", language),
            before=text(f"assessment.answer.{before[program]}", language),
            after=text(f"assessment.answer.{answer}", language),
        )
        for program, answer in after.items()
        if before.get(program, answer) != answer
    ]
