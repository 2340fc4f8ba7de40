"""Today, the board by touch, recipients, compliance and words in a transcript: in a browser, on each database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from office import Office
from playwright.sync_api import Locator, Page, expect

Come = Callable[..., Page]

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FINGER = 44
"""CSS pixels that a finger hits (WCAG 2.5.5)."""


def assert_fits_a_finger(*targets: Locator) -> None:
    for target in targets:
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= FINGER, f"{target}: {box}"


def test_on_a_phone_a_card_is_moved_with_its_list_of_statuses(come: Come, office: Office) -> None:
    page = come("intake", **PHONE)
    page.goto(f"{office.url}/staff/board")
    card = page.locator(".card", has_text="Chloé Tremblay")
    statuses, move = card.get_by_label("Move Chloé Tremblay to"), card.get_by_role("button", name="Move")
    statuses.scroll_into_view_if_needed()
    assert_fits_a_finger(statuses, move)
    statuses.select_option("Contacted")
    move.tap()
    expect(page.get_by_role("status")).to_have_text("The lead is moved.")
    card = page.locator('[data-lane="contacted"] .card', has_text="Chloé Tremblay")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_waits_for_somebody_stands_on_today_until_it_is_done(come: Come, office: Office) -> None:
    ivan, maya = come("intake"), come("licensee", **PHONE)
    ivan.goto(f"{office.url}/staff/leads/{office.leads['Luis Pérez']}")
    ivan.get_by_label("New note").fill("Please read the letter of his employer.")
    ivan.get_by_label("For the attention of").select_option("Maya Chen")
    ivan.get_by_role("button", name="Add note").click()
    expect(ivan.locator(".notes")).to_contain_text("letter of his employer")
    maya.goto(f"{office.url}/staff")
    maya.get_by_role("link", name="Today").tap()
    mention = maya.get_by_role("region", name="Notes for your attention")
    expect(mention).to_contain_text("Please read the letter of his employer.")
    mention.get_by_role("link", name="Luis Pérez").tap()
    maya.get_by_text("New task").tap()
    maya.get_by_label("What", exact=True).fill("Ask for the letter")
    maya.get_by_role("button", name="Add", exact=True).tap()
    expect(maya.get_by_role("button", name="Done Ask for the letter")).to_be_visible()
    maya.goto(f"{office.url}/staff/today")
    expect(maya.get_by_role("region", name="Notes for your attention")).not_to_contain_text("letter of his employer")
    done = maya.get_by_role("button", name="Done Ask for the letter")
    assert_fits_a_finger(done)
    done.tap()
    expect(maya.get_by_role("status")).to_be_visible()
    expect(maya.get_by_text("Ask for the letter")).to_have_count(0)


def test_a_manager_says_who_is_told_and_pauses_and_removes_it(come: Come, office: Office) -> None:
    page = come("manager")
    page.goto(f"{office.url}/staff/subscribers")
    add = page.get_by_role("region", name="Add a recipient")
    address = add.get_by_label("E-mail address or address of a webhook")
    address.fill("not an address")
    add.get_by_label("Reason").fill("the new paralegal")
    add.get_by_role("button", name="Add a recipient").click()
    expect(page.get_by_role("alert")).to_be_focused()
    address.fill("pia@firm.example")
    add.get_by_label("Urgent request").check()
    add.get_by_role("button", name="Add a recipient").click()
    row = page.locator(".rows > li", has_text="pia@firm.example")
    expect(row).to_contain_text("Urgent request")
    for press, shown in (("Pause", "paused"), ("Resume", "Nothing was sent yet."), ("Remove", "")):
        row.locator("summary").click()
        row.get_by_label("Reason").fill(f"{press}: she is away")
        row.get_by_role("button", name=press).click()
        if shown:
            expect(row).to_contain_text(shown)
    expect(row).to_have_count(0)


def test_everybody_reads_the_compliance_page_and_it_prints_without_the_console(come: Come, office: Office) -> None:
    page = come("reader")
    page.goto(f"{office.url}/staff/compliance")
    for words in ("R000000", "Montréal, Quebec, Canada", "365 days", "November 2, 2026"):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_words_are_found_in_a_transcript_and_lead_to_the_message(come: Come, office: Office) -> None:
    for options in ({}, PHONE, {"java_script_enabled": False}):
        page = come("reader", **options)
        page.goto(f"{office.url}/staff/leads/{office.leads['Wei Zhang']}")
        page.get_by_role("link", name="Conversation").click()
        page.get_by_text("Find in this conversation").click()
        page.get_by_label("Words").fill("SINGLE")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("One message holds these words.")
        expect(page.locator(".hits mark")).to_have_text("single")
        page.locator(".hits a").click()
        found = page.locator(".message:target")
        expect(found).to_contain_text("I am 31 and single")
        expect(found).to_be_in_viewport()
        bottom = page.locator(".find").bounding_box()
        top = found.bounding_box()
        assert bottom is not None
        assert top is not None
        assert top["y"] >= bottom["y"] + bottom["height"] or top["y"] + top["height"] <= bottom["y"]
