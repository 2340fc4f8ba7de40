"""Every topic of the knowledge base on every channel: the right notices, in its language, and whole.

The renderers are those that exist: the page and widget, the plain page, plain text, and every messaging channel
there is (``providers.known``); a new channel is tested here without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.channels.browser import rendered
from bot.channels.channel import Channel
from bot.channels.providers import known
from bot.channels.rendering import parts
from bot.facts import Profile
from bot.intake.messages import Message
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import LANGUAGES, Language, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.notices import reform_notice
from bot.knowledge.topics import answer, topics
from bot.knowledge.wording import plain
from bot.web.pages import environment
from bot.web.state import strings

AS_OF = date(2026, 11, 25)
REGISTER = "https://college-ic.ca/register"
FIRM = FirmWords("Maple Crossing", REGISTER, contact="+1 555 0100", licensee="Ana Tran", licence_no="R000000")
INFORMATION_ONLY = FirmWords("Maple Crossing", REGISTER)
FIRMS = {"firm": FIRM, "information only": INFORMATION_ONLY}


def expected(topic: str, language: Language, firm: FirmWords) -> list[str]:
    """The notices that the topic must carry, by what the topic is about."""
    found = [text("notice.general", language)]
    match topics()[topic].notice:
        case "urgent" if firm.licensee:
            found.append(text("notice.urgent", language, contact=firm.contact))
        case "urgent":
            found.append(text("notice.urgent_information_only", language, register_url=firm.register_url))
        case "advice":
            found.append(text("notice.advice", language))
        case "reform":
            found.extend(reform_notice(AS_OF, language))
    return found


def message(said: Answer) -> Message:
    return Message("c", 7, False, "assistant", said.kind, said.language, datetime.now(UTC), answer=said)


def on_the_page(said: Answer) -> str:
    return json.dumps(rendered(message(said)), ensure_ascii=False)


def on_the_plain_page(said: Answer) -> str:
    template = environment().get_template("_message.html")
    drawn = template.make_module({"strings": strings(said.language), "csrf": ""})
    page = str(drawn.message_item(rendered(message(said)), True))  # type: ignore[attr-defined]
    return page + re.sub(r"<[^>]+>", "", page)  # and as it is read: an address in a notice is a link


def on_a(channel: type[Channel]) -> Callable[[Answer], str]:
    """A channel as it renders, without the keys that it would need to send."""
    made = channel.__new__(channel)
    return lambda said: "\n".join(_strings(made.render(part)) for part in parts(said, 7, made.limits))


def _strings(content: Any) -> str:
    if isinstance(content, dict):
        content = list(content.values())
    return "\n".join(map(_strings, content)) if isinstance(content, list) else str(content)


RENDERERS: dict[str, Callable[[Answer], str]] = {
    "page and widget": on_the_page,
    "plain page": on_the_plain_page,
    "plain text": plain,
    **{channel.name: on_a(channel) for channel in known()},
}


def run_together(said: str) -> str:
    for mark, plain_mark in (("&#39;", "'"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        said = said.replace(mark, plain_mark)
    return "".join(said.split())


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("firm", FIRMS)
def test_every_topic_carries_its_notices_and_its_page(renderer: str, language: Language, firm: str) -> None:
    other: Language = "fr" if language == "en" else "en"
    for topic in topics():
        said = answer(topic, language=language, as_of=AS_OF, profile=Profile(), firm=FIRMS[firm])
        shown = run_together(RENDERERS[renderer](said))
        for notice in expected(topic, language, FIRMS[firm]):
            assert run_together(notice) in shown, f"{topic}: {notice}"
        for notice in expected(topic, other, FIRMS[firm]):
            assert run_together(notice) not in shown, f"{topic}: {notice}"
        for line in said.lines:
            assert run_together(line) in shown, f"{topic}: {line}"
        assert run_together(said.sources[0].url) in shown, f"{topic}: its official page"


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_firm_without_a_licensee_offers_no_person_on_any_channel(renderer: str) -> None:
    for topic in topics():
        for language in LANGUAGES:
            said = answer(topic, language=language, as_of=AS_OF, profile=Profile(), firm=INFORMATION_ONLY)
            assert text("faq.button.person", language) not in RENDERERS[renderer](said), topic


def test_the_messaging_channels_are_among_the_renderers() -> None:
    assert {"telegram", "whatsapp", "sms"} <= set(RENDERERS)
