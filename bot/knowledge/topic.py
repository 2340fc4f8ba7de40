"""One topic of the knowledge base: a question, its answer in two languages, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.assessment.rounds import HISTORY
from bot.facts import vocabulary
from bot.knowledge.firm import FIRM_FIELDS
from bot.knowledge.pages import Bilingual, pages
from bot.knowledge.places import ALWAYS_KNOWN, DERIVED, EARLIER, Place, places

Group = Literal[
    "basics",
    "profile",
    "score",
    "rounds",
    "invitation",
    "documents",
    "language",
    "education",
    "work",
    "family",
    "provinces",
    "funds",
    "landing",
    "permits",
    "trouble",
    "time_and_fees",
    "assistant",
]
NoticeId = Literal["urgent", "advice", "reform"]
Aspect = Literal[
    "partner",
    "children",
    "french",
    "english",
    "language",
    "eca",
    "profile",
    "medical",
    "police",
    "cec",
    "fsw",
    "fst",
    "pnp",
]
"""What a follow-up can ask of the same topic: "and for my wife?", "what about the ECA?"."""
TableId = Literal["funds", "programs", "rounds", "category_rounds", "cec_rounds"]

KNOWN = "known"
UNKNOWN = "unknown"
AHEAD = "ahead"
PAST = "past"


def _condition(given: Any) -> tuple[Any, ...]:
    """``known`` and ``[known]`` are the same; a list stays a list of allowed values."""
    return tuple(given) if isinstance(given, list | tuple) else (given,)


Condition = Annotated[tuple[Any, ...], BeforeValidator(_condition)]


class Line(Bilingual):
    """One line in both languages, said only if every condition of ``when`` holds.

    A key of ``when`` is a fact (its allowed values, or ``known``/``unknown``), ``firm.<field>``
    (``known``/``unknown``), ``derived.<name>`` (``known``, ``ahead``, ``past``) or ``rule.<id>`` (statuses).
    """

    when: dict[str, Condition] = Field(default_factory=dict)

    def in_languages(self) -> tuple[str, str]:
        return self.en, self.fr

    def _while_incomplete(self) -> bool:
        return any(key.startswith("rule.") and allowed == ("incomplete",) for key, allowed in self.when.items())

    @model_validator(mode="after")
    def _checked(self) -> Line:
        for key, allowed in self.when.items():
            _check_condition(key, allowed)
        in_english = places(self.en)
        if sorted(place.name for place in in_english) != sorted(place.name for place in places(self.fr)):
            raise ValueError(f"the places of en and fr differ: {self.en!r} / {self.fr!r}")
        for place in in_english:
            needed = _condition_for(place)
            if needed and (needed not in self.when or UNKNOWN in self.when[needed]):
                raise ValueError(f"{{{place.kind}:{place.name}}} needs `when: {{{needed}: known}}`")
            if place.kind in EARLIER and not self._while_incomplete():
                raise ValueError(f"{{{place.kind}:{place.name}}} needs `when: {{rule.…: incomplete}}`")
        return self


class Topic(BaseModel):
    """A question people ask, with its answer.

    ``answer``: up to five lines; ``more``: what is said on request; ``about``: what is said, or the topic that
    answers, when a follow-up asks the same of somebody or something else; ``asks``: a fact with choices that makes
    the answer personal, offered as buttons while it is open; ``link``: the official page;
    ``rules``: rules the words hang on besides those whose figures are filled in; ``next``: topics
    offered afterwards; ``offer_person``: the question needs judgment, so a person is offered; ``reviewed_rules``: a
    stamp of what its rules said at the review (``freshness.stamp``);
    ``with_licensee``: no other topic leads to it where the firm has no licensee.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: Group
    title: Bilingual
    question: Bilingual
    answer: tuple[Line, ...] = Field(min_length=1)
    more: tuple[Line, ...] = ()
    about: dict[Aspect, str | tuple[Line, ...]] = Field(default_factory=dict)
    asks: str | None = None
    table: TableId | None = None
    link: str
    rules: tuple[str, ...] = ()
    reviewed_on: date
    reviewed_by: str
    reviewed_rules: str = ""
    next: tuple[str, ...] = Field(default=(), max_length=3)
    offer_person: bool = False
    with_licensee: bool = False
    notice: NoticeId | None = None

    @model_validator(mode="after")
    def _checked(self) -> Topic:
        if self.link not in pages():
            raise ValueError(f"link: {self.link} is not a page of pages.yml")
        if self.notice == "urgent" and not self.offer_person:
            raise ValueError("offer_person: an urgent topic offers a person")
        if self.asks is not None and (self.asks not in vocabulary() or vocabulary()[self.asks].type != "choice"):
            raise ValueError(f"asks: {self.asks} is not a fact with choices")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.answer + self.more + tuple(line for lines in self.said_about.values() for line in lines)

    @cached_property
    def said_about(self) -> dict[str, tuple[Line, ...]]:
        """The follow-ups that this topic answers itself."""
        return {aspect: lines for aspect, lines in self.about.items() if not isinstance(lines, str)}

    @cached_property
    def depends_on(self) -> tuple[str, ...]:
        """Every rule the topic hangs on, in order of appearance."""
        return tuple(dict.fromkeys((*self._from_lines(), *_TABLE_RULES.get(self.table or "", ()), *self.rules)))

    def _from_lines(self) -> Iterator[str]:
        for line in self.lines:
            for place in places(line.en):
                yield from place.rules
            yield from (key.removeprefix("rule.") for key in line.when if key.startswith("rule."))


_TABLE_RULES: dict[str, tuple[str, ...]] = {
    "funds": DERIVED["funds_needed"].rules,
    **dict.fromkeys(("rounds", "category_rounds", "cec_rounds"), (HISTORY,)),
}


def _check_condition(key: str, allowed: tuple[Any, ...]) -> None:
    kind, _, name = key.partition(".")
    if not name:
        types = vocabulary()
        if key not in types:
            raise ValueError(f"when: {key} is not a fact")
        for value in allowed:
            if value not in (KNOWN, UNKNOWN) and not types[key].accepts(value):
                raise ValueError(f"when: {key} cannot be {value!r}")
    elif kind == "firm":
        _one_of(key, name, FIRM_FIELDS, allowed, (KNOWN, UNKNOWN))
    elif kind == "derived":
        _one_of(key, name, frozenset(DERIVED), allowed, (KNOWN, UNKNOWN, AHEAD, PAST))
    elif kind != "rule":
        raise ValueError(f"when: {key}: expected a fact, firm.…, derived.… or rule.…")


def _one_of(key: str, name: str, names: frozenset[str], allowed: tuple[Any, ...], values: tuple[str, ...]) -> None:
    if name not in names:
        raise ValueError(f"when: {key}: {name} is not one of {', '.join(sorted(names))}")
    if not set(allowed) <= set(values):
        raise ValueError(f"when: {key}: expected one of {', '.join(values)}")


def _condition_for(place: Place) -> str | None:
    """The condition without which the place could stay empty."""
    match place.kind:
        case "fact":
            return place.name
        case "derived":
            return f"derived.{place.name}"
        case "firm" if place.name not in ALWAYS_KNOWN:
            return f"firm.{place.name}"
    return None
