"""The score of a profile: exact where every fact that counts is known, else a range with what causes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.assessment.crs.reading import Reading, read
from bot.assessment.crs.sections import Sections, points, sections
from bot.assessment.model import SECTIONS, LanguageResult, Line, Score, Section, Width
from bot.assessment.reason import Reason
from bot.facts import Profile
from bot.rules import Rules

Results = Mapping[str, LanguageResult | None]


def score(profile: Profile, as_of: date, rules: Rules, results: Results) -> tuple[Score, tuple[Reason, ...]]:
    """The score on a day and what was assumed.

    Where the set of points of the day is not complete there is no total; the score under the last complete set,
    with the facts of the day, stands in ``previous``.
    """
    complete = rules.last_complete_score()
    found, assumptions = on_set(profile, as_of, complete, results)
    if complete is rules:
        return found, assumptions
    version = rules.version("crs.set")
    return (
        Score(
            status="rules_incomplete",
            rule_set=str(version.value),
            in_force_from=version.effective_from,
            in_force_until=version.effective_to,
            previous=found,
        ),
        assumptions,
    )


def on_set(profile: Profile, as_of: date, rules: Rules, results: Results) -> tuple[Score, tuple[Reason, ...]]:
    """The score under the set of points of ``rules``, which must be complete."""
    tables = sections(rules)
    reading = read(profile, as_of, rules, tables.rules, results)
    lows = {column: tables.lines(reading.candidate(column, high=False)) for column in reading.columns}
    highs = (
        {column: tables.lines(reading.candidate(column, high=True)) for column in reading.columns}
        if reading.opens
        else lows
    )
    shown = min(lows, key=lambda column: total(lows[column]))
    low, high = total(lows[shown]), max(total(lines) for lines in highs.values())
    known = low == high and len(reading.columns) == 1
    return (
        Score(
            status="computed" if known else "range",
            rule_set=tables.rules.id,
            in_force_from=tables.rules.effective_from,
            in_force_until=tables.rules.effective_to,
            total=low,
            low=low,
            high=high,
            maximum=tables.rules.grand_total.points[0],
            with_spouse=shown,
            sections=_sections(tables, shown, lows, highs),
            lines=lows[shown],
            widths=() if known else _widths(tables, reading, lows, highs),
        ),
        tuple(reading.assumptions),
    )


def total(lines: tuple[Line, ...]) -> int:
    """The points of the lines together."""
    return sum(line.points for line in lines)


def _sections(
    tables: Sections, shown: bool, lows: Mapping[bool, tuple[Line, ...]], highs: Mapping[bool, tuple[Line, ...]]
) -> tuple[Section, ...]:
    counted = points(lows[shown])
    least = [points(lines) for lines in lows.values()]
    most = [points(lines) for lines in highs.values()] if highs is not lows else least
    return tuple(
        Section(
            section_id,
            counted[section_id],
            max(tables.maximum(section_id, column) for column in lows),
            min(found[section_id] for found in least),
            max(found[section_id] for found in most),
        )
        for section_id in SECTIONS
    )


def _widths(
    tables: Sections, reading: Reading, lows: Mapping[bool, tuple[Line, ...]], highs: Mapping[bool, tuple[Line, ...]]
) -> tuple[Width, ...]:
    """What each missing fact can move, whatever the others turn out to be at their ends; the widest first."""
    moved: dict[str, int] = {}
    for fact in dict.fromkeys(item.fact for item in reading.opens):
        moved[fact] = max(
            max(
                total(highs[column]) - total(tables.lines(reading.candidate(column, high=True, but=fact))),
                total(tables.lines(reading.candidate(column, high=False, but=fact))) - total(lows[column]),
            )
            for column in reading.columns
        )
    if len(reading.columns) > 1:
        apart = max(abs(total(lines[True]) - total(lines[False])) for lines in (lows, highs))
        for fact in reading.column_facts:
            moved[fact] = max(apart, moved.get(fact, 0))
    widths = (Width(fact, points) for fact, points in moved.items() if points > 0)
    return tuple(sorted(widths, key=lambda width: -width.points))
