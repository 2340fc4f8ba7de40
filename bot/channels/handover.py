"""One message of a person, handed to the conversation that they are in; what the channel answers by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.channels.channel import Arrival, Channel, Keyword
from bot.channels.choosing import typed
from bot.channels.conversation import Conversations
from bot.channels.incoming import LIMIT, Chosen, Incoming, RefusedError, Said, readable
from bot.channels.keywords import Meant, is_greeting, meant
from bot.channels.moving import new_code
from bot.channels.rendering import choice_of
from bot.channels.trouble import trouble
from bot.firm import Firm
from bot.intake import transcript
from bot.intake.channels import outbox, people
from bot.intake.channels.people import Person
from bot.intake.consents import Consent, record_consent
from bot.intake.database import Database
from bot.intake.messages import Message, UnknownConversationError
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, text
from bot.understanding.language import detect_language
from bot.understanding.masking import mask

NOTED = timedelta(minutes=1)
"""A person who wrote so shortly before is not noted again: windows are counted in hours."""
WAITED_OUT = ("storage", "busy", "restarting")
"""Refusals after which the same message is handed over again later."""


class Handover:
    """Knows who a person is, and obeys STOP, START, HELP and CODE whoever holds the conversation."""

    def __init__(
        self, database: Database, conversations: Conversations, firm: Firm, heard: Callable[[str], None]
    ) -> None:
        """``heard``: called with a conversation whose person has written: what waited for that may go out."""
        self._heard = heard
        self._database = database
        self._conversations = conversations
        self._firm = firm

    async def hand_over(self, channel: Channel, arrival: Arrival, client_id: str, arrived_at: datetime) -> None:
        """Hand one message over; done again it has no effect.

        Raises ``RefusedError`` when it has to wait, ``UNREACHABLE``, ``UnknownConversationError``.
        """
        person, stopped, said = await self._database.read(_met, channel.name, arrival.sender)
        words = arrival.text if arrival.kind in ("text", "edit", "start") else ""
        if arrival.keyword:
            keyword: Meant | None = Meant(arrival.keyword)
        else:
            keyword = meant(words, channel.keywords, stopped=stopped, carrier=channel.carrier)
        if person is None:
            language = self._language(arrival)
            if keyword is not None or stopped:
                conversation_id = await self._database.write(_unspoken, channel.name, arrival.sender, language)
            else:
                greeting = words if is_greeting(words) else ""
                attach = partial(_attach, channel.name, arrival.sender, greeting, client_id)
                conversation_id = (await self._conversations.open(language, channel.name, attach)).id
                if arrival.kind == "start" or greeting:
                    return
        else:
            conversation_id = person.conversation_id
            if person.channel_now != channel.name or arrived_at - person.last_heard_at > NOTED:
                await self._database.write(_heard, channel.name, arrival.sender, conversation_id, arrived_at)
                self._heard(conversation_id)
        if keyword is not None:
            await self._obey(channel, arrival, keyword, conversation_id, client_id)
        elif stopped:
            await self._tell(conversation_id, client_id, words, "channel.still_stopped", always=True)
        elif arrival.kind == "start":
            await self._conversations.greet_again(conversation_id, client_id)
        elif arrival.kind == "attachment":
            await self._tell(conversation_id, client_id, f"[{arrival.text}]", "channel.only_text", kind="attachment")
        else:
            await self._receive(conversation_id, arrival, client_id, said)

    async def _receive(self, conversation_id: str, arrival: Arrival, client_id: str, said: Sequence[Message]) -> None:
        incoming: Incoming | None = None
        if arrival.kind == "choice":
            place = choice_of(arrival.text)
            incoming = Chosen(client_id, *place) if place else None
        else:
            incoming = typed(arrival.text, said, client_id) or Said(client_id, arrival.text)
        try:
            if incoming is None:
                raise RefusedError("unknown_button")
            await self._conversations.receive(conversation_id, incoming)
        except RefusedError as refused:
            if refused.refusal in WAITED_OUT:
                raise
            language = await self._spoken(conversation_id)
            answer = Answer(language, (trouble(refused.refusal, language),), kind="error")
            await self._aside(conversation_id, client_id, arrival.text, [answer])

    async def _obey(
        self, channel: Channel, arrival: Arrival, keyword: Meant, conversation_id: str, client_id: str
    ) -> None:
        language = await self._spoken(conversation_id, arrival)
        match keyword:
            case Meant("stop" | "start" as name):
                work = partial(self._switch, name, channel.name, arrival, language, conversation_id, client_id)
                await self._conversations.aside(work)
            case Meant("help") if not arrival.keyword:
                lines = [text("channel.help", language, firm=self._firm.name)]
                if self._firm.contact():
                    lines.append(
                        text("channel.help_contact", language, firm=self._firm.name, contact=self._firm.contact())
                    )
                await self._aside(conversation_id, client_id, arrival.text, [Answer(language, tuple(lines))])
            case Meant("code", ""):
                await self._conversations.aside(partial(_new_code, conversation_id, client_id, arrival.text, language))
            case Meant("code", code):
                await self._conversations.aside(
                    partial(_redeem, code, channel.name, arrival.sender, conversation_id, client_id, language)
                )

    def _switch(
        self,
        name: Keyword,
        channel: str,
        arrival: Arrival,
        language: Language,
        conversation_id: str,
        client_id: str,
        session: Session,
        seal: Seal,
    ) -> list[Message]:
        """STOP or START with its entry in the consent ledger and its one confirmation."""
        key = "channel.stopped" if name == "stop" else "channel.started"
        if name == "stop":
            people.stop(session, seal, channel, arrival.sender)
        else:
            people.start(session, seal, channel, arrival.sender)
        words = text(key, language, firm=self._firm.name)
        consent = Consent(key, words, language, purpose="messages", way="typed", granted=name == "start")
        record_consent(session, seal, conversation_id=conversation_id, channel=channel, consent=consent)
        answers = [] if arrival.keyword else [Answer(language, (words,), kind="notice")]
        return _kept(session, seal, conversation_id, client_id, arrival.text, answers, always=True)

    async def _tell(
        self, conversation_id: str, client_id: str, words: str, key: str, *, kind: str = "text", always: bool = False
    ) -> None:
        language = await self._spoken(conversation_id)
        answer = Answer(language, (text(key, language, firm=self._firm.name),), kind="notice")
        await self._aside(conversation_id, client_id, words, [answer], kind=kind, always=always)

    async def _aside(
        self,
        conversation_id: str,
        client_id: str,
        words: str,
        answers: Sequence[Answer],
        *,
        kind: str = "text",
        always: bool = False,
    ) -> None:
        def work(session: Session, seal: Seal) -> list[Message]:
            return _kept(session, seal, conversation_id, client_id, words, answers, kind=kind, always=always)

        await self._conversations.aside(work)

    async def _spoken(self, conversation_id: str, arrival: Arrival | None = None) -> Language:
        """The conversation's language, or that of a keyword which is French in any conversation."""
        known = await self._database.read(transcript.conversation, conversation_id)
        french = arrival is not None and arrival.text.strip(" .!/").lower() in FRENCH_KEYWORDS
        return "fr" if french and "fr" in self._firm.languages else known.language

    def _language(self, arrival: Arrival) -> Language:
        """The language of somebody new: what they write, what the provider says of them, the firm's own."""
        seen = detect_language(arrival.text) if arrival.kind in ("text", "edit") else None
        return self._firm.language(seen or arrival.language.lower()[:2])


FRENCH_KEYWORDS = frozenset({"arrêt", "arret", "arrêter", "désabonner", "début", "debut", "oui", "aide", "reprendre"})


def _attach(
    channel: str, address: str, greeting: str, client_id: str, session: Session, seal: Seal, conversation_id: str
) -> None:
    """A person and their new conversation; their hello is kept, and the assistant's own greeting answers it."""
    people.attach(session, seal, conversation_id, channel, address)
    if greeting:
        _kept(session, seal, conversation_id, client_id, greeting, [])


def _unspoken(session: Session, seal: Seal, channel: str, address: str, language: Language) -> str:
    """A conversation without greeting, for somebody whose first word is a command."""
    conversation_id = transcript.new_conversation_id()
    transcript.ensure_conversation(session, conversation_id, language=language, channel=channel)
    people.attach(session, seal, conversation_id, channel, address)
    return conversation_id


def _met(session: Session, seal: Seal, channel: str, address: str) -> tuple[Person | None, bool, list[Message]]:
    """The person, whether they wrote STOP, and what was said to them since they last wrote."""
    person = people.find(session, seal, channel, address)
    if person is None:
        return None, people.stopped(session, seal, channel, address), []
    return person, person.stopped, transcript.latest_answers(session, seal, person.conversation_id)


def _heard(
    session: Session, seal: Seal, channel: str, address: str, conversation_id: str, arrived_at: datetime
) -> None:
    """Windows are counted from now, answers come here, and what waited for a sign of the person goes out."""
    people.heard(session, seal, channel, address, arrived_at)
    outbox.release(session, seal, conversation_id)


def _new_code(
    conversation_id: str, client_id: str, words: str, language: Language, session: Session, seal: Seal
) -> list[Message]:
    if transcript.is_known(session, seal, conversation_id, client_id):  # a new code would end the one that was told
        return []
    answer = new_code(session, seal, conversation_id, language)
    return _kept(session, seal, conversation_id, client_id, words, [answer])


def _redeem(
    code: str,
    channel: str,
    address: str,
    conversation_id: str,
    client_id: str,
    language: Language,
    session: Session,
    seal: Seal,
) -> list[Message]:
    """Go on with the conversation of the code. The code itself is in no transcript."""
    found = people.redeem(session, seal, code, channel, address)
    if found is None:
        answer = Answer(language, (text("channel.code_unknown", language),), kind="notice")
        return _kept(session, seal, conversation_id, client_id, "CODE", [answer])
    spoken = transcript.conversation(session, seal, found).language
    answer = Answer(spoken, (text("channel.code_taken", spoken),), kind="notice")
    return _kept(session, seal, found, client_id, "CODE", [answer])


def _kept(
    session: Session,
    seal: Seal,
    conversation_id: str,
    client_id: str,
    words: str,
    answers: Sequence[Answer],
    *,
    kind: str = "text",
    always: bool = False,
) -> list[Message]:
    """An aside whose words are cut, cleaned and masked as those of any message."""
    try:
        clean = mask(readable(words[:LIMIT])).text
    except RefusedError:
        clean = ""
    return transcript.aside(session, seal, conversation_id, client_id, clean, answers, kind=kind, always=always)


__all__ = ["Handover", "UnknownConversationError"]
