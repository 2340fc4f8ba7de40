"""A person as the assistant knows them: facts by id, each known, unknown, declined or not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from bot.facts.values import NOT_ASKED, Fact, Known, NotAsked, Source
from bot.facts.vocabulary import vocabulary

Place = Literal["canada", "abroad"]
WorkStatus = Literal["employee", "self_employed", "student"]
PARTNERED: Final = frozenset({"married", "common_law"})
"""Values of ``marital_status`` of somebody with a partner."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job. ``end`` None means it goes on; ``hours`` a week; ``authorized``: permitted to work.

    ``country``: any country but Canada leaves it ``abroad``. ``remote``: done from outside the
    employer's country. ``publicly_funded_physician``: the CEC exception for self-employed doctors.
    """

    start: date
    end: date | None = None
    noc: str | None = None
    teer: int | None = None
    hours: float = 30.0
    place: Place = "abroad"
    status: WorkStatus = "employee"
    authorized: bool = True
    paid: bool = True
    remote: bool = False
    publicly_funded_physician: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a country: ISO 3166 alpha-2 code or name; ``end`` None means still there."""

    country: str
    start: date
    end: date | None = None


class Profile(Mapping[str, Fact]):
    """Facts by id. Immutable: ``having`` and ``without`` give changed copies.

    A fact that was never set reads as ``NOT_ASKED``; an id outside the vocabulary raises KeyError.

    ``value(fact_id, default=None)``: the value if the fact is known, else ``default``; ``knows(fact_id)``: whether it
    is. An assessment asks some 170 times, so both are the methods of the mapping itself.
    """

    __slots__ = ("_facts", "_values", "knows", "value")

    value: Callable[..., Any]
    knows: Callable[[str], bool]

    def __init__(self, facts: Mapping[str, Fact] | Iterable[tuple[str, Fact]] = ()) -> None:
        given = dict(facts)
        types = vocabulary()
        for fact_id, fact in given.items():
            if isinstance(fact, Known) and not types[fact_id].accepts(fact.value):
                raise ValueError(f"{fact_id}: {fact.value} is not a possible value")
            if fact_id not in types:
                raise KeyError(fact_id)
        self._keep(given)

    @classmethod
    def of(cls, source: Source = "said", **values: Any) -> Profile:
        """A profile of known values, for callers that have plain data."""
        return cls({k: Known(v, source) for k, v in values.items() if v is not None})

    def __getitem__(self, fact_id: str) -> Fact:
        fact = self._facts.get(fact_id)
        if fact is not None:
            return fact
        if fact_id not in vocabulary():
            raise KeyError(fact_id)
        return NOT_ASKED

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __hash__(self) -> int:
        return hash(frozenset(self._facts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Profile) and self._facts == other._facts

    def __repr__(self) -> str:
        return f"Profile({self._facts!r})"

    def is_open(self, fact_id: str) -> bool:
        """Whether nobody has answered this yet, not even with "I don't know"."""
        return fact_id not in self._facts

    def having(self, source: Source = "said", **values: Any) -> Profile:
        """A copy in which these facts are known."""
        return self._changed({**self._facts, **Profile({k: Known(v, source) for k, v in values.items()})._facts})

    def without(self, *fact_ids: str) -> Profile:
        """A copy in which these facts are not asked."""
        return self._changed({k: v for k, v in self._facts.items() if k not in fact_ids})

    def with_facts(self, facts: Mapping[str, Fact]) -> Profile:
        """A copy with facts of another profile, in any state; their values are not checked again."""
        return self._changed({**self._facts, **facts})

    @classmethod
    def _changed(cls, facts: dict[str, Fact]) -> Profile:
        """A profile of facts whose values were checked already."""
        found = cls.__new__(cls)
        found._keep(facts)
        return found

    def _keep(self, facts: Mapping[str, Fact]) -> None:
        self._facts = {name: fact for name, fact in facts.items() if not isinstance(fact, NotAsked)}
        self._values = {name: fact.value for name, fact in self._facts.items() if isinstance(fact, Known)}
        self.value = self._values.get
        self.knows = self._values.__contains__

    def applies(self, fact_id: str) -> bool:
        """Whether the question makes sense for this person (``when`` and ``unless`` of the vocabulary)."""
        fact = vocabulary()[fact_id]
        fits = all(self.value(parent) in allowed for parent, allowed in fact.when.items())
        return fits and not self.spared(fact_id)

    def spared(self, fact_id: str) -> bool:
        """Whether the ``unless`` of the vocabulary rules the fact out."""
        spared = vocabulary()[fact_id].unless
        return bool(spared) and all(self.value(parent) in values for parent, values in spared.items())
