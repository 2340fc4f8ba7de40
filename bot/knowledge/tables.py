"""Tables that answers carry: funds by family size, programs side by side, latest rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.knowledge.answer import Table
from bot.knowledge.catalogue import Language, catalogue, day, money, number, text
from bot.knowledge.figures import MissingFigureError
from bot.knowledge.places import FUNDS, Filling, funds_for, funds_sizes

ROUNDS = "rounds.history"
PROGRAMS = ("cec", "fsw", "fst")
COLUMNS = ("program", "work", "language", "education", "other")


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
        head=tuple(cell("head", column) for column in COLUMNS),
        rows=tuple(tuple(cell(row, column) for column in COLUMNS) for row in PROGRAMS),
    )


def funds(filling: Filling) -> Table:
    """Settlement funds by family size; the visitor's own line says so."""
    language = filling.language
    rule = filling.figures[FUNDS]
    mine = filling.profile.value("family_size")
    sizes = funds_sizes(rule.value)
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
    language = filling.language
    known = [row for row in filling.figures[ROUNDS].value if date.fromisoformat(row["date"]) <= filling.figures.as_of]
    if not known:
        raise MissingFigureError(ROUNDS)
    latest = {row["type"].lower(): row for row in sorted(known, key=_moment)}
    if filling.profile.value("provincial_nomination") is False:
        latest.pop("pnp", None)
    return Table(
        caption=text("faq.table.rounds.caption", language, until=_moment(max(known, key=_moment))[0]),
        head=tuple(
            text(f"faq.table.rounds.{column}", language) for column in ("kind", "held", "cutoff", "invitations")
        ),
        rows=tuple(
            (
                text(f"faq.table.rounds.type.{kind}", language),
                day(_moment(row)[0], language),
                row["crs_cutoff"],
                number(int(row["itas"]), language),
            )
            for kind, row in sorted(latest.items(), key=lambda item: _moment(item[1]), reverse=True)
        ),
    )


def _moment(row: Mapping[str, str]) -> tuple[date, int]:
    return date.fromisoformat(row["date"]), int(row["round"])


_TABLES: Mapping[str, Callable[[Filling], Table]] = {"programs": programs, "funds": funds, "rounds": rounds}
