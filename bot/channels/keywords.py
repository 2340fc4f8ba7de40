"""Words that a channel obeys by itself, before any dialogue: STOP, START, HELP, CODE, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.channels.channel import Keyword

_STOP: Final = frozenset({"stop", "stopall", "stop all", "unsubscribe", "arrêt", "arret", "arrêter", "désabonner"})
_CARRIER_STOP: Final = frozenset({"cancel", "end", "quit", "revoke", "optout"})
"""What a carrier takes for STOP besides; elsewhere these words are for the dialogue."""
_START: Final = frozenset({"start", "unstop", "yes", "début", "debut", "oui", "reprendre"})
_HELP: Final = frozenset({"help", "info", "aide"})
_CODE: Final = re.compile(r"code(?:\s*:?\s+([a-z0-9]{3,8}[\s-]*[a-z0-9]{2,8}))?", re.IGNORECASE)
_GREETINGS: Final = frozenset(
    {"hi", "hello", "hey", "hi there", "hello there", "good morning", "good afternoon", "good evening"}
    | {"bonjour", "salut", "allo", "allô", "bonsoir", "start", "début", "get started", "démarrer"}
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A keyword; ``code``: what stands behind CODE."""

    keyword: Keyword
    code: str = ""


def meant(words: str, keywords: Collection[Keyword], *, stopped: bool, carrier: bool = False) -> Meant | None:
    """The keyword that a whole message is; None: it is for the dialogue. START is one only after STOP."""
    plain = _plain(words)
    if "stop" in keywords and (plain in _STOP or (carrier and plain in _CARRIER_STOP)):
        return Meant("stop")
    if stopped and "start" in keywords and plain in _START:
        return Meant("start")
    if "help" in keywords and plain in _HELP:
        return Meant("help")
    code = _CODE.fullmatch(plain) if "code" in keywords else None
    return Meant("code", code[1] or "") if code else None


def is_greeting(words: str) -> bool:
    """Whether a first message says no more than hello: the greeting answers it."""
    return _plain(words) in _GREETINGS


def _plain(words: str) -> str:
    return " ".join(words.strip(" \n\t\r.!?«»\"'/").lower().split())
