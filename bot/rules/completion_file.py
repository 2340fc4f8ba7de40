"""What an operator's file must hold, and which cells of a set it is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.rules.model import Rule, Version

SET_RULE = "crs.set"
LEAST_NAME = 3
"""Characters that a name has at least; one or two are initials that nobody can ask."""


class Completion(BaseModel):
    """What an operator's file must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    url: str
    read_on: date
    reader: str
    note: str | None = None
    rules: dict[str, Any] = Field(min_length=1)

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not url.startswith("https://"):
            raise ValueError("give the https address of the page that was read")
        return url

    @field_validator("reader")
    @classmethod
    def _is_name(cls, reader: str) -> str:
        if len(reader.strip()) < LEAST_NAME:
            raise ValueError("give the name of the person who read the page")
        return reader.strip()


def incomplete(rules: Mapping[str, Rule]) -> dict[str, Version]:
    """The sets that are not complete, by id."""
    return {str(version.value): version for version in rules[SET_RULE].versions if version.status == "incomplete"}


def version_of(rule: Rule, set_id: str, rules: Mapping[str, Rule]) -> Version:
    """The version of a rule that belongs to a set. Raises ValueError for a rule that has none."""
    start = next(version.effective_from for version in rules[SET_RULE].versions if version.value == set_id)
    for version in rule.versions:
        if version.effective_from == start:
            return version
    raise ValueError(f"rules.{rule.id}: has no version from {start}")


def value_of(rule_id: str, completion: Completion, rules: Mapping[str, Rule]) -> Any:
    """What the file gives for a cell of its set, or else what is established of it already."""
    if rule_id in completion.rules:
        return completion.rules[rule_id]
    return version_of(rules[rule_id], completion.set, rules).value


def is_empty(rule: Rule, start: date) -> bool:
    """Whether the rule has a version from that day on and no value in it."""
    return any(version.effective_from == start and version.value is None for version in rule.versions)
