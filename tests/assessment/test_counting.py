"""Points are those of the lines, and candidates who differ in little are never counted otherwise than by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import column, total
from bot.assessment.crs.sections import Sections, compiled, points, sections
from bot.assessment.model import SECTIONS
from bot.rules import RuleBook
from bot.rules.completion import completed
from bot.rules.loader import load
from bot.rules.score import ScoreRules
from tests.assessment.strategies import LEVELS
from tests.rules.invented import invented, write

DAYS = {"before": date(2026, 11, 2), "completed": date(2026, 11, 10)}
LOWER_LIMITS = {
    "grand_total": (700, 650),
    "core_cap": (300, 280),
    "spouse_cap": (20, 0),
    "transferability_cap": (70, 60),
}
"""Invented limits that bite often, and in each column at other points."""
LEVELS_OF_FOUR = st.tuples(LEVELS, LEVELS, LEVELS, LEVELS)


@pytest.fixture(scope="module", params=[*DAYS, "lower limits"])
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sections:
    """The set of 2025, that set with lower limits, and the one of 3 November 2026 as an invented file completes it."""
    if request.param not in DAYS:
        return compiled(lowered(sections(RuleBook(load()).at(DAYS["before"])).rules))
    folder = tmp_path_factory.mktemp("rules")
    write(folder / "invented.yml", invented())
    return sections(RuleBook(completed(load(), folder)).at(DAYS[request.param]))


def lowered(rules: ScoreRules) -> ScoreRules:
    """A set of points with the invented limits."""
    return replace(rules, **{name: replace(getattr(rules, name), points=most) for name, most in LOWER_LIMITS.items()})


@st.composite
def candidates(draw: st.DrawFn, tables: Sections) -> Candidate:
    """Any candidate whose rows stand in the tables."""
    rules = tables.rules
    codes = rules.high_wage.codes if rules.high_wage else {}
    first, second = draw(LEVELS_OF_FOUR), draw(LEVELS_OF_FOUR)
    return Candidate(
        with_spouse=draw(st.booleans()),
        age=draw(st.integers(16, 60)),
        education=draw(st.sampled_from(sorted(rules.education.cells))),
        first=first,
        first_lowest=min(first),
        first_is_french=draw(st.booleans()),
        second=second,
        second_lowest=min(second),
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


def fresh(tables: Sections) -> Sections:
    """The same tables, with nothing put together before."""
    return compiled(tables.rules)


@given(st.data())
def test_the_points_are_those_of_the_lines(tables: Sections, data: st.DataObject) -> None:
    person = data.draw(candidates(tables))
    found, alone = tables.count(person), fresh(tables)
    assert found.points <= tables.rules.grand_total.points[column(person["with_spouse"])]
    lines = tables.lines(found)
    assert lines == alone.lines(alone.count(person))
    assert found.points == total(lines)
    assert found.points + found.over == sum(part.points for part in found.parts)
    assert found.rows == sum(line.row_points for line in lines)
    by_section = dict(zip(SECTIONS, tables.by_section(found), strict=True))
    assert by_section == points(lines)
    for name, earned, most in zip(SECTIONS, by_section.values(), tables.maxima[found.place], strict=True):
        assert earned <= most, name
    for part in found.parts:
        assert part.points == total(part.lines)
        assert part.rows == sum(line.row_points for line in part.lines)


@given(st.data())
def test_a_change_is_counted_as_if_from_the_start(tables: Sections, data: st.DataObject) -> None:
    """One change, another, and both together: the sections they do not touch are taken over."""
    person, other = data.draw(candidates(tables)), data.draw(candidates(tables))
    names = data.draw(st.permutations(sorted(set(person) - {"with_spouse"})))
    cut = data.draw(st.integers(1, len(names) - 1))
    fields = [{name: other[name] for name in some} for some in (names[:cut], names[cut:][:3])]
    now = tables.count(person)
    one, two = (tables.change(now, each) for each in fields)
    for parts, candidate in (
        (one.parts, {**person, **fields[0]}),
        (two.parts, {**person, **fields[1]}),
        (tables.both(now, one, two), {**person, **fields[0], **fields[1]}),
    ):
        found, alone = tables.counted(candidate, parts, now.place), tables.count(candidate)
        assert tables.points(parts, now.place) == alone.points
        assert tables.lines(found) == tables.lines(alone)
        assert (found.points, found.over, found.rows) == (alone.points, alone.over, alone.rows)


@pytest.mark.parametrize("place", range(len(SECTIONS)), ids=SECTIONS)
@given(st.data())
def test_a_section_reads_no_more_than_it_names(tables: Sections, place: int, data: st.DataObject) -> None:
    one, other = data.draw(candidates(tables)), data.draw(candidates(tables))
    for sections_of_column in tables.columns:
        section = sections_of_column[place]
        same = {field: one[field] for field in section.reads}
        assert section.part({**other, **same}).lines == section.part(one).lines
