"""Forged and malformed requests, a thousand of each kind for each channel; and the same over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from bot.channels.channel import Channel, ForgedError, Hook, Parsed, UnreadableError
from bot.channels.providers import configured
from bot.channels.providers.telegram import HEADER
from bot.channels.providers.twilio import _fields
from bot.firm import load_firm
from bot.intake.channels.tables import ArrivalRow
from bot.intake.database import Database
from bot.settings import load
from bot.web import create_app
from bot.web.requests import BODY_BYTES
from tests.channels.test_channel_keys import VALUES
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.meta import MessengerSimulator, WhatsAppSimulator
from tests.simulators.slack import SlackSimulator
from tests.simulators.telegram import TelegramSimulator

__all__ = ["database_url"]

CHANNELS = {channel.name: channel for channel in configured(None, **VALUES)}
EACH = pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
A_THOUSAND = settings(max_examples=20, deadline=None)
EACH_TIME = 50
"""Requests of one example: made by a seeded generator, which is a hundred times faster than drawing them one by one."""
URL = "https://assistant.example.org/webhooks/x"
SIGNATURES = ("x-hub-signature-256", "x-twilio-signature", HEADER, "x-slack-signature", "x-slack-request-timestamp")
TEXTS = ("", "x", "é🍁", "\ud800", "\x00", "1", "c.1.0", "text", "a" * 600, "-1", "1e400", "NaN")


def anything(chance: Random, depth: int = 3) -> Any:
    """Any JSON value."""
    kind = chance.randrange(8 if depth else 6)
    if kind == 6:
        return [anything(chance, depth - 1) for _ in range(chance.randrange(3))]
    if kind == 7:
        names = ("type", "text", "id", "from", "entry", "message", "event", "update_id", "payload", "x")
        return {name: anything(chance, depth - 1) for name in chance.sample(names, chance.randrange(4))}
    numbers = (0, -1, 2**70, 1.5, float("nan"), float("inf"), 10**400)
    return (None, True, False, chance.choice(TEXTS), chance.choice(numbers), chance.choice(TEXTS))[kind]


def garbage(chance: Random) -> bytes:
    """A body that may be bytes, broken JSON or any JSON."""
    kind = chance.randrange(3)
    if kind == 0:
        return chance.randbytes(chance.randrange(200))
    body = json.dumps(anything(chance)).encode()
    return body[: chance.randrange(len(body) + 1)] if kind == 1 else body


def signatures(chance: Random) -> dict[str, str]:
    """Headers that a forger may try."""
    tries = ("", "x", "é", str(int(time.time())), "sha256=" + "0" * 64, "v0=" + "0" * 64, "A" * 27 + "=")
    return {name: chance.choice(tries) for name in SIGNATURES if chance.random() < 0.7}


def sealed(channel: Channel, body: bytes) -> Hook:
    """The request as the provider itself would sign it."""
    headers = {"content-type": "application/json"}
    if channel.name == "telegram":
        headers[HEADER] = VALUES["telegram_secret"]
    elif channel.name == "slack":
        headers["x-slack-request-timestamp"] = stamp = str(int(time.time()))
        signed = hmac.new(
            VALUES["slack_signing_secret"].encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256
        )
        headers["x-slack-signature"] = f"v0={signed.hexdigest()}"
    elif channel.name in ("sms", "whatsapp-twilio"):
        headers["x-twilio-signature"] = RequestValidator("token").compute_signature(
            URL, _fields(Hook("POST", URL, {}, {}, body))
        )
    else:
        signed = hmac.new(VALUES["meta_app_secret"].encode(), body, hashlib.sha256)
        headers["x-hub-signature-256"] = f"sha256={signed.hexdigest()}"
    return Hook("POST", URL, headers, {}, body)


def understood(channel: Channel, hook: Hook) -> Parsed | None:
    """What is made of a request; None: it is refused in one of the two ways there are."""
    try:
        channel.verify(hook)
        return channel.parse(hook)
    except (ForgedError, UnreadableError):
        return None


@EACH
@A_THOUSAND
@given(seed=st.integers(0, 2**32))
def test_forged_requests_are_refused(channel: Channel, seed: int) -> None:
    chance = Random(seed)
    for _ in range(EACH_TIME):
        body = garbage(chance) if chance.random() < 0.5 else json.dumps(chance.choice(examples(channel))).encode()
        with pytest.raises(ForgedError):
            channel.verify(Hook("POST", URL, signatures(chance), {}, body))


@EACH
@A_THOUSAND
@given(seed=st.integers(0, 2**32))
def test_signed_garbage_is_unreadable_or_nothing(channel: Channel, seed: int) -> None:
    chance = Random(seed)
    for _ in range(EACH_TIME):
        try:
            hook = sealed(channel, garbage(chance))
        except UnreadableError:  # no form: its sender cannot have signed it either
            continue
        parsed = understood(channel, hook)
        assert parsed is None or not parsed.arrivals


@cache
def examples(channel: Channel) -> list[Any]:
    """Genuine payloads, as the simulators make them."""
    whatsapp, messenger, slack = WhatsAppSimulator(), MessengerSimulator(), SlackSimulator()
    status = {"id": "w", "status": "failed", "timestamp": "1", "errors": [{"code": 131047}]}
    reply = {"type": "list_reply", "list_reply": {"id": "c.1.0", "title": "x"}}
    match channel.name:
        case "telegram":
            message = TelegramSimulator().message(1, "hello")
            query = {"id": "1", "from": {"id": 1}, "message": message["message"], "data": "c.1.0"}
            edited = message["message"] | {"edit_date": 1}
            return [message, {"update_id": 1, "callback_query": query}, {"update_id": 2, "edited_message": edited}]
        case "whatsapp":
            messages = [
                whatsapp.message("1", type="text", text={"body": "hello"}),
                whatsapp.message("1", type="interactive", interactive=reply),
                whatsapp.message("1", type="image", image={}),
            ]
            about = {"phone_number_id": VALUES["whatsapp_phone_id"]}
            value = whatsapp.value(messages=messages, statuses=[status])
            value["entry"][0]["changes"][0]["value"]["metadata"] = about
            return [value]
        case "slack":
            return [slack.event("D1", text="hello", ts="1.1"), {"type": "url_verification", "challenge": "x"}]
        case "sms" | "whatsapp-twilio":
            return [
                {"MessageSid": "SM1", "From": "+15550111", "Body": "hello", "NumMedia": "0"},
                {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "63016"},
            ]
    return [
        messenger.event("1", message={"mid": "m", "text": "hello", "quick_reply": {"payload": "c.1.0"}}),
        messenger.event("1", message={"mid": "m", "attachments": [{"type": "image"}]}),
        messenger.event("1", delivery={"mids": ["m"], "watermark": 1}),
        messenger.event("1", postback={"mid": "m", "payload": "x"}),
        messenger.event("1", message_edit={"mid": "m", "text": "x", "num_edit": 1}),
    ]


def places(value: Any) -> list[Callable[[Any], Any]]:
    """For each part of a payload, a function that gives the payload with that part replaced."""
    found: list[Callable[[Any], Any]] = [lambda new: new]
    if isinstance(value, dict):
        for key, child in value.items():
            found += [lambda new, k=key, put=put: value | {k: put(new)} for put in places(child)]
    elif isinstance(value, list):
        for at, child in enumerate(value):
            found += [lambda new, i=at, put=put: [*value[:i], put(new), *value[i + 1 :]] for put in places(child)]
    return found


@EACH
@A_THOUSAND
@given(seed=st.integers(0, 2**32))
def test_genuine_requests_with_one_part_wrong_do_no_harm(channel: Channel, seed: int) -> None:
    chance = Random(seed)
    for _ in range(EACH_TIME):
        wrong = chance.choice(places(chance.choice(examples(channel))))(anything(chance))
        if channel.name in ("sms", "whatsapp-twilio"):
            form = {key: str(value) for key, value in wrong.items()} if isinstance(wrong, dict) else {}
            body = urlencode(form, errors="replace").encode()
        else:
            body = json.dumps(wrong).encode()
        parsed = understood(channel, sealed(channel, body))
        for arrival in parsed.arrivals if parsed else ():
            assert arrival.sender
            assert arrival.id
            assert math.isfinite(arrival.order)
            assert isinstance(arrival.text, str)


@EACH
async def test_over_http(tmp_path: Path, database: Database, parrot: Parrot, channel: Channel) -> None:
    given = load(None, var_dir=tmp_path, public_url="https://assistant.example.org")
    app = create_app(given, load_firm(Path("firm.yml")), parrot, database=database, channels=CHANNELS.values())
    async with TestServer(app) as server, ClientSession(str(server.make_url("/"))) as http:
        path = f"/webhooks/{channel.name}"

        async def status(body: bytes, headers: dict[str, str], at: str = path) -> int:
            async with http.post(at, data=body, headers=headers) as response:
                return response.status

        genuine = json.dumps(examples(channel)[0]).encode()
        assert await status(genuine, {}) == 401
        assert await status(b"x" * (BODY_BYTES + 1), {}) == 413
        assert await status(genuine, {}, "/webhooks/nobody") == 404
        hook = sealed(channel, b"[1, 2")
        if "x-twilio-signature" not in hook.headers:  # a form is never unreadable, only empty
            assert await status(hook.body, dict(hook.headers)) == 400
        async with http.get(path) as response:
            assert response.status in (403, 405)
    with database.session(reading=True) as session:
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 0
    assert parrot.heard == []
