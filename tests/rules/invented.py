"""INVENTED points for the set of 3 November 2026, for tests only. None of these figures was ever published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.rules import RuleBook, rulebook, shapes
from bot.rules.loader import load

SET = "crs-2026-11-03"
INVENTED_URL = "https://example.org/invented"
READER = "Nobody, Invented"
READ_ON = date(2026, 11, 10)
LEVELS = ("2.0", "1.5", "1.3")


def invented() -> dict[str, Any]:
    """A whole completion: the set before, with a few invented points on top."""
    rules = load()
    start = date(2026, 11, 3)
    cells: dict[str, Any] = {}
    for rule in rules.values():
        if any(version.effective_from == start and version.value is None for version in rule.versions):
            before = [version.value for version in rule.versions if version.effective_from < start]
            cells[rule.id] = shapes.written(rule.shape, before[-1]) if before else None
    codes = sorted({row["code"] for row in rules["noc.unit_groups"].versions[-1].value} - {"63200"})[:186]
    cells["crs.high_wage.codes"] = {code: float(LEVELS[place % 3]) for place, code in enumerate(codes)}
    cells["crs.high_wage.experience_points"] = {"2.0": 33, "1.5": 22, "1.3": 11}
    cells["crs.high_wage.job_offer_points"] = {"2.0": 66, "1.5": 44, "1.3": 22}
    cells["crs.high_wage.min_canadian_years"] = 1
    cells["crs.high_wage_cap"] = 88
    cells["crs.additional.sibling"] = 0
    return {"set": SET, "url": INVENTED_URL, "read_on": READ_ON, "reader": READER, "rules": cells}


def write(path: Path, content: dict[str, Any]) -> Path:
    """The completion as a file."""
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def changed(rule_id: str, **changes) -> RuleBook:
    """The rules with the last version of one of them changed."""
    rule = rulebook()[rule_id]
    versions = (*rule.versions[:-1], replace(rule.versions[-1], **changes))
    return RuleBook({**rulebook(), rule_id: replace(rule, versions=versions)})
