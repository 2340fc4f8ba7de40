"""Rounds that an operator has imported from IRCC's feed, in the place of the ones this version was shipped with.

``RULES_DIR/rounds`` holds every feed that was imported, as it was received, and ``imports.json``: one record an
import, oldest first, with where the feed came from, when, its checksum and what changed. The last record is in
force. A feed is read, checked and compared before anything is written; the record is written last and at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.rules.errors import RulesError
from bot.rules.loader import first_fault
from bot.rules.model import Rule, Source, Version
from bot.rules.rounds_feed import GENERAL, Row, is_known, read_feed

HISTORY, LAST_ON_SCALE, SET_RULE = "rounds.history", "rounds.last_on_scale", "crs.set"
LAST_GENERAL: Final = {"on": "date", "cut_off": "crs_cutoff", "invitations": "itas"}
"""Cells of ``rounds.last_general`` and the key of a round they come from."""
FOLDER, RECORDS = "rounds", "imports.json"
COMPARED: Final = ("date", "type", "name", "crs_cutoff", "itas", "tie_break_utc", "pool_total")


class Record(BaseModel):
    """One import. ``origin``: address or name of the file; ``read_on``: the day the feed was what it says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    sha256: str
    origin: str
    read_on: date
    imported_at: datetime
    imported_by: str
    rounds: int
    newest: int
    newest_on: date
    added: tuple[int, ...]
    changed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a feed brings beside the rounds held: new rounds, rounds of which a field differs, kinds without words."""

    added: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    unknown: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def check(text: str, rules: Mapping[str, Rule], today: date) -> tuple[list[Row], Difference]:
    """The rounds of a feed and how they differ from the rules. Raises ``RulesError`` for anything doubtful."""
    version = rules[HISTORY].versions[-1]
    rows = read_feed(text, since=version.effective_from, today=today)
    held: dict[str, Row] = {row["round"]: row for row in version.value}
    found = {row["round"]: row for row in rows}
    if lost := sorted(int(number) for number in held.keys() - found.keys()):
        raise RulesError(f"the feed lacks {_ranges(lost)}, held until now: it is not whole")
    return rows, Difference(
        added=tuple(row for row in rows if row["round"] not in held),
        changed=tuple(
            (held[row["round"]], row)
            for row in rows
            if row["round"] in held and any(held[row["round"]][key] != row[key] for key in COMPARED)
        ),
        unknown=tuple(dict.fromkeys(row["name"] for row in rows if not is_known(row))),
    )


def store(
    text: str, rows: Sequence[Row], difference: Difference, directory: Path, *, origin: str, read_on: date, by: str
) -> Record:
    """Keep a checked feed and make it the one in force. Earlier ones stay beside it."""
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).replace(microsecond=0)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    record = Record(
        file=f"{now:%Y%m%dT%H%M%SZ}-{digest[:8]}.json",
        sha256=digest,
        origin=origin,
        read_on=read_on,
        imported_at=now,
        imported_by=by,
        rounds=len(rows),
        newest=int(rows[-1]["round"]),
        newest_on=date.fromisoformat(rows[-1]["date"]),
        added=tuple(int(row["round"]) for row in difference.added),
        changed=tuple(int(row["round"]) for _, row in difference.changed),
    )
    earlier = records(directory)
    _write(folder / record.file, text)
    _write(folder / RECORDS, json.dumps([r.model_dump(mode="json") for r in (*earlier, record)], indent=1))
    return record


def records(directory: Path) -> tuple[Record, ...]:
    """Every import, oldest first. Raises ``RulesError`` naming the file that cannot be read."""
    path = directory / FOLDER / RECORDS
    try:
        return TypeAdapter(tuple[Record, ...]).validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        raise RulesError(f"{path}: {first_fault(error)}; put it back from a backup") from None


def imported(rules: Mapping[str, Rule], directory: Path) -> Mapping[str, Rule]:
    """The rules with the last import in the place of the rounds shipped; unchanged where nothing was imported.

    An import that a newer version of the product has overtaken (it knows later rounds) is left aside.
    """
    made = records(directory)
    if not made or made[-1].newest < max(int(row["round"]) for row in rules[HISTORY].versions[-1].value):
        return rules
    record = made[-1]
    path = directory / FOLDER / record.file
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RulesError(f"{path}: {error.strerror}; put it back from a backup, or import the feed again") from None
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != record.sha256:
        raise RulesError(f"{path}: is not what was imported (its checksum differs); import the feed again")
    rows = read_feed(text, since=rules[HISTORY].versions[-1].effective_from, today=record.read_on)
    return {**rules, **{rule.id: rule for rule in _applied(rows, record, rules)}}


def _applied(rows: Sequence[Row], record: Record, rules: Mapping[str, Rule]) -> list[Rule]:
    sources = rules[HISTORY].versions[-1].sources
    source = Source(sources[0].url, f"{record.origin}, imported by {record.imported_by}", record.read_on)

    def with_value(rule_id: str, value: Any, **changes: Any) -> Rule:
        rule = rules[rule_id]
        version: Version = replace(
            rule.versions[-1],
            value=value,
            sources=(source,),
            verified_on=record.read_on,
            verified_by=record.imported_by,
            note=None,
            **changes,
        )
        return replace(rule, versions=(*rule.versions[:-1], version))

    found = [with_value(HISTORY, list(rows))]
    if (last := _last_on_scale(rows, rules)) is not None:
        found.append(with_value(LAST_ON_SCALE, last))
    if general := [row for row in rows if row["type"] == GENERAL]:
        newest, on = general[-1], date.fromisoformat(general[-1]["date"])
        for cell, key in LAST_GENERAL.items():
            value = newest[key] if cell == "on" else int(newest[key])
            found.append(with_value(f"rounds.last_general.{cell}", value, effective_from=on))
    return found


def _last_on_scale(rows: Sequence[Row], rules: Mapping[str, Rule]) -> int | None:
    """The last round held before the newest set of points began."""
    began = rules[SET_RULE].versions[-1].effective_from
    before = [int(row["round"]) for row in rows if date.fromisoformat(row["date"]) < began]
    return max(before, default=None)


def _ranges(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:5])
    return f"round{'s' if len(numbers) > 1 else ''} {shown}{' and others' if len(numbers) > 5 else ''}"


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
