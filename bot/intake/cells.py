"""Rows of a spreadsheet: read as facts, assessed, and written so that no program takes a cell for a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from bot.assessment import Assessment, assess
from bot.assessment.language import PREFIX, off_scale_facts
from bot.assessment.model import PROGRAMS, SECTIONS
from bot.facts import Profile, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, decode
from bot.facts.values import Fact
from bot.knowledge.catalogue import Language, text
from bot.rules import RuleDateError, rulebook
from bot.rules.shapes import ABILITIES

OWN: Final = ("id", "as_of")
"""Columns that are not facts: the reader's own name for a row, and the day to assess it on."""
LISTS: Final = frozenset({"jobs", "stays"})
YES: Final = frozenset({"yes", "true", "1", "oui", "vrai"})
NO: Final = frozenset({"no", "false", "0", "non", "faux"})
RESULT_COLUMNS: Final = (
    "id",
    "as_of",
    "rule_set",
    "score_status",
    "score_rules",
    "total",
    "low",
    "high",
    *SECTIONS,
    *PROGRAMS,
    "notice",
    "error",
)
NOC_DIGITS: Final = 5
WHOLE: Final = re.compile(r"\.0+$")
MIDNIGHT: Final = re.compile(r"[T ]00:00(:00)?$")
SPACES: Final = re.compile(r"\s")
THOUSANDS: Final = re.compile(r"[,.](\d{3})(?!\d)")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


class CellError(ValueError):
    """A cell cannot be read. ``column`` and ``cell``: which one and what stands in it; ``fault``: a text ``cell.…``."""

    def __init__(self, column: str, cell: str, fault: str = "value", **values: str) -> None:
        super().__init__(f"{column}: {cell}")
        self.column, self.cell, self.fault, self.values = column, cell, fault, values

    def text(self, language: Language) -> str:
        """What is wrong and what the cell takes, in a sentence."""
        said = text(f"cell.{self.fault}", language, column=self.column, cell=self.cell, **self.values)
        if self.fault != "value":
            return said
        return text("cell.allowed", language, fault=said, allowed=allowed(self.column, language))


def allowed(fact_id: str, language: Language) -> str:
    """What a cell of this fact takes, in words."""
    fact = vocabulary()[fact_id]
    if fact.type == "choice":
        return text("cell.one_of", language, values=", ".join(fact.values))
    kind = text(f"prescreen.type.{fact.type}", language)
    if fact.min is None or fact.max is None:
        return kind
    return text("cell.between", language, kind=kind, least=f"{fact.min:g}", most=f"{fact.max:.0f}")


def safe(value: Any) -> Any:
    """A cell that a spreadsheet program shows and never computes: text that looks like a formula gets a quote.

    Numbers stay numbers. Source: OWASP, CSV Injection.
    """
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def fact_columns() -> tuple[str, ...]:
    """The facts that fit in a cell, in the order in which they are asked."""
    return tuple(fact.id for fact in vocabulary().values() if fact.type not in LISTS)


def score_row(row: Mapping[str, str | None], on: date, language: Language = "en") -> dict[str, Any]:
    """One row as a row of results; one that cannot be read carries its ``error``."""
    own = {"id": row.get("id"), "as_of": row.get("as_of") or on.isoformat()}
    try:
        day, profile = _day(str(own["as_of"])), profile_of(row)
        _check(profile, day, off_scale_facts(profile, day, rulebook().at(day)))
        return {**own, **_result(assess(profile, day)), "notice": text("notice.general", language)}
    except CellError as error:
        return {**own, "error": error.text(language)}
    except RuleDateError as error:
        return {**own, "error": str(error)}


def profile_of(row: Mapping[str, str | None]) -> Profile:
    """The facts of a row; an empty cell was not asked. Raises ``CellError`` naming the column."""
    facts: dict[str, Fact] = {}
    for name, cell in row.items():
        if name in vocabulary() and cell is not None and cell.strip():
            try:
                facts[name] = decode(name, _value(name, cell.strip()), "file")
            except ValueError:
                raise CellError(name, cell.strip()) from None
    return Profile(facts)


def _check(profile: Profile, day: date, off_scale: Sequence[str]) -> None:
    """Raise ``CellError`` for a value that cannot stand beside the others of its row."""
    born = profile.value("date_of_birth")
    if born is not None and born > day:
        raise CellError("date_of_birth", born.isoformat(), "not_born")
    for fact in off_scale:
        raise CellError(fact, f"{profile.value(fact):g}", "off_scale")
    for prefix in PREFIX.values():
        test = f"{prefix}language_test"
        if profile.is_open(test):
            for fact in (f"{prefix}{ability}" for ability in ABILITIES):
                if profile.knows(fact):
                    raise CellError(fact, f"{profile.value(fact):g}", "no_test", test=test)


def _value(name: str, cell: str) -> Any:
    """A cell as the value of a fact; what spreadsheet programs add to numbers and days is left out.

    Raises ValueError.
    """
    word = cell.lower()
    if word in (UNKNOWN_WORD, DECLINED_WORD):
        return word
    match vocabulary()[name].type:
        case "boolean":
            if word not in YES | NO:
                raise ValueError(cell)
            return word in YES
        case "integer":
            return int(WHOLE.sub("", cell))
        case "number":
            return _number(cell, money=vocabulary()[name].unit == "cad")
        case "noc":
            return WHOLE.sub("", cell).zfill(NOC_DIGITS)
        case "choice":
            return word
        case "date":
            return MIDNIGHT.sub("", cell)
    return cell


def _number(cell: str, *, money: bool) -> float:
    """A number with a comma or a point; of money, three digits after one of them are thousands. Raises ValueError."""
    digits = cell
    if money:
        digits = THOUSANDS.sub(r"\1", SPACES.sub("", cell).strip("$"))
    return float(digits.replace(",", "."))


def _result(found: Assessment) -> dict[str, Any]:
    score = found.score
    sections: dict[str, Any] = {section.id: section.points for section in score.sections}
    return {
        "as_of": found.as_of.isoformat(),
        "rule_set": found.rule_set,
        "score_status": found.crs.status,
        "score_rules": score.rule_set,
        "total": score.total if score.status == "computed" else None,
        "low": score.low,
        "high": score.high,
        **(sections if score.status == "computed" else {}),
        **{program.id: program.answer for program in found.programs},
    }


def _day(value: str) -> date:
    try:
        return date.fromisoformat(MIDNIGHT.sub("", value))
    except ValueError:
        raise CellError("as_of", value, "day") from None
