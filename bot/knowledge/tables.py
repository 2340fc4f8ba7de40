"""Tables that answers carry: funds by family size, programs side by side, latest rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bot.assessment.rounds import CANADIAN_EXPERIENCE, HISTORY, NOMINEES, Round, history
from bot.knowledge.answer import Table
from bot.knowledge.catalogue import Language, catalogue, day, money, number, text
from bot.knowledge.figures import MissingFigureError, written
from bot.knowledge.parts.rounds import kind_text
from bot.knowledge.places import CATEGORIES, FUNDS, Filling, funds_for

PROGRAMS = ("cec", "fsw", "fst")
PROGRAM_COLUMNS = ("program", "work", "language", "education", "other")
ROUND_COLUMNS = ("kind", "held", "cutoff", "invitations")
LAST_ROUNDS = 5


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
    latest = latest_of_each(held(filling))
    if filling.profile.value("provincial_nomination") is False:
        latest = [found for found in latest if found.type != NOMINEES]
    return rounds_table("caption", latest, filling)


def category_rounds(filling: Filling) -> Table:
    """The latest round of each category, newest first."""
    listed = filling.figures.look(CATEGORIES)
    categories = set(listed.value) if listed is not None and listed.value else set()
    latest = latest_of_each(found for found in held(filling) if found.type in categories)
    return rounds_table("caption_categories", latest, filling)


def cec_rounds(filling: Filling) -> Table:
    """The last rounds of the Canadian Experience Class, newest first."""
    found = [held_then for held_then in held(filling) if held_then.type == CANADIAN_EXPERIENCE]
    return rounds_table("caption_cec", found[:LAST_ROUNDS], filling)


def rounds_age(filling: Filling) -> str:
    """Which round is the newest one known, and how many days old it is."""
    newest = held(filling)[0]
    days = (filling.figures.as_of - newest.on).days
    return text(
        "faq.rounds_age",
        filling.language,
        number=str(newest.number),
        on=newest.on,
        age=written(days, "days", filling.language),
    )


def held(filling: Filling) -> list[Round]:
    """The rounds held up to the day of the answer, newest first. Raises ``MissingFigureError`` if none is known."""
    figures = filling.figures
    figures.read(HISTORY)
    found = [found for found in history(figures.rules) if found.on <= figures.as_of]
    if not found:
        raise MissingFigureError(HISTORY)
    return found


def latest_of_each(found: Iterable[Round]) -> list[Round]:
    """Of rounds, newest first, the first of each kind."""
    latest: dict[str, Round] = {}
    for one in found:
        latest.setdefault(one.type, one)
    return list(latest.values())


def rounds_table(caption: str, found: Iterable[Round], filling: Filling) -> Table:
    """Rounds as a table. ``caption``: a text below ``faq.table.rounds``."""
    language = filling.language
    return Table(
        caption=text(f"faq.table.rounds.{caption}", language, until=held(filling)[0].on),
        head=tuple(text(f"faq.table.rounds.{column}", language) for column in ROUND_COLUMNS),
        rows=tuple(
            (
                kind_text(one.type, language, otherwise=one.name),
                day(one.on, language),
                number(one.cut_off, language),
                number(one.invitations, language),
            )
            for one in found
        ),
    )


ROUNDS: Mapping[str, Callable[[Filling], Table]] = {
    "rounds": rounds,
    "category_rounds": category_rounds,
    "cec_rounds": cec_rounds,
}
"""Tables of rounds: the answer says how old they are."""
_TABLES: Mapping[str, Callable[[Filling], Table]] = {"programs": programs, "funds": funds, **ROUNDS}
