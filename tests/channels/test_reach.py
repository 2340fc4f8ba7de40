"""Staff read whether their words will arrive, and why not, before they write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels.channel import Channel
from bot.channels.providers import configured
from bot.channels.reach import reach
from bot.intake.channels.reach import Reached
from bot.knowledge.catalogue import LANGUAGES, Language, text
from tests.simulators.meta import WhatsAppSimulator

ZONE = ZoneInfo("America/Toronto")
NOW = datetime.now(UTC)
HEARD = Reached("whatsapp", known=True, stopped=False, last_heard_at=NOW - timedelta(hours=2), invitable=True)
LONG_AGO = replace(HEARD, last_heard_at=NOW - timedelta(hours=30))


@pytest.fixture(scope="module")
def channels() -> Mapping[str, Channel]:
    simulator = WhatsAppSimulator()
    simulator.url = "https://graph.example"
    keys = simulator.keys | {"whatsapp_template": "hello"}
    return {channel.name: channel for channel in configured(None, **keys)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("found", "possible", "said"),
    [
        (HEARD, True, {"en": "can be sent until", "fr": "jusqu"}),
        (LONG_AGO, True, {"en": "Only the approved template", "fr": "modèle approuvé"}),
        (replace(LONG_AGO, invitable=False), False, {"en": "wrote too long ago", "fr": "il y a trop longtemps"}),
        (replace(HEARD, stopped=True), False, {"en": "wrote STOP", "fr": "ARRÊT"}),
        (replace(HEARD, known=False), False, {"en": "no longer knows", "fr": "ne connaît plus"}),
        (replace(HEARD, channel="slack"), False, {"en": "not configured", "fr": "pas configuré"}),
    ],
)
def test_staff_read_whether_they_can_write(
    channels: Mapping[str, Channel], language: Language, found: Reached, possible: bool, said: dict[Language, str]
) -> None:
    told = reach(found, channels, language, ZONE)
    assert told is not None
    assert told.possible is possible
    assert said[language].casefold() in told.text.casefold()


MONTHS_AGO = replace(HEARD, last_heard_at=NOW - timedelta(days=190))


@pytest.mark.parametrize(
    ("found", "possible"),
    [
        (MONTHS_AGO, False),
        (replace(MONTHS_AGO, agreed=True), True),
        (replace(MONTHS_AGO, last_heard_at=NOW - timedelta(days=170)), True),
        (replace(MONTHS_AGO, last_heard_at=None), False),
    ],
)
def test_six_months_after_the_person_wrote_only_consent_to_later_messages_allows_one(
    channels: Mapping[str, Channel], found: Reached, possible: bool
) -> None:
    for language in LANGUAGES:
        told = reach(found, channels, language, ZONE)
        assert told is not None
        assert told.possible is possible
        assert possible or told.text == text("channel.failed.no_consent", language)


def test_only_what_is_written_a_day_later_is_a_follow_up(channels: Mapping[str, Channel]) -> None:
    for found, follow_up in ((HEARD, False), (LONG_AGO, True)):
        told = reach(found, channels, "en", ZONE)
        assert told is not None
        assert told.follow_up is follow_up


def test_on_our_own_page_there_is_nothing_to_tell(channels: Mapping[str, Channel]) -> None:
    assert reach(replace(HEARD, channel="web"), channels, "en", ZONE) is None
