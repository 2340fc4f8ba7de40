"""Conditions that more than one program has, and how an answer follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.assessment.funds import least_family
from bot.assessment.model import Condition, Program, ProgramId, Selection
from bot.assessment.programs.person import Person
from bot.assessment.reason import Answer, Reason, reason, under
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Version

TO_MET: dict[Answer, bool | None] = {"yes": True, "no": False, "cannot_tell": None}


def condition(
    condition_id: str,
    met: bool | None,
    rule: Version,
    *,
    facts: Iterable[str] = (),
    assumed: bool = False,
    reasons: Iterable[Reason] = (),
    **params: Any,
) -> Condition:
    """A condition with the provenance of its rule; what would settle it only where it is open."""
    return Condition(
        condition_id,
        met,
        params,
        rule.rule_id,
        rule.sources[0].url,
        rule.effective_from,
        tuple(dict.fromkeys(facts)) if met is None else (),
        assumed,
        tuple(reasons),
    )


def answer(
    program_id: ProgramId,
    conditions: Sequence[Condition],
    assumptions: Iterable[Reason],
    checked: date | None,
    selection: Selection | None = None,
) -> Program:
    """No as soon as one condition is not met; yes when all are met; else it cannot be told yet, and what is missing."""
    met = [item.met for item in conditions]
    verdict: Answer = "no" if False in met else "cannot_tell" if None in met else "yes"
    missing = dict.fromkeys(fact for item in conditions for fact in item.facts) if verdict == "cannot_tell" else ()
    return Program(
        id=program_id,
        answer=verdict,
        conditions=tuple(conditions),
        missing=tuple(missing),
        assumptions=tuple({item.id: item for item in assumptions}.values()),
        needs_official_check=checked,
        selection=selection,
    )


def outside_quebec(profile: Profile, rule: Version) -> Condition:
    """The intention to live outside Quebec, which every program asks for; not known, it is taken for granted."""
    destination = profile.value("destination")
    return condition(
        "outside_quebec",
        destination != "quebec",
        rule,
        assumed=destination not in {"outside_quebec", "quebec"},
    )


def work(condition_id: str, person: Person, purpose: str, rule: Version, **params: Any) -> Condition:
    """Enough work of the kind that the program counts."""
    counted = person.work[purpose]
    return condition(
        condition_id,
        TO_MET[counted.enough],
        rule,
        facts=counted.open or ("jobs",),
        reasons=under("work.reason", counted.reasons),
        hours=int(counted.min_hours or 0),
        counted=int(counted.hours),
        **params,
    )


def work_assumptions(counted: WorkCount) -> list[Reason]:
    """What was taken for granted of the work, as texts by their full id."""
    return under("work.assumed", counted.assumptions)


def assumption(name: str, **values: Any) -> Reason:
    """Something taken for granted, as a text by its full id."""
    return reason(f"assessment.assumption.{name}", **values)


def funds(
    condition_id: str, person: Person, exempt: bool | None, exempt_facts: tuple[str, ...] = ()
) -> Condition | None:
    """Settlement funds for the size of the family; None where no table stands on the day.

    ``exempt``: None where a qualifying offer and a permission to work may take the requirement away.
    """
    table = person.tables.funds
    if table is None:
        return None
    amount = person.profile.value("funds_amount")
    size = person.profile.value("family_size")
    least = least_family(person.profile)
    needed = table.required(least)
    met: bool | None = None
    facts: list[str] = []
    if amount is not None and amount < needed:
        met = False
    elif amount is not None and size is not None:
        met = True
    else:
        facts = [name for name, value in (("family_size", size), ("funds_amount", amount)) if value is None]
    if exempt is None and met is not True:
        met, facts = None, [*facts, *exempt_facts]
    return condition(
        condition_id,
        met,
        table.rule,
        facts=facts,
        needed=needed,
        people=least,
        table=table.rule.effective_from,
    )
