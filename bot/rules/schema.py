"""The form of a rule file: what every figure must carry before anybody may use it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Status = Literal["in_force", "incomplete", "reported"]
Confidence = Literal["high", "medium", "low", "derived"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SourceEntry(_Strict):
    """Where a figure was read: an address, what stands there, and the day it was read."""

    url: str
    about: str
    read: date | None = None

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise ValueError("is not an https address")
        return url


class SubjectEntry(_Strict):
    """A subject and how long after its last verification its figures count as stale."""

    about: str
    stale_after_days: int = Field(gt=0)


class Check(_Strict):
    """From ``since`` on the value needs a look at the official page; it was confirmed up to ``confirmed``.

    ``stale``: a newer value is expected, so that this one must not be shown as current.
    """

    since: date
    confirmed: date
    why: str
    stale: bool = False


class VersionEntry(_Strict):
    """The value of a rule over a span of days, both ends included; no ``to``: until the next version."""

    effective_from: date = Field(alias="from")
    effective_to: date | None = Field(default=None, alias="to")
    status: Status = "in_force"
    value: Any = None
    reason: Literal["not_established", "not_collected"] | None = None
    sources: tuple[str, ...] = ()
    verified_on: date | None = None
    verified_by: str | None = None
    confidence: Confidence | None = None
    disputed: str | None = None
    missing: str | None = None
    check: Check | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _null_has_a_reason(self) -> VersionEntry:
        if self.value is None and (self.status != "incomplete" or self.reason is None):
            raise ValueError("a version without a value needs status: incomplete and a reason")
        if self.value is not None and self.reason is not None:
            raise ValueError("a version with a value must not have a reason for having none")
        return self


class RuleEntry(_Strict):
    """One rule: what it says, the shape and unit of its value, its law and its versions, oldest first."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
    about: str
    shape: str
    unit: str | None = None
    legal: str | None = None
    versions: tuple[VersionEntry, ...] = Field(min_length=1)


class Defaults(_Strict):
    """What the versions of a file have in common."""

    sources: tuple[str, ...] = ()
    verified_on: date | None = None
    verified_by: str = "maintainers"
    confidence: Confidence = "high"
    legal: str | None = None


class RuleFile(_Strict):
    """A file of rules on one subject."""

    subject: str
    defaults: Defaults = Defaults()
    rules: tuple[RuleEntry, ...] = Field(min_length=1)
