"""An assessment as plain JSON data, in the form that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.assessment.model import SECTIONS, Program, Score, Selection

if TYPE_CHECKING:
    from bot.assessment.result import Assessment

PLAIN = frozenset({str, int, float, bool, type(None)})
_ENCODERS: dict[type, Callable[[Any], Any]] = {}


def core_to_dict(assessment: Assessment) -> dict[str, Any]:
    """Score, language and programs as JSON data: days as ISO text, sections and programs by id."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "rule_set": assessment.rule_set,
        "crs": _score(assessment.crs),
        "language": [plain(result) for result in assessment.language],
        "programs": {program.id: _program(program) for program in assessment.programs},
        "assumptions": [plain(item) for item in assessment.assumptions],
        "notes": [plain(item) for item in assessment.notes],
    }


def parts_to_dict(assessment: Assessment) -> dict[str, Any]:
    """Everything else, as JSON data: work by purpose, categories by id, and the parts in the order of a report."""
    return {
        "work": {purpose: plain(counted) for purpose, counted in assessment.work.items()},
        "categories": {category.id: plain(category) for category in assessment.categories},
        "rounds": plain(assessment.rounds),
        "gains": plain(assessment.gains),
        "partner": plain(assessment.partner),
        "timeline": plain(assessment.timeline),
        "documents": plain(assessment.documents),
        "funds": plain(assessment.funds),
        "police": plain(assessment.police),
        "risks": plain(assessment.risks),
    }


def plain(value: Any) -> Any:
    """Dataclasses and named tuples as objects, days as ISO text, other tuples as lists."""
    kind = type(value)
    if kind in PLAIN:
        return value
    encode = _ENCODERS.get(kind)
    if encode is None:
        encode = _ENCODERS[kind] = _encoder(kind)
    return encode(value)


def _encoder(kind: type) -> Callable[[Any], Any]:
    """How values of a type become JSON data; looked up once for each."""
    if is_dataclass(kind):
        return _of_fields(tuple(item.name for item in fields(kind)))
    if hasattr(kind, "_fields"):
        return _of_fields(kind._fields)
    if issubclass(kind, date):
        return kind.isoformat  # a datetime keeps its time
    if issubclass(kind, Mapping):
        return lambda value: {key: entry if type(entry) in PLAIN else plain(entry) for key, entry in value.items()}
    if issubclass(kind, list | tuple | frozenset):
        return lambda value: [entry if type(entry) in PLAIN else plain(entry) for entry in value]
    return lambda value: value


def _of_fields(names: tuple[str, ...]) -> Callable[[Any], Any]:
    def encode(value: Any) -> dict[str, Any]:
        return {name: entry if type(entry := getattr(value, name)) in PLAIN else plain(entry) for name in names}

    return encode


def _score(score: Score) -> dict[str, Any]:
    sections = {section.id: section for section in score.sections}
    return {
        "status": score.status,
        "rule_set": score.rule_set,
        "in_force_from": score.in_force_from.isoformat(),
        "in_force_until": score.in_force_until.isoformat() if score.in_force_until else None,
        "total": score.total,
        "low": score.low,
        "high": score.high,
        "maximum": score.maximum,
        "with_spouse": score.with_spouse,
        **{name: sections[name].points if name in sections else None for name in SECTIONS},
        "sections": [plain(section) for section in score.sections],
        "lines": [plain(line) for line in score.lines],
        "unknown": [plain(width) for width in score.widths],
        "previous": _score(score.previous) if score.previous else None,
    }


def _program(program: Program) -> dict[str, Any]:
    return {
        "answer": program.answer,
        "conditions": [plain(condition) for condition in program.conditions],
        "missing": list(program.missing),
        "assumptions": [plain(item) for item in program.assumptions],
        "needs_official_check": plain(program.needs_official_check),
        **({"selection": _selection(program.selection)} if program.selection else {}),
    }


def _selection(selection: Selection) -> dict[str, Any]:
    return {
        "total": selection.total,
        **{factor.id: factor.points for factor in selection.factors},
        "low": selection.low,
        "high": selection.high,
        "maximum": selection.maximum,
        "pass_mark": selection.pass_mark,
        "factors": [plain(factor) for factor in selection.factors],
    }
