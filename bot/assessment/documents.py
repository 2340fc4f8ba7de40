"""The documents that prove what a person says: which apply, why, what each proves, and how long it is valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from bot.assessment.case import Case
from bot.assessment.history import job_gaps
from bot.assessment.periods import ends
from bot.assessment.reason import NO_VALUES, Answer, Reason, either, reason
from bot.facts import vocabulary

NONE = "none"
PARTNERED = frozenset({"married", "common_law"})
SELF, SPOUSE = "self", "spouse"


class Document(NamedTuple):
    """One kind of document for one person of the family.

    ``applies`` no is left out of a list; cannot_tell names what is open. ``proves``: the known facts it must prove.
    ``valid_from``, ``valid_until``: first day, and first day on which it no longer counts; None: not known or none.
    ``page``: id of the official page.
    """

    id: str
    applies: Answer
    page: str
    of: str = SELF
    reasons: tuple[Reason, ...] = ()
    proves: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    rule: str | None = None
    values: Mapping[str, Any] = NO_VALUES
    open: tuple[str, ...] = ()


def documents_for(case: Case) -> tuple[Document, ...]:
    """Every document that applies or may apply, in a fixed order."""
    return tuple([document for build in _KINDS for document in build(case) if document.applies != "no"])


@lru_cache(maxsize=1)
def proofs() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For each document of the person or of the partner, the facts that it proves, as the vocabulary has them."""
    found: dict[tuple[str, str], list[str]] = {}
    for fact in vocabulary().values():
        of = SPOUSE if fact.id.startswith("spouse_") else SELF
        for document in fact.proof:
            found.setdefault((document, of), []).append(fact.id)
    return {key: tuple(facts) for key, facts in found.items()}


def _proves(case: Case, document: str, of: str) -> tuple[str, ...]:
    return tuple(filter(case.profile.knows, proofs().get((document, of), ())))


def _document(
    case: Case,
    document: str,
    applies: Answer,
    page: str,
    *reasons: Reason,
    of: str = SELF,
    valid_from: date | None = None,
    valid_until: date | None = None,
    rule: str | None = None,
    values: Mapping[str, Any] = NO_VALUES,
    open_facts: tuple[str, ...] = (),
) -> Document:
    proves = _proves(case, document, of)
    return Document(document, applies, page, of, reasons, proves, valid_from, valid_until, rule, values, open_facts)


def _language(case: Case) -> Iterator[Document]:
    """Every program asks for a result; each result has its own two years."""
    taken = [result for result in case.language if result.test != NONE]
    rule = "validity.language_test"
    for result in taken:
        of = SPOUSE if result.of == SPOUSE else SELF
        if of == SPOUSE and not case.may_have_spouse:
            continue
        prefix = {"first": "", "second": "second_", "spouse": "spouse_"}[result.of]
        why = reason("language_estimated" if result.estimated else f"language_{result.of}")
        yield Document(
            "language",
            "yes",
            "language_tests",
            of=of,
            reasons=(why, *((reason("expired", rule, on=result.expires_on),) if result.expired else ())),
            proves=tuple(filter(case.profile.knows, _proofs_of(prefix))),
            valid_from=result.taken_on,
            valid_until=result.expires_on,
            rule=rule,
            values={"test": result.test},
        )
    if not any(result.of != SPOUSE for result in taken):
        yield Document("language", "yes", "language_tests", reasons=(reason("language_needed"),), rule=rule)


@cache
def _proofs_of(prefix: str) -> tuple[str, ...]:
    """The facts that a result proves: those with its prefix, and none of adaptability."""
    of = SPOUSE if prefix == "spouse_" else SELF
    return tuple(fact for fact in proofs()["language", of] if _prefix(fact) == prefix and "adaptability" not in fact)


def _prefix(fact: str) -> str:
    return next((prefix for prefix in ("second_", "spouse_") if fact.startswith(prefix)), "")


def _education(case: Case) -> Iterator[Document]:
    for of, fact in _educated(case):
        level = case.profile.value(fact)
        if level is None:
            if of == SELF:
                yield _document(case, "education", "cannot_tell", "documents", open_facts=(fact,))
        elif level != NONE:
            yield _document(case, "education", "yes", "documents", reason("education_claimed"), of=of)


def _educated(case: Case) -> list[tuple[str, str]]:
    return [(SELF, "education"), *([(SPOUSE, "spouse_education")] if case.with_spouse else [])]


def _assessment(case: Case) -> Iterator[Document]:
    """A foreign credential needs an assessment: always for FSW, otherwise only to earn points."""
    profile, rule = case.profile, "validity.eca"
    education, studied = profile.value("education"), profile.value("canadian_study")
    if education == NONE or studied not in {None, NONE} or profile.value("eca") == "not_needed":
        pass
    elif education is None:
        yield _document(case, "eca", "cannot_tell", "eca", open_facts=("education",), rule=rule)
    else:
        issued: date | None = profile.value("eca_issued_on")
        until = ends(issued, case.rules, rule) if issued is not None else None
        expired = until is not None and until <= case.as_of
        yield _document(
            case,
            "eca",
            "yes" if studied == NONE else "cannot_tell",
            "eca",
            reason("eca_foreign"),
            *((reason("expired", rule, on=until),) if expired else ()),
            valid_from=issued,
            valid_until=until,
            rule=rule,
            open_facts=() if studied == NONE else ("canadian_study",),
        )
    if case.with_spouse and profile.value("spouse_education") not in {None, NONE}:
        yield _document(case, "eca", "cannot_tell", "eca", reason("eca_spouse"), of=SPOUSE, rule=rule)


def _identity(case: Case) -> Iterator[Document]:
    yield _document(case, "identity", "yes", "documents", reason("everybody"))


def _worked(case: Case) -> Answer:
    """Whether any work is claimed."""
    return either(_claims(case, "canadian_work_years", "canada"), _claims(case, "foreign_work_years", "abroad"))


def _claims(case: Case, fact: str, place: str) -> Answer:
    jobs, years = case.profile.value("jobs"), case.profile.value(fact)
    if any(job.place == place for job in jobs or ()) or (years is not None and years > 0):
        return "yes"
    return "no" if years is not None or jobs is not None else "cannot_tell"


def _letters(case: Case) -> Iterator[Document]:
    worked = _worked(case)
    open_facts = () if worked != "cannot_tell" else ("canadian_work_years", "foreign_work_years")
    yield _document(case, "reference_letters", worked, "documents", reason("work_claimed"), open_facts=open_facts)
    yield _document(case, "duties", worked, "noc", reason("duties_match"), open_facts=open_facts)


def _canadian_work(case: Case) -> Iterator[Document]:
    worked = _claims(case, "canadian_work_years", "canada")
    open_facts = () if worked != "cannot_tell" else ("canadian_work_years",)
    yield _document(case, "canadian_work", worked, "documents", reason("canadian_work_claimed"), open_facts=open_facts)


def _funds(case: Case) -> Iterator[Document]:
    """FSW and FST ask for funds; somebody whom CEC fits uploads a letter about the exemption instead."""
    funds = case.funds
    if funds is None:
        return
    page, rule = "proof_of_funds", funds.rule
    if case.answer("cec") == "yes":
        yield _document(case, "funds", "cannot_tell", page, reason("funds_exempt_cec"), rule=rule)
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
    yield _document(
        case,
        "funds",
        "yes" if fits or funds.enough == "no" else "cannot_tell",
        page,
        *reasons,
        rule=rule,
        open_facts=funds.open,
    )


def _police(case: Case) -> Iterator[Document]:
    rule, page = "documents.police.min_months", "police"
    if case.police is None:
        yield _document(case, "police", "cannot_tell", page, reason("police_unknown", rule), open_facts=("countries",))
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
        yield _document(
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


def _medical(case: Case) -> Iterator[Document]:
    rule = "documents.medical.upfront"
    if not case.rules.has(rule):
        return
    upfront = case.rules.value(rule)
    months = case.rules.value("validity.medical") if case.rules.has("validity.medical") else None
    why = reason("medical_upfront" if upfront else "medical_later", rule)
    yield _document(case, "medical", "yes", "medical", why, rule=rule, values={"months": months})


def _civil_status(case: Case) -> Iterator[Document]:
    status, size = case.profile.value("marital_status"), case.profile.value("family_size")
    if (status is not None and status != "single") or (size is not None and size > 1):
        name = "civil_status_partner" if status in PARTNERED else "civil_status_family"
        yield _document(case, "civil_status", "yes", "documents", reason(name))
    elif status is None or size is None:
        missing = tuple(fact for fact in ("marital_status", "family_size") if not case.profile.knows(fact))
        yield _document(case, "civil_status", "cannot_tell", "documents", open_facts=missing)


def _claimed(document: str, page: str, *facts: str) -> Callable[[Case], Iterator[Document]]:
    """A document that is asked for only where one of these facts is claimed."""

    def build(case: Case) -> Iterator[Document]:
        if any(case.profile.value(fact) not in {None, False, NONE} for fact in facts):
            yield _document(case, document, "yes", page, reason(f"{document}_claimed"))

    return build


def _explanation(case: Case) -> Iterator[Document]:
    """Letters that explain what a reviewer would otherwise ask about."""
    reasons = []
    if case.answer("cec") == "yes":
        reasons.append(reason("explain_exemption"))
    if case.profile.value("past_refusal") is True:
        reasons.append(reason("explain_refusal"))
    reasons += [reason("explain_gap", start=start, end=end) for start, end in job_gaps(case.profile)]
    if reasons:
        yield _document(case, "explanation", "yes", "documents", *reasons)


_KINDS: Iterable[Callable[[Case], Iterator[Document]]] = (
    _identity,
    _language,
    _education,
    _assessment,
    _letters,
    _canadian_work,
    _claimed("certificate", "documents", "certificate_of_qualification"),
    _claimed("nomination", "pnp", "provincial_nomination"),
    _claimed("job_offer", "documents", "job_offer", "fsw_arranged_employment"),
    _claimed("relationship", "documents", "sibling_in_canada", "adaptability_relative_in_canada"),
    _civil_status,
    _funds,
    _police,
    _medical,
    _explanation,
)
