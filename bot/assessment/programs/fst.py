"""Federal Skilled Trades Program: work in a trade, language, an offer or a certificate, funds (IRPR s. 87.2)."""

from __future__ import annotations

from datetime import date

from bot.assessment.model import Condition, Program
from bot.assessment.programs.conditions import (
    answer,
    assumption,
    condition,
    funds,
    work,
    work_assumptions,
)
from bot.assessment.programs.person import NONE, Person
from bot.rules.shapes import ABILITIES

SENIOR_MANAGEMENT = "major_group_00"


def fst(person: Person, outside_quebec: Condition, checked: date | None) -> Program:
    """The answer for the program; the regulation lists groups of trades and asks for no TEER."""
    rules = person.tables.fst
    counted = person.work["fst"]
    either = offer_or_certificate(person)
    conditions = [
        outside_quebec,
        trade(person),
        work("fst.work", person, "fst", rules.hours.rule, months=rules.months.value, years=rules.window_years.value),
        language(person),
        either,
    ]
    offered = offer_in_trade(person)
    money = funds("fst.funds", person, False if offered is False else None, ("job_offer",) if offered is None else ())
    if money is not None:
        conditions.append(money)
    assumptions = work_assumptions(counted)
    if either.assumed:
        assumptions.append(assumption("offer_qualifies", months=rules.offer_months.value))
    if outside_quebec.assumed:
        assumptions.append(assumption("outside_quebec"))
    return answer("fst", conditions, assumptions, checked)


def trade(person: Person) -> Condition:
    """An occupation of the groups that the regulation lists: that of the work that counts, else the main one.

    Where jobs may be enough although the main occupation is no trade, it is theirs that decides.
    """
    rules, counted = person.tables.fst, person.work["fst"]
    noc = counted.noc or person.profile.value("noc")
    met, facts = noc in rules.trades if noc is not None else None, ("noc",)
    if not met and person.profile.knows("jobs"):
        codes = [job.noc for job in person.profile.value("jobs")]
        if met is None:
            met = None if None in codes else any(code in rules.trades for code in codes)
        elif counted.enough == "cannot_tell":
            noc = next((code for code in codes if code in rules.trades), None)
            met, facts = True if noc is not None else None, ("jobs",)
    return condition("fst.trade", met, rules.trades_rule, facts=facts, noc=noc or "")


def language(person: Person) -> Condition:
    """Each ability by its own level."""
    needed = person.tables.fst.language
    spans = person.levels("first", max(needed.values()))
    answers = [span.reaches(needed[ability]) for span, ability in zip(spans, ABILITIES, strict=True)]
    met = False if False in answers else None if None in answers else True
    return condition(
        "fst.language",
        met,
        person.tables.fst.language_rule,
        facts=[fact for span in spans for fact in span.facts][:1],
        reading=needed["reading"],
        writing=needed["writing"],
        listening=needed["listening"],
        speaking=needed["speaking"],
    )


def offer_in_trade(person: Person) -> bool | None:
    """Whether there is an offer that may be in the trade; senior management, major group 00, is none."""
    offer = person.profile.value("job_offer")
    return None if offer is None else offer not in {NONE, SENIOR_MANAGEMENT}


def offer_or_certificate(person: Person) -> Condition:
    """A certificate of qualification, or a qualifying offer; that an offer qualifies is taken for granted."""
    profile, rules = person.profile, person.tables.fst
    certificate, offered = profile.value("certificate_of_qualification"), offer_in_trade(person)
    met = True if certificate or offered else False if certificate is False and offered is False else None
    facts = [
        name for name, value in (("certificate_of_qualification", certificate), ("job_offer", offered)) if value is None
    ]
    return condition(
        "fst.offer_or_certificate",
        met,
        rules.offer_months.rule,
        facts=facts,
        assumed=bool(offered) and not certificate,
        months=rules.offer_months.value,
    )
