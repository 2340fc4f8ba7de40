"""The daily work of each role in the console, in a browser, on each database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
from office import PASSWORD, Office
from playwright.sync_api import Page, expect
from visitor import Visitor

Come = Callable[..., Page]


def test_an_administrator_invites_somebody_who_comes_in_with_a_second_factor(come: Come, office: Office) -> None:
    admin, new = come("admin"), come()
    admin.goto(f"{office.url}/staff/accounts")
    section = admin.get_by_role("region", name="Invite", exact=True)
    section.get_by_label("E-mail").fill("nora@firm.example")
    section.get_by_label("Name").fill("Nora Noor")
    section.get_by_role("button", name="Invite").click()
    link = admin.locator("code.link").inner_text()
    new.goto(link)
    new.get_by_label("New password").fill(PASSWORD)
    new.get_by_label("The same again").fill(PASSWORD)
    new.keyboard.press("Enter")
    new.get_by_label("E-mail").fill("nora@firm.example")
    new.get_by_label("Password").fill(PASSWORD)
    new.keyboard.press("Enter")
    expect(new.get_by_role("img", name="QR code")).to_be_visible()
    secret = new.locator('input[name="secret"]').input_value()
    new.get_by_label("Code that the application shows").fill(pyotp.TOTP(secret).now())
    new.keyboard.press("Enter")
    expect(new.locator(".codes li")).to_have_count(10)
    new.get_by_role("link", name="I have kept them").click()
    expect(new.get_by_role("table")).to_be_visible()
    new.get_by_role("button", name="Log out").click()
    new.goto(f"{office.url}/staff/leads")
    expect(new.get_by_role("heading", name="Log in")).to_be_visible()


def test_intake_finds_a_lead_by_keyboard_and_works_on_it(come: Come, office: Office) -> None:
    page = come("intake")
    page.goto(f"{office.url}/staff/leads")
    expect(page.locator(".inbox tbody th a").first).to_have_text("Amara Okafor")
    page.get_by_label("Search").fill("okafor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 lead")
    assert "q=okafor" in page.url
    page.get_by_role("link", name="Amara Okafor").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amara Okafor")
    expect(page.get_by_text("do not advise")).to_be_visible()
    page.get_by_label("New note").fill("Letter is dated November 3.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".notes")).to_contain_text("Letter is dated November 3.")
    page.get_by_label("Status: New").select_option("In review")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_label("Status: In review")).to_be_visible()
    page.get_by_role("button", name="To me").click()
    expect(page.locator("#w-who")).to_have_value(str(office.accounts["intake"].id))
    page.get_by_role("link", name="said in message").first.click()
    expect(page.locator(".message:target")).to_contain_text("I am 31 and single")


def test_intake_moves_leads_on_the_board_by_pointer_and_by_keyboard(come: Come, office: Office) -> None:
    page = come("intake")
    page.set_viewport_size({"width": 1280, "height": 1600})  # all cards in sight: nothing scrolls while one is dragged
    page.goto(f"{office.url}/staff/board")
    lanes = {name: page.locator(f'[data-lane="{name}"]') for name in ("new", "in_review", "contacted", "retained")}
    page.locator(".card", has_text="Wei Zhang").drag_to(lanes["in_review"])
    expect(page.get_by_role("status")).to_have_text("The lead is moved.")
    expect(lanes["in_review"].locator(".card", has_text="Wei Zhang")).to_be_focused()
    page.locator(".card", has_text="Wei Zhang").drag_to(lanes["retained"])  # not from there: nothing happens
    expect(lanes["in_review"].locator(".card")).to_contain_text(["Wei Zhang"])
    page.get_by_label("Move Priya Nair to").focus()
    page.keyboard.type("Cont")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(lanes["contacted"].locator(".card", has_text="Priya Nair")).to_be_focused()
    expect(lanes["contacted"].locator(".count")).to_have_text("1")


def test_a_licensee_changes_facts_and_tries_others_on_a_copy(come: Come, office: Office) -> None:
    page = come("licensee")
    page.goto(f"{office.url}/staff/leads/{office.leads['Luis Pérez']}")
    page.get_by_role("link", name="Change facts").click()
    page.get_by_role("combobox", name="Education", exact=True).select_option("doctorate")
    page.get_by_label("Age (years)").fill("thirty")
    page.get_by_role("button", name="Record and assess again").click()
    expect(page.get_by_label("Age (years)")).to_be_focused()
    expect(page.get_by_text("Write a whole number from 0 to 120.")).to_be_visible()
    page.get_by_label("Age (years)").fill("30")
    page.get_by_role("button", name="Record and assess again").click()
    expect(page.get_by_role("status")).to_contain_text("The facts are recorded")
    expect(page.locator(".facts")).to_contain_text("recorded by staff")
    page.get_by_role("link", name="Change facts").click()
    page.get_by_label("Provincial nomination").select_option("Yes")
    page.get_by_role("button", name="Assess as a copy").click()
    expect(page.locator("#copies + ul")).to_contain_text("Provincial nomination: Yes")


def test_a_visitor_keeps_prints_and_takes_away_a_result(come: Come, office: Office) -> None:
    page, address = come(), office.result_link()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your Express Entry result")
    expect(page.locator(".rules")).to_contain_text("Rules in force until November 2, 2026 · As of November 25, 2026")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_text("En date du 25 novembre 2026")).to_be_visible()
    page.get_by_role("button", name="Effacer cette page").press("Enter")
    expect(page.locator("main")).to_contain_text("La page est effacée")
    assert page.goto(address).status == 404  # type: ignore[union-attr]


def test_a_licensee_speaks_with_a_visitor_and_hands_back(come: Come, office: Office) -> None:
    visitor = Visitor(come(), office.url).opens("/").reads("Express")
    conversation = visitor.page.evaluate(
        "async () => (await (await fetch('/api/conversations/current')).json()).conversation"
    )
    maya, ivan = come("licensee"), come("intake")
    address = f"{office.url}/staff/conversations/{conversation}"
    for page in (maya, ivan):
        page.goto(address)
    maya.get_by_role("button", name="Take over").click()
    visitor.reads("Maya Chen, licence R123456, now writes to you.")
    ivan.get_by_role("button", name="Take over").click()
    expect(ivan.get_by_role("alert")).to_contain_text("Maya Chen was quicker")
    visitor.says("Is anybody there?")
    expect(maya.locator("#transcript")).to_contain_text("Is anybody there?")
    maya.get_by_label("You write as: Maya Chen").fill("Yes, I am.")
    maya.keyboard.press("Control+Enter")
    visitor.reads("Yes, I am.")
    expect(visitor.log.locator(".sender").last).to_have_text("Maya Chen, licence R123456")
    expect(maya.get_by_label("You write as: Maya Chen")).to_have_value("")
    expect(maya.locator("#transcript")).to_contain_text("Yes, I am.")
    maya.get_by_role("button", name="Hand back").click()
    visitor.reads("The automated assistant answers again.")


def test_a_manager_switches_the_page_off_and_on(come: Come, office: Office) -> None:
    boss = come("manager")

    def turn(name: str, comment: str) -> None:
        boss.goto(f"{office.url}/staff/settings")
        row = boss.locator(".rows > li").filter(has_text="Page and widget")
        row.get_by_text(name).first.click()
        row.get_by_label("Reason").fill(comment)
        row.get_by_role("button", name=name).click()
        expect(boss.get_by_role("status")).to_have_text("The switch is turned.")

    turn("Switch off", "wrong answers reported")
    Visitor(come(), office.url).opens("/").reads("This service is closed for the moment.")
    turn("Switch on", "mended")
    Visitor(come(), office.url).opens("/").reads("Express")


def test_a_reader_reads_and_an_auditor_verifies(come: Come, office: Office) -> None:
    reader, auditor = come("reader"), come("auditor")
    reader.goto(f"{office.url}/staff/leads/{office.leads['Amara Okafor']}")
    expect(reader.get_by_role("heading", name="Risks")).to_be_visible()
    expect(reader.locator("main form[method=post]")).to_have_count(0)
    auditor.goto(f"{office.url}/staff")
    expect(auditor.get_by_role("link", name="Leads")).to_have_count(0)
    auditor.get_by_role("link", name="Audit", exact=True).click()
    auditor.get_by_role("button", name="Verify the chain").click()
    expect(auditor.get_by_role("status")).to_contain_text(re.compile("entries hold together"))
