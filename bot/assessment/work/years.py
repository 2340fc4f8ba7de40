"""From plain years, where a person gave only those, to the hours that count, with what is taken for granted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.assessment.reason import Reason, reason
from bot.assessment.work.judging import teer_of
from bot.assessment.work.model import Criteria
from bot.facts import Profile
from bot.facts.profile import Place

FACT_OF: dict[Place, str] = {"canada": "canadian_work_years", "abroad": "foreign_work_years"}

IN_ALL = frozenset({"fsw", "fsw_experience"})


@dataclass(slots=True)
class Years:
    """Hours that count for certain and at most, why not more, what was assumed, and which facts are open.

    ``given``: whether any of the years are known at all.
    """

    hours: float = 0.0
    hours_high: float = 0.0
    reasons: list[Reason] = field(default_factory=list)
    assumptions: list[Reason] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    given: bool = False

    def nothing(self, why: Reason) -> None:
        """None of the years count."""
        self.hours = self.hours_high = 0.0
        self.reasons.append(why)


def from_years(profile: Profile, criteria: Criteria, places: Collection[Place]) -> Years:
    """What the plain years of these places give. Years are taken as the questions ask for them: skilled and paid."""
    found = Years()
    _add_up(profile, criteria, places, found)
    if found.hours_high == 0:
        return found
    _occupation(profile, criteria, found)
    _recent(profile, criteria, places, found)
    _continuous(profile, criteria, found)
    return found


def _add_up(profile: Profile, criteria: Criteria, places: Collection[Place], found: Years) -> None:
    most = criteria.most_hours
    in_all = profile.value("fsw_work_years") if criteria.purpose in IN_ALL else None
    if in_all is not None and len(places) == len(FACT_OF):
        found.given = True
        found.hours = found.hours_high = min(in_all * criteria.year_hours, most)
        return
    low = high = longest = 0.0
    for place in places:
        years = profile.value(FACT_OF[place])
        if years is None:
            found.open.append(FACT_OF[place])
            high += most
        else:
            found.given = True
            hours = min(years * criteria.year_hours, most)
            low, high, longest = low + hours, high + hours, max(longest, hours)
    found.hours = min(longest if criteria.one_occupation else low, most)
    found.hours_high = min(high, most)
    if found.hours_high > found.hours and not found.open:
        found.reasons.append(reason("here_and_abroad"))


def _occupation(profile: Profile, criteria: Criteria, found: Years) -> None:
    """What the main occupation leaves of it."""
    noc = profile.value("noc")
    if noc is not None and criteria.min_hours is not None and not criteria.exists(noc):
        found.hours = 0.0
        found.reasons.append(reason("noc_not_found", "noc.unit_groups", noc=noc))
        found.open.append("noc")
    elif criteria.codes is None and criteria.trades is None:
        if noc is not None and criteria.min_hours is not None and criteria.teers is not None:
            teer = teer_of(noc)
            if teer not in criteria.teers:
                found.hours = 0.0
                found.reasons.append(reason("main_not_skilled", "programs.skilled_teers", noc=noc, teer=teer))
                found.open.append("jobs")
    elif noc is None:
        found.hours = 0.0
        found.reasons.append(reason("noc_unknown"))
        found.open.append("noc")
    elif criteria.codes is not None and noc not in criteria.codes:
        found.nothing(reason("not_listed", noc=noc))
    elif criteria.trades is not None and noc not in criteria.trades:
        found.nothing(reason("not_a_trade", "fst.trades.include_major_groups", noc=noc))


def _recent(profile: Profile, criteria: Criteria, places: Collection[Place], found: Years) -> None:
    if not criteria.recent or not found.hours_high:
        return
    if criteria.purpose == "cec" and profile.knows("canadian_work_recent"):
        if not profile.value("canadian_work_recent"):
            found.nothing(reason("not_recent", criteria.rule(".window_years"), years=criteria.window_years))
        return
    if found.hours:
        found.assumptions.append(reason("recent", criteria.rule(".window_years"), years=criteria.window_years))


def _continuous(profile: Profile, criteria: Criteria, found: Years) -> None:
    if not criteria.one_occupation or not found.hours_high:
        return
    if not criteria.main_occupation:
        if found.hours:
            found.assumptions.append(reason("one_occupation"))
        return
    if profile.knows("continuous_year"):
        if not profile.value("continuous_year"):
            found.nothing(reason("not_continuous", criteria.rule(".continuous")))
        return
    if found.hours:
        found.assumptions.append(reason("continuous", criteria.rule(".continuous")))
