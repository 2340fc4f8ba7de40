"""Why something is so: the id of a sentence, its parameters, and the rule it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Answer = Literal["yes", "no", "cannot_tell"]
NO_VALUES: Mapping[str, Any] = MappingProxyType({})


class Reason(NamedTuple):
    """``id``: the text that says it; ``values``: what fills its places; ``rule``: where its figure stands.

    The rule id leads to the figure's first day and source through ``Rules.reference``.
    """

    id: str
    values: Mapping[str, Any] = NO_VALUES
    rule: str | None = None


def reason(reason_id: str, rule: str | None = None, **values: Any) -> Reason:
    """Shorthand for a reason with parameters; without any, the same one every time."""
    return Reason(reason_id, values, rule) if values else _plain(reason_id, rule)


def under(prefix: str, reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons with their texts under a prefix, as texts by their full id."""
    return [Reason(f"{prefix}.{item.id}", item.values, item.rule) for item in reasons]


@cache
def _plain(reason_id: str, rule: str | None) -> Reason:
    return Reason(reason_id, NO_VALUES, rule)


def both(*answers: Answer) -> Answer:
    """Yes when all are yes, no when one is no, otherwise it cannot be told."""
    if "no" in answers:
        return "no"
    return "cannot_tell" if "cannot_tell" in answers else "yes"


def either(*answers: Answer) -> Answer:
    """Yes when one is yes, no when all are no, otherwise it cannot be told."""
    if "yes" in answers:
        return "yes"
    return "cannot_tell" if "cannot_tell" in answers else "no"
