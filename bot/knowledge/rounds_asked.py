"""Rounds of one kind or one year, where a question names it: "and for French?", "the last trades draw", "in 2025?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.assessment.rounds import CANADIAN_EXPERIENCE, NOMINEES, Round
from bot.knowledge.answer import Table
from bot.knowledge.catalogue import text
from bot.knowledge.parts.rounds import kind_text
from bot.knowledge.places import Filling
from bot.knowledge.tables import LAST_ROUNDS, held, latest_of_each, rounds_table

ALL_KINDS, ALL_CATEGORIES, ONE_PROGRAM = "latest_rounds", "category_rounds", "cec_rounds"


@dataclass(frozen=True, slots=True)
class RoundsAsked:
    """``kind``: pnp, cec or the id of a category; ``year``: in which they were held. None: any."""

    kind: str | None = None
    year: int | None = None

    @classmethod
    def named(cls, asked: Mapping[str, Any]) -> RoundsAsked | None:
        """The ``kind`` and ``year`` of what a message asks for; None where it names neither."""
        kind, year = asked.get("kind"), asked.get("year")
        return None if kind is None and year is None else cls(kind, year)

    @property
    def topic(self) -> str:
        """The topic that holds rounds of this kind."""
        if self.kind == CANADIAN_EXPERIENCE:
            return ONE_PROGRAM
        return ALL_KINDS if self.kind in (None, NOMINEES) else ALL_CATEGORIES


def lead(asked: RoundsAsked, filling: Filling) -> Iterator[str]:
    """What the table shows, or that there is no such round."""
    language = filling.language
    named = "_".join(name for name in ("kind", "year") if getattr(asked, name) is not None)
    values: dict[str, Any] = {"year": str(asked.year)}
    if asked.kind is not None:
        values["kind"] = kind_text(asked.kind, language)
    if _hidden(asked, filling):
        yield text("faq.rounds_asked.nominees_only", language)
    elif found := _found(asked, filling):
        yield text(f"faq.rounds_asked.{'one' if len(found) == 1 else 'some'}.{named}", language, **values)
        if asked.kind == NOMINEES:
            yield text("faq.rounds_asked.nominees_only", language)
    else:
        yield text(f"faq.rounds_asked.none.{named}", language, **values)
        yield text("faq.rounds_asked.since", language, on=held(filling)[-1].on)


def table(asked: RoundsAsked, filling: Filling) -> Table | None:
    """The last rounds asked for, newest first: of the kind, or the last of each kind in the year. None without any."""
    found = [] if _hidden(asked, filling) else _found(asked, filling)
    return rounds_table("caption_asked", found, filling) if found else None


def _found(asked: RoundsAsked, filling: Filling) -> list[Round]:
    found = [one for one in held(filling) if asked.year in (None, one.on.year) and asked.kind in (None, one.type)]
    if asked.kind is not None:
        return found[:LAST_ROUNDS]
    seen = latest_of_each(found)
    return [one for one in seen if one.type != NOMINEES] if _without_nomination(filling) else seen


def _hidden(asked: RoundsAsked, filling: Filling) -> bool:
    """Nobody without a nomination can be in a round of nominees."""
    return asked.kind == NOMINEES and _without_nomination(filling)


def _without_nomination(filling: Filling) -> bool:
    return filling.profile.value("provincial_nomination") is False
