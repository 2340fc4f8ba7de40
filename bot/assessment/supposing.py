"""A person with one thing otherwise: the profile that "what if I get CLB 9?" is about. Pure; nothing is remembered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from bot.assessment.language import PREFIX, Whose, language_result, off_scale_facts
from bot.facts import Profile, vocabulary
from bot.facts.interchange_schema import TEST_LANGUAGE
from bot.rules import Rules
from bot.rules.language import LEVELS
from bot.rules.shapes import ABILITIES

Facts = dict[str, Any]

_YEARS: Final = frozenset({"canadian_work_years", "foreign_work_years"})


def suppose(
    profile: Profile, facts: Mapping[str, Any], more: Collection[str], as_of: date, rules: Rules
) -> tuple[Profile, tuple[str, ...]] | None:
    """The profile with these facts instead, and what is supposed in it; None where they do not fit the person.

    ``more``: facts whose values come on top of what is known. Levels of some abilities stand beside those that the
    other scores give. A result to come has no day yet; a credential to come is taken as assessed, for it would earn
    nothing otherwise.
    """
    changed = {fact: value + profile.value(fact, 0) if fact in more else value for fact, value in facts.items()}
    for whose, prefix in PREFIX.items():
        changed = _whole_test(profile, changed, whose, prefix, as_of, rules)
    if profile.knows("jobs"):  # dated jobs say what counts; plain years beside them would not be read
        changed = {fact: value for fact, value in changed.items() if fact not in _YEARS}
    if "education" in changed and profile.value("eca") in {"not_done", "in_progress"}:
        changed["eca"] = "done"
    gone = [f"{prefix}language_taken_on" for prefix in PREFIX.values() if f"{prefix}listening" in changed]
    gone += ["date_of_birth"] * ("age" in changed)
    supposed = profile.without(*gone).having("derived", **changed)
    fits = all(supposed.applies(fact) or profile.knows(fact) for fact in changed)
    if not changed or not fits or off_scale_facts(supposed, as_of, rules):
        return None
    return supposed, tuple(fact for fact in vocabulary() if fact in changed)


def _whole_test(profile: Profile, changed: Facts, whose: Whose, prefix: str, as_of: date, rules: Rules) -> Facts:
    """The facts with a result that is whole, or without it: levels of one ability need those of the others."""
    name, known = f"{prefix}language_test", profile.value(f"{prefix}language_test", "none")
    scores = {f"{prefix}{ability}" for ability in ABILITIES} & changed.keys()
    test = changed.get(name, known)
    without = {fact: value for fact, value in changed.items() if fact not in {name, *scores}}
    if not scores:
        return without
    if test == known or len(scores) == len(ABILITIES):
        return changed
    result = language_result(profile, whose, as_of, rules)
    if test not in LEVELS or result is None or result.language != TEST_LANGUAGE[test]:
        return without
    return {f"{prefix}{one.ability}": one.level for one in result.abilities if one.level is not None} | changed
