"""Rows of a spreadsheet: read as facts, assessed, and written so that no program takes a cell for a formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.assessment import Assessment, assess
from bot.assessment.model import PROGRAMS, SECTIONS
from bot.facts import Profile, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, decode
from bot.facts.values import Fact
from bot.knowledge.catalogue import Language, text
from bot.rules import RuleDateError

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
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


class CellError(ValueError):
    """A cell cannot be read. ``column`` and ``cell``: which one and what stands in it."""

    def __init__(self, column: str, cell: str) -> None:
        super().__init__(self.told(column, cell, "en"))
        self.column = column
        self.cell = cell

    @staticmethod
    def told(column: str, cell: str, language: Language) -> str:
        key = "cell.day" if column == "as_of" else "cell.value"
        return text(key, language, column=column, cell=cell)

    def text(self, language: Language) -> str:
        """What is wrong, in a sentence."""
        return self.told(self.column, self.cell, language)


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
        found = _result(assess(profile_of(row), _day(str(own["as_of"]))))
        return {**own, **found, "notice": text("notice.general", language)}
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


def _value(name: str, cell: str) -> Any:
    """A cell as the value of a fact. Raises ValueError."""
    word = cell.lower()
    if word in (UNKNOWN_WORD, DECLINED_WORD):
        return word
    match vocabulary()[name].type:
        case "boolean":
            if word not in YES | NO:
                raise ValueError(cell)
            return word in YES
        case "integer":
            return int(cell)
        case "number":
            return float(cell.replace(",", "."))
        case "noc":
            return cell.zfill(NOC_DIGITS)
        case "choice":
            return word
    return cell


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
        return date.fromisoformat(value)
    except ValueError:
        raise CellError("as_of", value) from None
