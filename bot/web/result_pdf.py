"""A result as a PDF: the same order as on the page, two pages or so, with accents in every font."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.firm import Firm
from bot.knowledge.catalogue import Language, day, number, text

FONTS: Final = Path(reportlab.__file__).with_name("fonts")
BODY, STRONG = "Vera", "VeraBd"
"""Bitstream Vera comes with the library and holds every letter of English and French."""
FIGURES: Final = (112 * mm, 42 * mm, 24 * mm)
FACTS: Final = (89 * mm, 89 * mm)
FEW: Final = 2
"""Notes of an item that still stand in its paragraph; more are a list."""
RULE: Final = HexColor("#c8ccd0")
QUIET: Final = HexColor("#4a5157")


def result_pdf(
    firm: Firm,
    language: Language,
    *,
    card: Mapping[str, Any],
    notices: Iterable[str],
    facts: Iterable[tuple[str, str]],
    changed: str | None,
    until: str,
    t: Mapping[str, str],
) -> bytes:
    """The document; ``card``: ``results.result_card``; ``t``: texts ``result_page.…`` by the rest of their id."""
    _fonts()
    written = io.BytesIO()
    title = f"{t['title']} · {firm.name}"
    document = SimpleDocTemplate(
        written,
        pagesize=LETTER,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=title,
        author=firm.name,
        lang="fr-CA" if language == "fr" else "en-CA",
    )
    foot = f"{firm.name} · {t['general']}"

    def footer(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(BODY, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(document.leftMargin, 10 * mm, foot)
        canvas.drawRightString(LETTER[0] - document.rightMargin, 10 * mm, str(page.page))
        canvas.restoreState()

    document.build(
        list(_story(firm, language, card, notices, facts, changed, t)), onFirstPage=footer, onLaterPages=footer
    )
    return written.getvalue()


def _story(
    firm: Firm,
    language: Language,
    card: Mapping[str, Any],
    notices: Iterable[str],
    facts: Iterable[tuple[str, str]],
    changed: str | None,
    t: Mapping[str, str],
) -> Iterable[Any]:
    def pair(name: str, value: str) -> str:
        return t["pair"].replace("{name}", name).replace("{value}", value)

    yield _line(firm.name, "quiet")
    yield _line(t["title"], "title")
    yield _line(card["heading"], "lead")
    yield _line(
        f"{card['rules']} · {t['as_of'].replace('{date}', day(date.fromisoformat(card['as_of']), language))}", "quiet"
    )
    if changed:
        yield _line(changed, "strong")
    yield from (_line(notice, "notice") for notice in notices)
    yield _line(t["programs"], "heading")
    for program in card["programs"]:
        parts = [_line(pair(program["name"], program["answer_label"]), "strong")]
        parts += [_line(pair(_mark(one["met"], t), one["text"]), "item") for one in program["conditions"]]
        yield KeepTogether(parts)
    yield _line(pair(card["total"]["label"], _reached(card["total"], language, t)), "heading")
    head = (t["section"], t["points"], t["maximum"])
    sections = [(one["label"], _reached(one, language, t), number(one["max"], language)) for one in card["sections"]]
    yield _table([head, *sections])
    if card["lines"]:
        yield _line(t["lines"], "heading")
        rows = [(_label(one), _reached(one, language, t), number(one["max"], language)) for one in card["lines"]]
        yield _table([(t["factor"], t["points"], t["maximum"]), *rows])
    for part in card.get("parts") or ():
        yield from _part(part, language)
    told = list(facts)
    if told:
        yield _line(t["facts"], "heading")
        yield _table([(t["fact"], t["answer"]), *told], widths=FACTS)
    if card["notes"]:
        yield _line(t["notes"], "heading")
        yield from (_line(note, "body") for note in card["notes"])
    yield Spacer(1, 4 * mm)
    yield _line(_identity(firm, language), "notice")


def _part(part: Mapping[str, Any], language: Language) -> Iterable[Any]:
    """One of the further parts: what moves the score, rounds, documents, risks, the timeline."""
    yield _line(f"{part['title']} ({part['hint']})" if part.get("hint") else part["title"], "heading")
    yield from (_line(said, "body") for said in part["lead"])
    for table in part["tables"]:
        rows = [
            (
                _label(row),
                f"{'+' if row['points'] else ''}{number(row['points'], language)}",
                number(row["total"], language),
            )
            for row in table["rows"]
        ]
        yield _table([tuple(table["head"]), *rows])
    for item in part["items"]:
        several = len(item["notes"]) > FEW
        beside = [] if several else item["notes"]
        yield _line(" ".join(_ended(said) for said in (item["label"], item.get("text"), *beside) if said), "item")
        yield from (_line(f"– {note}", "item") for note in item["notes"] if several)
    yield from (_line(said, "quiet") for said in part["notes"])


def _ended(said: str) -> str:
    return said if said[-1] in ".!?:;" else f"{said}."


def _identity(firm: Firm, language: Language) -> str:
    words = firm.words(language)
    key = "notice.start" if words.licensee else "notice.start_information_only"
    return text(key, language, firm=words.name, licensee=words.licensee, licence_no=words.licence_no)


def _label(line: Mapping[str, Any]) -> str:
    return f"{line['label']} ({line['detail']})" if line["detail"] else str(line["label"])


def _reached(share: Mapping[str, Any], language: Language, t: Mapping[str, str]) -> str:
    if share.get("points") is not None:
        return number(share["points"], language)
    if share.get("low") is not None:
        between = t["between"].replace("{low}", number(share["low"], language))
        return between.replace("{high}", number(share["high"], language))
    return t["open"]


def _mark(met: bool | None, t: Mapping[str, str]) -> str:
    return t["unknown"] if met is None else t["met"] if met else t["unmet"]


def _line(said: str, style: str) -> Paragraph:
    return Paragraph(escape(said), _styles()[style])


def _table(rows: list[tuple[str, ...]], widths: tuple[float, ...] = FIGURES) -> Table:
    """The first row is the head; in a table of figures all but the first column stand on the right."""
    styles = _styles()
    side = "_figure" if widths is FIGURES else ""
    cells = [
        [
            Paragraph(escape(cell), styles[("cell" if place else "head") + (side if column else "")])
            for column, cell in enumerate(row)
        ]
        for place, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table


@lru_cache(maxsize=1)
def _fonts() -> None:
    for name in (BODY, STRONG):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


@lru_cache(maxsize=1)
def _styles() -> dict[str, ParagraphStyle]:
    body = ParagraphStyle("body", fontName=BODY, fontSize=9, leading=12.5, spaceAfter=3)
    made = {
        "body": {},
        "quiet": {"textColor": QUIET, "fontSize": 8, "leading": 11},
        "title": {"fontName": STRONG, "fontSize": 16, "leading": 20, "spaceAfter": 6},
        "lead": {"fontSize": 11, "leading": 15, "spaceAfter": 4},
        "notice": {"fontSize": 8, "leading": 11, "textColor": QUIET},
        "heading": {"fontName": STRONG, "fontSize": 11, "leading": 14, "spaceBefore": 9, "keepWithNext": 1},
        "strong": {"fontName": STRONG, "spaceBefore": 3},
        "item": {"leftIndent": 10, "spaceAfter": 2},
        "head": {"fontName": STRONG, "fontSize": 8, "leading": 11, "spaceAfter": 0},
        "cell": {"fontSize": 8.5, "leading": 11.5, "spaceAfter": 0},
        "head_figure": {"fontName": STRONG, "fontSize": 8, "leading": 11, "spaceAfter": 0, "alignment": TA_RIGHT},
        "cell_figure": {"fontSize": 8.5, "leading": 11.5, "spaceAfter": 0, "alignment": TA_RIGHT},
    }
    return {name: ParagraphStyle(name, parent=body, **other) for name, other in made.items()}
