"""The visitor's own data (R-24): shown, copied, corrected, erased; consents given and withdrawn; a rating."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.consent import give, may_we, record, was_asked, withdraw
from actions.firm import firm_words
from actions.onward import onward, start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    intent_of,
    language_of,
    last_answers,
    profile_of,
    say,
    say_text,
    today,
)
from bot.intake import erasure, intake, leads, links, subject, transcript
from bot.intake.channels.outbox import OWN
from bot.intake.messages import UnknownConversationError
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import facts_line, payload
from bot.settings import settings

DATA_PATH = "/data"
RESULT_PATH = "/result"
RATINGS = range(1, 6)


class ActionPrivacy(Action):
    """Shows, copies and erases data, withdraws consents, stops messages: by the intent."""

    def name(self) -> str:
        return "action_privacy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        match intent_of(tracker):
            case "show_my_data":
                await show(dispatcher, tracker)
            case "download_my_data":
                await download(dispatcher, tracker)
            case "delete_my_data":
                return await delete(dispatcher, tracker)
            case "withdraw_consent":
                return await withdraw(dispatcher, tracker)
            case "give_consent":
                return await give(dispatcher, tracker)
            case "stop_messages":
                await record(tracker, "messages", granted=False)
                say_text(dispatcher, tracker, "privacy.stopped", buttons=onward(tracker))
            case "keep_result":
                await keep_result(dispatcher, tracker)
            case "rate":
                await rate(dispatcher, tracker)
        return []


async def show(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """What is kept, in a few lines, and what can be done with it."""
    language, database = language_of(tracker), intake().database
    profile, firm = profile_of(tracker), firm_words(language)
    messages = len(await database.read(transcript.history, tracker.sender_id))
    lead = await database.read(leads.lead_of, tracker.sender_id)
    facts = facts_line(profile, profile, language)
    lines = [text("privacy.kept" if facts else "privacy.kept_no_answers", language, messages=messages, facts=facts)]
    if lead is not None:
        sent = {"firm": firm.name, "contact": lead.contact, "reference": lead.reference}
        lines.append(text("privacy.sent", language, **sent))
    else:
        lines.append(text("privacy.not_sent", language, firm=firm.name))
    if facts:
        lines.append(text("privacy.correct", language))
    say(dispatcher, Answer(language, tuple(lines), buttons=choices(language)))


def choices(language: Language) -> tuple[Button, ...]:
    """A copy, erasing, withdrawing."""
    return (
        Button(text("button_privacy.download", language), "/download_my_data"),
        Button(text("button_privacy.erase", language), "/delete_my_data"),
        Button(text("button_privacy.withdraw", language), "/withdraw_consent"),
    )


async def download(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """A private link to a copy of everything, readable and for programs."""
    await _link(dispatcher, tracker, "data", "privacy.download", DATA_PATH)


async def keep_result(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """A private link to the result, once there is one."""
    if not tracker.get_slot("assessed"):
        say_text(dispatcher, tracker, "privacy.no_result", buttons=onward(tracker))
        return
    await _link(dispatcher, tracker, "result", "privacy.result_link", RESULT_PATH)


async def with_page(tracker: Tracker, result: Answer) -> Answer:
    """A result for a channel that cannot draw it: with the private link to its page."""
    if (tracker.get_latest_input_channel() or "web") in OWN:
        return result
    button = Button(text("button_privacy.open", result.language), href=await _address(tracker, "result", RESULT_PATH))
    return replace(result, buttons=(*result.buttons, button))


async def _link(dispatcher: CollectingDispatcher, tracker: Tracker, kind: links.Kind, key: str, path: str) -> None:
    language = language_of(tracker)
    address = await _address(tracker, kind, path)
    until = (datetime.now(UTC) + links.LIVES[kind]).date()
    button = Button(text("button_privacy.open", language), href=address)
    say(dispatcher, Answer(language, (text(key, language, on=until), address), buttons=(button,)))


async def _address(tracker: Tracker, kind: links.Kind, path: str) -> str:
    """A new private link of this kind."""
    token = await intake().database.write(
        links.make,
        tracker.sender_id,
        kind,
        language=language_of(tracker),
        channel=tracker.get_latest_input_channel() or "web",
        as_of=today(),
        profile=profile_of(tracker),
    )
    return f"{settings().public_url}{path}/{token}"


async def delete(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Asks once; a confirmed wish is carried out when this turn is over. A form that is active waits."""
    language = language_of(tracker)
    answer = entities_of(tracker, "confirmed")
    if erasure_asked(tracker) and not answer:
        answer = ["no" if intent_of(tracker) == "deny" else "yes"]
    if "yes" in answer:
        await intake().database.write(erasure.request, tracker.sender_id)
        say_text(dispatcher, tracker, "privacy.deleted")
    elif answer:
        say_text(dispatcher, tracker, "privacy.kept_as_is", buttons=start_button(tracker))
    else:
        lines = (text("privacy.delete_confirm", language, firm=firm_words(language).name),)
        buttons = (
            Button(text("button_privacy.erase_yes", language), payload("delete_my_data", {"confirmed": "yes"})),
            Button(text("button_privacy.erase_no", language), payload("delete_my_data", {"confirmed": "no"})),
        )
        say(dispatcher, Answer(language, lines, kind="question", buttons=buttons))
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def erasure_asked(tracker: Tracker) -> bool:
    """Whether the last thing that was said asked if everything shall be erased: then a plain yes or no answers it."""
    question = text("privacy.delete_confirm", language_of(tracker), firm=firm_words(language_of(tracker)).name)
    return any(question in answer.lines for answer in last_answers(tracker))


async def rate(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Keeps a rating, or asks for one."""
    language = language_of(tracker)
    scores = [int(score) for score in entities_of(tracker, "rating") if str(score).isdigit()]
    if not scores or scores[0] not in RATINGS:
        say(dispatcher, Answer(language, (text("privacy.rate", language),), kind="question", buttons=rating_buttons()))
        return
    with suppress(UnknownConversationError):  # a conversation that came another way than through our channels
        await intake().database.write(subject.rate, tracker.sender_id, scores[0], datetime.now(UTC))
    say_text(dispatcher, tracker, "privacy.rated", buttons=onward(tracker))
    if not await was_asked(tracker, "statistics"):
        say(dispatcher, may_we("statistics", language))


def rating_buttons() -> tuple[Button, ...]:
    return tuple(Button(str(score), payload("rate", {"rating": score})) for score in RATINGS)
