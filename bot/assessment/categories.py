"""Category-based selection: in, out or cannot tell for each category of the day, with the reasons.

A category round also asks for one of the three programs; ``bot.assessment.rounds`` puts both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.assessment.model import LanguageResult
from bot.assessment.periods import MONTHS_OF_A_YEAR
from bot.assessment.reason import Answer, Reason, reason
from bot.assessment.work import Criteria, JobList, count_work, job_list
from bot.assessment.work.criteria import COMMON, common
from bot.facts import Profile
from bot.rules import Rules

LIST, EXPERIENCE = "categories.list", "categories.experience"
HIGHEST_LEVEL = "language.highest_level"
FRENCH, MILITARY = "french", "military"
BELOW_POST_SECONDARY = frozenset({"none", "secondary"})
ONE_YEAR_CREDENTIAL = "one_year"
_EXPERIENCE: Mapping[Answer, str] = {
    "yes": "experience_reached",
    "no": "experience_short",
    "cannot_tell": "experience_open",
}


class CategoryResult(NamedTuple):
    """Whether a person is in a category: ``answer`` yes is in, no is out.

    ``reasons`` are texts under ``categories.reason``; ``work_reasons``, why work does not count, under ``work.reason``.
    ``noc``: the occupation that counts; ``months`` to ``months_high``: full-time months of work in it inside the
    window; ``open``: facts that would settle it. ``confirmed_until``: the last day for which the category was
    confirmed, when something has changed since; None: nothing speaks against it.
    """

    id: str
    answer: Answer
    reasons: tuple[Reason, ...] = ()
    work_reasons: tuple[Reason, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    noc: str | None = None
    months: int | None = None
    months_high: int | None = None
    open: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    confirmed_until: date | None = None


class FrenchLevels(NamedTuple):
    """The lowest of the four French abilities, from ``low`` to ``high`` (NCLC; 0 without a test), and what is open.

    ``expired_on``: there was a result, but it counts no longer.
    """

    low: int
    high: int
    open: tuple[str, ...] = ()
    expired_on: date | None = None


def french_levels(results: Mapping[str, LanguageResult | None], rules: Rules) -> FrenchLevels:
    """The French of a person from the test results by whose they are."""
    first, second = results["first"], results["second"]
    highest = rules.value(HIGHEST_LEVEL)
    for result, prefix in ((first, ""), (second, "second_")):
        if result is not None and result.language == "french":
            if result.expired:
                return FrenchLevels(0, 0, expired_on=result.expires_on)
            levels = [ability.level for ability in result.abilities]
            missing = [f"{prefix}{ability.ability}" for ability in result.abilities if ability.level is None]
            low, high = (min(edge if level is None else level for level in levels) for edge in (0, highest))
            return FrenchLevels(low, high, tuple(missing[:1]))
    if first is None:
        return FrenchLevels(0, highest, ("language_test",))
    if second is None and first.language is not None:
        return FrenchLevels(0, highest, ("second_language_test",))
    return FrenchLevels(0, 0)


def categories_for(
    profile: Profile, rules: Rules, as_of: date, french: FrenchLevels, jobs: JobList | None = None
) -> tuple[CategoryResult, ...]:
    """Every category of the day, in the order of the rules; none where the rules of the day name none."""
    plans: tuple[_Plan, ...] = rules.compiled("categories.plans", _plans)
    if not plans:
        return ()
    known = _occupations(job_list(profile) if jobs is None else jobs, rules.reference(LIST).needs_official_check)
    return tuple([_result(plan, profile, as_of, french, known) for plan in plans])


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """A category as the rules of a run of days have it."""

    id: str
    rules: tuple[str, ...]
    list_rule: str
    codes: frozenset[str]
    collected: bool
    criteria: Criteria | None
    french_level: int
    military: Mapping[str, int]


def _plans(rules: Rules) -> tuple[_Plan, ...]:
    if not rules.has(LIST):
        return ()
    return tuple(_plan(category, rules) for category in rules.value(LIST))


def _plan(category: str, rules: Rules) -> _Plan:
    list_rule = f"categories.{category}.codes"
    collected = category == FRENCH or rules.has(list_rule)
    codes = frozenset(rules.value(list_rule)) if collected and category != FRENCH else frozenset()
    criteria = _criteria(category, codes, rules) if collected and category not in (FRENCH, MILITARY) else None
    names = ("service_years", "offer_min_years", "credential_min_years") if category == MILITARY else ()
    own = (
        ("categories.french.level",)
        if category == FRENCH
        else (list_rule, *(f"categories.military.{name}" for name in names))
    )
    return _Plan(
        id=category,
        rules=criteria.rules if criteria is not None else own,
        list_rule=list_rule,
        codes=codes,
        collected=collected,
        criteria=criteria,
        french_level=rules.value("categories.french.level") if category == FRENCH else 0,
        military={name: rules.value(f"categories.military.{name}") for name in names},
    )


def _criteria(category: str, codes: frozenset[str], rules: Rules) -> Criteria | None:
    """What the experience must be; None where the rules of the day do not establish it."""
    shared = common(rules)
    needed = [f"{EXPERIENCE}.{name}" for name in ("months", "window_years", "continuous")]
    if shared is None or not all(rules.has(rule_id) for rule_id in needed):
        return None
    by_hours = rules.has(f"{EXPERIENCE}.hours")
    here = rules.has(f"{EXPERIENCE}.canada_only") and category in rules.value(f"{EXPERIENCE}.canada_only")
    hours = (
        rules.value(f"{EXPERIENCE}.hours")
        if by_hours
        else rules.value(f"{EXPERIENCE}.months") * shared["year_hours"] / MONTHS_OF_A_YEAR
    )
    return Criteria(
        purpose=f"category.{category}",
        window_years=rules.value(f"{EXPERIENCE}.window_years"),
        min_hours=hours,
        place="canada" if here else None,
        codes=codes,
        # The rule does not say how these kinds of work count towards a category for Canadian experience.
        silent=frozenset({"self_employment", "work_while_full_time_student", "unauthorized_work"})
        if here
        else frozenset({"unauthorized_work"}),
        physicians=here and rules.has("cec.physician_exception") and rules.value("cec.physician_exception"),
        one_occupation=True,
        continuous=rules.value(f"{EXPERIENCE}.continuous"),
        recent=True,
        rules=(
            f"categories.{category}.codes",
            *needed,
            *((f"{EXPERIENCE}.hours",) if by_hours else ()),
            *((f"{EXPERIENCE}.canada_only",) if here else ()),
            *COMMON,
        ),
        **shared,
    )


class _Person(NamedTuple):
    """The jobs of a person, the NOC codes named, whether some work may be in another one, and the day in doubt."""

    jobs: JobList
    codes: frozenset[str]
    named: str
    open: bool
    confirmed_until: date | None


def _occupations(jobs: JobList, confirmed_until: date | None) -> _Person:
    codes = frozenset([noc for noc in (*jobs.nocs, jobs.main_noc) if noc is not None])
    return _Person(jobs, codes, ", ".join(sorted(codes)), not codes or None in jobs.nocs, confirmed_until)


def _result(plan: _Plan, profile: Profile, as_of: date, french: FrenchLevels, person: _Person) -> CategoryResult:
    if plan.id == FRENCH:
        return _french(plan, french, person)
    if plan.collected and not person.open and plan.codes.isdisjoint(person.codes):
        return _not_listed(plan, person.named, person.confirmed_until)
    if plan.id == MILITARY:
        return _military(plan, profile, person)
    return _experience(plan, profile, as_of, person)


@lru_cache(maxsize=8192)
def _not_listed(plan: _Plan, named: str, confirmed_until: date | None) -> CategoryResult:
    """What is said of most categories: none of the occupations named is on the list."""
    why = reason("not_listed", plan.list_rule, noc=named)
    return CategoryResult(plan.id, "no", (why,), rules=plan.rules, confirmed_until=confirmed_until)


def _answer(
    plan: _Plan, person: _Person, answer: Answer, *reasons: Reason, open_facts: tuple[str, ...] = ()
) -> CategoryResult:
    return CategoryResult(
        plan.id, answer, reasons, open=open_facts, rules=plan.rules, confirmed_until=person.confirmed_until
    )


def _french(plan: _Plan, french: FrenchLevels, person: _Person) -> CategoryResult:
    level = plan.french_level
    rule = "categories.french.level"
    if french.low >= level:
        return _answer(plan, person, "yes", reason("french_reached", rule, level=level, lowest=french.low))
    if french.expired_on is not None:
        why = reason("french_expired", "validity.language_test", level=level, on=french.expired_on)
        return _answer(plan, person, "no", why)
    if french.high < level:
        why = reason("french_below", rule, level=level, lowest=french.high)
        return _answer(plan, person, "no", why if french.high else reason("no_french_test", rule, level=level))
    return _answer(plan, person, "cannot_tell", reason("french_open", rule, level=level), open_facts=french.open)


def _military(plan: _Plan, profile: Profile, person: _Person) -> CategoryResult:
    """Service abroad and the offer of the Canadian Armed Forces are not among the facts, so yes is never said."""
    prefix = "categories.military"
    years = plan.military
    against = []
    if profile.value("job_offer") == "none":
        against.append(reason("no_forces_offer", f"{prefix}.offer_min_years", years=years["offer_min_years"]))
    short = BELOW_POST_SECONDARY | {ONE_YEAR_CREDENTIAL}
    if profile.value("education") in short:
        rule = f"{prefix}.credential_min_years"
        against.append(reason("credential_too_short", rule, years=years["credential_min_years"]))
    if against:
        return _answer(plan, person, "no", *against)
    conditions = (
        reason("military_service", f"{prefix}.service_years", years=years["service_years"]),
        reason("forces_offer", f"{prefix}.offer_min_years", years=years["offer_min_years"]),
        reason("military_credential", f"{prefix}.credential_min_years", years=years["credential_min_years"]),
    )
    return _answer(plan, person, "cannot_tell", *conditions, open_facts=() if person.codes else ("noc",))


def _experience(plan: _Plan, profile: Profile, as_of: date, person: _Person) -> CategoryResult:
    criteria = plan.criteria
    if criteria is None or criteria.min_hours is None:
        return _answer(plan, person, "cannot_tell", reason("list_not_collected", LIST))
    work = count_work(profile, criteria, as_of, person.jobs)
    needed = int(criteria.min_hours * MONTHS_OF_A_YEAR // criteria.year_hours)
    values = {"months": work.months, "needed": needed, "years": criteria.window_years}
    place = "_in_canada" if criteria.place == "canada" else ""
    rule = f"{EXPERIENCE}.months"
    line = reason(f"{_EXPERIENCE[work.enough]}{place}", rule, **values)
    return CategoryResult(
        id=plan.id,
        answer=work.enough,
        reasons=(line,),
        work_reasons=work.reasons,
        assumptions=work.assumptions,
        noc=work.noc,
        months=work.months,
        months_high=work.months_high,
        open=work.open,
        rules=plan.rules,
        confirmed_until=person.confirmed_until,
    )
