"""Tables that answers carry: funds by family size, programs side by side, latest rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.assessment.rounds import HISTORY, NOMINEES, Round, history
from bot.knowledge.answer import Table
from bot.knowledge.catalogue import Language, catalogue, day, money, number, text
from bot.knowledge.figures import MissingFigureError
from bot.knowledge.places import FUNDS, Filling, funds_for

PROGRAMS = ("cec", "fsw", "fst")
PROGRAM_COLUMNS = ("program", "work", "language", "education", "other")
ROUND_COLUMNS = ("kind", "held", "cutoff", "invitations")


def table(table_id: str, filling: Filling) -> Table | None:
    """The table of a topic, or None where the rules hold nothing for it."""
    try:
        return _TABLES[table_id](filling)
    except MissingFigureError:
        return None


def programs(filling: Filling) -> Table:
    """CEC, FSW and FST side by side, with the figures in force."""

    def cell(row: str, column: str) -> str:
        return filling.fill(catalogue()[f"faq.table.programs.{row}.{column}"][filling.language])

    return Table(
        caption=text("faq.table.programs.caption", filling.language),
        head=tuple(cell("head", column) for column in PROGRAM_COLUMNS),
        rows=tuple(tuple(cell(row, column) for column in PROGRAM_COLUMNS) for row in PROGRAMS),
    )


def funds(filling: Filling) -> Table:
    """Settlement funds by family size; the visitor's own line says so."""
    language = filling.language
    rule = filling.figures[FUNDS]
    mine = filling.profile.value("family_size")
    sizes = [int(size) for size in rule.value if size.isdigit()]
    rows = [(_family(size, mine, language), money(funds_for(size, filling.figures), language)) for size in sizes]
    if mine is not None and mine not in sizes:
        rows.append((_family(mine, mine, language), money(funds_for(mine, filling.figures), language)))
    rows.append((text("faq.table.funds.each_more", language), money(rule.value["additional"], language)))
    return Table(
        caption=text("faq.table.funds.caption", language, since=rule.effective_from),
        head=(text("faq.table.funds.size", language), text("faq.table.funds.amount", language)),
        rows=tuple(rows),
    )


def _family(size: int, mine: int | None, language: Language) -> str:
    return text("faq.table.funds.yours", language, n=size) if size == mine else number(size, language)


def rounds(filling: Filling) -> Table:
    """The latest round of each kind, newest first.

    Rounds of nominees are left out for a visitor who said there is no nomination: nobody else can be in them.
    """
    language, figures = filling.language, filling.figures
    held = [found for found in history(figures.rules) if found.on <= figures.as_of]
    figures.read(HISTORY)
    if not held:
        raise MissingFigureError(HISTORY)
    latest: dict[str, Round] = {}
    for found in held:
        latest.setdefault(found.type, found)
    if filling.profile.value("provincial_nomination") is False:
        latest.pop(NOMINEES, None)
    return Table(
        caption=text("faq.table.rounds.caption", language, until=held[0].on),
        head=tuple(text(f"faq.table.rounds.{column}", language) for column in ROUND_COLUMNS),
        rows=tuple(
            (
                _kind(found, language),
                day(found.on, language),
                number(found.cut_off, language),
                number(found.invitations, language),
            )
            for found in latest.values()
        ),
    )


def _kind(found: Round, language: Language) -> str:
    program = f"standing.type.{found.type}"
    return text(program if program in catalogue() else f"categories.name.{found.type}", language)


_TABLES: Mapping[str, Callable[[Filling], Table]] = {"programs": programs, "funds": funds, "rounds": rounds}
