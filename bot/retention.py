"""How long things are kept (R-25)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Retention(BaseModel):
    """How long what is kept, at most. Each can be set shorter, none longer.

    ``idle_hours``: a conversation without result and without contact, after its last message;
    ``unfinished_days``: the same, after it began; ``result_days``: one with a result, without contact;
    ``lead_days``: a lead, after the last contact; ``outbox_days``: what was told to others, and spreadsheets.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    idle_hours: int = Field(default=24, ge=1, le=24)
    unfinished_days: int = Field(default=30, ge=1, le=30)
    result_days: int = Field(default=30, ge=1, le=30)
    lead_days: int = Field(default=365, ge=1, le=365)
    outbox_days: int = Field(default=30, ge=1, le=30)
