"""Conversations: what is received is kept, answered in order, and told to everybody who listens.

One turn at a time in a conversation, many conversations at once. A message is kept before it is
worked on, and its answers are kept together with the mark that it was handled; so a process that
ends in the middle loses nothing and, started again, answers nothing twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from sqlalchemy.orm import Session

from bot.channels.hub import Hub, LanguageEvent, RestartingEvent, Subscription, TroubleEvent, TypingEvent
from bot.channels.incoming import Chosen, Incoming, RefusedError, Said, readable
from bot.channels.keywords import meant
from bot.channels.lanes import Lane, Lanes
from bot.channels.moving import on_our_page
from bot.channels.outage import Outage
from bot.channels.turns import Apology, Dialogue, Turns
from bot.intake import holding, transcript
from bot.intake.database import UNREACHABLE, Database
from bot.intake.messages import Conversation, Message, Received, UnknownButtonError, UnknownConversationError
from bot.intake.sealing import Seal
from bot.intake.staff.accounts import Account
from bot.intake.staff.switches import Board, Switch, switches
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language
from bot.understanding.masking import mask

log = logging.getLogger(__name__)

KEPT_PER_CONVERSATION: Final = 20
KEPT_IN_ALL: Final = 2000

LANGUAGES_KNOWN: Final = 10_000
"""Conversations whose language is known without asking the database, for when it cannot be asked."""

SWITCH: Final[Mapping[Language, str]] = {"en": "/switch_to_english", "fr": "/switch_to_french"}
"""What the dialogue receives when the page's language switch is used in mid-conversation."""

Opened = Callable[[Session, Seal, str], None]
"""Work with the id of a conversation in the transaction that begins it."""

__all__ = ["Conversations", "Dialogue"]


class Conversations:
    """The turn engine. ``start`` before the first call, ``stop`` at the end."""

    def __init__(self, database: Database, dialogue: Dialogue, apology: Apology, *, turn_timeout: float) -> None:
        self.hub = Hub()
        self.board = Board()
        self.elsewhere = False
        """Whether there are messaging channels, where a conversation can be gone on with."""
        self._database = database
        self._outage = Outage(database.reachable, self._in_outage, self._after_outage)
        self._turns = Turns(dialogue, self._outage, apology, timeout=turn_timeout)
        self._lanes = Lanes()
        self._languages: OrderedDict[str, Language] = OrderedDict()
        self._stopping = False
        self._recovered = False

    async def start(self) -> None:
        """Work on every message that was received before the process ended and not answered."""
        try:
            found = await self._database.write(transcript.unhandled)
        except UNREACHABLE as error:
            self._outage.begin(error)
            return
        self._recovered = True
        for received in found:
            with self._lanes.lane(received.message.conversation_id) as lane:
                self._enqueue(lane, received, again=True)
        if found:
            log.info("%d messages of the last run are answered now", len(found))

    async def stop(self, grace: float) -> None:
        """Take nothing more, tell everybody, let turns in flight finish for up to ``grace`` seconds."""
        self._stopping = True
        self.hub.publish_to_all(RestartingEvent())
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._outage.close()

    async def open(self, language: Language, channel: str, opened: Opened | None = None) -> Conversation:
        """A new conversation with its greeting. Raises ``RefusedError`` while the database is away.

        ``opened``: what else belongs to the transaction in which it begins.
        """
        self._open_for_more()
        try:
            received = await self._database.write(_begin, language, channel, opened)
        except UNREACHABLE as error:
            self._outage.begin(error)
            raise RefusedError("storage") from None
        with self._lanes.lane(received.conversation.id) as lane:
            self._enqueue(lane, received)
        await self.quiet(received.conversation.id)
        return received.conversation

    async def receive(
        self, conversation_id: str, incoming: Incoming, sender: Subscription | None = None
    ) -> tuple[Message, bool]:
        """Keep a message and have it answered; sent again it is acknowledged and not answered twice.

        Returns the message and whether it is new. Raises ``RefusedError`` (with ``storage`` the message
        waits in memory and is answered when the database is back) and ``UnknownConversationError``.
        """
        self._open_for_more()
        if isinstance(incoming, Said):
            incoming = Said(incoming.client_id, mask(readable(incoming.text)).text)
        with self._lanes.lane(conversation_id) as lane:
            async with lane.lock:
                if self._outage.active or lane.kept:
                    self._keep(lane, incoming, sender)
                try:
                    moving = await self._moving(conversation_id, incoming, sender)
                    return moving or await self._store(conversation_id, lane, incoming, sender)
                except UnknownButtonError:
                    raise RefusedError("unknown_button") from None
                except UNREACHABLE as error:
                    self._outage.begin(error)
                    self._keep(lane, incoming, sender)

    async def switch_language(self, conversation_id: str, language: Language) -> None:
        """Go on in another language. Raises ``RefusedError`` and ``UnknownConversationError``."""
        self._open_for_more()
        with self._lanes.lane(conversation_id) as lane:
            async with lane.lock:
                try:
                    received = await self._database.write(
                        transcript.switch_language, conversation_id, language, SWITCH[language]
                    )
                except UNREACHABLE as error:
                    self._outage.begin(error)
                    raise RefusedError("storage") from None
                if received is not None:
                    self._speaks(conversation_id, language)
                    self.hub.publish(conversation_id, LanguageEvent(language))
                    self._enqueue(lane, received)

    async def aside(self, work: Callable[[Session, Seal], list[Message]]) -> list[Message]:
        """Messages in which the dialogue has no part: kept by ``work`` in one transaction, then told.

        Raises ``RefusedError`` while the database is away, and what ``work`` raises.
        """
        self._open_for_more()
        try:
            kept = await self._database.write(work)
        except UNREACHABLE as error:
            self._outage.begin(error)
            raise RefusedError("storage") from None
        for one in kept:
            self.hub.publish_message(one)
        return kept

    async def staff(self, conversation_id: str, work: Callable[[Session, Seal], list[Message]]) -> list[Message]:
        """What a person of the firm does in a conversation: ``aside``, in order with all that is said in it."""
        with self._lanes.lane(conversation_id) as lane:
            async with lane.lock:
                return await self.aside(work)

    async def hand_back(self, conversation_id: str, account: Account) -> None:
        """The machine speaks again: it is announced, and the dialogue goes on where it was.

        Raises ``HeldError``, ``RefusedError`` and ``UnknownConversationError``.
        """
        going_on: list[Received] = []

        def work(session: Session, seal: Seal) -> list[Message]:
            messages, received = holding.hand_back(session, seal, conversation_id, account)
            going_on.append(received)
            return messages

        with self._lanes.lane(conversation_id) as lane:
            async with lane.lock:
                await self.aside(work)
                self._enqueue(lane, going_on[-1])

    async def greet_again(self, conversation_id: str, client_id: str) -> None:
        """Begin anew with the greeting. Raises ``RefusedError`` and ``UnknownConversationError``."""
        self._open_for_more()
        with self._lanes.lane(conversation_id) as lane:
            async with lane.lock:
                try:
                    received = await self._database.write(transcript.greet_again, conversation_id, client_id)
                except UNREACHABLE as error:
                    self._outage.begin(error)
                    raise RefusedError("storage") from None
                if received.new:
                    self._enqueue(lane, received)

    async def transcript(self, conversation_id: str, after: int = 0) -> tuple[Conversation, list[Message]]:
        """The conversation and what of it is shown after message ``after``.

        Raises ``UnknownConversationError``; ``RefusedError`` while the database is away.
        """
        try:
            conversation, messages = await self._database.read(_transcript, conversation_id, after)
        except UNREACHABLE as error:
            self._outage.begin(error)
            raise RefusedError("storage") from None
        self._speaks(conversation_id, conversation.language)
        return conversation, messages

    async def quiet(self, conversation_id: str) -> None:
        """Until nothing is being worked on in this conversation."""
        while (lane := self._lanes.get(conversation_id)) and lane.task:
            await asyncio.wait([lane.task])

    def language(self, conversation_id: str) -> Language | None:
        """The language of a conversation that was heard of lately."""
        return self._languages.get(conversation_id)

    def is_typing(self, conversation_id: str) -> bool:
        lane = self._lanes.get(conversation_id)
        return lane is not None and lane.task is not None

    async def ready(self) -> bool:
        """Whether a message could be kept and answered now."""
        return not self._stopping and not self._outage.active and await self._database.reachable()

    def _speaks(self, conversation_id: str, language: Language) -> None:
        self._languages[conversation_id] = language
        self._languages.move_to_end(conversation_id)
        if len(self._languages) > LANGUAGES_KNOWN:
            self._languages.popitem(last=False)

    def _open_for_more(self) -> None:
        if self._stopping:
            raise RefusedError("restarting")

    async def _moving(
        self, conversation_id: str, incoming: Incoming, sender: Subscription | None
    ) -> tuple[Message, bool] | None:
        """CODE on our own page: answered at once, by no dialogue. None: it was something else."""
        wish = meant(incoming.text, ("code",), stopped=False) if isinstance(incoming, Said) else None
        if wish is None or not self.elsewhere or not isinstance(incoming, Said):
            return None
        kept = await self._database.write(
            on_our_page, conversation_id, incoming.client_id, incoming.text, given=bool(wish.code)
        )
        for one in kept:
            self.hub.publish_message(one, sender)
        return (kept[0], True) if kept else None

    async def _store(
        self, conversation_id: str, lane: Lane, incoming: Incoming, sender: Subscription | None
    ) -> tuple[Message, bool]:
        if isinstance(incoming, Chosen):
            received = await self._database.write(
                holding.receive_choice, conversation_id, incoming.client_id, incoming.message, incoming.button
            )
        else:
            received = await self._database.write(
                holding.receive_text, conversation_id, incoming.client_id, incoming.text
            )
        self._outage.recovered()
        if received.new:
            self.hub.publish_message(received.message, sender)
            self._enqueue(lane, received)
        return received.message, received.new

    def _keep(self, lane: Lane, incoming: Incoming, sender: Subscription | None) -> NoReturn:
        """Keep a message in memory until the database is back. Always raises, for the visitor is told."""
        if all(incoming.client_id != other.client_id for other, _ in lane.kept):
            in_all = sum(len(other.kept) for other in self._lanes.values())
            if len(lane.kept) >= KEPT_PER_CONVERSATION or in_all >= KEPT_IN_ALL:
                raise RefusedError("busy")
            lane.kept.append((incoming, sender))
        raise RefusedError("storage")

    def _in_outage(self) -> None:
        for conversation_id, lane in self._lanes.items():
            if lane.task:
                self.hub.publish(conversation_id, TroubleEvent("storage", lane.language))

    async def _after_outage(self) -> None:
        if not self._recovered:
            await self.start()
        for conversation_id in list(self._lanes):
            with self._lanes.lane(conversation_id) as lane:
                async with lane.lock:
                    await self._store_kept(conversation_id, lane)

    async def _store_kept(self, conversation_id: str, lane: Lane) -> None:
        while lane.kept and not self._outage.active:
            incoming, sender = lane.kept[0]
            try:
                await self._store(conversation_id, lane, incoming, sender)
            except UNREACHABLE as error:
                self._outage.begin(error)
                return
            except UnknownButtonError:
                event = TroubleEvent("unknown_button", lane.language, incoming.client_id)
                self.hub.publish(conversation_id, event)
            except UnknownConversationError:
                log.warning("conversation %s is gone; a message for it is dropped", conversation_id)
            lane.kept.popleft()

    def _enqueue(self, lane: Lane, received: Received, *, again: bool = False) -> None:
        if received.message.handled:  # a person holds the conversation
            return
        if not lane.waiting:
            lane.language, lane.asked = received.conversation.language, received.conversation.asked
            lane.channel = received.conversation.channel
        lane.waiting.append((received.message, again))
        if lane.task is None:
            lane.task = asyncio.create_task(self._work(received.conversation.id, lane))

    async def _work(self, conversation_id: str, lane: Lane) -> None:
        with self._lanes.lane(conversation_id):
            self.hub.publish(conversation_id, TypingEvent(on=True))
            try:
                while lane.waiting:
                    await self._answer(lane, *lane.waiting[0])
                    lane.waiting.popleft()
            except Exception:
                log.exception("conversation %s: a message is left for the next start", conversation_id)
                lane.waiting.clear()
            finally:
                lane.task = None
                self.hub.publish(conversation_id, TypingEvent(on=False))

    async def _answer(self, lane: Lane, message: Message, again: bool) -> None:
        # What the page asked for has its own language; what a visitor wrote is in the conversation's.
        language = message.language if message.sender == "system" else lane.language
        if closed := await self._closed(lane.channel):
            answers, went_well = [Answer(language, (closed.told(language),), kind="notice")], False
        else:
            answers, went_well = await self._turns.answers(
                message, language=language, channel=lane.channel, asked=lane.asked, again=again
            )
        asked = _asked(answers) if went_well else lane.asked
        try:
            await self._finish(lane, message, answers, asked)
        except UnknownConversationError:
            log.warning("conversation %s is gone; its answer is dropped", message.conversation_id)
            self._database.forget(message.conversation_id)
            return
        except (TypeError, ValueError) as error:  # an answer that cannot be written down
            answers, asked = [self._turns.apologize(message, language, error)], lane.asked
            await self._finish(lane, message, answers, asked)
        lane.asked = asked
        spoken = answers[-1].language if answers else language
        if spoken != lane.language:
            lane.language = spoken
            self._speaks(message.conversation_id, spoken)
            self.hub.publish(message.conversation_id, LanguageEvent(spoken))

    async def _closed(self, channel: str) -> Switch | None:
        """The switch of a channel that is off. While the database is away, what was known last holds."""
        if self.board.stale:
            with contextlib.suppress(*UNREACHABLE):
                self.board.set(await self._database.read(switches))
        return self.board.off(channel)

    async def _finish(self, lane: Lane, message: Message, answers: Sequence[Answer], asked: str | None) -> None:
        while True:
            async with lane.lock:
                try:
                    kept = await self._database.write_with(
                        message.conversation_id, transcript.finish, message, answers, asked=asked
                    )
                except UNREACHABLE as error:
                    self._outage.begin(error)
                else:
                    self._outage.recovered()
                    for one in kept:
                        self.hub.publish_message(one)
                    return
            await self._outage.wait()


def _begin(session: Session, seal: Seal, language: Language, channel: str, opened: Opened | None) -> Received:
    received = transcript.open_conversation(session, seal, language=language, channel=channel)
    if opened:
        opened(session, seal, received.conversation.id)
    return received


def _transcript(session: Session, seal: Seal, conversation_id: str, after: int) -> tuple[Conversation, list[Message]]:
    conversation = transcript.conversation(session, seal, conversation_id)
    return conversation, [one for one in transcript.history(session, seal, conversation_id, after) if one.shown]


def _asked(answers: Sequence[Answer]) -> str | None:
    """The fact that the visitor is asked for now."""
    return next((answer.asks for answer in reversed(answers) if answer.asks), None)
