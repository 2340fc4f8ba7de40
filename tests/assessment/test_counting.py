"""Candidates who differ in little are counted together: never otherwise than each by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import total
from bot.assessment.crs.sections import Sections, points, sections
from bot.assessment.model import SECTIONS
from bot.rules import RuleBook
from bot.rules.completion import completed
from bot.rules.loader import load
from tests.assessment.strategies import LEVELS
from tests.rules.invented import invented, write

DAYS = {"before": date(2026, 11, 2), "completed": date(2026, 11, 10)}
LEVELS_OF_FOUR = st.tuples(LEVELS, LEVELS, LEVELS, LEVELS)


@pytest.fixture(scope="module", params=DAYS)
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sections:
    """The set of 2025, and the one of 3 November 2026 as an invented file completes it."""
    folder = tmp_path_factory.mktemp("rules")
    write(folder / "invented.yml", invented())
    return sections(RuleBook(completed(load(), folder)).at(DAYS[request.param]))


@st.composite
def candidates(draw: st.DrawFn, tables: Sections) -> Candidate:
    """Any candidate whose rows stand in the tables."""
    rules = tables.rules
    codes = rules.high_wage.codes if rules.high_wage else {}
    return Candidate(
        with_spouse=draw(st.booleans()),
        age=draw(st.integers(16, 60)),
        education=draw(st.sampled_from(sorted(rules.education.cells))),
        first=draw(LEVELS_OF_FOUR),
        first_is_french=draw(st.booleans()),
        second=draw(LEVELS_OF_FOUR),
        canadian_years=draw(st.integers(0, 6)),
        foreign_years=draw(st.integers(0, 4)),
        certificate=draw(st.booleans()),
        nomination=draw(st.booleans()),
        job_offer=draw(st.sampled_from(sorted(rules.job_offer.cells))),
        canadian_study=draw(st.sampled_from(sorted(rules.canadian_study.cells))),
        sibling=draw(st.booleans()),
        spouse_education=draw(st.sampled_from(sorted(rules.spouse_education.cells))),
        spouse_first=draw(LEVELS_OF_FOUR),
        spouse_canadian_years=draw(st.integers(0, 6)),
        occupation=draw(st.sampled_from([None, "63200", *sorted(codes)[:3]])),
        offer_level=draw(st.sampled_from([None, *sorted(set(codes.values()))])),
    )


@given(st.data())
def test_each_is_counted_as_if_alone(tables: Sections, data: st.DataObject) -> None:
    people = data.draw(st.lists(candidates(tables), min_size=2, max_size=4))
    counting = tables.counting()
    for person in (*people, *people):
        found, alone = counting.count(person), tables.lines(person)
        assert found.lines == alone
        assert found.points == total(alone)
        assert found.rows == sum(line.row_points for line in alone)
        assert dict(zip(SECTIONS, found.by_section, strict=True)) == points(alone)


@pytest.mark.parametrize("name", SECTIONS)
@given(st.data())
def test_a_section_reads_no_more_than_it_names(tables: Sections, name: str, data: st.DataObject) -> None:
    one, other = data.draw(candidates(tables)), data.draw(candidates(tables))
    section = getattr(tables, name)
    same = {field: getattr(one, field) for field in section.READS}
    assert section.lines(other._replace(**same)) == section.lines(one)
