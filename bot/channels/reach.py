"""Whether a person can be written to now, in a sentence for staff, before anybody writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.channels.channel import Channel
from bot.intake.channels.outbox import OWN
from bot.intake.channels.reach import Reached
from bot.knowledge.catalogue import LOCALES, Language, text

INQUIRY: Final = timedelta(days=180)
"""So long after they last wrote people may be answered without consent to later messages (CASL, s. 10: six months)."""
LIVE: Final = timedelta(days=1)
"""What is written later than this after the person last wrote is a follow-up: it says who writes and how to end it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """``possible``: what staff write now will be delivered, now or when the person answers the template;
    ``follow_up``: it has to name the firm, its address, and how to end messages (R-33)."""

    possible: bool
    text: str
    follow_up: bool = False


def reach(found: Reached, channels: Mapping[str, Channel], language: Language, zone: ZoneInfo) -> Reach | None:
    """None: the person fetches messages themselves, on our own page."""
    if found.channel in OWN:
        return None
    channel = channels.get(found.channel)
    if channel is None:
        return _closed("off", language)
    if not found.known:
        return _closed("unknown_person", language)
    if found.stopped:
        return _closed("stopped", language)
    since = datetime.now(UTC) - found.last_heard_at if found.last_heard_at else timedelta.max
    if since > INQUIRY and not found.agreed:
        return _closed("no_consent", language)
    late = since > LIVE
    window = channel.windows.closing(human=True)
    if window is None or found.last_heard_at is None:
        return Reach(True, text("channel.reach.open", language, channel=channel.title), late)
    until = found.last_heard_at + timedelta(seconds=window)
    if until > datetime.now(UTC):
        told = format_datetime(until.astimezone(zone), "d MMMM, HH:mm", locale=LOCALES[language])
        return Reach(True, text("channel.reach.until", language, channel=channel.title, until=told), late)
    if found.invitable and channel.template(language):
        return Reach(True, text("channel.reach.template", language, channel=channel.title), late)
    return _closed("window_closed", language)


def _closed(reason: str, language: Language) -> Reach:
    return Reach(False, text(f"channel.failed.{reason}", language))
