"""Places in the lines of a topic, filled when the answer is given.

``{rule:ID}`` a figure with its unit (60 calendar days) · ``{number:ID}`` the figure alone
``{since:ID}`` first day of the rule in force
``{earlier:ID}`` the last figure established, where the rule in force holds none;
``{from:ID}`` and ``{until:ID}`` the first and last day of that figure
``{fact:ID}`` what the person said
``{derived:NAME}`` a date or an amount worked out from a fact and a rule
``{firm:FIELD}`` what may be said about the firm
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.lists import format_list

from bot.assessment.periods import ends
from bot.facts import Profile
from bot.knowledge.catalogue import LOCALES, Language, day, money, number, text
from bot.knowledge.figures import Figures, MissingFigureError, in_words
from bot.knowledge.firm import FirmWords
from bot.rules import rulebook
from bot.rules.programs import program_rules

EARLIER = ("earlier", "from", "until")
FIGURES = ("rule", "number", "since", *EARLIER)
KINDS = (*FIGURES, "fact", "derived", "firm")
ALWAYS_KNOWN = frozenset({"name", "register_url"})


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """One place of a line: its kind and what it names."""

    kind: str
    name: str

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules this place is filled from."""
        if self.kind in FIGURES:
            return (self.name,)
        return DERIVED[self.name].rules if self.kind == "derived" else ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from one fact and the rules in force: a day, an amount, or the ids of categories.

    ``last_day_counts``: a date is the last day in time; otherwise it is the first day too late.
    """

    fact: str
    rules: tuple[str, ...]
    work_out: Callable[[Profile, Figures], date | float | tuple[str, ...]]
    last_day_counts: bool = True

    def lies_ahead(self, day: date, as_of: date) -> bool:
        """Whether a date worked out has not gone by on ``as_of``."""
        return day > as_of or (self.last_day_counts and day == as_of)


@lru_cache(maxsize=4096)
def places(template: str) -> tuple[Place, ...]:
    """The places of a line, in order. Raises ``ValueError`` naming a place that does not exist."""
    return tuple(_parse(template))


def _parse(template: str) -> Iterator[Place]:
    for _, kind, name, conversion in string.Formatter().parse(template):
        if kind is None:
            continue
        if kind not in KINDS or conversion or not name:
            raise ValueError(f"{{{kind}:{name}}} is not a place; kinds are {', '.join(KINDS)}")
        if kind == "derived" and name not in DERIVED:
            raise ValueError(f"{{derived:{name}}}: expected one of {', '.join(DERIVED)}")
        yield Place(kind, name or "")


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything a line can be filled from."""

    language: Language
    profile: Profile
    firm: FirmWords
    figures: Figures

    def fill(self, template: str) -> str:
        """The line with its places filled. Raises ``MissingFigureError`` if a rule holds no value."""
        places(template)
        parts: list[str] = []
        for literal, kind, name, _ in string.Formatter().parse(template):
            parts.append(literal)
            if kind is not None:
                parts.append(self._value(Place(kind, name or "")))
        return "".join(parts)

    def _value(self, place: Place) -> str:
        match place.kind:
            case "rule":
                return in_words(self.figures[place.name], self.language)
            case "number":
                return in_words(self.figures[place.name], self.language, unit=False)
            case "since":
                return day(self.figures.first_day(place.name), self.language)
            case "earlier":
                return in_words(self.figures.earlier(place.name), self.language)
            case "from":
                return day(self.figures.earlier(place.name).effective_from, self.language)
            case "until":
                return self._last_day(place)
            case "fact":
                return self._written(self.profile.value(place.name))
            case "derived":
                return self._written(self.derive(place.name))
        return str(getattr(self.firm, place.name))

    def derive(self, name: str) -> date | float | tuple[str, ...] | None:
        """A derived value, or None where its fact or its rule is not known, or nothing was found."""
        derived = DERIVED[name]
        if not self.profile.knows(derived.fact):
            return None
        try:
            return derived.work_out(self.profile, self.figures) or None
        except MissingFigureError:
            return None

    def _written(self, value: object) -> str:
        if isinstance(value, date):
            return day(value, self.language)
        if isinstance(value, float):
            return money(value, self.language)
        if isinstance(value, tuple):
            names = [text(f"categories.name.{category}", self.language) for category in value]
            return format_list(names, locale=LOCALES[self.language])
        return number(value, self.language) if isinstance(value, int) else str(value)

    def _last_day(self, place: Place) -> str:
        last = self.figures.earlier(place.name).effective_to
        if last is None:
            raise MissingFigureError(place.name)
        return day(last, self.language)


def _ends(fact: str, rule: str, *, last_day_counts: bool) -> Derived:
    """The end of a period that a rule counts from the day a fact gives."""

    def work_out(profile: Profile, figures: Figures) -> date:
        figures.read(rule)
        end = ends(profile.value(fact), figures.rules, rule)
        if end is None:
            raise MissingFigureError(rule)
        return end

    return Derived(fact, (rule,), work_out, last_day_counts)


def _funds_needed(profile: Profile, figures: Figures) -> float:
    return funds_for(profile.value("family_size"), figures)


def funds_for(size: int, figures: Figures) -> float:
    """Settlement funds for a family of ``size``, in Canadian dollars. Raises ``MissingFigureError``."""
    figures.read(FUNDS)
    programs = program_rules(figures.rules)
    if programs is None or programs.funds is None:
        raise MissingFigureError(FUNDS)
    return float(programs.funds.required(size))


def _categories_of_noc(profile: Profile, figures: Figures) -> tuple[str, ...]:
    """The categories whose list of occupations holds the visitor's code."""
    code = profile.value("noc")
    lists = {category: f"categories.{category}.codes" for category in figures[CATEGORIES].value}
    return tuple(category for category, codes in lists.items() if codes in rulebook() and code in figures[codes].value)


FUNDS = "funds.table"
CATEGORIES = "categories.list"
DERIVED: Mapping[str, Derived] = {
    "ita_deadline": _ends("invited_on", "deadlines.ita", last_day_counts=True),
    "profile_expiry": _ends("profile_submitted_on", "validity.profile", last_day_counts=False),
    "language_expiry": _ends("language_taken_on", "validity.language_test", last_day_counts=False),
    "eca_expiry": _ends("eca_issued_on", "validity.eca", last_day_counts=False),
    "funds_needed": Derived("family_size", (FUNDS,), _funds_needed),
    "categories_of_noc": Derived("noc", (CATEGORIES,), _categories_of_noc),
}
