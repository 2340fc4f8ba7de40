"""IRCC's own worked example, as a visitor meets it: the real assistant in a real browser, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import chromium
from tests.browser.visitor import Visitor
from tests.running import RunningAssistant

pytestmark = [pytest.mark.browser, pytest.mark.server]

ENGLISH = (
    ("Where are you now", "I am thinking about it"),
    ("In which part of Canada", "outside Quebec"),
    ("How old are you", "25"),
    ("marital status", "single"),
    ("highest", "master's"),
    ("study after high school in Canada", "3+ years"),
    ("Which language test", "IELTS General"),
    ("four scores", "L 8 R 7 W 7.5 S 7.5, June 15, 2026"),
    ("other official language", "no"),
    ("First in Canada, then outside Canada", "one year in Canada, one year abroad"),
    ("main job", "21231"),
    ("Do you have one of these", "no"),
    ("people are in your family", "just me, $20,000"),
    ("This is private", "none of these"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_the_worked_example_gives_415_88_30_and_533_labelled_with_its_rules(
    browser: Browser, assistant: RunningAssistant
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-CA")
    visitor = Visitor(context.new_page(), assistant.url).opens("/")
    visitor.reads("automated assistant").chooses("Start my assessment")
    for question, answer in ENGLISH:
        visitor.reads(question).says(answer)
    visitor.reads("This is what I have understood").chooses("Yes, this is right")
    visitor.reads("Rules in force until November 2, 2026")
    card = visitor.page.locator("express-entry-assistant")
    for part in ("533", "415", "88", "30", "Canadian Experience Class", "Federal Skilled Worker", "67"):
        expect(card.get_by_text(part).first).to_be_attached()
    visitor.reads("Only IRCC decides").reads("I cannot compute that part yet")
    visitor.does_not_read("you qualify").does_not_read("guarantee")

    before = visitor.messages()
    visitor.page.reload()
    visitor.reads("Rules in force until November 2, 2026")
    assert visitor.messages() == before
    visitor.says("my age was wrong, I am 31").reads("the score goes from 533 to 522")
    context.close()


def test_the_same_person_in_french_reads_french(browser: Browser, assistant: RunningAssistant) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, locale="fr-CA", color_scheme="dark")
    visitor = Visitor(context.new_page(), assistant.url).opens("/?lang=fr")
    visitor.reads("assistant automatisé").chooses("Commencer mon évaluation")
    visitor.reads("Où en êtes-vous").says("j'ai 25 ans, je suis célibataire, maîtrise, combien de jours après une IPD?")
    visitor.reads("60 jours civils").reads("Revenons à votre évaluation")
    context.close()
