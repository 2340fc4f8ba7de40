"""The one shape of a messaging channel: verify, parse, acknowledge, hand over, render, send, retry.

A channel is one module of ``bot/channels/providers`` with a subclass of ``Channel``. It says how its
provider signs, what its payloads mean, how a message looks there and how one is sent. Everything else
(storing before work, order, duplicates, identity, STOP, retries, receipts) is the same for all of
them and stands in ``inbox`` and ``outbox``. ``docs/channels/README.md`` shows how one is added.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

from aiohttp import ClientSession

from bot.channels.keys import Keys
from bot.knowledge.catalogue import Language

Kind = Literal["text", "choice", "start", "edit", "attachment"]
Keyword = Literal["stop", "start", "help", "code"]
State = Literal["sent", "delivered", "read", "failed"]
Reason = Literal["blocked", "stopped", "window_closed", "unknown_person", "refused", "exhausted"]
"""Why a message cannot be delivered; ``channel.failed.<reason>`` tells it to staff."""

DAY: Final = 24 * 3600


class ForgedError(Exception):
    """The request does not carry the provider's signature: 401, and nothing else is done."""


class UnreadableError(Exception):
    """The request is signed and makes no sense: 400."""


class TemporaryError(Exception):
    """The provider did not take the message, and may take it later.

    ``wait``: the seconds it asks for, 0: it names none; ``throttled``: that holds for every message of the channel.
    """

    def __init__(self, reason: str, wait: float = 0.0, *, throttled: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.throttled = throttled


class PermanentError(Exception):
    """The provider will never take this message."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class UnsureError(Exception):
    """The connection ended before the provider's answer: it may have taken the message or not."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One request of a provider. ``url``: the public address it called; ``headers``: names in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider gets back at once."""

    text: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that a person did.

    ``sender``: the person as the provider names them, and where answers go; ``id``: the provider's id
    of the message, the same when it is delivered again; ``order``: seconds since 1970, or what else
    sorts one person's messages; ``text``: words, or the id of one of our choices (kind ``choice``), or
    what kind of thing was sent (``attachment``); ``edits``: the id of the message that this one
    replaces; ``language``: a tag that the provider gives for the person; ``keyword``: STOP, START or HELP,
    when the provider has recognised it and has answered it by itself.
    """

    sender: str
    id: str
    kind: Kind
    order: float
    text: str = ""
    edits: str = ""
    language: str = ""
    keyword: Keyword | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message of ours, by the provider's id or by the key that we gave it."""

    state: State
    provider_id: str = ""
    key: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A request as we understand it. ``ignored``: kinds of events that are none of ours, to be counted."""

    arrivals: tuple[Arrival, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    ignored: tuple[str, ...] = ()
    reply: Reply = field(default_factory=Reply)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of the channel can hold; a number of 0 means that it has no such thing.

    ``text``: its length in ``units``; ``beside_choices``: the same when choices hang on it;
    ``buttons`` and ``rows``: choices shown as buttons, and as a list where there are more of them;
    ``links``: whether a link can be a button.
    """

    text: int
    units: Callable[[str], int] = len
    beside_choices: int = 0
    buttons: int = 0
    button_title: int = 0
    rows: int = 0
    row_title: int = 0
    row_detail: int = 0
    links: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. ``id``: what comes back; ``title``: cut to what the channel shows; ``whole``: not cut."""

    id: str
    title: str
    whole: str


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message as the channel sends it, before it becomes the provider's own form."""

    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way. ``key``: ours, the same at every attempt; ``human``: staff wrote it;
    ``late``: the window of the machine is closed, and only that of staff is still open."""

    address: str
    content: Mapping[str, Any]
    key: str
    human: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Windows:
    """How long after a person's last message one may write to them, in seconds; None: without end.

    ``human``: the same for staff, where it is longer.
    """

    machine: float | None = None
    human: float | None = None

    def closing(self, *, human: bool) -> float | None:
        """Seconds of silence after which the window is closed."""
        return self.human if human and self.human is not None else self.machine


class Channel(ABC):
    """One channel that is configured. Made from the ``Keys`` that its module declares.

    ``name``: in addresses, tables and commands (16 characters at most); ``title``: for people.
    """

    keys: ClassVar[type[Keys]]
    name: ClassVar[str]
    title: ClassVar[str]
    limits: ClassVar[Limits]
    windows: Windows = Windows()
    keywords: ClassVar[frozenset[Keyword]] = frozenset({"stop", "start", "code"})
    carrier: ClassVar[bool] = False
    """Whether a carrier takes further words for STOP."""

    def __init__(self, keys: Any) -> None:
        self.variables = keys
        self.webhook = ""
        """The public address of this channel, which the server sets when it starts."""

    @abstractmethod
    def verify(self, hook: Hook) -> None:
        """Raises ``ForgedError`` unless the provider signed the request."""

    def handshake(self, hook: Hook) -> Reply | None:
        """The answer to the provider's question whether this address is ours (GET). Raises ``ForgedError``."""
        return None

    @abstractmethod
    def parse(self, hook: Hook) -> Parsed:
        """What a verified request says. Raises ``UnreadableError``."""

    @abstractmethod
    def render(self, part: Part) -> dict[str, Any]:
        """A message in the provider's own form, without the address."""

    @abstractmethod
    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        """Send; returns the provider's id.

        Raises ``TemporaryError``, ``PermanentError``, ``UnsureError``.
        """

    async def find(self, http: ClientSession, outgoing: Outgoing) -> str | None:
        """The provider's id of a message that may have been taken; None: it was not, or nobody can tell."""
        return None

    def template(self, language: Language) -> dict[str, Any] | None:
        """The approved message that may be sent outside of the window; None: there is none."""
        return None

    @abstractmethod
    async def check(self, http: ClientSession) -> str:
        """Who we are to the provider. Raises ``PermanentError`` and ``TemporaryError`` with the mend."""
