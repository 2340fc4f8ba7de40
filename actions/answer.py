"""Questions of the visitor's own: about Express Entry, the firm, the assistant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.firm import firm_words
from actions.heard import heard
from actions.occupation import ABOUT_CODES, named_in_question
from actions.onward import start_button
from actions.suppose import both_ways
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    facts_in_message,
    language_of,
    lines_just_said,
    profile_of,
    say,
    today,
)
from bot.assessment import assess
from bot.facts import Profile
from bot.knowledge.answer import Answer, Button, Table
from bot.knowledge.catalogue import text
from bot.knowledge.finding import Ranking, certain, offer, shares
from bot.knowledge.finding import closest as closest_topics
from bot.knowledge.notices import result_notices
from bot.knowledge.parts.moves import moves
from bot.knowledge.rounds_asked import RoundsAsked
from bot.knowledge.topics import answer, topics

ABOUT_COUPLES = frozenset({"principal_applicant", "spouse_effect", "spouse_not_coming", "couple_or_single"})
ABOUT_GAINS = frozenset({"improve_score"})
"""Topics with figures of one's own: the two partners either way, and what each change adds."""
MOST_ANSWERS = 2
"""Questions of one message that are answered."""


class ActionAnswerQuestion(Action):
    """Answers the topics of the knowledge base that were asked about; offers the closest ones where it is not sure."""

    def name(self) -> str:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        answered = None
        offered: set[str | None] = set()
        for ranking in questions(tracker)[:MOST_ANSWERS]:
            topic = certain(ranking)
            if topic is None:
                say(dispatcher, closest(tracker, closest_topics(ranking)))
            elif topic != answered:
                said = to_topic(tracker, topic)
                say(dispatcher, replace(said, buttons=tuple(b for b in said.buttons if b.payload not in offered)))
                offered.update(button.payload for button in said.buttons)
                if figures := own_figures(tracker, topic):
                    say(dispatcher, figures)
                if topic in ABOUT_CODES and (codes := named_in_question(tracker)):
                    say(dispatcher, codes)
                answered = topic
        language = language_of(tracker)
        if facts_in_message(tracker) and not tracker.active_loop_name and not tracker.get_slot("assessed"):
            say(dispatcher, Answer(language, tuple(heard(tracker)), buttons=start_button(tracker)))
        return [SlotSet("last_topic", answered), SlotSet("misses", 0)] if answered else []


def questions(tracker: Tracker) -> list[Ranking]:
    """The topics of each question in the message; a button and a follow-up name their one topic themselves."""
    if not entities_of(tracker, "topic") and not follow_up(tracker):
        several = tracker.latest_message.get("questions") or []
        found = [[(item["topic"], item["confidence"]) for item in ranking] for ranking in several]
        if found:
            return found
    return [topic_ranking(tracker)]


def to_topic(tracker: Tracker, topic: str) -> Answer:
    """The answer to a topic for this visitor."""
    language = language_of(tracker)
    asked = follow_up(tracker)
    return answer(
        topic,
        language=language,
        as_of=today(),
        profile=_asked_for(profile_of(tracker), asked.get("family_size")),
        firm=firm_words(language),
        more=bool(entities_of(tracker, "more")),
        about=asked.get("about"),
        rounds=RoundsAsked.named(asked),
    )


def own_figures(tracker: Tracker, topic: str) -> Answer | None:
    """Behind a general answer about what moves a score, the visitor's own figures, once there is a result.

    Each with the rules it follows, and a gain with the limit that cuts it.
    """
    if topic not in ABOUT_COUPLES | ABOUT_GAINS or not tracker.get_slot("assessed") or tracker.active_loop_name:
        return None
    language, profile = language_of(tracker), profile_of(tracker)
    notices = result_notices(today(), language)
    if topic in ABOUT_COUPLES:
        lines = both_ways(profile, language)
        return Answer(language, tuple(lines), notices=notices) if lines else None
    part = moves(assess(profile, today()), language)
    if not part.tables:
        return None
    alone = part.tables[0]
    rows = tuple((" – ".join(filter(None, (r.label, r.detail))), f"+{r.points}", str(r.total)) for r in alone.rows)
    return Answer(language, part.lead, table=Table(alone.caption, alone.head, rows), notices=notices)


def _asked_for(profile: Profile, family_size: int | None) -> Profile:
    """The visitor, or somebody like them with the family that the question names."""
    return profile if family_size is None else profile.having(family_size=family_size)


def follow_up(tracker: Tracker) -> dict[str, Any]:
    """What a follow-up asks (``topic``, ``about``, ``family_size``, ``kind``, ``year``); empty where there is none."""
    return tracker.latest_message.get("follow_up") or {}


def topic_ranking(tracker: Tracker) -> Ranking:
    """Topics with their share of the certainty, best first."""
    chosen = [topic for topic in entities_of(tracker, "topic") if topic in topics()]
    if not chosen and follow_up(tracker):
        chosen = [follow_up(tracker)["topic"]]
    if chosen:
        return [(chosen[0], 1.0)]
    return shares([(item["topic"], item["confidence"]) for item in tracker.latest_message.get("topics") or []])


def closest(tracker: Tracker, topic_ids: list[str]) -> Answer:
    """The closest topics as buttons, and one for none of them. Asked again at once: in other words, with a person."""
    language = language_of(tracker)
    offered = offer(topic_ids, language)
    if lines_just_said(tracker).isdisjoint(offered.lines):
        return offered
    if not firm_words(language).licensee:
        return replace(offered, lines=(text("clarify.which_topic_again", language),))
    person = Button(text("button.person", language), "/ask_person")
    lines = (text("clarify.which_topic_or_person", language),)
    return replace(offered, lines=lines, buttons=(*offered.buttons, person))
