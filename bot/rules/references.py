"""Every figure of one day by its dotted id, for tables and for the texts that cite them."""

from __future__ import annotations

from typing import Any

from bot.rules.book import Rules
from bot.rules.model import RuleValue


def rows(rules: Rules) -> list[RuleValue]:
    """One value per reference id of the day, in the order of the files."""
    return [rules.reference(reference_id) for reference_id in rules.references()]


def as_json(value: RuleValue) -> dict[str, Any]:
    """A value as plain JSON data."""
    return {
        "id": value.id,
        "value": _plain(value.value),
        "unit": value.unit,
        "effective_from": value.effective_from.isoformat(),
        "effective_to": value.effective_to.isoformat() if value.effective_to else None,
        "status": value.status,
        "stale": value.stale,
        "disputed": value.disputed,
        "missing": value.missing,
        "note": value.note,
        "needs_official_check": value.needs_official_check.isoformat() if value.needs_official_check else None,
        "check_reason": value.check_reason,
        "verified_on": value.verified_on.isoformat(),
        "confidence": value.confidence,
        "sources": [
            {"url": source.url, "about": source.about, "read": source.read.isoformat() if source.read else None}
            for source in value.sources
        ],
    }


def short(value: Any) -> str:
    """A value in one short cell of a table."""
    if value is None:
        return "not established"
    if isinstance(value, dict):
        return f"table of {len(value)}"
    if isinstance(value, list):
        return (
            ", ".join(map(str, value))
            if len(value) <= 6 and not isinstance(value[0], dict)
            else f"list of {len(value)}"
        )
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _plain(value: Any) -> Any:
    return f"{len(value)} rows" if isinstance(value, list) and value and isinstance(value[0], dict) else value
