"""The rules of each purpose as criteria for work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.assessment.work.model import Criteria, Trades
from bot.rules import Rules
from bot.rules.noc import unit_groups

PURPOSES = ("cec", "fsw", "fsw_experience", "fst", "crs_canadian", "crs_foreign")
"""``fsw``: the continuous year in one occupation; ``fsw_experience``: the years that the selection grid pays."""
COMMON = ("work.weekly_cap", "work.year_hours")


def criteria_for(rules: Rules, purpose: str) -> Criteria | None:
    """The criteria of a purpose on the day of the rules; None where the rules establish none."""
    found: Mapping[str, Criteria] = rules.compiled("work.criteria", _all)
    return found.get(purpose)


def common(rules: Rules) -> dict[str, Any] | None:
    """The weekly cap, the hours of a year and the NOC codes, which hold for every purpose.

    None where the first two are not established.
    """
    if not all(rules.has(rule_id) for rule_id in COMMON):
        return None
    return {
        "week_cap": rules.value("work.weekly_cap"),
        "year_hours": rules.value("work.year_hours"),
        "unit_groups": frozenset(unit_groups(rules)),
    }


def _all(rules: Rules) -> Mapping[str, Criteria]:
    shared = common(rules)
    if shared is None:
        return {}
    found: dict[str, Criteria] = {}
    for purpose in PURPOSES:
        needed, build = _PURPOSES[purpose]
        if all(rules.has(rule_id) for rule_id in needed):
            found[purpose] = Criteria(purpose=purpose, rules=(*needed, *COMMON), **shared, **build(rules))
    return found


def _cec(rules: Rules) -> dict[str, Any]:
    return {
        "window_years": rules.value("cec.work.window_years"),
        "min_hours": rules.value("cec.min_hours"),
        "place": "canada",
        "teers": frozenset(rules.value("programs.skilled_teers")),
        "excluded": frozenset(rules.value("cec.work.excludes")),
        "physicians": rules.value("cec.physician_exception"),
        "continuous": rules.value("cec.work.continuous"),
        "recent": True,
    }


def _fsw(rules: Rules) -> dict[str, Any]:
    return {
        "window_years": rules.value("fsw.work.window_years"),
        "min_hours": rules.value("fsw.min_hours"),
        "teers": frozenset(rules.value("programs.skilled_teers")),
        "silent": frozenset({"unauthorized_work"}),
        "one_occupation": True,
        "main_occupation": True,
        "continuous": rules.value("fsw.work.continuous"),
    }


def _fsw_experience(rules: Rules) -> dict[str, Any]:
    return {
        "window_years": rules.value("fsw.work.window_years"),
        "min_hours": None,
        "teers": frozenset(rules.value("programs.skilled_teers")),
        "silent": frozenset({"unauthorized_work"}),
    }


def _fst(rules: Rules) -> dict[str, Any]:
    included = ("include_major_groups", "include_minor_groups", "include_unit_groups")
    trades = Trades(
        tuple(code for groups in included for code in rules.value(f"fst.trades.{groups}")),
        tuple(rules.value("fst.trades.exclude_submajor_groups")),
    )
    teers = frozenset(group.teer for code, group in unit_groups(rules).items() if code in trades)
    return {
        "window_years": rules.value("fst.work.window_years"),
        "min_hours": rules.value("fst.min_hours"),
        "trades": replace(trades, teers=teers),
        "excluded": frozenset() if rules.value("fst.work.student_work_counts") else _STUDENT,
        "silent": frozenset({"unauthorized_work"}),
        "one_occupation": True,
        "recent": True,
    }


def _crs_canadian(rules: Rules) -> dict[str, Any]:
    return {
        "window_years": rules.value("crs.canadian_work.window_years"),
        "min_hours": None,
        "place": "canada",
        "teers": frozenset(rules.value("programs.skilled_teers")),
        "excluded": frozenset(rules.value("crs.canadian_work.excludes")),
        "physicians": rules.value("cec.physician_exception"),
    }


def _crs_foreign(rules: Rules) -> dict[str, Any]:
    return {
        "window_years": rules.value("crs.foreign_work.window_years"),
        "min_hours": None,
        "place": "abroad",
        "teers": frozenset(rules.value("programs.skilled_teers")),
        "excluded": frozenset() if rules.value("crs.foreign_work.student_work_counts") else _STUDENT,
    }


_STUDENT = frozenset({"work_while_full_time_student"})
_SKILLED = "programs.skilled_teers"
_PURPOSES = {
    "cec": (
        (
            "cec.min_hours",
            "cec.work.window_years",
            "cec.work.excludes",
            "cec.work.continuous",
            "cec.physician_exception",
            _SKILLED,
        ),
        _cec,
    ),
    "fsw": (("fsw.min_hours", "fsw.work.window_years", "fsw.work.continuous", _SKILLED), _fsw),
    "fsw_experience": (("fsw.work.window_years", _SKILLED), _fsw_experience),
    "fst": (
        (
            "fst.min_hours",
            "fst.work.window_years",
            "fst.work.student_work_counts",
            "fst.trades.include_major_groups",
            "fst.trades.include_minor_groups",
            "fst.trades.include_unit_groups",
            "fst.trades.exclude_submajor_groups",
        ),
        _fst,
    ),
    "crs_canadian": (
        ("crs.canadian_work.window_years", "crs.canadian_work.excludes", "cec.physician_exception", _SKILLED),
        _crs_canadian,
    ),
    "crs_foreign": (
        ("crs.foreign_work.window_years", "crs.foreign_work.student_work_counts", _SKILLED),
        _crs_foreign,
    ),
}
