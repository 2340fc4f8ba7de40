"""The vocabulary of facts, read once from ``vocabulary.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
NONE = "none"
"""The value of a choice that says that there is nothing of the kind."""


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
    unless: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True)
class JointQuestion:
    """A question that asks for several facts at once.

    ``facts``: in the order in which they are asked for. ``options``: facts that one button tells, by its name.
    ``holding``: the value of each fact that says that it holds, where each may (an ``any`` question); empty where they
    are told together. ``bare``: the fact that a plain yes, no or number answers; None: such an answer could be for any.
    """

    id: str
    facts: tuple[str, ...]
    bare: str | None
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    holding: Mapping[str, Any] = field(default_factory=dict)

    def choices(self, asked: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What each button tells, by its name. ``asked``: the facts of it that are asked for."""
        if not self.holding:
            return {name: dict(facts) for name, facts in self.options.items()}
        return {"none": self.none_of(asked), **{fact_id: {fact_id: self.holding[fact_id]} for fact_id in asked}}

    def none_of(self, asked: Sequence[str]) -> dict[str, Any]:
        """The facts as they are when none of them holds."""
        return {fact_id: False if self.holding[fact_id] is True else NONE for fact_id in asked}


class Vocabulary(Mapping[str, FactType]):
    """Fact types by id, in the order in which they are asked; ``questions``: those that ask for several at once."""

    def __init__(self, facts: tuple[FactType, ...], questions: tuple[JointQuestion, ...] = ()) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self.questions = questions

    def __getitem__(self, fact_id: str) -> FactType:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def question_for(self, asked: Sequence[str]) -> JointQuestion | None:
        """The question that asked for these facts at once; None: one fact was asked for, or none."""
        if len(asked) < 2:
            return None
        fitting = (q for q in self.questions if tuple(asked) == q.facts or (q.holding and set(asked) <= set(q.facts)))
        return next(fitting, None)

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
    data = files.read(path)
    facts: list[FactType] = []
    seen: dict[str, FactType] = {}
    for entry in data["facts"]:
        fact = _fact(entry, path)
        for key, parents in (("when", fact.when), ("unless", fact.unless)):
            _check_parents(parents, seen, f"{path.name}: fact {fact.id}: {key}")
        if fact.id in seen:
            raise VocabularyError(f"{path.name}: fact {fact.id} stands twice")
        seen[fact.id] = fact
        facts.append(fact)
    return Vocabulary(tuple(facts), tuple(_question(entry, seen, path) for entry in data.get("questions", ())))


def _check_parents(parents: Mapping[str, Sequence[Any]], seen: Mapping[str, FactType], where: str) -> None:
    """A fact can hang only on facts that are asked before it, and on values that they can have."""
    for parent, values in parents.items():
        if parent not in seen:
            raise VocabularyError(f"{where}: {parent} is not an earlier fact")
        for value in values:
            if not seen[parent].accepts(value):
                raise VocabularyError(f"{where}: {parent} cannot be {value!r}")


def _fact(entry: dict[str, Any], path: Path) -> FactType:
    known = set(FactType.__dataclass_fields__)
    extra = set(entry) - known
    if extra:
        raise VocabularyError(f"{path.name}: fact {entry.get('id')}: unknown key {sorted(extra)[0]}")
    entry = dict(entry)
    for key in ("values", "needed", "proof"):
        entry[key] = tuple(entry.get(key, ()))
    for key in ("when", "unless"):
        entry[key] = {parent: tuple(values) for parent, values in entry.get(key, {}).items()}
    try:
        return FactType(**entry)
    except TypeError as error:
        raise VocabularyError(f"{path.name}: fact {entry.get('id')}: {error}") from None


def _question(entry: Mapping[str, Any], facts: Mapping[str, FactType], path: Path) -> JointQuestion:
    """Check that what a question asks for, and what its buttons tell, are facts and values of theirs."""
    holding: Mapping[str, Any] = entry.get("any", {})
    asked = tuple(entry.get("all", holding))
    options: Mapping[str, Mapping[str, Any]] = entry.get("options", {})
    question = JointQuestion(entry["id"], asked, entry.get("bare", asked[0]), options, holding)
    where = f"{path.name}: question {question.id}"
    for fact_id in (*asked, question.bare or asked[0]):
        if fact_id not in facts or fact_id not in asked:
            raise VocabularyError(f"{where}: {fact_id} is not a fact that it asks for")
    for name, told in {**question.choices(asked), **options}.items():
        for fact_id, value in told.items():
            if fact_id not in asked or not facts[fact_id].accepts(value):
                raise VocabularyError(f"{where}: {name}: {fact_id} cannot be {value!r}")
    return question
