"""Switches: the web, the API or a channel can be stopped at once, with a polite text and a reason that is kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.intake.staff.tables import SwitchRow
from bot.knowledge.catalogue import Language, text
from bot.knowledge.lint import Said, forbidden

NAMES: Final = ("web", "api", "email", "facebook", "slack", "sms", "telegram", "whatsapp")
"""What can be stopped: the page and its widget, the API of other programs, and each messaging channel."""
FRESH_SECONDS: Final = 2.0
"""How long a process may go on before it notices that another one has turned a switch."""

Trouble = Literal["name", "comment", "texts", "phrase"]


class SwitchError(ValueError):
    """A switch is not turned; ``console.settings.<trouble>`` says why."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Switch:
    """``texts``: what visitors are told while it is off; ``comment``: why it was turned last."""

    name: str
    off: bool
    texts: Mapping[str, str]
    comment: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None

    def told(self, language: Language) -> str:
        return self.texts.get(language) or text("console.settings.closed", language)


def switches(session: Session, _seal: Seal) -> dict[str, Switch]:
    """Every switch by its name; one that was never turned is on."""
    rows = {row.name: row for row in session.scalars(select(SwitchRow))}
    return {name: _switch(rows[name]) if name in rows else Switch(name, False, {}) for name in NAMES}


def turn(
    session: Session, seal: Seal, name: str, *, off: bool, texts: Mapping[str, str], comment: str, by: str
) -> Switch:
    """Turn a switch. Raises ``SwitchError``: a comment is needed, and the texts in both languages or in none."""
    if name not in NAMES:
        raise SwitchError("name")
    if not comment.strip():
        raise SwitchError("comment")
    told: dict[Language, str] = {"en": texts.get("en", "").strip(), "fr": texts.get("fr", "").strip()}
    if bool(told["en"]) != bool(told["fr"]):
        raise SwitchError("texts")
    faults = list(forbidden([Said(language, language, words) for language, words in told.items()]))
    if faults:
        raise SwitchError("phrase", faults[0].what)
    row = session.get(SwitchRow, name) or SwitchRow(name=name)
    row.off, row.en, row.fr = off, told["en"], told["fr"]
    row.comment, row.changed_by, row.changed_at = comment.strip(), by, datetime.now(UTC)
    session.add(row)
    session.flush()
    audit.record(
        session, seal, actor=by, action="settings.changed", subject=f"switch:{name}", off=off, comment=row.comment
    )
    return _switch(row)


class Board:
    """The switches as a serving process asks for them with each request: read again every two seconds."""

    def __init__(self) -> None:
        self._found: dict[str, Switch] = {}
        self._read = float("-inf")

    @property
    def stale(self) -> bool:
        return time.monotonic() - self._read > FRESH_SECONDS

    def set(self, found: dict[str, Switch]) -> None:
        self._found, self._read = found, time.monotonic()

    def off(self, name: str) -> Switch | None:
        """The switch if it is off."""
        found = self._found.get(name)
        return found if found and found.off else None


def _switch(row: SwitchRow) -> Switch:
    return Switch(row.name, row.off, {"en": row.en, "fr": row.fr}, row.comment, row.changed_by, row.changed_at)
