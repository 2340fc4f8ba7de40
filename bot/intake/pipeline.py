"""The status pipeline of leads: which moves are allowed, and what each needs (``pipeline.yml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

PATH: Final = Path(__file__).with_name("pipeline.yml")
DUPLICATE: Final = "duplicate"


class MoveError(ValueError):
    """The move is not allowed. ``reason``: unknown_status, not_allowed or agreement_missing."""

    def __init__(self, reason: Literal["unknown_status", "not_allowed", "agreement_missing"], status: str) -> None:
        super().__init__(f"{reason}: {status}")
        self.reason = reason
        self.status = status


class Status(BaseModel):
    """One status. ``by`` system: no person sets it. ``needs``: what has to be recorded before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    closed: bool = False
    by: Literal["person", "system"] = "person"
    needs: Literal["agreement"] | None = None
    to: tuple[str, ...]


class Pipeline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    first: str
    statuses: tuple[Status, ...]

    @model_validator(mode="after")
    def _closed_circle(self) -> Pipeline:
        known = {status.id: status for status in self.statuses}
        for status in self.statuses:
            strange = [target for target in status.to if target not in known or known[target].by == "system"]
            if strange:
                raise ValueError(f"{status.id}: to: {', '.join(strange)}: no status that a person can set")
        if self.first not in known:
            raise ValueError(f"first: {self.first}: there is no such status")
        return self

    def __getitem__(self, status_id: str) -> Status:
        """Raises ``MoveError`` for an id that is none."""
        for status in self.statuses:
            if status.id == status_id:
                return status
        raise MoveError("unknown_status", status_id)

    def check(self, current: str, target: str, *, agreement: bool) -> Status:
        """The status that a person moves a lead to. Raises ``MoveError``."""
        status = self[target]
        if target not in self[current].to:
            raise MoveError("not_allowed", target)
        if status.needs == "agreement" and not agreement:
            raise MoveError("agreement_missing", target)
        return status


@lru_cache(maxsize=1)
def pipeline() -> Pipeline:
    """The project's pipeline."""
    return Pipeline.model_validate(yaml.safe_load(PATH.read_text(encoding="utf-8")))
