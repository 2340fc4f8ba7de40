"""Each doubt that the shipped rules tell of is told in French too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from bot.knowledge.catalogue import catalogue
from bot.knowledge.rule_notes import rule_about, rule_note
from bot.rules import rulebook
from bot.rules.inventory import inventory

CODES = {"not_established"}
"""Words of a closed list, which have texts of their own."""


def notes() -> set[str]:
    found = set()
    for on in (date(2026, 11, 2), date(2026, 11, 26), date.today()):
        for entry in inventory(rulebook(), on):
            found.update(filter(None, (entry.missing, entry.disputed, entry.check_reason)))
    return found - CODES


def test_every_note_of_the_data_has_its_french() -> None:
    assert {note for note in notes() if rule_note(note, "fr") == note} == set()


def test_every_text_belongs_to_a_note_of_the_data() -> None:
    shown = {rule_note(note, "en") for note in notes()}
    assert {both["en"] for both in catalogue().under("rule_note").values()} <= shown


def test_a_note_of_ones_own_stays_as_it_was_written() -> None:
    assert rule_note("Read by Ana on the phone.", "fr") == "Read by Ana on the phone."


def test_what_every_rule_is_about_is_said_in_french_and_no_line_is_left_over() -> None:
    abouts = {rule.about for rule in rulebook().values()}
    abouts |= {version.note for rule in rulebook().values() for version in rule.versions if version.note}
    french = yaml.safe_load(Path("bot/knowledge/rules_fr.yml").read_text(encoding="utf-8"))
    assert set(french) == abouts
    assert not [about for about in abouts if rule_about(about, "fr") == about]
    assert all(rule_about(about, "en") == about for about in abouts)
