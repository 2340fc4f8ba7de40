"""The launcher on a page of another site: its focus, its policy, its conversation."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from serving import Assistant, Site
from visitor import Visitor

NewVisitor = Callable[..., Visitor]

LAUNCHER = "Ask about Express Entry"


def test_the_launcher_opens_the_panel_and_the_focus_goes_there_and_back(
    new_visitor: NewVisitor, site: Site, assistant: Assistant
) -> None:
    visitor = new_visitor().opens("/", site.url)
    page = visitor.page
    launcher = page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Express Entry assistant")
    expect(panel).to_be_visible()
    assert visitor.focused() == "textarea: Your message"
    visitor.reads("I can look at your situation")
    expect(panel.get_by_text("Automated assistant of Example Immigration Services", exact=True)).to_be_visible()
    expect(panel.get_by_role("link", name="Privacy", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert visitor.focused() == f"button: {LAUNCHER}"
    launcher.click()
    page.get_by_role("button", name="Close").click()
    assert visitor.focused() == f"button: {LAUNCHER}"


def test_the_panel_does_not_trap_the_focus(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    visitor = new_visitor().opens("/", site.url)
    visitor.page.get_by_role("button", name=LAUNCHER).click()
    visitor.reads("I can look at your situation")
    visited = set()
    for _ in range(25):
        visitor.page.keyboard.press("Shift+Tab")
        visited.add(visitor.focused())
    assert "a: its own" in visited


def test_a_conversation_on_another_origin(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    visitor = new_visitor().opens("/", site.url)
    requests: list[str] = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    visitor.page.get_by_role("button", name=LAUNCHER).click()
    visitor.chooses("Start my assessment").reads("What is your marital status?")
    visitor.says("single").reads("How old are you?")
    assert all(address.startswith((assistant.url, "data:")) for address in requests), requests
    assert visitor.page.context.cookies() == [], "a cookie of another site would not be sent everywhere"
    visitor.opens("/second", site.url).reads("How old are you?")
    assert visitor.own() == ["Start my assessment", "single"]


def test_without_websockets_on_another_origin(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    visitor = new_visitor()
    visitor.page.route_web_socket("**/api/ws", lambda socket: socket.close())
    visitor.opens("/", site.url).page.get_by_role("button", name=LAUNCHER).click()
    visitor.says("hello").reads("I noted: hello")


def test_nothing_is_asked_of_the_server_before_the_panel_is_opened(
    new_visitor: NewVisitor, site: Site, assistant: Assistant
) -> None:
    visitor = new_visitor()
    requests: list[str] = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    visitor.opens("/", site.url)
    expect(visitor.page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")
    assert not [address for address in requests if "/api/" in address]
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_panel_speaks_the_pages_language_and_can_change_it(
    new_visitor: NewVisitor, site: Site, assistant: Assistant
) -> None:
    site.attributes = 'language="fr"'
    visitor = new_visitor(language="fr").opens("/", site.url)
    visitor.page.get_by_role("button", name="Vos questions sur Entrée express").click()
    visitor.reads("Je peux examiner votre situation")
    visitor.chooses("English").reads("I can look at your situation")
    expect(visitor.page.get_by_role("textbox", name="Your message")).to_be_visible()
    visitor.page.reload()
    visitor.reads("I can look at your situation")
    expect(visitor.page.get_by_role("textbox", name="Your message")).to_be_visible()


def test_it_can_start_open_and_be_opened_by_the_page(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    site.attributes = "open"
    visitor = new_visitor().opens("/", site.url).reads("I can look at your situation")
    assert not visitor.focused().startswith("textarea"), "what opens by itself does not take the focus"
    element = visitor.page.locator("express-entry-assistant")
    element.evaluate("node => node.removeAttribute('open')")
    expect(visitor.page.get_by_role("dialog")).to_be_hidden()
    element.evaluate("node => node.show()")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    element.evaluate("node => node.hide()")
    expect(visitor.page.get_by_role("dialog")).to_be_hidden()


def test_messages_that_come_while_it_is_closed_are_counted(
    new_visitor: NewVisitor, site: Site, assistant: Assistant
) -> None:
    visitor = new_visitor().opens("/", site.url)
    visitor.page.get_by_role("button", name=LAUNCHER).click()
    visitor.reads("I can look at your situation")
    assistant.dialogue.gate.clear()
    visitor.says("hello").reads("hello")
    visitor.page.keyboard.press("Escape")
    assistant.dialogue.gate.set()
    launcher = visitor.page.get_by_role("button", name=f"{LAUNCHER} 1 new message")
    expect(launcher).to_be_visible()
    launcher.click()
    visitor.reads("I noted: hello")


def test_the_site_sets_how_it_looks(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    site.attributes = 'theme="light"'
    visitor = new_visitor(color_scheme="dark").opens("/", site.url)
    visitor.page.evaluate("document.documentElement.style.setProperty('--eea-accent', '#5a2d82')")
    launcher = visitor.page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_have_css("background-color", "rgb(90, 45, 130)")
    launcher.click()
    expect(visitor.page.get_by_role("button", name="Send", exact=True)).to_have_css(
        "background-color", "rgb(90, 45, 130)"
    )


def test_styles_of_the_site_stay_outside(new_visitor: NewVisitor, site: Site, assistant: Assistant) -> None:
    visitor = new_visitor().opens("/", site.url)
    visitor.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            html { font-size: 10px; letter-spacing: 4px; text-align: center }
            button, p { color: red !important }
          `);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    visitor.page.get_by_role("button", name=LAUNCHER).click()
    visitor.reads("I can look at your situation")
    line = visitor.log.get_by_text("I can look at your situation")
    expect(line).to_have_css("font-size", "16px")
    expect(line).to_have_css("letter-spacing", "normal")
    expect(line).to_have_css("text-align", "start")
    expect(line).to_have_css("color", "rgb(31, 38, 41)")


def test_the_result_prints_by_itself_under_the_policy_of_the_site(
    new_visitor: NewVisitor, site: Site, assistant: Assistant
) -> None:
    visitor = new_visitor()
    visitor.page.add_init_script("window.print = () => console.log(document.body.className, document.body.innerText)")
    visitor.opens("/", site.url).page.get_by_role("button", name=LAUNCHER).click()
    visitor.says("result")
    with visitor.page.expect_console_message() as printed:
        visitor.page.get_by_role("button", name="Print").click()
    assert printed.value.text.startswith("paper Example Immigration Services")
    assert "A law firm" not in printed.value.text


def test_a_site_that_is_not_on_the_list_gets_no_conversation(new_visitor: NewVisitor, assistant: Assistant) -> None:
    other = Site()
    other.assistant = assistant.url
    other.start()
    try:
        visitor = new_visitor().opens("/", other.url)
        visitor.page.get_by_role("button", name=LAUNCHER).click()
        expect(visitor.page.get_by_role("status")).to_have_text("One moment, connecting…")
        assert visitor.messages() == []
    finally:
        other.close()
