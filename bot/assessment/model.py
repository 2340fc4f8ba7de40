"""What an assessment is made of. Every part is data; the words for it are texts by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from bot.assessment.reason import Answer, Reason

ScoreStatus = Literal["computed", "range", "rules_incomplete"]
SectionId = Literal["core", "spouse", "transferability", "additional"]
ProgramId = Literal["cec", "fsw", "fst"]
OfficialLanguage = Literal["english", "french"]
SECTIONS: tuple[SectionId, ...] = ("core", "spouse", "transferability", "additional")
PROGRAMS: tuple[ProgramId, ...] = ("cec", "fsw", "fst")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the score.

    ``row``: the row of the official table. ``points`` counted, out of ``maximum``; ``row_points``: what the row
    gives before ``cap`` (the rule of a limit that bit; None: none did). ``since``: first day of the figure.
    """

    section: SectionId
    factor: str
    row: str
    points: int
    maximum: int
    row_points: int
    cap: str | None
    rule: str
    source: str
    since: date

    def cut(self, off: int, cap: str) -> Line:
        """The line with ``off`` points taken by the limit ``cap``."""
        return Line(
            self.section,
            self.factor,
            self.row,
            self.points - off,
            self.maximum,
            self.row_points,
            cap,
            self.rule,
            self.source,
            self.since,
        )


class Section(NamedTuple):
    """One section of the score: its points in ``Score.lines``, its maximum, and its range."""

    id: SectionId
    points: int
    maximum: int
    low: int
    high: int


class Width(NamedTuple):
    """How many points one fact that is not known can move the total."""

    fact: str
    points: int


class Score(NamedTuple):
    """The score on one set of points.

    ``computed``: ``total`` is exact and equals ``low`` and ``high``. ``range``: facts are missing; the total lies
    from ``low`` to ``high``, ``lines`` and ``total`` hold what the known facts establish (``low``), ``widths`` says
    what each missing fact can move, widest first. ``rules_incomplete``: no total stands; ``previous`` is the score
    under the last complete set, in force until ``previous.in_force_until``; it is neither a lower nor an upper bound.
    """

    status: ScoreStatus
    rule_set: str
    in_force_from: date
    in_force_until: date | None
    total: int | None = None
    low: int | None = None
    high: int | None = None
    maximum: int | None = None
    with_spouse: bool | None = None
    sections: tuple[Section, ...] = ()
    lines: tuple[Line, ...] = ()
    widths: tuple[Width, ...] = ()
    previous: Score | None = None

    def section(self, section_id: SectionId) -> Section:
        """One section. Raises KeyError where there is no total."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


@dataclass(slots=True)
class Condition:
    """One condition of a program: met, not met, or None where it cannot be told yet. Never changed.

    ``params``: values for its text. ``facts``: what would settle it. ``assumed``: taken as met because nothing
    said otherwise; an assumption never stands in the way of a yes, and is listed. ``reasons``: why work does not count.
    """

    id: str
    met: bool | None
    params: Mapping[str, Any]
    rule: str
    source: str
    since: date
    facts: tuple[str, ...] = ()
    assumed: bool = False
    reasons: tuple[Reason, ...] = ()


class Factor(NamedTuple):
    """One factor of the selection grid: what is established, its range and its maximum."""

    id: str
    points: int
    low: int
    high: int
    maximum: int


class Selection(NamedTuple):
    """The selection grid of the Federal Skilled Worker Program. ``total`` is what the known facts establish."""

    total: int
    low: int
    high: int
    maximum: int
    pass_mark: int
    factors: tuple[Factor, ...]


class Program(NamedTuple):
    """One program: its answer, each condition, what is missing for an answer, what was assumed.

    ``needs_official_check``: the last day for which the rules of the program were confirmed, when that is in doubt.
    """

    id: ProgramId
    answer: Answer
    conditions: tuple[Condition, ...]
    missing: tuple[str, ...]
    assumptions: tuple[Reason, ...]
    needs_official_check: date | None = None
    selection: Selection | None = None


class AbilityLevel(NamedTuple):
    """One ability of one result. ``level`` None: not known, or not on the scale of the test."""

    ability: str
    score: float | None
    level: int | None


class LanguageResult(NamedTuple):
    """One test result as levels.

    ``of``: first, second or spouse. ``estimated``: levels or plans instead of a result. ``expires_on``: first day on
    which it no longer counts; ``expired``: that day has come, and it ``costs`` so many points.
    """

    of: Literal["first", "second", "spouse"]
    language: OfficialLanguage | None
    test: str | None
    abilities: tuple[AbilityLevel, ...]
    taken_on: date | None = None
    expires_on: date | None = None
    expired: bool = False
    estimated: bool = False
    costs: int | None = None
