"""The points of the Comprehensive Ranking System of one day, compiled for look-up by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules.bands import flatten
from bot.rules.book import Rules
from bot.rules.shapes import COLUMNS
from bot.rules.tables import Cap, Cell, Chart, Grid, Pair, Scale

WITH_SPOUSE, WITHOUT_SPOUSE = COLUMNS


@dataclass(frozen=True, slots=True, eq=False)
class HighWage:
    """Points for work and offers in listed occupations, once an operator has completed them."""

    codes: Mapping[str, str]
    experience: Chart
    job_offer: Chart
    min_canadian_years: int
    cap: Cap


@dataclass(frozen=True, slots=True, eq=False)
class ScoreRules:
    """One complete set of points.

    ``language_columns``: levels of the first official language that open each column of a combination.
    ``education_rows``: row of the combinations by level of education. ``foreign_rows``, ``canadian_columns``:
    row and column by whole years, the last one for more.
    """

    id: str
    effective_from: date
    effective_to: date | None
    age: Scale
    education: Chart
    first_language: Scale
    second_language: Scale
    second_language_cap: Cap
    official_languages_cap: Cap
    canadian_work: Scale
    core_cap: Cap
    spouse_education: Chart
    spouse_language: Scale
    spouse_canadian_work: Scale
    spouse_cap: Cap
    language_levels: Mapping[str, int]
    education_rows: Mapping[str, str]
    education_language: Grid
    education_canadian_work: Grid
    education_cap: Cap
    foreign_language: Grid
    foreign_canadian_work: Grid
    foreign_cap: Cap
    certificate_language: Chart
    certificate_cap: Cap
    transferability_cap: Cap
    nomination: Chart
    job_offer: Chart
    french: Chart
    french_level: int
    english_level: int
    canadian_study: Chart
    sibling: Chart
    additional_cap: Cap
    grand_total: Cap
    high_wage: HighWage | None


def score_rules(rules: Rules) -> ScoreRules:
    """The set of points of the day. Raises ``LookupError`` naming the cell where the set is not complete."""
    compiled: ScoreRules = rules.compiled("score", _compile)
    return compiled


def _compile(rules: Rules) -> ScoreRules:
    set_rule = rules.version("crs.set")
    levels = _value(rules, "crs.additional.french_level")
    bands = _value(rules, "crs.transferability.education_bands")
    return ScoreRules(
        id=str(set_rule.value),
        effective_from=set_rule.effective_from,
        effective_to=set_rule.effective_to,
        age=_scale(rules, "crs.core.age"),
        education=_chart(rules, "crs.core.education"),
        first_language=_scale(rules, "crs.core.first_language"),
        second_language=_scale(rules, "crs.core.second_language"),
        second_language_cap=_cap(rules, "crs.core.second_language_cap"),
        official_languages_cap=_cap(rules, "crs.core.official_languages_cap"),
        canadian_work=_scale(rules, "crs.core.canadian_work"),
        core_cap=_cap(rules, "crs.core_cap"),
        spouse_education=_chart(rules, "crs.spouse.education"),
        spouse_language=_scale(rules, "crs.spouse.first_language"),
        spouse_canadian_work=_scale(rules, "crs.spouse.canadian_work"),
        spouse_cap=_cap(rules, "crs.spouse_cap"),
        language_levels=_value(rules, "crs.transferability.language_bands"),
        education_rows={level: band for band, levels in bands.items() for level in levels},
        education_language=_grid(rules, "crs.transferability.education_language"),
        education_canadian_work=_grid(rules, "crs.transferability.education_canadian_work"),
        education_cap=_cap(rules, "crs.transferability.education_cap"),
        foreign_language=_grid(rules, "crs.transferability.foreign_language"),
        foreign_canadian_work=_grid(rules, "crs.transferability.foreign_canadian_work"),
        foreign_cap=_cap(rules, "crs.transferability.foreign_cap"),
        certificate_language=_chart(rules, "crs.transferability.certificate_language"),
        certificate_cap=_cap(rules, "crs.transferability.certificate_cap"),
        transferability_cap=_cap(rules, "crs.transferability_cap"),
        nomination=_chart(rules, "crs.additional.provincial_nomination"),
        job_offer=_chart(rules, "crs.additional.job_offer"),
        french=_chart(rules, "crs.additional.french"),
        french_level=levels["french"],
        english_level=levels["english"],
        canadian_study=_chart(rules, "crs.additional.canadian_study"),
        sibling=_chart(rules, "crs.additional.sibling"),
        additional_cap=_cap(rules, "crs.additional_cap"),
        grand_total=_cap(rules, "crs.grand_total"),
        high_wage=_high_wage(rules),
    )


def _high_wage(rules: Rules) -> HighWage | None:
    if not rules.has("crs.high_wage.codes"):
        return None
    return HighWage(
        codes={code: str(level) for code, level in _value(rules, "crs.high_wage.codes").items()},
        experience=_chart(rules, "crs.high_wage.experience_points"),
        job_offer=_chart(rules, "crs.high_wage.job_offer_points"),
        min_canadian_years=_value(rules, "crs.high_wage.min_canadian_years"),
        cap=_cap(rules, "crs.high_wage_cap"),
    )


def _value(rules: Rules, rule_id: str) -> Any:
    version = rules.version(rule_id)
    if version.value is None:
        raise LookupError(f"{rule_id}: {version.missing} since {version.effective_from}")
    return version.value


def _scale(rules: Rules, rule_id: str) -> Scale:
    table = _value(rules, rule_id)
    return Scale(rules.version(rule_id), flatten({row: Cell(row, _pair(points)) for row, points in table.items()}))


def _chart(rules: Rules, rule_id: str) -> Chart:
    """A table by name; a single figure becomes the row ``yes`` beside a row ``no`` without points."""
    value = _value(rules, rule_id)
    table = value if isinstance(value, Mapping) else {"no": 0, "yes": value}
    return Chart(rules.version(rule_id), {row: Cell(row, _pair(points)) for row, points in table.items()})


def _cap(rules: Rules, rule_id: str) -> Cap:
    return Cap(rules.version(rule_id), _pair(_value(rules, rule_id)))


def _grid(rules: Rules, rule_id: str) -> Grid:
    table: Mapping[str, Mapping[str, int]] = _value(rules, rule_id)
    columns = tuple(next(iter(table.values())))
    return Grid(
        rules.version(rule_id),
        tuple(table),
        columns,
        tuple(tuple(row[column] for column in columns) for row in table.values()),
    )


def _pair(points: Any) -> Pair:
    if isinstance(points, Mapping):
        return points[WITH_SPOUSE], points[WITHOUT_SPOUSE]
    return points, points
