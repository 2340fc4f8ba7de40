"""Reloads, second tabs, restarts of the server, networks without WebSockets: nothing said is lost or said twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from scripted import ScriptedDialogue
from serving import Assistant
from visitor import Visitor

NewVisitor = Callable[..., Visitor]

RECONNECTING = "One moment, reconnecting…"


def without_sockets(page: Page) -> None:
    """As behind a proxy that does not let WebSockets through."""
    page.route_web_socket("**/api/ws", lambda socket: socket.close())


def test_a_reload_shows_the_conversation_so_far(visitor: Visitor) -> None:
    visitor.chooses("Start my assessment").reads("What is your marital status?")
    before = visitor.messages()
    visitor.page.reload()
    visitor.reads("What is your marital status?")
    assert visitor.messages() == before
    visitor.chooses("Single").reads("How old are you?")


def test_a_draft_survives_a_reload(visitor: Visitor) -> None:
    visitor.reads("I can look at your situation")
    visitor.field.fill("I have worked for three years and")
    visitor.page.reload()
    expect(visitor.field).to_have_value("I have worked for three years and")
    visitor.field.press("Enter")
    visitor.reads("I noted: i have worked for three years and")
    visitor.page.reload()
    expect(visitor.field).to_have_value("")


def test_a_second_tab_is_the_same_conversation(visitor: Visitor) -> None:
    visitor.says("from the first tab").reads("I noted: from the first tab")
    second = Visitor(visitor.page.context.new_page(), visitor.server).opens("/")
    second.reads("I noted: from the first tab")
    second.says("from the second tab").reads("I noted: from the second tab")
    visitor.reads("I noted: from the second tab")
    assert visitor.own() == second.own() == ["from the first tab", "from the second tab"]
    assert not second.troubles


def test_the_conversation_goes_on_after_the_server_was_restarted(visitor: Visitor, assistant: Assistant) -> None:
    visitor.says("before").reads("I noted: before")
    status = visitor.page.get_by_role("status")
    assistant.stop()
    expect(status).to_have_text(RECONNECTING)
    visitor.says("meanwhile")
    expect(visitor.page.get_by_text("Waiting to be sent")).to_be_visible()
    expect(visitor.field).to_have_value("")
    assistant.start()
    expect(status).to_have_text("", timeout=20_000)
    visitor.reads("I noted: meanwhile")
    expect(visitor.page.get_by_text("Waiting to be sent")).to_have_count(0)
    assert visitor.own() == ["before", "meanwhile"]
    assert assistant.dialogue.heard == ["before", "meanwhile"]


def test_what_was_not_sent_is_sent_after_a_reload(visitor: Visitor, assistant: Assistant) -> None:
    visitor.says("before").reads("I noted: before")
    visitor.page.context.set_offline(True)
    visitor.says("written in a tunnel")
    expect(visitor.page.get_by_text("written in a tunnel")).to_be_visible()
    visitor.page.context.set_offline(False)
    visitor.page.reload()
    visitor.reads("I noted: written in a tunnel")
    assert visitor.own() == ["before", "written in a tunnel"]
    assert assistant.dialogue.heard == ["before", "written in a tunnel"]


def test_a_message_whose_acknowledgement_was_lost_is_not_answered_twice(
    new_visitor: NewVisitor, assistant: Assistant
) -> None:
    visitor = new_visitor()
    swallowed: list[str] = []

    def line(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def from_server(frame: str | bytes) -> None:
            if not swallowed and b'"received"' in (frame if isinstance(frame, bytes) else frame.encode()):
                swallowed.append("acknowledgement")
                socket.close()
                return
            socket.send(frame)

        server.on_message(from_server)

    visitor.page.route_web_socket("**/api/ws", line)
    visitor.opens("/").says("only once").reads("I noted: only once")
    assert swallowed
    visitor.says("and then").reads("I noted: and then")
    assert visitor.own() == ["only once", "and then"]
    assert assistant.dialogue.heard == ["only once", "and then"]


def test_the_conversation_works_where_websockets_do_not(new_visitor: NewVisitor, assistant: Assistant) -> None:
    visitor = new_visitor()
    without_sockets(visitor.page)
    visitor.opens("/").chooses("Start my assessment").reads("What is your marital status?")
    visitor.says("single").reads("How old are you?")
    assert visitor.own() == ["Start my assessment", "single"]
    expect(visitor.page.get_by_role("status")).to_have_text("")
    visitor.says("bonjour").reads("Bonjour. Nous continuons en français.")
    expect(visitor.page.get_by_role("button", name="Envoyer")).to_be_visible()


def test_long_polling_comes_back_after_a_restart_too(new_visitor: NewVisitor, assistant: Assistant) -> None:
    visitor = new_visitor()
    without_sockets(visitor.page)
    visitor.opens("/").says("before").reads("I noted: before")
    assistant.stop()
    expect(visitor.page.get_by_role("status")).to_have_text(RECONNECTING)
    visitor.says("meanwhile")
    assistant.start()
    visitor.reads("I noted: meanwhile")
    assert assistant.dialogue.heard == ["before", "meanwhile"]


def test_a_page_of_which_the_server_knows_nothing_any_more_begins_anew(visitor: Visitor) -> None:
    visitor.says("hello").reads("I noted: hello")
    visitor.page.context.clear_cookies()
    visitor.page.reload()
    visitor.reads("I can look at your situation").does_not_read("I noted: hello")
    assert visitor.own() == []


def test_the_language_stays_when_the_server_was_away(visitor: Visitor, assistant: Assistant) -> None:
    visitor.says("bonjour").reads("Bonjour. Nous continuons en français.")
    assistant.stop()
    expect(visitor.page.get_by_role("status")).to_have_text("Un instant, reconnexion…")
    assistant.start()
    visitor.says("argent").reads("Le montant dépend de la taille de votre famille")


@pytest.mark.parametrize("sockets", [True, False])
def test_an_answer_that_takes_long_arrives_in_both_ways(
    new_visitor: NewVisitor, dialogue: ScriptedDialogue, sockets: bool
) -> None:
    visitor = new_visitor()
    if not sockets:
        without_sockets(visitor.page)
    visitor.opens("/").reads("I can look at your situation")
    dialogue.gate.clear()
    visitor.says("hello")
    expect(visitor.page.locator(".typing")).to_be_visible()
    dialogue.gate.set()
    visitor.reads("I noted: hello")
    expect(visitor.page.locator(".typing")).to_be_hidden()


def test_a_line_that_died_without_a_word_is_noticed_on_coming_back(
    new_visitor: NewVisitor, assistant: Assistant
) -> None:
    visitor = new_visitor()
    lines: list[WebSocketRoute] = []
    swallowed: list[str] = []

    def line(socket: WebSocketRoute) -> None:
        lines.append(socket)
        server = socket.connect_to_server()
        if len(lines) == 1:
            socket.on_message(lambda frame: server.send(frame) if "hello" in frame else swallowed.append(str(frame)))

    visitor.page.route_web_socket("**/api/ws", line)
    visitor.opens("/").reads("I can look at your situation")
    visitor.says("into the void")
    visitor.until(lambda: any("into the void" in frame for frame in swallowed))
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    visitor.reads("I noted: into the void")
    assert len(lines) == 2
    assert assistant.dialogue.heard == ["into the void"]


def test_a_language_that_could_not_be_changed_can_be_asked_for_again(visitor: Visitor, assistant: Assistant) -> None:
    visitor.says("hello").reads("I noted: hello")
    assistant.stop()
    expect(visitor.page.get_by_role("status")).to_have_text(RECONNECTING)
    visitor.page.get_by_role("link", name="Français").click()
    expect(visitor.page.get_by_role("textbox", name="Your message")).to_be_visible()
    assistant.start()
    expect(visitor.page.get_by_role("status")).to_have_text("", timeout=20_000)
    visitor.page.get_by_role("link", name="Français").click()
    visitor.reads("Bonjour. Nous continuons en français.")
    expect(visitor.page.get_by_role("textbox", name="Votre message")).to_be_visible()
