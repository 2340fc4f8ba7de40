"""The score of a profile: exact where every fact that counts is known, else a range with what causes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.assessment.crs.reading import Reading, read
from bot.assessment.crs.sections import Counted, Sections, sections
from bot.assessment.model import SECTIONS, LanguageResult, Score, Section, Width
from bot.assessment.once import once
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules

Results = Mapping[str, LanguageResult | None]
Work = Mapping[str, WorkCount]


@dataclass(frozen=True, eq=False)
class Scored:
    """What a profile gives under one set of points, counted and not yet told.

    ``lows``, ``highs``: by column that is possible, the candidate with every open fact at its lowest and at its
    highest, counted; the same where nothing is open. ``shown``: the column that stands for the score.
    """

    tables: Sections
    reading: Reading
    lows: Mapping[bool, Counted]
    highs: Mapping[bool, Counted]
    shown: bool

    @property
    def low(self) -> int:
        return self.lows[self.shown].points

    @property
    def high(self) -> int:
        return max([counted.points for counted in self.highs.values()])

    @property
    def known(self) -> bool:
        """Whether the total is one number in a column that is certain."""
        return self.low == self.high and len(self.lows) == 1

    @once
    def widths(self) -> tuple[Width, ...]:
        """What each missing fact can move, whatever the others turn out to be at their ends; the widest first."""
        return () if self.known else _widths(self)


def count(profile: Profile, as_of: date, rules: Rules, results: Results, work: Work) -> Scored:
    """The profile under the set of points of ``rules``, which must be complete.

    ``work``: what counts on the day, by purpose.
    """
    tables = sections(rules)
    return counted(tables, read(profile, as_of, rules, tables.rules, results, work))


def counted(tables: Sections, reading: Reading) -> Scored:
    """What was read of a profile, counted."""
    lows = {column: tables.count(reading.lowest(column)) for column in reading.columns}
    highs = lows
    if reading.opens:
        highs = {column: tables.count(reading.highest(column)) for column in reading.columns}
    shown = min(lows, key=lambda column: lows[column].points)
    return Scored(tables, reading, lows, highs, shown)


def score(scored: Scored, rules: Rules) -> Score:
    """The score on the day of ``rules``.

    Where the set of points of the day is not complete there is no total; the score under the last complete set,
    with the facts of the day, stands in ``previous``.
    """
    found = _score(scored)
    if rules.last_complete_score() is rules:
        return found
    version = rules.version("crs.set")
    return Score(
        status="rules_incomplete",
        rule_set=str(version.value),
        in_force_from=version.effective_from,
        in_force_until=version.effective_to,
        previous=found,
    )


def _widths(scored: Scored) -> tuple[Width, ...]:
    lows, highs = scored.lows, scored.highs
    moved: dict[str, int] = {}
    for fact, fields in scored.reading.by_fact().items():
        moved[fact] = max([_moved(scored, column, fields) for column in lows])
    if len(lows) > 1:
        apart = max(abs(found[True].points - found[False].points) for found in (lows, highs))
        for fact in scored.reading.column_facts:
            moved[fact] = max(apart, moved.get(fact, 0))
    found = (Width(fact, points) for fact, points in moved.items() if points > 0)
    return tuple(sorted(found, key=lambda width: -width.points))


def _moved(scored: Scored, column: bool, fields: Mapping[str, object]) -> int:
    """The points between one fact at its lowest and at its highest, all others at their highest or at their lowest."""
    tables = scored.tables
    low, high = scored.lows[column], scored.highs[column]
    settled: Mapping[str, object] = low.candidate
    fewer = tables.points(tables.change(high, {name: settled[name] for name in fields}).parts, high.place)
    more = tables.points(tables.change(low, fields).parts, low.place)
    return max(high.points - fewer, more - low.points)


def _score(scored: Scored) -> Score:
    tables, low, high, known = scored.tables, scored.low, scored.high, scored.known
    return Score(
        status="computed" if known else "range",
        rule_set=tables.rules.id,
        in_force_from=tables.rules.effective_from,
        in_force_until=tables.rules.effective_to,
        total=low,
        low=low,
        high=high,
        maximum=tables.rules.grand_total.points[0],
        with_spouse=scored.shown,
        sections=_sections(scored),
        lines=tables.lines(scored.lows[scored.shown]),
        widths=scored.widths,
    )


def _sections(scored: Scored) -> tuple[Section, ...]:
    tables = scored.tables
    shown = tables.by_section(scored.lows[scored.shown])
    maxima = [tables.maxima[counted.place] for counted in scored.lows.values()]
    lows = highs = shown
    most: Sequence[int] = maxima[0]
    if len(scored.lows) > 1 or scored.highs is not scored.lows:
        lows, highs = (
            [edge(points) for points in zip(*map(tables.by_section, found.values()), strict=True)]
            for edge, found in ((min, scored.lows), (max, scored.highs))
        )
        most = [max(column) for column in zip(*maxima, strict=True)]
    return tuple(map(Section, SECTIONS, shown, most, lows, highs))
