"""The accessibility of every page of the console (WCAG 2.2 AA), narrow and wide, light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from office import Office
from playwright.sync_api import Browser
from scripted import ScriptedDialogue
from test_accessibility_in_browser import WIDER, assert_accessible

from bot.intake import leads
from bot.intake.staff import accounts

PAGES = (
    "/staff/today",
    "/staff/board",
    "/staff/leads",
    "/staff/leads/1",
    "/staff/leads/1?as_of=2025-03-24",
    "/staff/leads/1/facts",
    "/staff/leads/1/print",
    "/staff/export",
    "/staff/bulk",
    "/staff/reports",
    "/staff/rules",
    "/staff/rules/crs.core.age",
    "/staff/rules/complete/crs-2026-11-03",
    "/staff/knowledge",
    "/staff/knowledge/proof_of_funds",
    "/staff/replies",
    "/staff/outbox",
    "/staff/subscribers",
    "/staff/compliance",
    "/staff/accounts",
    "/staff/audit",
    "/staff/settings",
    "/staff/account",
    "/staff/nothing",
)
DAILY = ("/staff/today", "/staff/board", "/staff/leads", "/staff/leads/1")
"""Pages that axe looks at on a phone too; that none is wider than the screen is looked at for all."""
NARROW = 720
SMALL = """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, summary")]
    .filter((node) => node.checkVisibility())
    .map((node) => [node.innerText || node.name, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 20 || box.height < 20))
    .map(([name, box]) => `${name}: ${box.width} by ${box.height}`)"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    found = Office(tmp_path_factory.mktemp("office"), ScriptedDialogue())
    found.start()
    yield found
    found.close()


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("fr", "dark", 360)])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    browser: Browser, office: Office, language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=f"{language}-CA",
    )
    page = context.new_page()
    for address in ("/staff/login", "/staff/invitation/nothing"):
        page.goto(f"{office.url}{address}?language={language}")
        assert_accessible(page)
    context.add_cookies([office.cookie("admin")])  # type: ignore[list-item]
    with office.database.session() as session:
        accounts.set_language(session, office.database.seal, office.accounts["admin"].id, language)  # type: ignore[arg-type]
    conversation = f"/staff/conversations/{conversation_of(office)}"
    for address in (*PAGES, conversation):
        page.goto(f"{office.url}{address}")
        assert page.locator("html").get_attribute("lang") == language
        if width > NARROW or address in (*DAILY, conversation):
            for part in page.locator("main summary").all()[:6]:
                part.click()
            assert_accessible(page)
        assert page.evaluate(WIDER) <= 0, address
        assert page.evaluate(SMALL) == [], address
    context.close()


def conversation_of(office: Office) -> str:
    with office.database.session(reading=True) as session:
        return leads.get_lead(session, office.database.seal, 1).lead.conversation_id


def test_the_keyboard_reaches_the_content_first(browser: Browser, office: Office) -> None:
    context = browser.new_context()
    context.add_cookies([office.cookie("intake")])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{office.url}/staff/leads")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    context.close()
