"""The vocabulary of facts, read once from ``vocabulary.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from bot import files

Kind = Literal["boolean", "integer", "number", "date", "choice", "noc", "jobs", "stays"]
Privacy = Literal["ordinary", "personal", "sensitive"]

PATH = Path(__file__).with_name("vocabulary.yml")
EARLIEST_DATE = date(1900, 1, 1)


class VocabularyError(ValueError):
    """``vocabulary.yml`` is not what the code expects; the message names the fact and the key."""


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact that can be known: its type, bounds, place in the conversation and privacy class."""

    id: str
    type: Kind
    topic: str
    needed: tuple[str, ...]
    privacy: Privacy
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    step: float | None = None
    unit: str | None = None
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    asked: bool = True
    valid: str | None = None
    proof: tuple[str, ...] = ()

    def accepts(self, value: Any) -> bool:
        """Whether ``value`` has this fact's type and lies within its bounds."""
        match self.type:
            case "boolean":
                return isinstance(value, bool)
            case "integer":
                return isinstance(value, int) and not isinstance(value, bool) and self._bounded(value)
            case "number":
                return isinstance(value, int | float) and not isinstance(value, bool) and self._bounded(value)
            case "date":
                return isinstance(value, date) and value >= EARLIEST_DATE
            case "choice":
                return isinstance(value, str) and value in self.values
            case "noc":
                return isinstance(value, str) and len(value) == 5 and value.isascii() and value.isdigit()
            case "jobs" | "stays":
                return isinstance(value, tuple)

    def _bounded(self, value: float) -> bool:
        return (self.min is None or value >= self.min) and (self.max is None or value <= self.max)


class Vocabulary(Mapping[str, FactType]):
    """Fact types by id, in the order in which they are asked."""

    def __init__(self, facts: tuple[FactType, ...]) -> None:
        self._facts = {fact.id: fact for fact in facts}

    def __getitem__(self, fact_id: str) -> FactType:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    @property
    def topics(self) -> tuple[str, ...]:
        """Topics in the order in which they come up."""
        return tuple(dict.fromkeys(fact.topic for fact in self._facts.values()))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The project's vocabulary. Raises ``VocabularyError`` naming the fact and the key."""
    return load(PATH)


def load(path: Path) -> Vocabulary:
    """Read and check a vocabulary file."""
    entries = files.read(path)["facts"]
    facts: list[FactType] = []
    seen: dict[str, FactType] = {}
    for entry in entries:
        fact = _fact(entry, path)
        for parent, allowed in fact.when.items():
            if parent not in seen:
                raise VocabularyError(f"{path.name}: fact {fact.id}: when: {parent} is not an earlier fact")
            for value in allowed:
                if not seen[parent].accepts(value):
                    raise VocabularyError(f"{path.name}: fact {fact.id}: when: {parent} cannot be {value!r}")
        if fact.id in seen:
            raise VocabularyError(f"{path.name}: fact {fact.id} stands twice")
        seen[fact.id] = fact
        facts.append(fact)
    return Vocabulary(tuple(facts))


def _fact(entry: dict[str, Any], path: Path) -> FactType:
    known = set(FactType.__dataclass_fields__)
    extra = set(entry) - known
    if extra:
        raise VocabularyError(f"{path.name}: fact {entry.get('id')}: unknown key {sorted(extra)[0]}")
    entry = dict(entry)
    for key in ("values", "needed", "proof", "together"):
        entry[key] = tuple(entry.get(key, ()))
    entry["when"] = {parent: tuple(values) for parent, values in entry.get("when", {}).items()}
    try:
        return FactType(**entry)
    except TypeError as error:
        raise VocabularyError(f"{path.name}: fact {entry.get('id')}: {error}") from None
