"""Proof of work: letters, duties, and papers of work in Canada."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assessment.case import Case
from bot.assessment.documents.model import SPOUSE, Document, document
from bot.assessment.reason import Answer, either, reason


def _worked(case: Case) -> Answer:
    """Whether any work is claimed."""
    return either(_claims(case, "canadian_work_years", "canada"), _claims(case, "foreign_work_years", "abroad"))


def _claims(case: Case, fact: str, place: str) -> Answer:
    jobs, years = case.profile.value("jobs"), case.profile.value(fact)
    if any(job.place == place for job in jobs or ()) or (years is not None and years > 0):
        return "yes"
    return "no" if years is not None or jobs is not None else "cannot_tell"


def _partner_worked(case: Case) -> bool:
    """Whether work in Canada is claimed of a partner who comes along; work of theirs elsewhere earns nothing."""
    years, adaptable = (
        case.profile.value(fact) for fact in ("spouse_canadian_work_years", "adaptability_spouse_canadian_work")
    )
    return case.with_spouse and (bool(years) or adaptable is True)


def letters(case: Case) -> Iterator[Document]:
    """Letters of employers, and proof that the duties match the occupation."""
    worked = _worked(case)
    open_facts = () if worked != "cannot_tell" else ("canadian_work_years", "foreign_work_years")
    yield document(case, "reference_letters", worked, "documents", reason("work_claimed"), open_facts=open_facts)
    yield document(case, "duties", worked, "noc", reason("duties_match"), open_facts=open_facts)
    if _partner_worked(case):
        yield document(case, "reference_letters", "yes", "documents", reason("work_claimed"), of=SPOUSE)


def canadian_work(case: Case) -> Iterator[Document]:
    """Papers of the tax agency and of employers in Canada."""
    adaptable = case.profile.value("adaptability_canadian_work") is True
    worked = "yes" if adaptable else _claims(case, "canadian_work_years", "canada")
    open_facts = () if worked != "cannot_tell" else ("canadian_work_years",)
    yield document(case, "canadian_work", worked, "documents", reason("canadian_work_claimed"), open_facts=open_facts)
    if _partner_worked(case):
        yield document(case, "canadian_work", "yes", "documents", reason("canadian_work_claimed"), of=SPOUSE)
