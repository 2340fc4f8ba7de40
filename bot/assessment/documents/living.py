"""Proof of who somebody is and how they live: identity, family, money, stays, health, and what needs explaining."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.assessment.case import Case
from bot.assessment.documents.model import NONE, Document, document
from bot.assessment.history import job_gaps
from bot.assessment.reason import either, reason
from bot.facts import PARTNERED


def identity(case: Case) -> Iterator[Document]:
    """A passport, of everybody."""
    yield document(case, "identity", "yes", "documents", reason("everybody"))


def civil_status(case: Case) -> Iterator[Document]:
    """Whoever is not single, or has a family."""
    status, size = case.profile.value("marital_status"), case.profile.value("family_size")
    if (status is not None and status != "single") or (size is not None and size > 1):
        name = "civil_status_partner" if status in PARTNERED else "civil_status_family"
        yield document(case, "civil_status", "yes", "documents", reason(name))
    elif status is None or size is None:
        missing = tuple(fact for fact in ("marital_status", "family_size") if not case.profile.knows(fact))
        yield document(case, "civil_status", "cannot_tell", "documents", open_facts=missing)


def funds(case: Case) -> Iterator[Document]:
    """FSW and FST ask for funds; somebody whom CEC fits uploads a letter about the exemption instead."""
    funds = case.funds
    if funds is None:
        return
    page, rule = "proof_of_funds", funds.rule
    if case.answer("cec") == "yes":
        yield document(case, "funds", "cannot_tell", page, reason("funds_exempt_cec"), rule=rule)
        return
    if not case.asked_for_funds:
        return
    reasons = [reason("funds_asked")]
    if funds.enough == "no" and funds.short is not None:
        reasons.append(reason("funds_short", rule, needed=funds.needed, named=funds.named, short=funds.short))
    elif funds.needed is not None:
        reasons.append(reason("funds_needed", rule, needed=funds.needed, family_size=funds.family_size))
    if funds.stale:
        reasons.append(reason("funds_table_old", rule, since=case.rules.version(rule).effective_from))
    fits = either(case.answer("fsw"), case.answer("fst")) == "yes"
    yield document(
        case,
        "funds",
        "yes" if fits or funds.enough == "no" else "cannot_tell",
        page,
        *reasons,
        rule=rule,
        open_facts=funds.open,
    )


def police(case: Case) -> Iterator[Document]:
    """One certificate for each country of a long stay; what it must be issued after depends on having left."""
    rule, page = "documents.police.min_months", "police"
    if case.police is None:
        yield document(case, "police", "cannot_tell", page, reason("police_unknown", rule), open_facts=("countries",))
        return
    if not case.police:
        return
    within = "documents.police.issued_within_months"
    for certificate in case.police:
        why = (
            reason("police_left", rule, country=certificate.country, on=certificate.issued_after)
            if certificate.issued_after is not None
            else reason("police_present", within, country=certificate.country, months=case.rules.value(within))
        )
        yield document(
            case,
            "police",
            "yes",
            page,
            why,
            *((reason("police_age_open", "documents.police.since_age"),) if certificate.age_open else ()),
            valid_from=certificate.issued_after,
            rule=rule,
            values={"country": certificate.country},
        )


def medical(case: Case) -> Iterator[Document]:
    """The exam: before or after the application, by the rules of the day."""
    rule = "documents.medical.upfront"
    if not case.rules.has(rule):
        return
    upfront = case.rules.value(rule)
    months = case.rules.value("validity.medical") if case.rules.has("validity.medical") else None
    why = reason("medical_upfront" if upfront else "medical_later", rule)
    yield document(case, "medical", "yes", "medical", why, rule=rule, values={"months": months})


def claimed(document_id: str, page: str, *facts: str) -> Callable[[Case], Iterator[Document]]:
    """A document that is asked for only where one of these facts is claimed."""

    def build(case: Case) -> Iterator[Document]:
        if any(case.profile.value(fact) not in {None, False, NONE} for fact in facts):
            yield document(case, document_id, "yes", page, reason(f"{document_id}_claimed"))

    return build


def explanation(case: Case) -> Iterator[Document]:
    """Letters that explain what a reviewer would otherwise ask about."""
    reasons = []
    if case.answer("cec") == "yes":
        reasons.append(reason("explain_exemption"))
    if case.profile.value("past_refusal") is True:
        reasons.append(reason("explain_refusal"))
    reasons += [reason("explain_gap", start=start, end=end) for start, end in job_gaps(case.profile)]
    if reasons:
        yield document(case, "explanation", "yes", "documents", *reasons)
