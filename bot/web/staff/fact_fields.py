"""Facts as the fields of a form: what each offers in the reader's language, and what was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, get_args

from babel import Locale

from bot.facts import FactType, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, decode, encode
from bot.facts.profile import Place, WorkStatus
from bot.facts.vocabulary import EARLIEST_DATE
from bot.knowledge.catalogue import LOCALES, Language, number, text
from bot.knowledge.wording import label, value_text

OPEN: Final = (UNKNOWN_WORD, DECLINED_WORD)
CHOSEN: Final = ("boolean", "choice")
LISTS: Final = ("jobs", "stays")
YES, NO = "yes", "no"
BLANK_ROWS: Final = 2
"""Empty rows below the jobs or stays that are known."""
MOST_ROWS: Final = 40

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a job or a stay. ``kind``: text, noc, date, number, select or tick."""

    id: str
    kind: str
    label: str
    options: Options = ()
    default: Any = None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.options)


@dataclass(frozen=True, slots=True)
class Field:
    """A fact as a form shows it. ``state``: unknown, declined or empty, where that is a choice of its own."""

    id: str
    kind: str
    topic: str
    label: str
    value: str = ""
    state: str = ""
    unit: str = ""
    options: Options = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    wrong: str = ""

    @property
    def known(self) -> int:
        """How many of the rows are filled; the rest is blank."""
        return len(self.rows) - BLANK_ROWS


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form holds: ``changes`` to the facts (None takes one away), and what could not be read."""

    changes: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def fields(facts: Mapping[str, Any], language: Language, filled: Filled | None = None) -> list[Field]:
    """Every fact of the vocabulary as a field. ``facts``: JSON values by fact id; ``filled``: what was tried."""
    tried = filled or Filled()
    return [
        _field(fact, {**facts, **tried.changes}.get(fact.id), language, tried.wrong.get(fact.id, ""))
        for fact in vocabulary().values()
    ]


def read(form: Mapping[str, str], facts: Mapping[str, Any], language: Language) -> Filled:
    """The facts that a form changes. What it does not hold stays as it is."""
    filled = Filled()
    for fact in vocabulary().values():
        if fact.id not in form and f"state.{fact.id}" not in form:
            continue
        before = facts.get(fact.id)
        written = form.get(f"state.{fact.id}") or form.get(fact.id, "")
        if written and written == _shown(fact, before, language):
            continue
        try:
            value = written if written in OPEN else _value(fact, written, form)
            value = encode(decode(fact.id, value))
        except ValueError:
            filled.wrong[fact.id] = _expected(fact, language)
            filled.changes[fact.id] = [cells for _, cells in _written(fact, form)] if fact.type in LISTS else written
            continue
        if value != encode(decode(fact.id, before)):
            filled.changes[fact.id] = value
    return filled


def columns(kind: str, language: Language) -> tuple[Column, ...]:
    """The cells of a job or of a stay."""

    def said(name: str) -> str:
        return text(f"console.facts.{kind}.{name}", language)

    if kind == "stays":
        countries = sorted(
            ((code, name) for code, name in Locale.parse(LOCALES[language]).territories.items() if len(code) == 2),
            key=lambda pair: pair[1],
        )
        country = Column("country", "select", said("country"), (("", "–"), *countries))
        return (country, Column("start", "date", said("start")), Column("end", "date", said("end")))
    places = tuple((one, said(f"place_{one}")) for one in get_args(Place))
    statuses = tuple((one, said(f"status_{one}")) for one in get_args(WorkStatus))
    return (
        Column("title", "text", said("title")),
        Column("noc", "noc", said("noc")),
        Column("teer", "select", said("teer"), (("", "–"), *((str(teer), str(teer)) for teer in range(6)))),
        Column("start", "date", said("start")),
        Column("end", "date", said("end")),
        Column("hours", "number", said("hours"), default=30),
        Column("place", "select", said("place"), places, "abroad"),
        Column("status", "select", said("status"), statuses, "employee"),
        Column("authorized", "tick", said("authorized"), default=True),
        Column("paid", "tick", said("paid"), default=True),
        Column("remote", "tick", said("remote"), default=False),
        Column("publicly_funded_physician", "tick", said("physician"), default=False),
    )


def _field(fact: FactType, value: Any, language: Language, wrong: str) -> Field:
    state = value if value in OPEN else ""
    given = {"id": fact.id, "kind": fact.type, "topic": fact.topic, "label": label(fact.id, language), "wrong": wrong}
    if fact.type in CHOSEN:
        options = [(YES, True), (NO, False)] if fact.type == "boolean" else [(one, one) for one in fact.values]
        named = tuple((key, value_text(fact.id, one, language)) for key, one in options)
        chosen = {True: YES, False: NO}.get(value, "") if isinstance(value, bool) else str(value or "")
        return Field(**given, value=chosen, options=named)
    if fact.type in LISTS:
        known = value if isinstance(value, list) else []
        made = columns(fact.type, language)
        blank = {column.id: column.default for column in made}
        rows = (*({**blank, **row} for row in known), *([blank] * BLANK_ROWS))
        return Field(**given, state=state, columns=made, rows=rows)
    unit = text(f"console.facts.unit.{fact.unit}", language) if fact.unit and fact.unit != "points" else ""
    return Field(**given, value="" if state else _shown(fact, value, language), state=state, unit=unit)


def _shown(fact: FactType, value: Any, language: Language) -> str:
    """A value as its field shows it."""
    if value is None or value in OPEN or fact.type in LISTS or fact.type in CHOSEN:
        return ""
    return number(value, language) if isinstance(value, int | float) else str(value)


def _value(fact: FactType, written: str, form: Mapping[str, str]) -> Any:
    """The JSON form of what a field holds. Raises ``ValueError``."""
    if fact.type in LISTS:
        return list(_rows(fact, form)) or None
    if not written:
        return None
    match fact.type:
        case "boolean":
            return {YES: True, NO: False}.get(written, written)
        case "integer" | "number":
            found = _figure(written)
            if fact.type == "integer" and not isinstance(found, int):
                raise ValueError(written)
            return found
    return written


def _figure(written: str) -> float:
    """A number as either language writes it: ``1,250.5``, ``1 250,5``. Raises ``ValueError``."""
    plain = "".join(written.split())
    if "," in plain and ("." in plain or len(plain.rpartition(",")[2]) == 3):
        plain = plain.replace(",", "")
    found = float(plain.replace(",", "."))
    return int(found) if found.is_integer() else found


def _written(fact: FactType, form: Mapping[str, str]) -> Iterator[tuple[tuple[Column, ...], dict[str, str]]]:
    """The jobs or stays of a form as they were typed; an empty row is none."""
    made = columns(fact.type, "en")
    for place in range(MOST_ROWS):
        cells = {column.id: form.get(f"{fact.id}.{place}.{column.id}", "") for column in made}
        if any(cells[name] for name in ("title", "noc", "country", "start", "end") if name in cells):
            yield made, cells


def _rows(fact: FactType, form: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The same as values. Raises ``ValueError``."""
    for made, cells in _written(fact, form):
        row = {column.id: _cell(column, cells[column.id]) for column in made}
        if row["start"] is None or (row["end"] or row["start"]) < row["start"] or row.get("country", "–") is None:
            raise ValueError(fact.id)
        yield {name: value for name, value in row.items() if value is not None}


def _cell(column: Column, written: str) -> Any:
    if column.kind == "tick":
        return bool(written)
    if not written:
        return None
    if column.kind == "date":
        return date.fromisoformat(written).isoformat()
    if column.kind == "noc" and not (len(written) == 5 and written.isascii() and written.isdigit()):
        raise ValueError(written)
    free = column.id == "country"  # which may have been told by its name
    if column.kind == "select" and not free and written not in column.keys:
        raise ValueError(written)
    if column.id == "hours":
        hours = _figure(written)
        if not 0 < hours <= 168:
            raise ValueError(written)
        return hours
    return int(written) if column.id == "teer" else written


def _expected(fact: FactType, language: Language) -> str:
    """What would fit, in a sentence."""
    key = f"console.facts.expected.{fact.type}"
    return text(key, language, low=fact.min or 0, high=fact.max or 0, first=EARLIEST_DATE)
