"""What a person sees and does in the chat window."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from scripted import LONG, ScriptedDialogue
from visitor import Visitor

from bot.channels.incoming import LIMIT

NewVisitor = Callable[..., Visitor]


WATCH = """() => {
  const root = document.querySelector("express-entry-assistant").shadowRoot;
  const dots = root.querySelector(".typing");
  window.seen = [];
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (!node.classList?.contains("message") || node.classList.contains("still")) continue;
      const said = node.querySelector(".said");
      if (said) window.seen.push(`${node.querySelector(".sender").innerText}: ${said.innerText.slice(0, 25)}`);
      if (said && !dots.hidden) window.seen.push("still typing");
    }
    if (changes.some((change) => change.target === dots)) window.seen.push(dots.hidden ? "not typing" : "typing");
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
}"""
"""Notes in ``window.seen`` in which order messages and the typing indicator come and go."""


def test_the_page_says_who_speaks_before_anything_is_asked(page: Page, visitor: Visitor) -> None:
    expect(page).to_have_title("Express Entry assistant · Example Immigration Services")
    expect(page.get_by_role("heading", name="See where you stand in Express Entry")).to_be_visible()
    about = page.locator(".identity")
    expect(about).to_contain_text("automated assistant of Example Immigration Services")
    expect(about).to_contain_text("not legal advice")
    expect(about).to_contain_text("not part of the Government of Canada")
    expect(about).to_contain_text("Jordan Example, licence R000000")
    register = about.get_by_role("link", name="Check the licence in the public register")
    expect(register).to_have_attribute("href", re.compile("^https://college-ic.ca/"))
    expect(about.get_by_role("link", name="How your answers are handled")).to_be_visible()
    expect(page.locator(".demonstration")).to_have_text("Demonstration: this firm does not exist.")
    visitor.reads("I am an automated assistant").reads("I can look at your situation")


def test_a_chosen_button_becomes_the_visitors_words(visitor: Visitor, dialogue: ScriptedDialogue) -> None:
    visitor.chooses("Start my assessment").reads("What is your marital status?")
    assert visitor.own() == ["Start my assessment"]
    expect(visitor.page.get_by_role("button", name="Start my assessment")).to_have_count(0)
    visitor.chooses("Single").reads("How old are you?")
    assert visitor.own() == ["Start my assessment", "Single"]
    assert dialogue.heard == ["/start_assessment", "/inform{}"]


def test_what_buttons_offer_can_be_typed(visitor: Visitor) -> None:
    visitor.chooses("Start my assessment").reads("What is your marital status?")
    visitor.says("single").reads("How old are you?")
    expect(visitor.page.get_by_role("group", name="Suggested answers")).to_have_count(0)


def test_messages_come_one_by_one_with_a_typing_indicator(new_visitor: NewVisitor, dialogue: ScriptedDialogue) -> None:
    visitor = new_visitor().opens("/").reads("I can look at your situation")
    expect(visitor.page.locator(".typing")).to_be_hidden()
    visitor.page.evaluate(WATCH)
    dialogue.gate.clear()
    visitor.says("how much money do I need?")
    expect(visitor.page.locator(".typing")).to_be_visible()
    dialogue.gate.set()
    visitor.reads("What is your marital status?")
    expect(visitor.page.locator(".typing")).to_be_hidden()
    assert visitor.page.evaluate("window.seen") == [
        "You: how much money do I need?",
        "typing",
        "Assistant: The amount depends on the",
        "still typing",
        "Assistant: What is your marital stat",
        "not typing",
    ]


def test_an_answer_comes_with_its_table_source_date_and_notice(visitor: Visitor) -> None:
    visitor.says("how much money do I need?").reads("The amount depends on the size of your family")
    table = visitor.page.get_by_role("table", name="Settlement funds, table of July 7, 2025")
    expect(table.get_by_role("columnheader")).to_have_text(["Family members", "Amount in Canadian dollars"])
    expect(table.get_by_role("row", name="3 $23,360").get_by_role("rowheader")).to_have_text("3")
    source = visitor.page.get_by_role("link", name="IRCC: Proof of funds (opens in a new tab)")
    expect(source).to_have_attribute("href", re.compile("^https://www.canada.ca/en/"))
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    expect(visitor.log.get_by_text("checked November 22, 2026")).to_be_visible()
    expect(visitor.log.get_by_text("General information, not legal advice. Only IRCC decides")).to_be_visible()


def test_what_was_understood_is_listed_by_topic(visitor: Visitor) -> None:
    visitor.says("summary").reads("This is what I have understood.")
    terms = visitor.log.locator("dl > *")
    expect(terms).to_have_text(
        [
            "About you",
            "Age: 25",
            "Partner",
            "Marital status: Single",
            "Education",
            "Education: Master's degree",
            "Study in Canada: 3+ years",
            "Language",
            "Test: IELTS General Training",
            "Listening: 8",
        ]
    )
    visitor.reads("Is this right? I then show the result.")
    visitor.chooses("Yes, this is right")
    expect(visitor.page.get_by_role("article")).to_be_visible()


def test_sender_and_time_are_said_in_text(visitor: Visitor) -> None:
    visitor.says("hello").reads("I noted: hello")
    last = visitor.page.locator(".message").nth(-2)
    expect(last.locator(".who")).to_contain_text(re.compile(r"You .*\d{1,2}:\d\d\s[ap]\.m\."))
    expect(last.locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$"))


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>document.title='taken'</script>",
        "<b>bold</b> & <a href='javascript:alert(1)'>link</a>",
        "**stars** [link](https://example.org)",
    ],
)
def test_markup_that_a_visitor_types_is_shown_as_text(visitor: Visitor, text: str) -> None:
    visitor.page.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))
    visitor.says(text).reads("I noted: ")
    assert visitor.own() == [text]
    said = visitor.page.locator(".from-visitor .said, .from-assistant:last-child .said")
    expect(said.locator("img, script, b, a, strong")).to_have_count(0)
    expect(visitor.page).to_have_title(re.compile("^Express Entry assistant"))


def test_enter_sends_and_shift_enter_starts_a_line(visitor: Visitor) -> None:
    visitor.field.press_sequentially("one")
    visitor.field.press("Shift+Enter")
    visitor.field.press_sequentially("two")
    assert visitor.own() == []
    visitor.field.press("Enter")
    visitor.reads("I noted: one")
    assert visitor.own() == ["one\ntwo"]
    expect(visitor.field).to_have_value("")


def test_an_empty_message_is_not_sent_and_the_reason_stands_beside_the_field(visitor: Visitor) -> None:
    visitor.says("   ")
    expect(visitor.page.get_by_role("status")).to_have_text("Type a message first.")
    expect(visitor.field).to_have_attribute("aria-invalid", "true")
    visitor.field.press_sequentially("hello")
    expect(visitor.page.get_by_role("status")).to_have_text("")
    assert visitor.own() == []


def test_a_long_message_is_counted_and_kept_until_it_is_short_enough(visitor: Visitor) -> None:
    status = visitor.page.get_by_role("status")
    visitor.field.fill("a" * (LIMIT // 2))
    expect(status).to_have_text("")
    visitor.field.fill("a" * (LIMIT - 7))
    expect(status).to_have_text("7 characters left")
    visitor.says("a" * (LIMIT + 20))
    expect(status).to_have_text("This message is 20 characters too long. Please shorten it.")
    assert visitor.own() == []
    expect(visitor.field).to_have_value("a" * (LIMIT + 20))
    visitor.says("a" * LIMIT).reads("I noted: ")


def test_a_message_without_words_comes_back_into_the_field(visitor: Visitor) -> None:
    visitor.says("///")
    expect(visitor.page.get_by_role("status")).to_contain_text("I found no words in that message.")
    expect(visitor.field).to_have_value("///")
    assert visitor.own() == []


def test_the_language_of_page_and_conversation_changes_together(visitor: Visitor) -> None:
    page = visitor.page
    visitor.chooses("Start my assessment").reads("What is your marital status?")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", name="Voyez où vous en êtes dans Entrée express")).to_be_visible()
    visitor.reads("Bonjour. Nous continuons en français.")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("textbox", name="Votre message")).to_be_visible()
    english, french = page.locator(".message", has_text="What is your marital status?"), page.locator(".message").last
    expect(english).to_have_attribute("lang", "en")
    expect(french).to_have_attribute("lang", "fr")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    visitor.says("argent").reads("Le montant dépend de la taille de votre famille")
    assert visitor.page.get_by_role("row", name=re.compile("15\\s263\\s\\$")).count() == 1


def test_the_page_follows_when_the_visitor_writes_in_french(visitor: Visitor) -> None:
    visitor.says("bonjour").reads("Bonjour. Nous continuons en français.")
    expect(visitor.page.get_by_role("heading", name="Voyez où vous en êtes dans Entrée express")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Envoyer")).to_be_visible()


def test_nobody_who_reads_further_up_is_pulled_away(new_visitor: NewVisitor, dialogue: ScriptedDialogue) -> None:
    visitor = new_visitor(height=600).opens("/")
    visitor.says(LONG).reads("Line 60 of sixty.")
    dialogue.gate.clear()
    visitor.says("hello")
    visitor.page.mouse.wheel(0, -4000)
    expect(visitor.page.locator(".masthead")).to_be_in_viewport()
    dialogue.gate.set()
    more = visitor.page.get_by_role("button", name="New messages")
    expect(more).to_be_visible()
    expect(visitor.page.locator(".masthead")).to_be_in_viewport()
    more.click()
    expect(visitor.log.get_by_text("I noted: hello")).to_be_in_viewport()
    expect(more).to_be_hidden()


def test_a_message_taller_than_the_window_is_shown_from_its_beginning(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(height=600).opens("/").reads("I can look at your situation")
    visitor.says(LONG).reads("Line 1 of sixty.")
    expect(visitor.log.get_by_text("Line 1 of sixty.", exact=True)).to_be_in_viewport()
    expect(visitor.log.get_by_text("Line 60 of sixty.")).not_to_be_in_viewport()
