"""The beginning of a conversation and of the assessment, and the language it is held in."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.assess import show_again
from actions.consent import ASSESSMENT, was_asked
from actions.firm import firm_words
from actions.onward import onward, start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    language_of,
    profile_of,
    say,
    say_text,
    today,
    topics_left,
    visitor_intents,
)
from bot.facts import vocabulary
from bot.intake import intake
from bot.intake.saved import code_in
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.wording import facts_line, payload


class ActionWelcome(Action):
    """Who speaks, for whom, what it can do, and four ways in; who comes back is told where we were instead."""

    def name(self) -> str:
        return "action_welcome"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        firm = firm_words(language)
        if len(visitor_intents(tracker)) > 1:
            buttons = () if tracker.active_loop_name else ways_in(tracker, firm)
            say_text(dispatcher, tracker, "welcome.again", buttons=buttons)
            return []
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
        if not len(profile_of(tracker)):
            say_text(dispatcher, tracker, "assessment.intro", "assessment.skipping")
        instead = tracker.active_loop_name == "handoff_form"
        return [ActiveLoop(None), SlotSet("requested_slot", None)] if instead else []


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
        left = [text(f"topic.{topic}", language) for topic in topics_left(tracker)]
        if left:
            buttons = onward(tracker)
            say_text(dispatcher, tracker, "progress.left", buttons=buttons, topics=", ".join(left))
        else:
            say_text(dispatcher, tracker, "progress.none_left", buttons=onward(tracker))
        return []


class ActionResume(Action):
    """Goes on where the assessment was, from this conversation or from a code of another one.

    The form asks by itself when it is active. Rules that changed meanwhile are told, and the result is new.
    """

    def name(self) -> str:
        return "action_resume"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        code = code_in(str(tracker.latest_message.get("text") or ""))
        if code is not None:
            return await self._from_code(dispatcher, tracker, code)
        if tracker.get_slot("assessed") and not tracker.active_loop_name:
            say_text(dispatcher, tracker, "resume.result")
            return await show_again(dispatcher, tracker)
        if not len(profile_of(tracker)):
            say_text(dispatcher, tracker, "resume.empty", buttons=start_button(tracker))
        elif not tracker.active_loop_name:
            say_text(dispatcher, tracker, "assessment.resume")
            return [FollowupAction("assessment_form")]
        return []

    async def _from_code(self, dispatcher: CollectingDispatcher, tracker: Tracker, code: str) -> Events:
        saved = await intake().saved(code)
        if saved is None:
            buttons = onward(tracker)
            say_text(dispatcher, tracker, "resume.unknown_code", buttons=buttons)
            return []
        events = [SlotSet(name, saved.state.get(name)) for name in (*vocabulary(), *KEPT_ALONG)]
        tracker.slots.update({event["name"]: event["value"] for event in events})
        language = language_of(tracker)
        facts = [fact for fact in vocabulary() if tracker.get_slot(fact) is not None]
        lines = [text("resume.found", language, day=saved.on), facts_line(profile_of(tracker), facts, language)]
        if saved.agreed is not None and not await was_asked(tracker, "assessment"):
            given_at = await intake().bring_consent(tracker.sender_id, saved.agreed)
            lines.append(text("resume.agreed", language, day=given_at.date()))
            tracker.slots[ASSESSMENT] = True
            events.append(SlotSet(ASSESSMENT, True))
        say(dispatcher, Answer(language, tuple(lines)))
        if saved.state.get("assessed") and tracker.get_slot(ASSESSMENT) is True:
            return [*events, ActiveLoop(None), *await show_again(dispatcher, tracker)]
        events.append(SlotSet("assessed", None))  # no result before consent to it was asked for
        return [*events, *([] if tracker.active_loop_name else [FollowupAction("assessment_form")])]


class ActionSave(Action):
    """A code with which the answers can be taken up again, here or on another device."""

    def name(self) -> str:
        return "action_save"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if not len(profile_of(tracker)):
            say_text(dispatcher, tracker, "save.nothing", buttons=start_button(tracker))
            return []
        state = {name: tracker.get_slot(name) for name in (*vocabulary(), *KEPT_ALONG)}
        saved = await intake().save(
            conversation_id=tracker.sender_id,
            state={name: value for name, value in state.items() if value is not None},
            on=today(),
        )
        buttons = onward(tracker)
        say_text(
            dispatcher, tracker, "save.done", "save.keep_safe", buttons=buttons, code=saved.code, until=saved.until
        )
        return []


KEPT_ALONG = ("skipped", "assessed", "result")
"""What is kept with the facts: the questions left out, and the result with the rules it was made under."""


def keep_buttons(tracker: Tracker) -> tuple[Button, ...]:
    """A code for later, or go on now."""
    return (Button(text("button.save", language_of(tracker)), "/save"), *start_button(tracker))


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
