"""The questions of the assessment: one asking action per fact, all alike; and the summary at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar, Final

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.consent import ASKED, ASSESSMENT, may_we
from actions.firm import firm_words
from actions.heard import early_range, heard, history
from actions.occupation import candidates, choice
from actions.onward import result_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_since_message,
    entities_of,
    facts_in_message,
    intent_of,
    language_of,
    lines_just_said,
    offered_now,
    profile_of,
    say,
    skipped_of,
    today,
    topics_left,
)
from bot.facts import vocabulary
from bot.facts.questions import asked_together
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text
from bot.knowledge.wording import asked_words, choices, fact_line, facts_line, label, payload, question
from bot.understanding import read

DIGRESSIONS = frozenset(
    {"action_answer_question", "action_reply", "action_privacy", "action_show_summary", "action_suppose"}
)
PAUSE: Final = timedelta(hours=1)
"""After this long without a word the visitor is told where we were."""
MOST_BUTTONS = 6


class AskFact:
    """Asks for one fact; says first what was understood of the last message."""

    fact: ClassVar[str] = ""

    def name(self) -> str:
        return f"action_ask_{self.fact}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if is_quiet(tracker):
            return []
        language = language_of(tracker)
        profile = profile_of(tracker)
        if self.fact == "noc" and "action_clarify" in actions_since_message(tracker) and (found := candidates(tracker)):
            say(dispatcher, choice(tracker, found))
            return [SlotSet("misses", 0)]
        early, events = early_range(tracker)
        if tracker.get_slot(ASSESSMENT) is None:
            events = [*events, SlotSet(ASSESSMENT, ASKED)]
            consent = may_we("assessment", language)
            if takes_yes_or_no(tracker, self.fact):  # beside another such question, nobody could tell what a yes is to
                say(dispatcher, replace(consent, lines=(*heard(tracker), *early, *consent.lines)))
                return events
            say(dispatcher, consent)
        where = where_we_were(tracker, self.fact) or progress(tracker, self.fact)
        lines = [*heard(tracker), *early, *where, *purpose(tracker, self.fact), question(profile, self.fact, language)]
        buttons = (
            *choices(profile, self.fact, language),
            *([result_button(tracker)] if early else []),
            *person_after_history(tracker),
        )
        say(dispatcher, Answer(language, tuple(lines), kind="question", buttons=buttons, asks=self.fact))
        return [*events, *([SlotSet("misses", 0)] if facts_in_message(tracker) else [])]


def takes_yes_or_no(tracker: Tracker, fact_id: str) -> bool:
    """Whether a plain yes or no would answer the question."""
    together = asked_together(profile_of(tracker), fact_id)
    return any(read(word, asked=fact_id, together=together, as_of=today()).facts for word in ("yes", "no"))


QUESTIONS = [type(f"Ask_{fact_id}", (AskFact, Action), {"fact": fact_id}) for fact_id in vocabulary()]
"""One action class per fact, found by the executor like any other subclass of Action."""


def purpose(tracker: Tracker, fact_id: str) -> list[str]:
    """What a sensitive answer is used for, before it is asked for the first time (R-21)."""
    profile, before = profile_of(tracker), asked_before(tracker)
    sensitive = any(vocabulary()[asked].privacy == "sensitive" for asked in asked_together(profile, fact_id))
    if not sensitive or before == fact_id or any({before, fact_id} <= set(q.facts) for q in vocabulary().questions):
        return []
    return [asked_words(profile, fact_id, "why", language_of(tracker))]


def person_after_history(tracker: Tracker) -> tuple[Button, ...]:
    """A person is offered to whoever has just named a refusal or the like, where a licensee answers."""
    language = language_of(tracker)
    person = Button(text("button.person", language), "/ask_person")
    if not history(tracker) or not firm_words(language).licensee or person.payload in offered_now(tracker):
        return ()
    return (person,)


def is_quiet(tracker: Tracker) -> bool:
    """Whether the question need not be asked again: the visitor looks for something, or chooses what to change."""
    done = actions_since_message(tracker)
    chosen = [fact for fact in entities_of(tracker, "edit") if fact in vocabulary()]
    match intent_of(tracker):
        case "hold_on":
            return "action_reply" in done and not facts_in_message(tracker)
        case "correct":
            return "action_correct" in done and not facts_in_message(tracker) and not chosen
    return False


def where_we_were(tracker: Tracker, fact_id: str) -> list[str]:
    """``Back to your work:`` after something else was spoken about, or after a pause."""
    language = language_of(tracker)
    topic = text(f"topic.{vocabulary()[fact_id].topic}", language)
    if paused(tracker):
        return [text("resume.where", language, topic=topic)]
    if DIGRESSIONS.isdisjoint(actions_since_message(tracker)):
        return []
    return [text("back_to", language, topic=topic)]


def paused(tracker: Tracker) -> bool:
    """Whether the visitor was away before the latest message."""
    spoken = [event for event in tracker.events if event["event"] in {"user", "bot"} and event.get("timestamp")]
    users = [number for number, event in enumerate(spoken) if event["event"] == "user"]
    if not users or users[-1] == 0:
        return False
    now, before = spoken[users[-1]], spoken[users[-1] - 1]
    return float(now["timestamp"]) - float(before["timestamp"]) > PAUSE.total_seconds()


def progress(tracker: Tracker, fact_id: str) -> list[str]:
    """When a new topic begins: which one it is and how many are left after it. Never a percentage."""
    topic = vocabulary()[fact_id].topic
    before = asked_before(tracker)
    if before not in vocabulary() or vocabulary()[before].topic == topic:
        return []
    language = language_of(tracker)
    after = [left for left in topics_left(tracker) if left != topic]
    key = "progress.last" if not after else "progress.next_one" if len(after) == 1 else "progress.next"
    return [text(key, language, topic=text(f"topic.{topic}", language), left=len(after))]


def asked_before(tracker: Tracker) -> str | None:
    """The slot that was asked for when the visitor spoke."""
    last = max((n for n, event in enumerate(tracker.events) if event["event"] == "user"), default=0)
    asked = (
        e["value"] for e in reversed(tracker.events[:last]) if e["event"] == "slot" and e["name"] == "requested_slot"
    )
    return next(asked, None)


class AskSummaryConfirmed(Action):
    """The summary before the result: every line can be changed."""

    def name(self) -> str:
        return "action_ask_summary_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if is_quiet(tracker):
            return []
        if intent_of(tracker) == "deny":
            say(dispatcher, which_to_change(tracker))
            return []
        asked = tracker.get_slot(ASSESSMENT) is not None
        if not asked:  # everything was told in one message, or came along with a code
            say(dispatcher, may_we("assessment", language_of(tracker)))
        again = shown_before(tracker, summary(tracker).lines)
        say(dispatcher, back_to_summary(tracker) if again else summary(tracker, heard(tracker)))
        return [] if asked else [SlotSet(ASSESSMENT, ASKED)]


def shown_before(tracker: Tracker, lines: tuple[str, ...]) -> bool:
    """Whether the visitor spoke about something else, and the summary with these lines stands there already."""
    aside = DIGRESSIONS | {"action_clarify", "action_default_fallback"}
    if intent_of(tracker) == "show_summary" or paused(tracker) or aside.isdisjoint(actions_since_message(tracker)):
        return False
    shown = (
        event["metadata"]["answer"]
        for event in reversed(tracker.events)
        if event["event"] == "bot" and "answer" in (event.get("metadata") or {})
    )
    last = next((answer for answer in shown if answer.get("kind") == "summary"), None)
    return last is not None and Answer.from_dict(last).lines[-len(lines) :] == lines


def back_to_summary(tracker: Tracker) -> Answer:
    """Whether all is right, without every answer once more."""
    language = language_of(tracker)
    buttons = (
        Button(text("button.confirm", language), "/affirm"),
        Button(text("button.change", language), "/correct"),
        Button(text("button.summary", language), "/show_summary"),
    )
    lines = (*heard(tracker), text("summary.again", language))
    return Answer(language, lines, kind="question", buttons=buttons, asks="summary_confirmed")


def summary(tracker: Tracker, before: list[str] | None = None, *, confirm: bool = True) -> Answer:
    """The facts by topic, with a button to go on and one to change something."""
    language = language_of(tracker)
    profile = profile_of(tracker)
    lines = [*(before or []), text("summary.heading", language)]
    for topic, facts in answered(tracker).items():
        lines.append(f"{text(f'topic.{topic}', language)} - {facts_line(profile, facts, language)}")
    if left_out := [fact for fact in skipped_of(tracker) if profile.is_open(fact)]:
        lines.append(text("summary.skipped", language, facts=", ".join(label(fact, language) for fact in left_out)))
    buttons: tuple[Button, ...] = (Button(text("button.change", language), "/correct"), *person_after_history(tracker))
    if confirm:
        lines.append(text("summary.confirm", language))
        buttons = (Button(text("button.confirm", language), "/affirm"), *buttons)
    return Answer(
        language, tuple(lines), kind="summary", buttons=buttons, asks="summary_confirmed" if confirm else None
    )


def answered(tracker: Tracker) -> dict[str, list[str]]:
    """The facts that are not open, by topic."""
    profile = profile_of(tracker)
    facts = {
        topic: [fact.id for fact in vocabulary().values() if fact.topic == topic and not profile.is_open(fact.id)]
        for topic in vocabulary().topics
    }
    return {topic: found for topic, found in facts.items() if found}


def which_to_change(tracker: Tracker, topic: str | None = None) -> Answer:
    """Every answer given so far as a button; by topic first where there are many."""
    language = language_of(tracker)
    by_topic = answered(tracker)
    facts = [fact for found in by_topic.values() for fact in found] if topic is None else by_topic.get(topic, [])
    if topic is None and len(facts) > MOST_BUTTONS:
        buttons = [Button(text(f"topic.{name}", language), payload("correct", {"edit": name})) for name in by_topic]
        asked = text("correct.which_topic", language)
        if asked in lines_just_said(tracker):  # not the same words again, and another way on
            asked = text("correct.which_topic_again", language)
            buttons.append(Button(text("button.confirm", language), "/affirm"))
        return Answer(language, (asked,), kind="question", buttons=tuple(buttons))
    return Answer(language, (text("correct.which", language),), kind="question", buttons=_edit_buttons(tracker, facts))


def _edit_buttons(tracker: Tracker, facts: Iterable[str]) -> tuple[Button, ...]:
    language, profile = language_of(tracker), profile_of(tracker)
    return tuple(
        Button(fact_line(profile, fact_id, language), payload("correct", {"edit": fact_id})) for fact_id in facts
    )


def retract(*fact_ids: str) -> list[dict[str, Any]]:
    """Events that make facts open again, and the summary unconfirmed."""
    return [SlotSet(fact_id, None) for fact_id in (*fact_ids, "summary_confirmed")]
