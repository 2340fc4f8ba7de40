"""What the three programs ask for on one day, compiled for look-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.rules.bands import flatten
from bot.rules.book import Rules
from bot.rules.model import Version
from bot.rules.noc import unit_groups


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """A figure with the version it comes from."""

    rule: Version
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class CecRules:
    """Canadian Experience Class (IRPR s. 87.1)."""

    hours: Amount
    months: Amount
    window_years: Amount
    language: Mapping[int, int]
    language_rule: Version


@dataclass(frozen=True, slots=True, eq=False)
class FswRules:
    """Federal Skilled Worker Program (IRPR ss. 75-83): minimums and the selection grid."""

    hours: Amount
    months: Amount
    window_years: Amount
    language: Amount
    pass_mark: Amount
    grand_total: int
    first_language: tuple[int, ...]
    second_language: Amount
    second_language_level: int
    education: Mapping[str, int]
    education_rule: Version
    experience: tuple[int, ...]
    experience_rule: Version
    age: tuple[int, ...]
    age_rule: Version
    arranged_employment: Amount
    adaptability: Mapping[str, int]
    adaptability_cap: Amount
    spouse_language_level: int
    maximum: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class FstRules:
    """Federal Skilled Trades Program (IRPR s. 87.2). ``trades``: every eligible unit group."""

    hours: Amount
    months: Amount
    window_years: Amount
    language: Mapping[str, int]
    language_rule: Version
    offer_months: Amount
    trades: frozenset[str]
    trades_rule: Version


@dataclass(frozen=True, slots=True, eq=False)
class FundsRules:
    """Settlement funds by family size."""

    rule: Version
    by_size: tuple[int, ...]
    additional: int

    def required(self, family_size: int) -> int:
        """Canadian dollars for a family of ``family_size`` people, the applicant among them."""
        listed = min(family_size, len(self.by_size))
        return self.by_size[listed - 1] + (family_size - listed) * self.additional


@dataclass(frozen=True, slots=True, eq=False)
class ProgramRules:
    """The programs of one day. ``confirmed``: last day for which they were confirmed, when that is in doubt.

    ``funds`` None: no table stands on that day.
    """

    skilled_teers: frozenset[int]
    outside_quebec: Version
    cec: CecRules
    fsw: FswRules
    fst: FstRules
    funds: FundsRules | None


def program_rules(rules: Rules) -> ProgramRules | None:
    """The programs of the day; None before the first day for which they are written down."""
    compiled: ProgramRules | None = rules.compiled("programs", _compile)
    return compiled


def needs_official_check(rules: Rules) -> date | None:
    """The last day for which the programs were confirmed, once that is in doubt; else None."""
    return (
        rules.reference("programs.outside_quebec").needs_official_check
        if rules.has("programs.outside_quebec")
        else None
    )


def _compile(rules: Rules) -> ProgramRules | None:
    if not rules.has("cec.min_hours"):
        return None
    return ProgramRules(
        skilled_teers=frozenset(rules.value("programs.skilled_teers")),
        outside_quebec=rules.version("programs.outside_quebec"),
        cec=CecRules(
            hours=_amount(rules, "cec.min_hours"),
            months=_amount(rules, "cec.work.min_months"),
            window_years=_amount(rules, "cec.work.window_years"),
            language={int(teer): level for teer, level in rules.value("cec.language").items()},
            language_rule=rules.version("cec.language"),
        ),
        fsw=_fsw(rules),
        fst=_fst(rules),
        funds=_funds(rules),
    )


def _fsw(rules: Rules) -> FswRules:
    return FswRules(
        hours=_amount(rules, "fsw.min_hours"),
        months=_amount(rules, "fsw.work.min_months"),
        window_years=_amount(rules, "fsw.work.window_years"),
        language=_amount(rules, "fsw.language"),
        pass_mark=_amount(rules, "fsw.pass_mark"),
        grand_total=rules.value("fsw.grand_total"),
        first_language=flatten(rules.value("fsw.grid.first_language")),
        second_language=_amount(rules, "fsw.grid.second_language"),
        second_language_level=rules.value("fsw.grid.second_language_level"),
        education=rules.value("fsw.grid.education"),
        education_rule=rules.version("fsw.grid.education"),
        experience=flatten(rules.value("fsw.grid.experience")),
        experience_rule=rules.version("fsw.grid.experience"),
        age=flatten(rules.value("fsw.grid.age")),
        age_rule=rules.version("fsw.grid.age"),
        arranged_employment=_amount(rules, "fsw.grid.arranged_employment"),
        adaptability=rules.value("fsw.grid.adaptability"),
        adaptability_cap=_amount(rules, "fsw.grid.adaptability_cap"),
        spouse_language_level=rules.value("fsw.adaptability.spouse_language_level"),
        maximum=rules.value("fsw.grid.maximum"),
    )


def _fst(rules: Rules) -> FstRules:
    included = tuple(
        code
        for kind in ("include_major_groups", "include_minor_groups", "include_unit_groups")
        for code in rules.value(f"fst.trades.{kind}")
    )
    excluded = tuple(rules.value("fst.trades.exclude_submajor_groups"))
    return FstRules(
        hours=_amount(rules, "fst.min_hours"),
        months=_amount(rules, "fst.work.min_months"),
        window_years=_amount(rules, "fst.work.window_years"),
        language=rules.value("fst.language"),
        language_rule=rules.version("fst.language"),
        offer_months=_amount(rules, "fst.offer_min_months"),
        trades=frozenset(
            code for code in unit_groups(rules) if code.startswith(included) and not code.startswith(excluded)
        ),
        trades_rule=rules.version("fst.trades.include_major_groups"),
    )


def _funds(rules: Rules) -> FundsRules | None:
    if not rules.has("funds.table"):
        return None
    table = dict(rules.value("funds.table"))
    additional = table.pop("additional")
    return FundsRules(
        rules.version("funds.table"), tuple(table[str(size)] for size in range(1, len(table) + 1)), additional
    )


def _amount(rules: Rules, rule_id: str) -> Amount:
    return Amount(rules.version(rule_id), rules.value(rule_id))
