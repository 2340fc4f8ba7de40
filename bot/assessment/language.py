"""Test results to levels on a day: which ability reaches what, what has expired, what is only an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from bot.assessment.dates import years_after
from bot.assessment.model import AbilityLevel, LanguageResult
from bot.facts import Known, Profile
from bot.facts.interchange_schema import TEST_LANGUAGE
from bot.rules import Rules
from bot.rules.language import LEVELS, LanguageRules, NotOnScaleError, language_rules
from bot.rules.shapes import ABILITIES

Whose = Literal["first", "second", "spouse"]
PREFIX: dict[Whose, str] = {"first": "", "second": "second_", "spouse": "spouse_"}
NO_TEST = "none"
_NOT_TAKEN: Mapping[Whose, LanguageResult] = {
    whose: LanguageResult(whose, None, NO_TEST, tuple(AbilityLevel(ability, None, 0) for ability in ABILITIES))
    for whose in PREFIX
}


def language_result(profile: Profile, whose: Whose, as_of: date, rules: Rules) -> LanguageResult | None:
    """One result as levels; None where no test is known. A test ``none`` gives a result with levels of 0."""
    prefix = PREFIX[whose]
    test = profile.value(f"{prefix}language_test")
    if test is None:
        return None
    if test == NO_TEST:
        return _NOT_TAKEN[whose]
    taken_on: date | None = profile.value(f"{prefix}language_taken_on")
    is_level = test in LEVELS
    expires_on = None
    if taken_on is not None and not is_level:
        expires_on = years_after(taken_on, rules.value("validity.language_test"))
    tables = language_rules(rules)
    return LanguageResult(
        of=whose,
        language=TEST_LANGUAGE[test],
        test=test,
        abilities=tuple([_ability(profile, prefix, test, ability, tables) for ability in ABILITIES]),
        taken_on=taken_on,
        expires_on=expires_on,
        expired=expires_on is not None and as_of >= expires_on,
        estimated=is_level
        or (taken_on is not None and taken_on > as_of)
        or any(_is_estimate(profile, f"{prefix}{ability}") for ability in ABILITIES),
    )


def language_results(profile: Profile, as_of: date, rules: Rules) -> dict[str, LanguageResult | None]:
    """The results of the profile by whose they are."""
    return {whose: language_result(profile, whose, as_of, rules) for whose in PREFIX}


def off_scale(result: LanguageResult | None) -> bool:
    """Whether a score of the result does not exist on the scale of its test."""
    return result is not None and any(
        ability.score is not None and ability.level is None for ability in result.abilities
    )


def off_scale_facts(profile: Profile, as_of: date, rules: Rules) -> tuple[str, ...]:
    """Facts of the profile that hold a score which does not exist on the scale of its test."""
    results = ((prefix, language_result(profile, whose, as_of, rules)) for whose, prefix in PREFIX.items())
    return tuple(
        f"{prefix}{ability.ability}"
        for prefix, result in results
        if result is not None
        for ability in result.abilities
        if ability.score is not None and ability.level is None
    )


def _ability(profile: Profile, prefix: str, test: str, ability: str, tables: LanguageRules) -> AbilityLevel:
    score: float | None = profile.value(f"{prefix}{ability}")
    if score is None:
        return AbilityLevel(ability, None, None)
    try:
        return AbilityLevel(ability, score, tables.level(test, ability, score))
    except NotOnScaleError:
        return AbilityLevel(ability, score, None)


def _is_estimate(profile: Profile, fact_id: str) -> bool:
    fact = profile[fact_id]
    return isinstance(fact, Known) and fact.estimated
