"""The row of the official table behind a line of the score, in words."""

from __future__ import annotations

from bot.assessment import Line
from bot.knowledge.catalogue import Language, text
from bot.rules.bands import bounds

ROW = "assessment.row"
LANGUAGE_COLUMNS = frozenset({"clb5", "clb7", "clb9"})
YES_NO = frozenset({"additional.provincial_nomination", "additional.sibling"})
WAGE = frozenset({"additional.high_wage_experience", "additional.high_wage_job_offer"})


def row_text(line: Line, language: Language) -> str:
    """The row, and how much of it a limit left."""
    row = _row(line, language)
    if line.cap is None:
        return row
    return text(f"{ROW}.limited", language, row=row, points=line.points, row_points=line.row_points)


def _row(line: Line, language: Language) -> str:
    if line.section == "transferability":
        return _combination(line, language)
    if line.factor in YES_NO:
        return text(f"{ROW}.{line.row}", language)
    if line.factor in WAGE:
        if line.row == "unlisted":
            return text(f"{ROW}.unlisted", language)
        return text(f"{ROW}.wage_level", language, level=line.row)
    name = line.factor.split(".")[1]
    match name:
        case "age":
            return band_text(line.row, language)
        case "first_language" | "second_language":
            return text(f"{ROW}.level", language, band=band_text(line.row, language))
        case "canadian_work":
            return text(f"{ROW}.years", language, band=band_text(line.row, language))
        case "french":
            return text(f"{ROW}.french.{line.row}", language)
    return text(f"fact.{name}.value.{line.row}", language)


def _combination(line: Line, language: Language) -> str:
    first, _, second = line.row.partition("/")
    if not second:
        return _column(first, language) if first != "none" else text(f"{ROW}.none", language)
    if line.factor.startswith("transferability.education"):
        row = text(f"{ROW}.credential.{first}", language)
    else:
        row = text(f"{ROW}.years", language, band=band_text(first, language))
    return text(f"{ROW}.both", language, row=row, column=_column(second, language))


def _column(column: str, language: Language) -> str:
    if column == "below":
        return text(f"{ROW}.below", language)
    if column in LANGUAGE_COLUMNS:
        return text(f"{ROW}.all_abilities", language, level=int(column.removeprefix("clb")))
    return text(f"{ROW}.years", language, band=band_text(column, language))


def band_text(band: str, language: Language) -> str:
    """A band of whole numbers: ``20 to 29``, ``17 or less``."""
    low, high = bounds(band)
    if high is None:
        return text("assessment.band.at_least", language, number=low)
    if low == 0 and high > 0:
        return text("assessment.band.at_most", language, number=high)
    if low == high:
        return text("assessment.band.single", language, number=low)
    return text("assessment.band.range", language, low=low, high=high)
