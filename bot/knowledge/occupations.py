"""Occupations with their titles, for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.knowledge.catalogue import Language
from bot.rules import rulebook
from bot.rules.noc import unit_groups
from bot.understanding.occupations import Occupations, build


@lru_cache(maxsize=1)
def occupations() -> Occupations:
    """The names of today's unit groups, ready for searching."""
    groups = unit_groups(rulebook().at(date.today())).values()
    return build((group.code, group.teer, group.title) for group in groups)


@lru_cache(maxsize=2)
def occupation_titles(language: Language) -> Mapping[str, str]:
    """The title of every unit group by its code; in French a common name where there is one, else the English title."""
    return {code: occupations().title(code, language) for code in occupations().titles}


def occupation(code: str, language: Language) -> str:
    """``21231 · Software engineers and designers``; the code alone if there is no such group."""
    title = occupation_titles(language).get(code)
    return f"{code} · {title}" if title else code
