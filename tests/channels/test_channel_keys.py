"""A channel is on when its keys are set; half of them, or a wrong one, is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.channel import Channel
from bot.channels.providers import configured, known
from bot.settings import SettingsError

DOCS = Path("docs/channels")
EACH = pytest.mark.parametrize("channel", known(), ids=lambda channel: channel.name)
VALUES = {
    "telegram_token": "123456:AAE-simulated_token_of_the_tests",
    "telegram_secret": "simulated-secret_1",
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": "token",
    "twilio_sms_from": "+15550100",
    "twilio_whatsapp_from": "+15550100",
    "meta_app_secret": "0123456789abcdef0123456789abcdef",
    "meta_verify_token": "verify",
    "whatsapp_token": "EAAG",
    "whatsapp_phone_id": "1",
    "messenger_token": "EAAG",
    "messenger_page_id": "1",
    "instagram_token": "EAAG",
    "instagram_id": "1",
    "slack_token": "xoxb-1",
    "slack_signing_secret": "secret",
}


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for channel in known():
        for name in channel.keys.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)


def test_without_keys_nothing_is_on() -> None:
    assert configured(None) == ()


@EACH
def test_with_its_keys_a_channel_is_on(channel: type[Channel]) -> None:
    given = {name: VALUES[name] for name in channel.keys.needed}
    assert channel.name in {made.name for made in configured(None, **given)}


@EACH
def test_half_of_its_keys_is_one_line_that_names_the_others(channel: type[Channel]) -> None:
    first = channel.keys.switches[0]
    with pytest.raises(SettingsError) as error:
        configured(None, **{first: VALUES[first]})
    assert str(error.value).startswith(f"{channel.title}: {first.upper()} is set and ")
    assert all(name.upper() in str(error.value) for name in channel.keys.needed)


def test_what_several_channels_share_switches_none_on() -> None:
    shared = ("twilio_account_sid", "twilio_auth_token", "meta_app_secret", "meta_verify_token")
    assert configured(None, **{name: VALUES[name] for name in shared}) == ()


def test_a_wrong_value_is_one_line_that_does_not_repeat_it() -> None:
    with pytest.raises(SettingsError) as error:
        configured(None, telegram_token="my token", telegram_secret="simulated-secret_1")
    assert str(error.value).startswith("TELEGRAM_TOKEN: it looks like")
    assert "my token" not in str(error.value)
    with pytest.raises(SettingsError, match="TELEGRAM_API: write the whole address"):
        configured(None, **VALUES, telegram_api="api.telegram.org")


@EACH
def test_the_page_of_a_channel_names_its_variables_and_its_webhook(channel: type[Channel]) -> None:
    pages = [path.read_text(encoding="utf-8") for path in DOCS.glob("*.md") if path.name != "README.md"]
    page = next(page for page in pages if f"/webhooks/{channel.name}" in page)
    assert all(name.upper() in page for name in channel.keys.model_fields)


@EACH
def test_names_fit_their_columns(channel: type[Channel]) -> None:
    assert 0 < len(channel.name) <= 16
    assert channel.name.replace("-", "").isalpha()
