"""Rounds of one kind or one year, where a question names it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.facts import Profile
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language
from bot.knowledge.firm import FirmWords
from bot.knowledge.rounds_asked import RoundsAsked
from bot.knowledge.topics import answer

TODAY = date(2026, 11, 25)
FIRM = FirmWords(name="Maple Crossing", register_url="https://college-ic.ca/register")


def said(kind: str | None, year: int | None, language: Language = "en", profile: Profile | None = None) -> Answer:
    asked = RoundsAsked(kind, year)
    return answer(asked.topic, language=language, as_of=TODAY, profile=profile or Profile(), firm=FIRM, rounds=asked)


def rows(found: Answer) -> tuple[tuple[str, ...], ...]:
    return found.table.rows if found.table is not None else ()


def test_only_rounds_of_the_kind_are_shown_newest_first() -> None:
    found = rows(said("french", None))
    assert {row[0] for row in found} == {"French-language proficiency"}
    assert found[0][1:] == ("August 19, 2026", "382", "5,000")
    assert len(found) == 5


def test_only_rounds_of_the_year_are_shown_the_last_of_each_kind() -> None:
    found = rows(said(None, 2025, "fr"))
    assert all(row[1].endswith("2025") for row in found)
    assert len({row[0] for row in found}) == len(found) == 6


def test_kind_and_year_together() -> None:
    found = rows(said("trades", 2026))
    assert [row[1][-4:] for row in found] == ["2026"] * len(found)
    assert found


@pytest.mark.parametrize(("kind", "year"), [("stem", None), ("cec", 2024), (None, 2019)])
def test_where_there_is_no_round_the_answer_says_so_and_since_when_it_would_know(
    kind: str | None, year: int | None
) -> None:
    found = said(kind, year)
    assert found.table is None
    assert found.lines[0].startswith("I hold no round")
    assert "January 7, 2025" in found.lines[1]
    assert "447" in found.lines[2], "how old the data is"


def test_rounds_of_nominees_are_not_shown_to_somebody_without_a_nomination() -> None:
    without = Profile.of(provincial_nomination=False)
    assert rows(said("pnp", None))
    assert rows(said("pnp", None, profile=without)) == ()
    assert "Only people with a provincial nomination" in said("pnp", None, profile=without).lines[0]
    assert "Provincial nominees" not in {row[0] for row in rows(said(None, 2025, profile=without))}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("kind", "year"), [("french", None), ("pnp", 2025), (None, 2025), ("transport", None), ("stem", 2026)]
)
def test_age_notices_and_source_stand_beside_every_answer(
    kind: str | None, year: int | None, language: Language
) -> None:
    found = said(kind, year, language)
    assert any("447" in line for line in found.lines)
    assert found.sources
    assert found.notices
