"""The beginning of a conversation and of the assessment, and the language it is held in."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.assess import start_button
from actions.firm import firm_words
from actions.turn import CollectingDispatcher, DomainDict, Events, Tracker, language_of, profile_of, say, say_text
from bot.facts.questions import topics_left
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.wording import payload


class ActionWelcome(Action):
    """Who speaks, for whom, what it can do, and four ways in; before the first question."""

    def name(self) -> str:
        return "action_welcome"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        firm = firm_words(language)
        say(dispatcher, Answer(language, (identity(firm, language),), kind="notice", sources=links(firm, language)))
        say(
            dispatcher,
            Answer(
                language,
                (text("welcome.offer", language), text("welcome.how", language)),
                kind="question",
                buttons=ways_in(tracker, firm),
            ),
        )
        return [SlotSet("language", language)]


class ActionStartAssessment(Action):
    """A word on how it goes, the first time; then the form asks."""

    def name(self) -> str:
        return "action_start_assessment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if len(profile_of(tracker)):
            return []
        say_text(dispatcher, tracker, "assessment.intro", "assessment.skipping")
        return []


class ActionSwitchLanguage(Action):
    """The conversation goes on in the other language; the form asks again in it."""

    def name(self) -> str:
        return "action_switch_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        buttons = () if tracker.active_loop_name else ways_in(tracker, firm_words(language_of(tracker)))
        say_text(dispatcher, tracker, "language.switched", buttons=buttons)
        return []


class ActionProgress(Action):
    """The topics that are left, not a percentage."""

    def name(self) -> str:
        return "action_progress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        left = [text(f"topic.{topic}", language) for topic in topics_left(profile_of(tracker))]
        if left:
            buttons = () if tracker.active_loop_name else start_button(tracker)
            say_text(dispatcher, tracker, "progress.left", buttons=buttons, topics=", ".join(left))
        else:
            say_text(dispatcher, tracker, "progress.none_left")
        return []


class ActionResume(Action):
    """Goes on where the assessment was; the form asks by itself when it is active."""

    def name(self) -> str:
        return "action_resume"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if not tracker.active_loop_name:
            say_text(dispatcher, tracker, "assessment.resume", buttons=start_button(tracker))
        return []


def identity(firm: FirmWords, language: Language) -> str:
    """R-01, R-02 and R-06 in a paragraph: automated, whose, who answers for it, not the government, not advice."""
    key = "notice.start" if firm.licensee else "notice.start_information_only"
    return text(key, language, firm=firm.name, licensee=firm.licensee, licence_no=firm.licence_no)


def links(firm: FirmWords, language: Language) -> tuple[Source, ...]:
    """The public register, to check this licence or to find one, and the privacy page."""
    found = [Source(text("link.register" if firm.licensee else "link.find", language), firm.register_url)]
    if firm.privacy_url:
        found.append(Source(text("link.privacy", language), firm.privacy_url))
    return tuple(found)


def ways_in(tracker: Tracker, firm: FirmWords) -> tuple[Button, ...]:
    """Assessment, a question, invited already, a person (only where a licensee answers), the other language."""
    language = language_of(tracker)
    buttons = [*start_button(tracker)]
    buttons.append(Button(text("button.question", language), "/ask_help"))
    buttons.append(Button(text("button.invited", language), payload("faq", {"topic": "after_ita"})))
    if firm.licensee:
        buttons.append(Button(text("button.person", language), "/ask_person"))
    buttons.append(
        Button(
            text("button.other_language", language), "/switch_to_english" if language == "fr" else "/switch_to_french"
        )
    )
    return tuple(buttons)
