"""The four things a fact can be: known, unknown, declined or not asked.

They are different everywhere: "I don't know my score" widens a range, "I'd rather not say" is
never asked again, and a fact nobody asked about is simply still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

Source = Literal["said", "derived", "staff", "file"]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with its value.

    ``said``: the words it came from; ``estimated``: the person called it a guess or a plan.
    """

    value: Any
    source: Source = "said"
    said: str | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Asked, and the person does not know."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Asked, and the person would rather not say."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Not asked and not volunteered."""


Fact = Known | Unknown | Declined | NotAsked

UNKNOWN: Final = Unknown()
DECLINED: Final = Declined()
NOT_ASKED: Final = NotAsked()
