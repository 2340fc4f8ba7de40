"""The accessibility of chat window, result, launcher and plain page (WCAG 2.2 AA), measured in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from scripted import ScriptedDialogue
from serving import Assistant
from visitor import Visitor

NewVisitor = Callable[..., Visitor]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
START = {"en": "Start my assessment", "fr": "Commencer mon évaluation"}
ASKS = {"en": "What is your marital status?", "fr": "Quel est votre état matrimonial?"}
FUNDS = {"en": "funds", "fr": "fonds"}
RESULT = {"en": "result", "fr": "résultat"}

TARGETS = """() => {
  const root = document.querySelector("express-entry-assistant")?.shadowRoot ?? document;
  return [...root.querySelectorAll("button, summary, textarea, .choice")]
    .map((node) => [node.innerText || node.getAttribute("aria-label") || node.tagName, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 43.99 || box.height < 43.99))  // a browser's own rounding
    .map(([name, box]) => `${name}: ${box.width} by ${box.height}`);
}"""
LINKS = """() => {
  const roots = [document, document.querySelector("express-entry-assistant")?.shadowRoot].filter(Boolean);
  return roots.flatMap((root) => [...root.querySelectorAll("a")])
    .filter((node) => !node.classList.contains("skip") && node.checkVisibility())
    .map((node) => [node.innerText, node.getBoundingClientRect().height])
    .filter(([, height]) => height < 24);
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestAxe:
    def test_finds_nothing_in_a_conversation(self, new_visitor: NewVisitor, scheme: str, language: str) -> None:
        visitor = new_visitor(language=language, color_scheme=scheme, reduced_motion="reduce").opens(
            f"/?language={language}"
        )
        visitor.reads("Express")
        assert_accessible(visitor.page)
        visitor.chooses(START[language]).reads(ASKS[language])
        visitor.says(FUNDS[language])
        expect(visitor.page.get_by_role("table")).to_be_visible()
        visitor.says(RESULT[language])
        expect(visitor.page.get_by_role("article")).to_be_visible()
        for part in visitor.page.get_by_role("article").locator("summary").all():
            part.click()
        assert_accessible(visitor.page)

    def test_finds_nothing_in_trouble(
        self, new_visitor: NewVisitor, assistant: Assistant, scheme: str, language: str
    ) -> None:
        visitor = new_visitor(width=375, language=language, color_scheme=scheme, reduced_motion="reduce")
        visitor.opens(f"/?language={language}").reads("Express")
        assistant.stop()
        visitor.says("hello")
        visitor.says(" ")
        expect(visitor.page.locator(".status .line")).not_to_be_empty()
        expect(visitor.page.locator(".status .error")).not_to_be_empty()
        assert_accessible(visitor.page)

    def test_finds_nothing_in_the_panel_on_a_page(self, new_visitor: NewVisitor, scheme: str, language: str) -> None:
        visitor = new_visitor(language=language, color_scheme=scheme, reduced_motion="reduce")
        visitor.opens(f"/embed?language={language}")
        assert_accessible(visitor.page)
        visitor.page.locator(".launcher").click()
        visitor.reads("Express").says(RESULT[language])
        expect(visitor.page.get_by_role("article")).to_be_visible()
        assert_accessible(visitor.page)

    def test_finds_nothing_on_the_plain_page(self, new_visitor: NewVisitor, scheme: str, language: str) -> None:
        visitor = new_visitor(language=language, color_scheme=scheme).opens(f"/plain?language={language}")
        for words in (FUNDS[language], RESULT[language]):
            visitor.field.fill(words)
            visitor.page.locator(".say button").click()
        expect(visitor.page.get_by_role("heading", level=3)).to_be_visible()
        assert_accessible(visitor.page)


def test_the_whole_way_by_keyboard_alone(new_visitor: NewVisitor) -> None:
    visitor = new_visitor().opens("/").reads("I can look at your situation")
    page = visitor.page
    page.keyboard.press("Tab")
    assert visitor.focused() == "a: Go to the conversation"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert visitor.focused().startswith("a: Check the licence")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert visitor.focused() == "button: Start my assessment"
    page.keyboard.press("Enter")
    visitor.reads("What is your marital status?")
    assert visitor.focused() == "textarea: Your message"
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    assert visitor.focused() == "button: Single"
    page.keyboard.press("Space")
    visitor.reads("How old are you?")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    visitor.reads("I noted: 25")
    page.keyboard.type("result")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_be_visible()
    passed = []
    while visitor.focused() != "summary: Where each point comes from":
        passed.append(visitor.focused())
        assert len(passed) < 15, passed
        page.keyboard.press("Shift+Tab")
    assert [name.splitlines()[0] for name in passed if name.startswith("summary: What")] == [
        "summary: What happens when",
        "summary: What to check",
        "summary: What to prove",
        "summary: What moves the score",
    ]
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Where each point comes from")).to_be_visible()


def test_what_has_the_focus_is_marked_and_not_hidden(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(height=640).opens("/").says("result")
    page = visitor.page
    expect(page.get_by_role("article")).to_be_visible()
    for summary in page.get_by_role("article").locator("summary").all():
        summary.click()
    visitor.field.focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        seen = page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              const box = at.getBoundingClientRect();
              const foot = document.querySelector("express-entry-assistant").shadowRoot.querySelector(".foot");
              const edge = foot.getBoundingClientRect();
              const style = getComputedStyle(at);
              return {
                name: at === document.body ? "the end" : at.innerText || at.tagName,
                marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                covered: !foot.contains(at) && box.bottom > edge.top && box.right > edge.left && box.left < edge.right,
              };
            }"""
        )
        if seen["name"] == "the end":
            break
        assert seen["marked"], seen
        assert not seen["covered"], seen


def test_there_is_one_announcer_of_messages_and_typing_is_not_announced(visitor: Visitor) -> None:
    page = visitor.page
    visitor.says("hello").reads("I noted: hello")
    expect(page.get_by_role("log", name="Messages")).to_have_count(1)
    live = page.locator(".root").locator("[aria-live], [role=status], [role=alert], [role=log]")
    assert [node.get_attribute("role") for node in live.all()] == ["log", "status"]
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.locator(".typing")).to_have_attribute("aria-hidden", "true")
    assert page.locator("[role=log] .typing").count() == 0


def test_errors_belong_to_the_field_and_are_announced(visitor: Visitor) -> None:
    visitor.says(" ")
    described = (visitor.field.get_attribute("aria-describedby") or "").split()
    status = visitor.page.get_by_role("status")
    assert status.get_attribute("id") in described
    expect(status).to_have_text("Type a message first.")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (640, 512)])
@pytest.mark.parametrize("path", ["/", "/embed", "/plain"])
def test_nothing_is_cut_off_on_a_small_or_magnified_screen(
    new_visitor: NewVisitor, path: str, width: int, height: int
) -> None:
    visitor = new_visitor(width=width, height=height).opens(path)
    page = visitor.page
    if path == "/plain":
        visitor.field.fill("result")
        page.locator(".say button").click()
        expect(page.get_by_role("heading", level=3)).to_be_visible()
    else:
        if path == "/embed":
            page.get_by_role("button", name="Ask about Express Entry").click()
        visitor.reads("I can look at your situation")
        visitor.says("funds").reads("What is your marital status?")
        visitor.says("result")
        expect(page.get_by_role("article")).to_be_visible()
        for part in page.get_by_role("article").locator("summary").all():
            part.click()
        wide = "nodes => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className)"
        assert page.locator(".scroll, .said, .card, .foot, .head:not(.unseen)").evaluate_all(wide) == []
        visitor.chooses("Explain the points")  # and with ranges, which are longer
        expect(page.get_by_role("article")).to_have_count(2)
        assert page.locator(".scroll, .said, .card, .foot, .head:not(.unseen)").evaluate_all(wide) == []
        visitor.field.scroll_into_view_if_needed()
        expect(visitor.field).to_be_in_viewport()
        expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()
    assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize("width", [375, 1280])
def test_targets_are_large_enough(new_visitor: NewVisitor, width: int) -> None:
    visitor = new_visitor(width=width).opens("/").chooses("Start my assessment").reads("What is your marital status?")
    visitor.says("funds").reads("The amount depends").says("result")
    expect(visitor.page.get_by_role("article")).to_be_visible()
    for part in visitor.page.get_by_role("article").locator("summary").all():
        part.click()
    assert visitor.page.evaluate(TARGETS) == []
    assert visitor.page.evaluate(LINKS) == []
    visitor.opens("/embed").page.get_by_role("button", name="Ask about Express Entry").click()
    visitor.reads("I can look at your situation")
    assert visitor.page.evaluate(TARGETS) == []
    assert visitor.page.evaluate(LINKS) == []


def test_nothing_moves_for_who_asked_for_no_motion(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(reduced_motion="reduce").opens("/").says("result")
    expect(visitor.page.get_by_role("article")).to_be_visible()
    moving = visitor.page.locator(".root *").evaluate_all(
        """nodes => nodes.filter((node) => {
          const style = getComputedStyle(node);
          return style.animationName !== "none" || style.transitionDuration !== "0s";
        }).map((node) => node.className)"""
    )
    assert moving == []


def test_movement_is_short(visitor: Visitor) -> None:
    visitor.says("result")
    expect(visitor.page.get_by_role("article")).to_be_visible()
    durations = visitor.page.locator(".root *:not(.typing, .typing *)").evaluate_all(
        """nodes => nodes.flatMap((node) => {
          const style = getComputedStyle(node);
          return [style.animationDuration, style.transitionDuration].flatMap((text) => text.split(",").map(parseFloat));
        })"""
    )
    assert 0 < max(durations) < 0.2


def test_choosing_with_a_finger_does_not_call_the_keyboard(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(width=375, height=720, has_touch=True, is_mobile=True).opens("/")
    visitor.page.get_by_role("button", name="Start my assessment").tap()
    visitor.reads("What is your marital status?")
    assert not visitor.focused().startswith("textarea")


def test_meaning_survives_forced_colours(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(forced_colors="active").opens("/").says("result")
    page = visitor.page
    expect(page.get_by_role("article")).to_be_visible()
    width = page.locator(".from-visitor .said").first.evaluate("node => getComputedStyle(node).borderTopWidth")
    assert width == "1px"
    expect(page.locator(".track").first).to_have_css("border-top-width", "1px")
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_css("border-top-style", "solid")


def test_each_message_says_its_language(visitor: Visitor) -> None:
    visitor.says("bonjour").reads("Bonjour. Nous continuons en français.")
    languages = visitor.page.locator(".message").evaluate_all("nodes => nodes.map((node) => node.lang)")
    assert languages[0] == "en"
    assert languages[-1] == "fr"


def test_an_answer_that_waits_is_not_in_the_announced_list(visitor: Visitor, dialogue: ScriptedDialogue) -> None:
    dialogue.gate.clear()
    visitor.says("hello")
    expect(visitor.page.locator(".typing")).to_be_visible()
    expect(visitor.log).not_to_have_text(re.compile("typing|écrit"))
    dialogue.gate.set()
    visitor.reads("I noted: hello")
