"""Questions of the visitor's own: about Express Entry, the firm, the assistant."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.firm import firm_words
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    language_of,
    profile_of,
    say,
    today,
)
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text
from bot.knowledge.topics import answer, topics
from bot.knowledge.wording import payload

CERTAIN = 0.4
"""Share of the topic probability that the best topic needs to be answered straight away."""
OFFERED = 3


class ActionAnswerQuestion(Action):
    """Answers a topic of the knowledge base; offers the closest ones when it is not sure which."""

    def name(self) -> str:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        ranking = topic_ranking(tracker)
        if not ranking or ranking[0][1] < CERTAIN:
            say(dispatcher, closest(tracker, [topic for topic, _ in ranking[:OFFERED]]))
            return []
        topic = ranking[0][0]
        say(
            dispatcher,
            answer(
                topic,
                language=language,
                as_of=today(),
                profile=profile_of(tracker),
                firm=firm_words(language),
                more=bool(entities_of(tracker, "more")),
            ),
        )
        return [SlotSet("last_topic", topic), SlotSet("misses", 0)]


def topic_ranking(tracker: Tracker) -> list[tuple[str, float]]:
    """Topics with their share of the probability, best first; a button names its topic itself."""
    chosen = [topic for topic in entities_of(tracker, "topic") if topic in topics()]
    if chosen:
        return [(chosen[0], 1.0)]
    ranking = tracker.latest_message.get("topics") or []
    known = [(item["topic"], item["confidence"]) for item in ranking if item["topic"] in topics()]
    whole = sum(share for _, share in known) or 1.0
    return [(topic, share / whole) for topic, share in known]


def closest(tracker: Tracker, topic_ids: list[str]) -> Answer:
    """The closest topics as buttons, a person included."""
    language = language_of(tracker)
    buttons = [Button(topics()[t].title[language], payload("faq", {"topic": t})) for t in topic_ids]
    buttons.append(Button(text("button.neither", language), "/ask_help"))
    return Answer(language, (text("clarify.which_topic", language),), kind="question", buttons=tuple(buttons))
