"""The conversation as a form, for browsers without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visitor import Visitor

NewVisitor = Callable[..., Visitor]


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor(java_script_enabled=False)


def test_the_page_leads_to_the_version_without_javascript(visitor: Visitor) -> None:
    page = visitor.opens("/").page
    expect(page.get_by_text("The chat window needs JavaScript.")).to_be_visible()
    page.locator(".needs-script").get_by_role("link", name="Version without JavaScript").click()
    expect(page.get_by_role("heading", name="Express Entry assistant")).to_be_visible()
    expect(page.get_by_text("I am an automated assistant")).to_be_visible()


def test_buttons_and_words_are_answered(visitor: Visitor) -> None:
    page = visitor.opens("/plain").page
    page.get_by_role("button", name="Start my assessment").click()
    expect(page.get_by_text("What is your marital status?")).to_be_visible()
    page.get_by_role("button", name="Single").click()
    expect(page.get_by_text("How old are you?")).to_be_visible()
    page.get_by_role("textbox", name="Your message").fill("how much money do I need?")
    page.get_by_role("button", name="Send your message").click()
    expect(page.get_by_role("row", name="2 $19,001")).to_be_visible()
    expect(page.get_by_role("link", name="IRCC: Proof of funds")).to_be_visible()
    own = page.locator(".message.visitor p:not(.who)").all_inner_texts()
    assert own == ["Start my assessment", "Single", "how much money do I need?"]


def test_the_result_is_whole(visitor: Visitor) -> None:
    page = visitor.opens("/plain").page
    visitor.field.fill("result")
    page.get_by_role("button", name="Send your message").click()
    message = page.locator(".message.result")
    for part in (
        "On the facts you gave, you may be eligible for the Canadian Experience Class.",
        "What this rests on",
        "Since November 3, 2026",
        "Federal Skilled Worker Program: Cannot tell yet",
        "Not known yet: Settlement funds for your family size",
        "533 of 1,200",
        "A score is not an invitation",
    ):
        expect(message).to_contain_text(part)
    expect(message.get_by_role("row", name="Skill transferability 88 100")).to_be_visible()
    expect(message.get_by_role("row", name=re.compile(r"^Age \(25 years\) 110 110 "))).to_be_visible()


def test_the_language_can_be_changed(visitor: Visitor) -> None:
    page = visitor.opens("/plain").page
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("textbox", name="Votre message")).to_be_visible()
    expect(page.get_by_text("Je peux examiner votre situation")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    visitor.field.fill("résultat")
    page.get_by_role("button", name="Envoyer votre message").click()
    expect(page.locator(".message.result")).to_contain_text("533 sur 1\u00a0200")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_markup_that_a_visitor_types_is_shown_as_text(visitor: Visitor, text: str) -> None:
    page = visitor.opens("/plain").page
    visitor.field.fill(text)
    page.get_by_role("button", name="Send your message").click()
    assert page.locator(".message.visitor p:not(.who)").all_inner_texts() == [text]
    expect(page.locator(".message img, .message script")).to_have_count(0)


def test_what_cannot_be_taken_stays_in_the_field_with_the_reason(visitor: Visitor) -> None:
    page = visitor.opens("/plain").page
    visitor.field.fill("a" * 1001)
    page.get_by_role("button", name="Send your message").click()
    expect(page.get_by_role("alert")).to_contain_text("Your message is longer than 1,000 characters.")
    expect(visitor.field).to_have_value("a" * 1001)
    expect(visitor.field).to_have_attribute("aria-invalid", "true")


def test_it_is_the_same_conversation_as_in_the_chat_window(new_visitor: NewVisitor) -> None:
    visitor = new_visitor().opens("/").says("hello").reads("I noted: hello")
    visitor.opens("/plain")
    expect(visitor.page.get_by_text("I noted: hello")).to_be_visible()
