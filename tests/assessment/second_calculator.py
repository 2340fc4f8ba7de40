"""A second calculator of the score and of the selection grid, written from the official tables alone.

It shares no code, no file and no way of working with the engine: one person in, one number out; where a fact is
missing, the person is completed twice, with the least and with the most; work is counted day by day. Tables of points
are those of the tests beside it, which were typed in from the official pages and not from the rule files. Known
limits: a job has a NOC code or a TEER, and jobs are counted only on days on which NOC 2021 is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.assessment import test_score_tables as paid
from tests.assessment import test_selection_grid as selected
from tests.rules.test_language_tables import TABLES

Person = Mapping[str, Any]
ABILITIES = ("reading", "writing", "listening", "speaking")
CAP_OF_A_GROUP, CAP_OF_GROUPS, CAP_OF_ADDITIONAL, CAP_OF_ALL = 50, 100, 600, 1200
CAP_OF_SECOND_LANGUAGE = {True: 22, False: 24}
FRENCH = ((date(2020, 10, 20), (25, 50)), (date(2017, 6, 6), (15, 30)))
STUDY = {"none": 0, "one_or_two_years": 15, "three_or_more_years": 30}
OFFER_UNTIL, OFFER = date(2025, 3, 24), {"none": 0, "major_group_00": 200, "other": 50}
CERTIFICATE = ((7, 50), (5, 25))
NOMINATION, SIBLING = 600, 15
YEAR_HOURS, WEEK_HOURS, SKILLED = 1560, 30, range(4)
PTE_FROM, PHYSICIANS_FROM = date(2024, 1, 30), date(2023, 4, 25)
MOST_YEARS = 60
"""More years than any table has rows for."""
LEAST: Person = {
    "age": 60,
    "education": "none",
    "certificate_of_qualification": False,
    "provincial_nomination": False,
    "canadian_study": "none",
    "sibling_in_canada": False,
    "job_offer": "none",
}
MOST: Person = {
    "age": 25,
    "education": "doctorate",
    "certificate_of_qualification": True,
    "provincial_nomination": True,
    "canadian_study": "three_or_more_years",
    "sibling_in_canada": True,
    "job_offer": "major_group_00",
}


def level(test: str | None, ability: str, score: float) -> int:
    """The CLB or NCLC level of a score, 0 below 4; of a level, the level itself, at most 10."""
    if test is None:
        return min(10, int(score)) if score >= 4 else 0
    at = ABILITIES.index(ability)
    return max((found for found, row in TABLES[test].items() if score >= row[at]), default=0)


def whole_years(since: date, on: date) -> int:
    """Years that are over: the day of the year has come again."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def years_later(day: date, years: int) -> date:
    """The same day of another year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def levels(result: Mapping[str, Any] | None, on: date, unknown: int) -> list[int]:
    """The four levels that count on a day; results count for less than two years."""
    if result is None:
        return [unknown] * 4
    taken = result.get("taken_on")
    expired = taken is not None and whole_years(date.fromisoformat(taken), on) >= 2
    if expired or result.get("test") == "none" or (result.get("test") == "pte_core" and on < PTE_FROM):
        return [0] * 4
    scores = {ability: result.get(ability) for ability in ABILITIES}
    return [unknown if s is None else level(result["test"], a, s) for a, s in scores.items()]


def hours(
    jobs: Iterable[Mapping[str, Any]], on: date, years: int, counts: Callable[[Mapping[str, Any]], bool]
) -> float:
    """Hours of work of the last years, day by day, up to 30 a week in all, until the day before."""
    first = years_later(on, -years)
    worked: dict[date, float] = {}
    for job in filter(counts, jobs):
        day = max(date.fromisoformat(job["from"]), first)
        last = on - timedelta(1)
        if job.get("to"):
            last = min(last, date.fromisoformat(job["to"]))
        while day <= last:
            worked[day] = worked.get(day, 0) + job["hours"]
            day += timedelta(1)
    return sum(min(WEEK_HOURS, a_week) for a_week in worked.values()) / 7


def skilled(job: Mapping[str, Any]) -> bool:
    """Paid work of TEER 0 to 3."""
    return job.get("paid", True) and (int(job["noc"][1]) if job.get("noc") else job["teer"]) in SKILLED


def in_canada(job: Mapping[str, Any], on: date) -> bool:
    """Skilled work in Canada that earns points: authorized, as an employee; publicly funded physicians too."""
    physician = job["status"] == "self_employed" and job.get("publicly_funded_physician") and on >= PHYSICIANS_FROM
    employed = job["status"] == "employee" or bool(physician)
    return skilled(job) and job["place"] == "canada" and employed and job.get("authorized", True)


def authorized(job: Mapping[str, Any]) -> bool:
    """Skilled work anywhere, in Canada only with a permit."""
    return skilled(job) and (job["place"] == "abroad" or job.get("authorized", True))


def abroad(job: Mapping[str, Any]) -> bool:
    """Skilled work outside Canada, whatever the status."""
    return skilled(job) and job["place"] == "abroad"


def work_years(person: Person, on: date, unknown: int) -> tuple[int, int]:
    """Whole years in Canada and abroad within ten years."""
    jobs = person.get("jobs")
    if jobs is None:
        plain = (person.get("canadian_work_years"), person.get("foreign_work_years"))
        here, there = (unknown if years is None else int(years) for years in plain)
        return here, there
    found = (hours(jobs, on, 10, lambda job: in_canada(job, on)), hours(jobs, on, 10, abroad))
    here, there = (int((worked + 1e-6) // YEAR_HOURS) for worked in found)
    return here, there


def row(table: Mapping[Any, Any], key: int) -> Any:
    """The row of a table of whole numbers: its own, else the highest one below."""
    return table[max(name for name in table if name <= key)]


def age_on(person: Person, on: date) -> int:
    """Whole years on the day."""
    if person.get("date_of_birth") is None:
        return int(person["age"])
    return whole_years(date.fromisoformat(person["date_of_birth"]), on)


def columns(person: Person) -> list[bool]:
    """True: with an accompanying spouse or partner who is neither citizen nor permanent resident."""
    status = person.get("marital_status")
    comes, canadian = person.get("spouse_accompanying"), person.get("spouse_citizen_or_pr")
    if status not in (None, "married", "common_law") or comes is False or canadian is True:
        return [False]
    return [True] if status and comes and canadian is False else [False, True]


def bounds(person: Person, on: date) -> tuple[int, int]:
    """The lowest and the highest total that the open facts leave; the same where none is open."""
    first, second = person.get("first_language"), person.get("second_language")
    if first:
        french = [first["language"] == "french"]
    else:
        french = {"english": [True], "french": [False]}.get((second or {}).get("language"), [False, True])
    cases = [(column, is_french) for column in columns(person) for is_french in french]
    least, most = (
        [sum(sections(person, on, *case, completed=completed, unknown=unknown)) for case in cases]
        for completed, unknown in ((LEAST, 0), (MOST, MOST_YEARS))
    )
    return min(CAP_OF_ALL, min(least)), min(CAP_OF_ALL, max(most))


def sections(
    person: Person, on: date, partner: bool, french: bool, *, completed: Person = LEAST, unknown: int = 0
) -> tuple[int, int, int, int]:
    """Core, spouse, transferability, additional in one column; what is missing is taken from ``completed``."""
    person = {**completed, **{key: value for key, value in person.items() if value is not None}}
    top = min(10, unknown)
    first, second = (levels(person.get(key), on, top) for key in ("first_language", "second_language"))
    here, there = work_years(person, on, unknown)
    education = person["education"]
    at = 0 if partner else 1
    core = row(paid.AGE, age_on(person, on))[at] + paid.EDUCATION[education][at] + row(paid.CANADIAN_WORK, here)[at]
    core += sum(paid.FIRST_LANGUAGE[one][at] for one in first)
    core += min(CAP_OF_SECOND_LANGUAGE[partner], sum(row(paid.SECOND_LANGUAGE, one) for one in second))
    return (
        core,
        spouse(person.get("spouse") or {}, on, completed["education"], unknown) if partner else 0,
        transferability(education, min(first), here, there, certificate=person["certificate_of_qualification"]),
        additional(person, on, *((first, second) if french else (second, first))),
    )


def spouse(person: Person, on: date, education: str, unknown: int) -> int:
    """What an accompanying spouse or partner adds."""
    years = person.get("canadian_work_years")
    found = paid.SPOUSE_EDUCATION[person.get("education") or education]
    found += row(paid.SPOUSE_WORK, unknown if years is None else int(years))
    return int(
        found + sum(row(paid.SPOUSE_LANGUAGE, one) for one in levels(person.get("language"), on, min(10, unknown)))
    )


def transferability(education: str, lowest: int, here: int, there: int, *, certificate: bool) -> int:
    """Three groups of combinations, each with its limit and all with theirs."""
    kind = paid.LEVELS_OF_EDUCATION[education]

    def cell(pair: tuple[int, int], reached: int, low: int, high: int) -> int:
        return pair[1] if reached >= high else pair[0] if reached >= low else 0

    studied = cell(paid.EDUCATION_LANGUAGE[kind], lowest, 7, 9) + cell(paid.EDUCATION_CANADIAN_WORK[kind], here, 1, 2)
    worked = cell(row(paid.FOREIGN_LANGUAGE, there), lowest, 7, 9)
    worked += cell(row(paid.FOREIGN_CANADIAN_WORK, there), here, 1, 2)
    trade = next((points for needed, points in CERTIFICATE if lowest >= needed), 0) if certificate else 0
    return min(CAP_OF_GROUPS, sum(min(CAP_OF_A_GROUP, group) for group in (studied, worked, trade)))


def additional(person: Person, on: date, french: list[int], english: list[int]) -> int:
    """Nomination, French, study in Canada, a brother or sister, and an offer while one was paid."""
    found = NOMINATION * person["provincial_nomination"] + SIBLING * person["sibling_in_canada"]
    found += STUDY[person["canadian_study"]]
    if min(french) >= 7:
        found += next(pair for since, pair in FRENCH if on >= since)[min(english) >= 5]
    if on <= OFFER_UNTIL:
        found += OFFER[person["job_offer"]]
    return int(min(CAP_OF_ADDITIONAL, found))


def grid(person: Person, on: date) -> dict[str, int]:
    """The six factors of the selection grid for a person whose elements of adaptability are all told."""
    first, second = (levels(person[key], on, 0) for key in ("first_language", "second_language"))
    told = person["fsw"]
    years = (
        int((hours(person["jobs"], on, 10, authorized) + 1e-6) // YEAR_HOURS)
        if "jobs" in person
        else told["work_years"]
    )
    earned = {name for name, true in told["adaptability"].items() if true}
    if columns(person) != [True]:
        earned = {name for name in earned if not name.startswith("spouse_")}
    offered = bool(told["arranged_employment"])
    adaptability = sum(selected.ADAPTABILITY[name] for name in earned) + 5 * offered
    return {
        "language": sum(row(selected.FIRST, one) for one in first) + 4 * (min(second) >= 5),
        "education": selected.EDUCATION[person["education"]],
        "experience": row(selected.EXPERIENCE, int(years)),
        "age": row({0: 0, **selected.AGE}, age_on(person, on)),
        "arranged_employment": 10 * offered,
        "adaptability": min(10, adaptability),
    }
