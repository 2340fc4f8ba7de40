"""The documents that prove what a person says: which apply, why, what each proves, and how long it is valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.assessment.case import Case
from bot.assessment.documents import learning, living, working
from bot.assessment.documents.model import SPOUSE, Document

__all__ = ["SPOUSE", "Document", "documents_for"]

_KINDS: Iterable[Callable[[Case], Iterator[Document]]] = (
    living.identity,
    learning.language,
    learning.education,
    learning.assessment,
    working.letters,
    working.canadian_work,
    living.claimed("certificate", "documents", "certificate_of_qualification"),
    living.claimed("nomination", "pnp", "provincial_nomination"),
    living.claimed("job_offer", "documents", "job_offer", "fsw_arranged_employment"),
    living.claimed("relationship", "documents", "sibling_in_canada", "adaptability_relative_in_canada"),
    living.civil_status,
    living.funds,
    living.police,
    living.medical,
    living.explanation,
)


def documents_for(case: Case) -> tuple[Document, ...]:
    """Every document that applies or may apply, in a fixed order."""
    return tuple([document for build in _KINDS for document in build(case) if document.applies != "no"])
