"""Figures in words, and what an answer says of a figure that is stale, disputed, unconfirmed or missing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.facts import Profile
from bot.knowledge import topics as knowledge
from bot.knowledge.catalogue import Language, text
from bot.knowledge.figures import Figures, MissingFigureError, in_words, written
from bot.knowledge.firm import FirmWords
from bot.knowledge.topic import Topic
from bot.rules import UnknownRuleError

TODAY = date(2026, 11, 22)
FIRM = FirmWords(name="Maple Crossing", register_url="https://college-ic.ca/register")


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        ("deadlines.ita", "60 calendar days", "60 jours civils"),
        ("validity.language_test", "2 years", "2 ans"),
        ("validity.profile", "12 months", "12 mois"),
        ("work.year_hours", "1,560 hours", "1 560 heures"),
        ("work.full_time_hours", "30 hours a week", "30 heures par semaine"),
        ("fees.rprf_adult", "$600", "600 $"),
        ("fsw.language", "7", "7"),
        ("programs.skilled_teers", "0, 1, 2 or 3", "0, 1, 2 ou 3"),
        ("rounds.last_general.on", "April 23, 2024", "23 avril 2024"),
    ],
)
def test_a_figure_is_written_as_the_language_writes_it(rule: str, english: str, french: str) -> None:
    figures = Figures(TODAY)
    assert in_words(figures[rule], "en") == english
    assert in_words(figures[rule], "fr").replace("\xa0", " ").replace("\u202f", " ") == french


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (1, "en", "1 year"),
        (0, "en", "0 years"),
        (2, "en", "2 years"),
        (1, "fr", "1 an"),
        (0, "fr", "0 an"),
        (2, "fr", "2 ans"),
    ],
)
def test_singular_and_plural(value: int, language: Language, expected: str) -> None:
    assert written(value, "years", language) == expected


def test_a_rule_without_a_value_is_missing_and_remembered() -> None:
    figures = Figures(TODAY)
    with pytest.raises(MissingFigureError):
        figures["crs.grand_total"]
    assert [rule.id for rule in figures.used] == ["crs.grand_total"]


def test_the_earlier_figure_is_the_last_one_established() -> None:
    rule = Figures(TODAY).earlier("crs.grand_total")
    assert (rule.value, rule.effective_to) == (1200, date(2026, 11, 2))
    offer = Figures(TODAY).earlier("crs.additional.job_offer")
    assert offer.effective_from == date(2025, 3, 25)


def test_a_rule_that_was_never_established_has_no_earlier_figure() -> None:
    with pytest.raises(MissingFigureError):
        Figures(TODAY).earlier("crs.high_wage.codes")


def test_an_unknown_rule_is_an_error_of_the_topic() -> None:
    with pytest.raises(UnknownRuleError):
        Figures(TODAY)["deadlines.doom"]


def said(monkeypatch: pytest.MonkeyPatch, line: str, as_of: date = TODAY) -> tuple[str, ...]:
    """What is said by a topic with this one line."""
    topic = Topic.model_validate(
        {
            "id": "one_line",
            "group": "basics",
            "title": {"en": "One line", "fr": "Une ligne"},
            "question": {"en": "One line?", "fr": "Une ligne?"},
            "answer": [{"en": line, "fr": line}, {"en": "Always.", "fr": "Toujours."}],
            "link": "express_entry",
            "reviewed_on": TODAY,
            "reviewed_by": "maintainers",
        }
    )
    monkeypatch.setattr(knowledge, "topics", lambda: {"one_line": topic})
    found = knowledge.answer("one_line", language="en", as_of=as_of, profile=Profile(), firm=FIRM)
    return found.lines


def test_a_missing_figure_takes_its_line_along_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, "It is {rule:crs.grand_total}.") == ("Always.", text("faq.flag.missing", "en"))


def test_a_figure_in_force_needs_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, "It is {rule:deadlines.ita}.") == ("It is 60 calendar days.", "Always.")


def test_a_figure_verified_too_long_ago_is_called_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(monkeypatch, "It is {rule:deadlines.ita}.", as_of=date(2028, 1, 1))
    assert lines[-1] == text("faq.flag.stale", "en", on=date(2026, 11, 22))


def test_a_disputed_figure_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(monkeypatch, "It is {rule:validity.eca}.")
    assert lines == ("It is 5 years.", "Always.", text("faq.flag.disputed", "en"))


def test_a_program_not_confirmed_since_the_change_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(monkeypatch, "It is CLB {number:fsw.language}.")
    assert lines[-1] == text("faq.flag.unconfirmed", "en", on=date(2026, 10, 1))
    before = said(monkeypatch, "It is CLB {number:fsw.language}.", as_of=date(2026, 11, 2))
    assert before == ("It is CLB 7.", "Always.")


def test_a_table_whose_successor_is_due_says_from_when_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said(monkeypatch, "It is {rule:funds.table.1}.")
    assert text("faq.flag.newer", "en", since=date(2025, 7, 7), year="2026") in lines
    before = said(monkeypatch, "It is {rule:funds.table.1}.", as_of=date(2026, 6, 30))
    assert not any("Newer ones are due" in line for line in before)
