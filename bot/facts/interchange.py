"""The interchange profile: one person as JSON or YAML, in the form that other tools rely on.

Every key is optional; a key that is left out or null was not asked. ``unknown`` and ``declined`` name
facts (ids of the vocabulary) that were asked without an answer. Keys that do not exist are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.facts.faults import first_fault
from bot.facts.interchange_schema import (
    ABILITIES,
    LEVELS_OF,
    TEST_LANGUAGE,
    AdaptabilityEntry,
    InterchangeProfile,
    SelectionEntry,
    SpouseEntry,
)
from bot.facts.profile import Job, Profile, Stay
from bot.facts.values import DECLINED, UNKNOWN, Declined, Fact, Known, Source, Unknown
from bot.facts.vocabulary import vocabulary


class InterchangeError(ValueError):
    """The data is not an interchange profile; the message names the key and the mend."""


PLAIN: tuple[str, ...] = tuple(
    name
    for name in InterchangeProfile.model_fields
    if name in vocabulary() and name not in {"jobs", "countries", "eca", "unknown", "declined"}
)
LANGUAGES: Mapping[str, str] = {"first_language": "", "second_language": "second_"}


def from_interchange(data: Any, source: Source = "file", on: date | None = None) -> Profile:
    """The profile in interchange data. Raises ``InterchangeError`` naming the key.

    ``on``: the day of the assessment; nobody is born after it.
    """
    try:
        entry = InterchangeProfile.model_validate(data)
    except ValidationError as error:
        raise InterchangeError(first_fault(error)) from None
    if on is not None and entry.date_of_birth is not None and entry.date_of_birth > on:
        raise InterchangeError(f"date_of_birth: {entry.date_of_birth} lies after the day of the assessment, {on}")
    facts: dict[str, Fact] = {fact_id: Known(value, source) for fact_id, value in _values(entry) if value is not None}
    for word, names in ((UNKNOWN, entry.unknown), (DECLINED, entry.declined)):
        key = "unknown" if word is UNKNOWN else "declined"
        for name in names or ():
            if name not in vocabulary():
                raise InterchangeError(f"{key}: {name!r} is not a fact; `assistant schema` lists the keys")
            if name in facts:
                raise InterchangeError(f"{key}: {name} has an answer too; leave one of them out")
            facts[name] = word
    try:
        return Profile(facts)
    except ValueError as error:
        raise InterchangeError(str(error)) from None


def to_interchange(profile: Profile) -> dict[str, Any]:
    """The profile as interchange data; ``from_interchange`` reads it back."""
    values: dict[str, Any] = {name: profile.value(name) for name in PLAIN}
    for key, prefix in LANGUAGES.items():
        values[key] = _result(profile, prefix)
    for fact_id in ("jobs", "countries"):
        if profile.knows(fact_id):
            values[fact_id] = [_record(entry) for entry in profile.value(fact_id)]
    values["eca"] = {"status": profile.value("eca"), "issued_on": profile.value("eca_issued_on")}
    values["spouse"] = {
        "education": profile.value("spouse_education"),
        "language": _result(profile, "spouse_"),
        "canadian_work_years": profile.value("spouse_canadian_work_years"),
    }
    adaptability = {name: profile.value(f"adaptability_{name}") for name in AdaptabilityEntry.model_fields}
    values["fsw"] = {
        "work_years": profile.value("fsw_work_years"),
        "arranged_employment": profile.value("fsw_arranged_employment"),
        "adaptability": adaptability,
    }
    for key, kind in (("unknown", Unknown), ("declined", Declined)):
        values[key] = [fact_id for fact_id, fact in profile.items() if isinstance(fact, kind)] or None
    pruned = _pruned(values)
    return pruned if isinstance(pruned, dict) else {}


def schema() -> dict[str, Any]:
    """The JSON Schema of the interchange profile."""
    content = InterchangeProfile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **content}


def _values(entry: InterchangeProfile) -> Iterable[tuple[str, Any]]:
    for name in PLAIN:
        yield name, getattr(entry, name)
    spouse = entry.spouse or SpouseEntry()
    for result, prefix in (
        (entry.first_language, ""),
        (entry.second_language, "second_"),
        (spouse.language, "spouse_"),
    ):
        if result is not None:
            yield f"{prefix}language_test", result.test_fact
            yield f"{prefix}language_taken_on", result.taken_on
            for ability in ABILITIES:
                yield f"{prefix}{ability}", getattr(result, ability)
    yield "spouse_education", spouse.education
    yield "spouse_canadian_work_years", spouse.canadian_work_years
    if entry.jobs is not None:
        yield "jobs", tuple(Job(**job.model_dump()) for job in entry.jobs)
    if entry.countries is not None:
        yield "countries", tuple(Stay(**stay.model_dump()) for stay in entry.countries)
    if entry.eca is not None:
        yield "eca", entry.eca.status or ("done" if entry.eca.issued_on else None)
        yield "eca_issued_on", entry.eca.issued_on
    selection = entry.fsw or SelectionEntry()
    yield "fsw_work_years", selection.work_years
    yield "fsw_arranged_employment", selection.arranged_employment
    adaptability = selection.adaptability or AdaptabilityEntry()
    for name in AdaptabilityEntry.model_fields:
        yield f"adaptability_{name}", getattr(adaptability, name)


def _result(profile: Profile, prefix: str) -> dict[str, Any]:
    test = profile.value(f"{prefix}language_test")
    if test is None:
        return {}
    return {
        "language": TEST_LANGUAGE.get(test),
        "test": None if test in LEVELS_OF.values() else test,
        **{ability: profile.value(f"{prefix}{ability}") for ability in ABILITIES},
        "taken_on": profile.value(f"{prefix}language_taken_on"),
    }


def _record(record: Job | Stay) -> dict[str, Any]:
    names = {"start": "from", "end": "to"}
    return {names.get(name, name): getattr(record, name) for name in record.__dataclass_fields__}


def _pruned(value: Any) -> Any:
    """The data without what nobody said, and with days as ISO text."""
    if isinstance(value, dict):
        kept = {key: _pruned(entry) for key, entry in value.items()}
        return {key: entry for key, entry in kept.items() if entry is not None and entry != {}}
    if isinstance(value, list):
        return [_pruned(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
