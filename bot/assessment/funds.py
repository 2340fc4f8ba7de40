"""Settlement funds: what the table asks for the family named, against the amount named."""

from __future__ import annotations

from typing import NamedTuple

from bot.assessment.reason import Answer
from bot.facts import PARTNERED, Profile
from bot.rules import Rules
from bot.rules.programs import program_rules

TABLE = "funds.table"


class Funds(NamedTuple):
    """Canadian dollars needed for ``family_size`` people, the amount named, and whether it is enough.

    ``short``: what is lacking, 0 where nothing is. ``stale``: a newer table is known to be due, so that the amount
    needed must not be shown as current.
    """

    enough: Answer
    family_size: int | None
    needed: int | None
    named: float | None
    short: float | None
    stale: bool
    open: tuple[str, ...] = ()
    rule: str = TABLE


def least_family(profile: Profile) -> int:
    """The people in the family at the least: as many as are named, or the person and the partner if there is one."""
    size: int | None = profile.value("family_size")
    return size or (2 if profile.value("marital_status") in PARTNERED else 1)


def funds_for(profile: Profile, rules: Rules) -> Funds | None:
    """The comparison; None where no table stands on that day.

    The family is everybody: the partner and every dependent child, also those who stay behind.
    """
    programs = program_rules(rules)
    if programs is None or programs.funds is None:
        return None
    size: int | None = profile.value("family_size")
    named: float | None = profile.value("funds_amount")
    needed = programs.funds.required(size) if size is not None else None
    missing = tuple(fact for fact in ("family_size", "funds_amount") if not profile.knows(fact))
    enough: Answer = "cannot_tell"
    if needed is not None and named is not None:
        enough = "yes" if named >= needed else "no"
    elif named is not None and named < programs.funds.required(least_family(profile)):
        enough = "no"
    return Funds(
        enough=enough,
        family_size=size,
        needed=needed,
        named=named,
        short=max(needed - named, 0) if needed is not None and named is not None else None,
        stale=rules.reference(TABLE).stale,
        open=missing,
    )
