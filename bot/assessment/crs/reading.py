"""From what is known of a person to the candidates that it leaves possible.

Every fact that can move the score and is not known becomes an ``Open``: the settled value with the fewest and the
one with the most points. The score never falls when one of these values rises, so that the range between the
candidate with all the lowest and the one with all the highest values holds every possible person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from bot.assessment.crs.candidate import NO_LEVELS, Candidate, Levels, changed, with_lowest
from bot.assessment.dates import age_on, years_after
from bot.assessment.language import NO_TEST
from bot.assessment.model import LanguageResult
from bot.assessment.reason import Reason, reason, under
from bot.assessment.work import WorkCount
from bot.facts import PARTNERED, Declined, Profile, Unknown, vocabulary
from bot.rules import Rules
from bot.rules.score import ScoreRules
from bot.rules.tables import Chart

NONE = "none"
SHORT_PROGRAM = "one_or_two_years"
OF_A_SHORT_PROGRAM = frozenset({NONE, "secondary", "one_year", "two_year"})
"""Levels of education that a program of one or two years in Canada, or none at all, accounts for."""
LEAST_OF_A_SHORT_PROGRAM = "one_year"


class Open(NamedTuple):
    """One fact that is not known, and the fields of the candidate as they stand at their highest."""

    fact: str
    high: Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """The candidate with every open fact at its lowest, the open facts, and the columns that are possible.

    ``column_facts``: what would settle the column. ``assumptions``: what was taken for granted.
    """

    low: Candidate
    opens: list[Open]
    columns: tuple[bool, ...]
    column_facts: tuple[str, ...]
    assumptions: list[Reason] = field(default_factory=list)

    def lowest(self, with_spouse: bool) -> Candidate:
        """The candidate with every open fact at its lowest."""
        return changed(self.low, {"with_spouse": with_spouse})

    def highest(self, with_spouse: bool) -> Candidate:
        """The candidate with every open fact at its highest."""
        fields = {name: value for item in self.opens for name, value in item.high.items()}
        return changed(self.low, {"with_spouse": with_spouse, **fields})

    def only(self, with_spouse: bool) -> Reading:
        """The same person in one of the columns, taken as certain. With a spouse, the spouse must have been read."""
        return Reading(self.low, self.opens, (with_spouse,), (), self.assumptions)

    def knowing(self, fact: str, fields: Mapping[str, Any]) -> Reading:
        """The same person with one more fact known, which settles these fields."""
        opens = [item for item in self.opens if item.fact != fact]
        return Reading(changed(self.low, fields), opens, self.columns, self.column_facts, self.assumptions)

    def by_fact(self) -> dict[str, dict[str, Any]]:
        """The fields that each open fact decides, as they stand at their highest."""
        found: dict[str, dict[str, Any]] = {}
        for item in self.opens:
            found.setdefault(item.fact, {}).update(item.high)
        return found


def read(
    profile: Profile,
    as_of: date,
    rules: Rules,
    score: ScoreRules,
    results: Mapping[str, LanguageResult | None],
    work: Mapping[str, WorkCount],
    columns: tuple[bool, ...] | None = None,
) -> Reading:
    """What the profile leaves possible on a day.

    ``results``: the test results by whose they are; ``work``: what counts on the day, by purpose; ``columns``: those
    to be taken as possible, whatever the profile says.
    """
    reader = _Reader(profile, as_of, rules, score, work)
    columns, column_facts = spouse_columns(profile) if columns is None else (columns, ())
    reader.age()
    reader.education()
    reader.languages(results["first"], results["second"])
    reader.work("canadian_years", "crs_canadian", "canadian_work_years")
    reader.work("foreign_years", "crs_foreign", "foreign_work_years")
    reader.flag("certificate", "certificate_of_qualification")
    reader.flag("nomination", "provincial_nomination")
    reader.row("job_offer", "job_offer", score.job_offer)
    reader.row("canadian_study", "canadian_study", score.canadian_study)
    reader.flag("sibling", "sibling_in_canada")
    reader.occupation()
    if True in columns:
        reader.row("spouse_education", "spouse_education", score.spouse_education)
        reader.levels("spouse_first", "spouse_", results["spouse"])
        reader.years("spouse_canadian_years", "spouse_canadian_work_years")
    return Reading(cast(Candidate, reader.values), reader.opens, columns, column_facts, reader.assumptions)


def spouse_columns(profile: Profile) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """Which columns are possible (True: with an accompanying spouse), and what would settle it.

    The column without a spouse is for those who have none, or one who stays behind, or one who is a citizen or
    permanent resident of Canada.
    """
    status = profile.value("marital_status")
    accompanies = profile.value("spouse_accompanying")
    citizen = profile.value("spouse_citizen_or_pr")
    if (status is not None and status not in PARTNERED) or accompanies is False or citizen is True:
        return (False,), ()
    if status in PARTNERED and accompanies is True and citizen is False:
        return (True,), ()
    facts = (("marital_status", status), ("spouse_citizen_or_pr", citizen), ("spouse_accompanying", accompanies))
    return (False, True), tuple(fact_id for fact_id, value in facts if value is None)


class _Reader:
    """Collects the settled values and the open facts of one profile."""

    def __init__(
        self, profile: Profile, as_of: date, rules: Rules, score: ScoreRules, work: Mapping[str, WorkCount]
    ) -> None:
        self.profile, self.as_of, self.rules, self.score = profile, as_of, rules, score
        self.counted = work
        self.opens: list[Open] = []
        self.assumptions: list[Reason] = []
        self.values: dict[str, Any] = {
            "with_spouse": False,
            "spouse_education": NONE,
            "spouse_first": NO_LEVELS,
            "spouse_canadian_years": 0,
            "offer_level": None,
        }

    def open(self, fact_id: str, name: str, low: Any, high: Any) -> None:
        self.values[name] = low
        if low != high:
            self.opens.append(Open(fact_id, {name: high}))

    def flag(self, name: str, fact_id: str) -> None:
        value = self.profile.value(fact_id)
        if value is None:
            self.open(fact_id, name, False, True)
        else:
            self.values[name] = value

    def row(self, name: str, fact_id: str, chart: Chart) -> None:
        value = self.profile.value(fact_id)
        if value is not None:
            self.values[name] = value
            return
        best = chart.best
        self.open(fact_id, name, NONE, best if chart.at(best).points != chart.at(NONE).points else NONE)

    def work(self, name: str, purpose: str, fact_id: str) -> None:
        """Whole years from the ledger; plain years where the rules of the day do not say what counts."""
        counted = self.counted.get(purpose) if self.profile.knows("jobs") else None
        if counted is None:
            self.years(name, fact_id)
            return
        self.assumptions += under("work.assumed", counted.assumptions)
        fact = counted.open[0] if counted.open else "jobs"
        self.open(fact, name, counted.years, counted.years_high)

    def years(self, name: str, fact_id: str) -> None:
        """Whole years of a plain number; a part of a year earns nothing."""
        value = self.profile.value(fact_id)
        if value is None:
            self.open(fact_id, name, 0, int(vocabulary()[fact_id].max or 0))
        else:
            self.values[name] = int(value)

    def age(self) -> None:
        born = self.profile.value("date_of_birth")
        age = age_on(born, self.as_of) if born is not None else self.profile.value("age")
        if age is not None:
            self.values["age"] = age
            return
        self.open("age", "age", self.score.age.worst, self.score.age.best)

    def education(self) -> None:
        """Points need a Canadian credential, or a foreign one with an assessment that has not expired."""
        level = self.profile.value("education")
        least = without_assessment(self.profile)
        high = self.score.education.best if level is None else level
        if not education_counts(self.profile, self.as_of, self.rules) and least != NONE:
            self.values["education"] = least
        elif not education_counts(self.profile, self.as_of, self.rules):
            self.open("canadian_study", "education", NONE, NONE if self.profile.knows("canadian_study") else high)
        elif level is None:
            self.open("education", "education", NONE, high)
        elif needs_assessment(self.profile) and isinstance(self.profile["eca"], Unknown | Declined):
            self.open("eca", "education", least, high)
        else:
            self.values["education"] = level
            if level != NONE and not self.profile.knows("eca"):
                self.assumptions.append(reason("assessment.assumption.education_assessed"))

    def languages(self, first: LanguageResult | None, second: LanguageResult | None) -> None:
        self.values["first_is_french"] = _first_is_french(first, second)
        self.levels("first", "", first)
        untested = first is not None and first.test == NO_TEST and second is None
        if untested or same_language(first, second):
            self.values |= with_lowest("second", NO_LEVELS)
        else:
            self.levels("second", "second_", second)

    def levels(self, name: str, prefix: str, result: LanguageResult | None) -> None:
        """Levels of one result in the order of the tables; an expired one earns nothing."""
        most = len(self.score.first_language.cells) - 1
        if result is None:
            self.values |= with_lowest(name, NO_LEVELS)
            self.opens.append(Open(f"{prefix}language_test", with_lowest(name, (most, most, most, most))))
            return
        if result.expired:
            self.values |= with_lowest(name, NO_LEVELS)
            return
        self.values |= with_lowest(name, _levels(result, 0))
        missing = next((ability.ability for ability in result.abilities if ability.level is None), None)
        if missing is not None:
            self.opens.append(Open(f"{prefix}{missing}", with_lowest(name, _levels(result, most))))

    def occupation(self) -> None:
        """Which occupation the work in Canada and the offer are in, where a set of points asks for it."""
        noc = self.profile.value("noc")
        self.values["occupation"] = noc
        wage = self.score.high_wage
        if wage is None:
            return
        if noc is None:
            best = max(wage.codes, key=lambda code: wage.experience.at(wage.codes[code]).points)
            self.open("noc", "occupation", None, best)
        if self.profile.value("job_offer") != NONE:
            self.open("job_offer", "offer_level", None, wage.job_offer.best)


def _first_is_french(first: LanguageResult | None, second: LanguageResult | None) -> bool:
    """Whether the first official language is French; where there is no test of it, the one that the second is not.

    Where nobody asked about the first and there is no second test, nothing says which the first is; it may be French,
    which alone earns more than its levels.
    """
    if first is not None and first.language is not None:
        return first.language == "french"
    if second is None:
        return False
    return second.language == "english" or (first is None and second.test == NO_TEST)


def _levels(result: LanguageResult, unknown: int) -> Levels:
    """The levels of a result in the order of the tables, with the same level for each that is not known."""
    reading, writing, listening, speaking = [
        unknown if ability.level is None else ability.level for ability in result.abilities
    ]
    return reading, writing, listening, speaking


def same_language(first: LanguageResult | None, second: LanguageResult | None) -> bool:
    """Whether both results are of one official language, so that the second cannot count."""
    if first is None or second is None or first.language is None:
        return False
    return first.language == second.language


def needs_assessment(profile: Profile) -> bool:
    """Whether the highest credential may be a foreign one; it is, where the studies in Canada were too short for it."""
    study, level = profile.value("canadian_study"), profile.value("education")
    too_short = study == SHORT_PROGRAM and level is not None and level not in OF_A_SHORT_PROGRAM
    return study in {None, NONE} or too_short


def without_assessment(profile: Profile) -> str:
    """The level of education that counts without any assessment; of a short program in Canada the lowest it can be."""
    return LEAST_OF_A_SHORT_PROGRAM if profile.value("canadian_study") == SHORT_PROGRAM else NONE


def education_counts(profile: Profile, as_of: date, rules: Rules) -> bool:
    """False where an assessment is known to be missing or expired for a credential that needs one."""
    if not needs_assessment(profile):
        return True
    if profile.value("eca") in {"not_done", "in_progress"}:
        return False
    issued = profile.value("eca_issued_on")
    return issued is None or as_of < years_after(issued, rules.value("validity.eca"))
