"""Facts as plain JSON values, the form in which Rasa's slots and the database hold them.

A known fact is its value (dates as ISO text), an unknown or declined one the word for it, and one
that was not asked is None. Where a value came from is told by the conversation itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from bot.facts.profile import Job, Profile, Stay
from bot.facts.values import DECLINED, NOT_ASKED, UNKNOWN, Declined, Fact, Known, Source, Unknown
from bot.facts.vocabulary import vocabulary

UNKNOWN_WORD = "unknown"
DECLINED_WORD = "declined"


def encode(fact: Fact) -> Any:
    """The JSON form of a fact; ``decode`` reads it back."""
    match fact:
        case Known(value):
            return encode_value(value)
        case Unknown():
            return UNKNOWN_WORD
        case Declined():
            return DECLINED_WORD
    return None


def encode_value(value: Any) -> Any:
    """A value as JSON: dates as ISO text, jobs and stays as objects."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode_value(item) for item in value]
    if isinstance(value, Job | Stay):
        return {key: encode_value(item) for key, item in asdict(value).items() if item is not None}
    return value


def decode(fact_id: str, data: Any, source: Source = "said") -> Fact:
    """The fact in a JSON form. Raises ValueError for a value that the fact cannot have."""
    if data is None:
        return NOT_ASKED
    if data == UNKNOWN_WORD:
        return UNKNOWN
    if data == DECLINED_WORD:
        return DECLINED
    value = _decode_value(fact_id, data)
    if not vocabulary()[fact_id].accepts(value):
        raise ValueError(f"{fact_id}: {data!r} is not a possible value")
    return Known(value, source)


def profile_from(data: Mapping[str, Any], source: Source = "said") -> Profile:
    """A profile from JSON values by fact id; other keys are not read."""
    return Profile({fact_id: decode(fact_id, data[fact_id], source) for fact_id in vocabulary() if fact_id in data})


def readable_profile(values: Mapping[str, Any]) -> Profile:
    """The facts among slot values that fit their fact."""
    said = {fact_id: value for fact_id, value in values.items() if value is not None}
    try:
        return profile_from(said)
    except (TypeError, ValueError):
        return profile_from({fact_id: value for fact_id, value in said.items() if _fits(fact_id, value)})


def _fits(fact_id: str, value: Any) -> bool:
    try:
        profile_from({fact_id: value})
    except (TypeError, ValueError):
        return False
    return True


def profile_to(profile: Profile) -> dict[str, Any]:
    """The JSON values of a profile, without the facts nobody asked about."""
    return {fact_id: encode(profile[fact_id]) for fact_id in profile}


def _decode_value(fact_id: str, data: Any) -> Any:
    match vocabulary()[fact_id].type:
        case "date":
            return date.fromisoformat(data)
        case "integer":
            return int(data)
        case "jobs":
            return tuple(_record(Job, item) for item in data)
        case "stays":
            return tuple(_record(Stay, item) for item in data)
    return data


def _record(kind: type[Job] | type[Stay], data: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    values = {key: value for key, value in data.items() if key in known}
    for key in ("start", "end"):
        if values.get(key) is not None:
            values[key] = date.fromisoformat(values[key])
    return kind(**values)
