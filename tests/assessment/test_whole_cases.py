"""The people of ``cases.yml``, assessed, and what each of them must show."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assessment import Assessment, assess
from bot.facts.interchange import from_interchange

CASES = yaml.safe_load(Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"))


def seen(found: Assessment, part: str, expected: Any) -> Any:
    """The part of an assessment that an expectation names, in its form."""
    match part:
        case "programs":
            return {name: found.program(name).answer for name in expected}
        case "work":
            return {purpose: found.work[purpose].months for purpose in expected}
        case "not_counted":
            return {place: found.work["cec"].ledger[place - 1].reasons[0].id for place in expected}
        case "categories":
            return [category.id for category in found.categories if category.answer == "yes"]
        case "rounds":
            return {standing.round.number: standing.difference for standing in found.rounds.standings}
        case "events":
            days: dict[str, Any] = {}
            for event in found.timeline.events:
                days.setdefault(event.id, event.on)
            return {name: days.get(name) for name in expected}
        case "too_early":
            return found.timeline.invitation.answer if found.timeline.invitation else None
        case "police":
            return [certificate.country for certificate in found.police or ()]
        case "funds":
            return found.funds.short if found.funds else None
        case "risks":
            shown = [risk.id for risk in found.risks]
            return [risk for risk in expected if risk in shown]
    raise AssertionError(f"cases.yml: {part} is not a part of an assessment")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = assess(from_interchange(case["person"]), case["as_of"])
    assert {part: seen(found, part, expected) for part, expected in case["expect"].items()} == case["expect"]
