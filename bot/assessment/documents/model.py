"""What a document is, and which facts it proves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bot.assessment.case import Case
from bot.assessment.reason import NO_VALUES, Answer, Reason
from bot.facts import vocabulary

NONE = "none"
SELF, SPOUSE = "self", "spouse"
OF_BOTH = "civil_status"
"""The document that proves what is said of either, by one for both."""


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


@lru_cache(maxsize=1)
def proofs() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For each document of the person or of the partner, the facts that it proves, as the vocabulary has them."""
    found: dict[tuple[str, str], list[str]] = {}
    for fact in vocabulary().values():
        for document in fact.proof:
            of = SPOUSE if "spouse_" in fact.id and document != OF_BOTH else SELF
            found.setdefault((document, of), []).append(fact.id)
    return {key: tuple(facts) for key, facts in found.items()}


def _proves(case: Case, document: str, of: str) -> tuple[str, ...]:
    return tuple(filter(case.profile.knows, proofs().get((document, of), ())))


def document(
    case: Case,
    document_id: str,
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
    """A document with the known facts that it must prove."""
    proves = _proves(case, document_id, of)
    return Document(document_id, applies, page, of, reasons, proves, valid_from, valid_until, rule, values, open_facts)
