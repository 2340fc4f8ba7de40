"""Invented people for the second calculator, as interchange profiles, with edges of every table and window favoured."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.assessment.second_calculator import ABILITIES, PTE_FROM, years_later
from tests.assessment.test_score_tables import EDUCATION
from tests.assessment.test_selection_grid import ADAPTABILITY
from tests.rules.test_language_tables import TABLES

FIRST_DAY, LAST_DAY, NOC_2021 = date(2017, 6, 6), date(2026, 11, 2), date(2022, 11, 16)
CHANGES = [
    FIRST_DAY,
    date(2020, 10, 19),
    date(2020, 10, 20),
    date(2023, 4, 24),
    date(2023, 4, 25),
    date(2024, 2, 29),
    date(2025, 3, 24),
    date(2025, 3, 25),
    LAST_DAY,
]
AGES = [17, 18, 19, 20, 29, 30, 31, 35, 36, 40, 44, 45, 46, 47]
TESTS = {"english": ["ielts_general", "celpip_general", "pte_core"], "french": ["tef_canada", "tcf_canada"]}
YEARS = [0, 0, 0.99, 1, 1.9, 2, 2.99, 3, 4, 5, 6, 12]
NOCS = ["21231", "31301", "00012", "72310", "63200", "64100", "65100"]
LENGTHS = [1, 30, 182, 363, 364, 365, 366, 728, 729, 1092, 1500]


def any_day(random: Random) -> date:
    """A day of the first to the last rules whose points are complete, often one on which something changed."""
    if random.random() < 0.4:
        return random.choice(CHANGES)
    return FIRST_DAY + timedelta(random.randrange((LAST_DAY - FIRST_DAY).days + 1))


def whole_person(random: Random, on: date) -> dict[str, Any]:
    """Somebody who told everything that the score and the selection grid read."""
    first, second = random.sample(["english", "french"], 2)
    status = random.choice(["single", "married", "common_law", "separated", "divorced", "widowed"])
    person: dict[str, Any] = {
        "destination": "outside_quebec",
        "marital_status": status,
        "education": random.choice(list(EDUCATION)),
        "canadian_study": random.choice(["none", "none", "one_or_two_years", "three_or_more_years"]),
        "first_language": result(random, on, first),
        "second_language": result(random, on, second) if random.random() < 0.6 else {"test": "none"},
        "certificate_of_qualification": random.random() < 0.25,
        "provincial_nomination": random.random() < 0.1,
        "sibling_in_canada": random.random() < 0.2,
        "job_offer": random.choice(["none", "none", "major_group_00", "other"]),
        "fsw": {
            "work_years": random.choice(YEARS),
            "arranged_employment": random.random() < 0.2,
            "adaptability": {name: random.random() < 0.25 for name in ADAPTABILITY},
        },
    }
    age = random.choice(AGES) if random.random() < 0.6 else random.randrange(16, 60)
    if random.random() < 0.5:
        person["age"] = age
    else:
        person["date_of_birth"] = (years_later(on, -age) + timedelta(random.randint(-1, 1))).isoformat()
    if status in ("married", "common_law"):
        person["spouse_accompanying"] = random.random() < 0.75
        person["spouse_citizen_or_pr"] = random.random() < 0.2
        person["spouse"] = {
            "education": random.choice(list(EDUCATION)),
            "language": result(random, on, random.choice([first, second])),
            "canadian_work_years": random.choice(YEARS),
        }
    if on >= NOC_2021 and random.random() < 0.5:
        person["jobs"] = [job(random, on) for _ in range(random.randrange(5))]
    else:
        person["canadian_work_years"] = random.choice(YEARS)
        person["foreign_work_years"] = random.choice(YEARS)
    return person


def part_of(person: dict[str, Any], random: Random) -> dict[str, Any]:
    """The same person with some facts not told, and now and then one ability of a result."""
    gone = random.sample(list(person), random.choice([1, 2, 4, 8, len(person)]))
    found = {key: value for key, value in person.items() if key not in gone}
    for key in ("first_language", "second_language"):
        if len(found.get(key, ())) > 1 and random.random() < 0.2:
            found[key] = {name: value for name, value in found[key].items() if name != random.choice(ABILITIES)}
    return found


def result(random: Random, on: date, language: str) -> dict[str, Any]:
    """Levels, or scores at and just below the rows of a table; now and then a result that is two years old."""
    if random.random() < 0.4:
        test, base = None, random.choice([4, 5, 6, 7, 7, 8, 9, 9, 10])
        scores = {ability: max(0, base + random.choice([0, 0, 0, 0, 1, -1])) for ability in ABILITIES}
    else:
        test = random.choice([name for name in TESTS[language] if name != "pte_core" or on >= PTE_FROM])
        step = 0.5 if test == "ielts_general" else 1
        rows = [TABLES[test][random.choice([4, 5, 6, 7, 7, 8, 9, 9, 10])] for _ in ABILITIES]
        scores = {
            a: row[at] - random.choice([0, 0, step]) for at, (a, row) in enumerate(zip(ABILITIES, rows, strict=True))
        }
    found = {"language": language, "test": test, **scores}
    if random.random() < 0.5 and test != "pte_core":
        age = (
            random.randrange(700) if random.random() < 0.8 else (on - years_later(on, -2)).days + random.randint(-1, 1)
        )
        found["taken_on"] = (on - timedelta(age)).isoformat()
    return found


def job(random: Random, on: date) -> dict[str, Any]:
    """A job that began on any day or at the edge of a window, over, going on, or over after the day."""
    edge = years_later(on, -random.choice([1, 2, 3, 5, 10])) + timedelta(random.randint(-1, 1))
    start = edge if random.random() < 0.4 else on - timedelta(random.randrange(1, 4200))
    found: dict[str, Any] = {
        "from": start.isoformat(),
        "hours": random.choice([7.5, 15, 20, 29.5, 30, 30, 37.5, 60]),
        "place": random.choice(["canada", "abroad"]),
        "status": random.choice(["employee"] * 6 + ["self_employed", "student"]),
        "authorized": random.random() < 0.9,
        "paid": random.random() < 0.9,
    }
    if random.random() < 0.8:
        found["to"] = (start + timedelta(random.choice(LENGTHS) - 1)).isoformat()
    if random.random() < 0.8:
        found["noc"] = random.choice(NOCS)
    else:
        found["teer"] = random.randrange(6)
    if found["status"] == "self_employed" and random.random() < 0.4:
        found |= {"noc": "31102", "publicly_funded_physician": True}
    return found
