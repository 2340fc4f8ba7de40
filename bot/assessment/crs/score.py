"""The score of a profile: exact where every fact that counts is known, else a range with what causes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.assessment.crs.reading import Reading, read
from bot.assessment.crs.sections import Counted, Counting, Sections, sections
from bot.assessment.model import SECTIONS, LanguageResult, Score, Section, Width
from bot.assessment.reason import Reason
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules

Results = Mapping[str, LanguageResult | None]
Work = Mapping[str, WorkCount]
Columns = Mapping[bool, Counted]
"""One candidate with and without a spouse."""


def score(
    profile: Profile, as_of: date, rules: Rules, results: Results, work: Work
) -> tuple[Score, tuple[Reason, ...]]:
    """The score on a day and what was assumed. ``work``: what counts on the day, by purpose.

    Where the set of points of the day is not complete there is no total; the score under the last complete set,
    with the facts of the day, stands in ``previous``.
    """
    complete = rules.last_complete_score()
    found, assumptions = on_set(profile, as_of, complete, results, work)
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


def on_set(
    profile: Profile, as_of: date, rules: Rules, results: Results, work: Work
) -> tuple[Score, tuple[Reason, ...]]:
    """The score under the set of points of ``rules``, which must be complete."""
    tables = sections(rules)
    reading = read(profile, as_of, rules, tables.rules, results, work)
    counting = tables.counting()
    lows = {column: counting.count(reading.candidate(column, high=False)) for column in reading.columns}
    highs = (
        {column: counting.count(reading.candidate(column, high=True)) for column in reading.columns}
        if reading.opens
        else lows
    )
    shown = min(lows, key=lambda column: lows[column].points)
    low, high = lows[shown].points, max(found.points for found in highs.values())
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
            lines=lows[shown].lines,
            widths=() if known else _widths(counting, reading, lows, highs),
        ),
        tuple(reading.assumptions),
    )


def _sections(tables: Sections, shown: bool, lows: Columns, highs: Columns) -> tuple[Section, ...]:
    return tuple(
        Section(
            section_id,
            lows[shown].by_section[place],
            max(tables.maximum(section_id, column) for column in lows),
            min(found.by_section[place] for found in lows.values()),
            max(found.by_section[place] for found in highs.values()),
        )
        for place, section_id in enumerate(SECTIONS)
    )


def _widths(counting: Counting, reading: Reading, lows: Columns, highs: Columns) -> tuple[Width, ...]:
    """What each missing fact can move, whatever the others turn out to be at their ends; the widest first."""
    moved: dict[str, int] = {}
    for fact in dict.fromkeys(item.fact for item in reading.opens):
        moved[fact] = max(
            max(
                highs[column].points - counting.count(reading.candidate(column, high=True, but=fact)).points,
                counting.count(reading.candidate(column, high=False, but=fact)).points - lows[column].points,
            )
            for column in reading.columns
        )
    if len(reading.columns) > 1:
        apart = max(abs(found[True].points - found[False].points) for found in (lows, highs))
        for fact in reading.column_facts:
            moved[fact] = max(apart, moved.get(fact, 0))
    widths = (Width(fact, points) for fact, points in moved.items() if points > 0)
    return tuple(sorted(widths, key=lambda width: -width.points))
