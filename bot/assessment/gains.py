"""What would move the score and by how much: the same person counted again with one or two facts changed.

Nothing is predicted and nothing is advised: the changes stand in a fixed order, not by points, and each names the
limit that cuts it. Everything else stays as it is on the day, the age too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from bot.assessment.crs.candidate import Candidate, Levels, with_lowest
from bot.assessment.crs.lines import Part
from bot.assessment.crs.reading import Reading
from bot.assessment.crs.score import Scored
from bot.assessment.crs.sections import Changed, Counted, Sections
from bot.assessment.model import LanguageResult, Line
from bot.assessment.reason import NO_VALUES
from bot.rules.shapes import ABILITIES
from bot.rules.tables import Chart


class Change(NamedTuple):
    """One fact changed. ``id`` names the text, ``values`` fill it."""

    id: str
    values: Mapping[str, Any] = NO_VALUES


@dataclass(slots=True)
class Gain:
    """What one change, or two together, would give. Never changed.

    ``points``: more than now, after every limit; ``unlimited``: what the rows of the tables give before the limits;
    ``limits``: rules of the limits that cut more than they do now.
    """

    changes: tuple[Change, ...]
    points: int
    total: int
    unlimited: int
    limits: tuple[str, ...] = ()


class Gains(NamedTuple):
    """Every gain on one set of points. ``exact`` False: facts are missing; the base is what the known ones give."""

    rule_set: str
    in_force_until: date | None
    base: int
    exact: bool
    alone: tuple[Gain, ...]
    pairs: tuple[Gain, ...]


class _Step(NamedTuple):
    """A change with what it does to the candidate; ``paired``: stands for its kind in the pairs."""

    change: Change
    fields: Mapping[str, Any]
    paired: bool = True

    @property
    def kind(self) -> str:
        """What it changes: two changes of one kind are no pair."""
        return next(iter(self.fields))


def gains_for(scored: Scored, results: Mapping[str, LanguageResult | None], highest: int) -> Gains:
    """Every change that the known facts allow, alone and in pairs.

    ``scored``: under the last complete set of points; ``highest``: the level above which everything counts the same.
    A change of a fact that is not known is left out: what it would move is not known either.
    """
    tables, reading = scored.tables, scored.reading
    now = scored.lows[scored.shown]
    steps = list(_steps(now.candidate, reading, tables, results, highest))
    found = [tables.change(now, step.fields) for step in steps]
    told = _Told(tables, now)
    alone = [told.gain((step.change,), after.parts) for step, after in zip(steps, found, strict=True)]
    paired = [(step.kind, gain, after) for step, gain, after in zip(steps, alone, found, strict=True) if step.paired]
    return Gains(
        rule_set=tables.rules.id,
        in_force_until=tables.rules.effective_to,
        base=now.points,
        exact=not reading.opens and len(reading.columns) == 1,
        alone=tuple(alone),
        pairs=tuple(
            [
                told.both(one, first, other, second)
                for (kind, one, first), (another, other, second) in combinations(paired, 2)
                if kind != another
            ]
        ),
    )


class _Told:
    """Tells what a candidate counted again has more than now. ``limits``: those of each part, looked for once."""

    def __init__(self, tables: Sections, now: Counted) -> None:
        self.tables, self.now = tables, now
        self.most = tables.rules.grand_total.points[now.place]
        self.limits: dict[Part, tuple[str, ...]] = {}

    def gain(self, changes: tuple[Change, ...], parts: list[Part]) -> Gain:
        """The gain of these changes, from the parts after them."""
        now = self.now
        one, two, three, four = parts
        points = one.points + two.points + three.points + four.points
        rows = one.rows + two.rows + three.rows + four.rows
        limits: tuple[str, ...] = ()
        if now.over or points > self.most:
            then = self.tables.counted(now.candidate, parts, now.place)
            points, limits = then.points, _cut_more(self.tables.lines(now), self.tables.lines(then))
        elif points < rows:
            limits = self._limits(parts)
        return Gain(changes, points - now.points, points, rows - now.rows, limits)

    def both(self, one: Gain, first: Changed, other: Gain, second: Changed) -> Gain:
        """The gain of two changes together. They add up where no section reads both and no limit ties them."""
        changes, total = one.changes + other.changes, one.total + other.points
        tied = total >= self.most or (one.limits and other.limits) or not first.places.isdisjoint(second.places)
        if tied:
            return self.gain(changes, self.tables.both(self.now, first, second))
        points, unlimited = one.points + other.points, one.unlimited + other.unlimited
        return Gain(changes, points, total, unlimited, one.limits or other.limits)

    def _limits(self, parts: list[Part]) -> tuple[str, ...]:
        """The limits that take more off than now, each once."""
        found: tuple[str, ...] = ()
        for before, after in zip(self.now.parts, parts, strict=True):
            if after is not before and after.points < after.rows:
                limits = self.limits.get(after)
                if limits is None:
                    limits = self.limits[after] = _cut_more(before.lines, after.lines)
                found += limits
        return found


def _cut_more(before: Sequence[Line], after: Sequence[Line]) -> tuple[str, ...]:
    """The limits of the lines of which more is taken off than before, each once."""
    cut = [
        new.cap
        for old, new in zip(before, after, strict=True)
        if new.cap is not None and new.row_points - new.points > old.row_points - old.points
    ]
    return tuple(dict.fromkeys(cut))


def _steps(
    candidate: Candidate,
    reading: Reading,
    tables: Sections,
    results: Mapping[str, LanguageResult | None],
    highest: int,
) -> Iterator[_Step]:
    """The changes in their fixed order."""
    not_known = {name for item in reading.opens for name in item.high}
    rules = tables.rules
    settled: Mapping[str, Any] = candidate
    if "first" not in not_known and _counts(results["first"]):
        lowest, top_band = rules.first_language.first_paid, max(rules.language_levels.values())
        yield from _first_language(candidate["first"], lowest, top_band, highest)
    tongue = "first" if candidate["first_is_french"] else "second"
    if tongue not in not_known and _may_be_taken(results["first" if candidate["first_is_french"] else "second"]):
        levels = candidate["first"] if candidate["first_is_french"] else candidate["second"]
        if min(levels) < rules.french_level:
            fields = with_lowest(tongue, _at_least(levels, rules.french_level))
            yield _Step(_to("french_to", rules.french_level), fields)
    for name, change in (("canadian_years", "canadian_year"), ("foreign_years", "foreign_year")):
        if name not in not_known:
            years = settled[name] + 1
            yield _Step(Change(change, {"years": years}), {name: years})
    if "education" not in not_known:
        yield from _rows("education", candidate["education"], rules.education, candidate["with_spouse"])
    if "canadian_study" not in not_known:
        yield from _rows("canadian_study", candidate["canadian_study"], rules.canadian_study, candidate["with_spouse"])
    for name in ("nomination", "certificate"):
        if name not in not_known and not settled[name]:
            yield _Step(Change(name), {name: True})
    if candidate["with_spouse"] and "spouse_first" not in not_known and _may_be_taken(results["spouse"]):
        yield from _spouse_language(candidate["spouse_first"], tables)


def _counts(result: LanguageResult | None) -> bool:
    """Whether a result is there that has not expired: levels to go up from."""
    return result is not None and not result.expired


def _may_be_taken(result: LanguageResult | None) -> bool:
    return result is None or not result.expired


@lru_cache(maxsize=1024)
def _first_language(levels: Levels, lowest: int, top_band: int, highest: int) -> tuple[_Step, ...]:
    """Each ability one level up, each ability to the highest band of the combinations, and all four to it.

    The same change is not told twice: an ability that one level, or the change of all four, brings there as well.
    ``lowest``: the first level that earns anything; ``highest``: above it everything counts the same.
    """
    found: list[_Step] = []
    next_levels = [max(level + 1, lowest) for level in levels]
    for place, level in enumerate(next_levels):
        if level <= highest:
            fields = _first(levels, _with(levels, place, level))
            found.append(_Step(_ability("first_language_up", place, level), fields, False))
    if sum([level < top_band for level in levels]) > 1:
        for place, level in enumerate(next_levels):
            if level < top_band:
                fields = _first(levels, _with(levels, place, top_band))
                found.append(_Step(_ability("first_language_to", place, top_band), fields, False))
    if min(levels) < top_band:
        found.append(_Step(_to("first_language_all_to", top_band), with_lowest("first", _at_least(levels, top_band))))
    return tuple(found)


def _first(now: Levels, then: Levels) -> Mapping[str, Any]:
    """The fields that other levels of the first language change: mostly not the lowest, which most sections read."""
    return {"first": then} if min(then) == min(now) else with_lowest("first", then)


@lru_cache(maxsize=1024)
def _rows(name: str, row: str, chart: Chart, with_spouse: bool) -> tuple[_Step, ...]:
    """Every row of a table that earns more, lowest first; of rows that earn the same, the first. The next is paired."""
    place = 0 if with_spouse else 1
    earned = chart.at(row).points[place]
    found: list[_Step] = []
    for other, cell in chart.cells.items():
        if cell.points[place] > earned:
            earned = cell.points[place]
            found.append(_Step(Change(name, {"level": other}), {name: other}, paired=not found))
    return tuple(found)


def _spouse_language(levels: Levels, tables: Sections) -> Iterator[_Step]:
    """All four abilities of the partner to each level at which the table gives more."""
    lowest = min(levels)
    steps = [level for level in tables.rules.spouse_language.rises if lowest < level]
    for level in steps:
        fields = {"spouse_first": _at_least(levels, level)}
        yield _Step(_to("spouse_language_to", level), fields, paired=level == steps[-1])


@cache
def _ability(change: str, place: int, level: int) -> Change:
    """The change of one ability to a level."""
    return Change(change, {"ability": ABILITIES[place], "level": level})


@cache
def _to(change: str, level: int) -> Change:
    """The change of all four abilities to a level."""
    return Change(change, {"level": level})


def _with(levels: Levels, place: int, level: int) -> Levels:
    four = list(levels)
    four[place] = level
    reading, writing, listening, speaking = four
    return reading, writing, listening, speaking


def _at_least(levels: Levels, level: int) -> Levels:
    reading, writing, listening, speaking = levels
    return max(reading, level), max(writing, level), max(listening, level), max(speaking, level)
