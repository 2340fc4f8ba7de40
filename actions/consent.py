"""Consents (R-22): asked for one by one, given, refused and withdrawn; each word of a visitor goes into the ledger."""

from __future__ import annotations

from typing import Final, Literal, get_args

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.firm import firm_words
from actions.onward import onward, start_button
from actions.turn import (
    CollectingDispatcher,
    Events,
    Tracker,
    entities_of,
    language_of,
    lines_just_said,
    say,
    say_text,
)
from bot.facts import vocabulary
from bot.intake import consents, intake
from bot.intake.consents import PURPOSES, Consent, Purpose, Way
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, catalogue, text
from bot.knowledge.wording import payload

Asked = Literal["assessment", "messages", "statistics"]
"""Purposes with a question of their own here; consent to be put in touch is a step of the handoff."""
ASSESSMENT: Final = "assessment_consent"
"""Slot: None before the words were shown, then ``ASKED``, then True."""
ASKED: Final = "asked"


async def withdraw(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Withdraws the consent that was named, or the only one there is; asks which where there are more."""
    language = language_of(tracker)
    holds = await intake().database.read(consents.granted, tracker.sender_id)
    given = [purpose for purpose in PURPOSES if holds[purpose]]
    if asked_last(tracker) == "assessment" or (tracker.get_slot(ASSESSMENT) == ASKED and not given):
        return await give(dispatcher, tracker, agreed=False, purpose="assessment")
    named = entities_of(tracker, "purpose")
    chosen = given if named == ["all"] or len(given) == 1 else [purpose for purpose in given if purpose in named]
    if chosen:
        for purpose in chosen:
            await record(tracker, purpose, granted=False)
        lines = [_done("privacy.withdrawn", chosen, language), text("privacy.erase_too", language)]
        erase = Button(text("button_privacy.erase", language), "/delete_my_data")
        say(dispatcher, Answer(language, tuple(lines), buttons=(erase,)))
        return without_answers() if "assessment" in chosen else []
    if not given:
        copy = Button(text("button_privacy.download", language), "/download_my_data")
        erase = Button(text("button_privacy.erase", language), "/delete_my_data")
        say_text(dispatcher, tracker, "privacy.consent_none", buttons=(copy, erase))
    else:
        buttons = [
            Button(text(f"purpose.{one}", language), payload("withdraw_consent", {"purpose": one})) for one in given
        ]
        buttons.append(
            Button(text("button_privacy.withdraw_all", language), payload("withdraw_consent", {"purpose": "all"}))
        )
        lines = [text("privacy.consent_which", language)]
        say(dispatcher, Answer(language, tuple(lines), kind="question", buttons=tuple(buttons)))
    return []


async def give(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, agreed: bool | None = None, purpose: Purpose | None = None
) -> Events:
    """A yes or a no to later messages, or to another purpose that a button named or that was asked for last.

    Without consent to the assessment there is none: the answers are left out.
    """
    language = language_of(tracker)
    named = [purpose for purpose in entities_of(tracker, "purpose") if purpose in PURPOSES]
    purpose = purpose or (named[0] if named else asked_last(tracker) or "messages")
    agreed = "no" not in entities_of(tracker, "confirmed") if agreed is None else agreed
    await record(tracker, purpose, granted=agreed)
    if purpose == "assessment" and not agreed:
        erase = Button(text("button_privacy.erase", language), "/delete_my_data")
        say_text(dispatcher, tracker, "privacy.not_used", buttons=(*start_button(tracker), erase))
        return without_answers()
    done = _done("privacy.given" if agreed else "privacy.refused", [purpose], language)
    say(dispatcher, Answer(language, (done,), buttons=onward(tracker)))
    return [SlotSet(ASSESSMENT, True)] if purpose == "assessment" else []


def may_we(purpose: Asked, language: Language) -> Answer:
    """Asks for consent to one purpose, apart from every other one (R-22)."""
    yes = payload("give_consent", {"purpose": purpose})
    no = payload("give_consent", {"purpose": purpose, "confirmed": "no"})
    return Answer(
        language,
        (words(purpose, language),),
        kind="question",
        buttons=(
            Button(text(f"button_privacy.{purpose}_yes", language), yes),
            Button(text(f"button_privacy.{purpose}_no", language), no),
        ),
    )


def words(purpose: Asked, language: Language) -> str:
    """The words that ask for consent to a purpose, as they are shown."""
    return text(f"consent.{purpose}", language, firm=firm_words(language).name)


def asked_last(tracker: Tracker) -> Asked | None:
    """The purpose that the assistant asked consent to in its last turn: then a plain yes or no answers it."""
    said = lines_just_said(tracker)
    return next((purpose for purpose in get_args(Asked) if words(purpose, language_of(tracker)) in said), None)


async def was_asked(tracker: Tracker, purpose: Purpose) -> bool:
    """Whether the visitor has said yes or no to a purpose before."""
    given = await intake().database.read(consents.consents, tracker.sender_id)
    return any(one.purpose == purpose for one in given)


async def messages_still_to_ask(tracker: Tracker) -> bool:
    """Whether a request was sent in the middle of the assessment, so that later messages were not asked about yet."""
    given = await intake().database.read(consents.consents, tracker.sender_id)
    sent = [one.granted for one in given if one.purpose == "contact"]
    return bool(sent) and sent[-1] and all(one.purpose != "messages" for one in given)


async def agreed_by_answering(tracker: Tracker) -> Events:
    """The first answer after the words that say so is a yes to the assessment."""
    if tracker.get_slot(ASSESSMENT) != ASKED:
        return []
    await record(tracker, "assessment", granted=True)
    return [SlotSet(ASSESSMENT, True)]


def without_answers() -> Events:
    """Every answer is cleared, the assessment ends, and consent to it would be asked for anew."""
    return [
        ActiveLoop(None),
        *(SlotSet(name, None) for name in (*vocabulary(), *OF_THE_ASSESSMENT, "assessed", ASSESSMENT)),
    ]


OF_THE_ASSESSMENT = (
    "summary_confirmed",
    "skipped",
    "sooner",
    "later",
    "result",
    "requested_slot",
    "doubts",
    "early_range",
)
"""Slots that hold nothing once the answers are gone."""


async def record(tracker: Tracker, purpose: Purpose, *, granted: bool) -> None:
    """Add the visitor's word on a purpose to the ledger, with the text that asked for it."""
    language = language_of(tracker)
    key = f"consent.{purpose}" if f"consent.{purpose}" in catalogue() else f"purpose.{purpose}"
    way: Way = "button" if str(tracker.latest_message.get("text") or "").startswith("/") else "typed"
    await intake().record_consent(
        conversation_id=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "web",
        consent=Consent(
            text_id=key,
            text=text(key, language, firm=firm_words(language).name),
            language=language,
            purpose=purpose,
            way=way,
            granted=granted,
        ),
    )


def _done(key: str, purposes: list[Purpose], language: Language) -> str:
    named = ", ".join(text(f"purpose.{purpose}", language) for purpose in purposes)
    return text(key, language, purpose=named, firm=firm_words(language).name)
