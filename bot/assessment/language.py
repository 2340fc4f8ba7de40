"""Test results to levels on a day: which ability reaches what, what has expired, what is only an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from bot.assessment.dates import years_after
from bot.assessment.model import AbilityLevel, LanguageResult
from bot.facts import Fact, Known, Profile
from bot.facts.interchange_schema import TEST_LANGUAGE
from bot.rules import Rules
from bot.rules.language import LEVELS, LanguageRules, NotOnScaleError, language_rules
from bot.rules.shapes import ABILITIES

Whose = Literal["first", "second", "spouse"]
PREFIX: dict[Whose, str] = {"first": "", "second": "second_", "spouse": "spouse_"}
NO_TEST = "none"
_FACTS: Mapping[str, tuple[str, ...]] = {
    whose: tuple(f"{prefix}{ability}" for ability in ABILITIES) for whose, prefix in PREFIX.items()
}
"""The facts that hold the scores of a result, in the order of ``ABILITIES``."""
_NOT_TAKEN: Mapping[Whose, LanguageResult] = {
    whose: LanguageResult(whose, None, NO_TEST, tuple(AbilityLevel(ability, None, 0) for ability in ABILITIES))
    for whose in PREFIX
}


def language_result(profile: Profile, whose: Whose, as_of: date, rules: Rules) -> LanguageResult | None:
    """One result as levels; None where no test is known. A test ``none`` gives a result with levels of 0.

    Levels named without their test expire too, where the day of the test is known.
    """
    prefix = PREFIX[whose]
    test = profile.value(f"{prefix}language_test")
    if test is None:
        return None
    if test == NO_TEST:
        return _NOT_TAKEN[whose]
    taken_on: date | None = profile.value(f"{prefix}language_taken_on")
    expires_on = None
    if taken_on is not None:
        expires_on = years_after(taken_on, rules.value("validity.language_test"))
    tables, facts = language_rules(rules), _FACTS[whose]
    return LanguageResult(
        of=whose,
        language=TEST_LANGUAGE[test],
        test=test,
        abilities=tuple(
            [
                _ability(profile.value(fact), test, ability, tables)
                for fact, ability in zip(facts, ABILITIES, strict=True)
            ]
        ),
        taken_on=taken_on,
        expires_on=expires_on,
        expired=expires_on is not None and as_of >= expires_on,
        estimated=test in LEVELS
        or (taken_on is not None and taken_on > as_of)
        or any(_is_estimate(profile[fact]) for fact in facts),
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
    """Facts of the profile that hold a score which does not exist on the scale of its test.

    Where several do not, a TEF report was read in its other column: then none of its scores is one of this scale.
    """
    return tuple(
        fact
        for whose, result in language_results(profile, as_of, rules).items()
        if result is not None
        for fact, ability in zip(_FACTS[whose], result.abilities, strict=True)
        if ability.score is not None and (ability.level is None or _of_another_scale(result, rules))
    )


def _of_another_scale(result: LanguageResult, rules: Rules) -> bool:
    off = [ability for ability in result.abilities if ability.score is not None and ability.level is None]
    return result.test == rules.value("language.tef_scale") and len(off) > 1


def _ability(score: float | None, test: str, ability: str, tables: LanguageRules) -> AbilityLevel:
    if score is None:
        return AbilityLevel(ability, None, None)
    try:
        return AbilityLevel(ability, score, tables.level(test, ability, score))
    except NotOnScaleError:
        return AbilityLevel(ability, score, None)


def _is_estimate(fact: Fact) -> bool:
    return isinstance(fact, Known) and fact.estimated
