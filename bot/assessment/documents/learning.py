"""Proof of languages and of education."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.assessment.case import Case
from bot.assessment.crs.reading import needs_assessment
from bot.assessment.documents.model import NONE, SELF, SPOUSE, Document, document, proofs
from bot.assessment.language import PREFIX, Whose
from bot.assessment.periods import ends
from bot.assessment.reason import reason


def language(case: Case) -> Iterator[Document]:
    """Every program asks for a result; each result has its own two years."""
    taken = [
        result for result in case.language if result.test != NONE and (result.of != SPOUSE or case.may_have_spouse)
    ]
    rule = "validity.language_test"
    for result in taken:
        why = reason("language_estimated" if result.estimated else f"language_{result.of}")
        yield Document(
            "language",
            "yes",
            "language_tests",
            of=SPOUSE if result.of == SPOUSE else SELF,
            reasons=(why, *((reason("expired", rule, on=result.expires_on),) if result.expired else ())),
            proves=tuple(filter(case.profile.knows, _proofs_of(result.of))),
            valid_from=result.taken_on,
            valid_until=result.expires_on,
            rule=rule,
            values={"test": result.test},
        )
    if not any(result.of != SPOUSE for result in taken):
        yield Document("language", "yes", "language_tests", reasons=(reason("language_needed"),), rule=rule)


@cache
def _proofs_of(whose: Whose) -> tuple[str, ...]:
    """The facts that a result proves; those of the person belong to the first or to the second language."""
    if whose == "spouse":
        return proofs()["language", SPOUSE]
    return tuple(
        fact for fact in proofs()["language", SELF] if fact.startswith(PREFIX["second"]) == (whose == "second")
    )


def education(case: Case) -> Iterator[Document]:
    """Diplomas of the level that is claimed."""
    for of, fact in _educated(case):
        level = case.profile.value(fact)
        if level is None:
            if of == SELF:
                yield document(case, "education", "cannot_tell", "documents", open_facts=(fact,))
        elif level != NONE:
            yield document(case, "education", "yes", "documents", reason("education_claimed"), of=of)


def _educated(case: Case) -> list[tuple[str, str]]:
    return [(SELF, "education"), *([(SPOUSE, "spouse_education")] if case.with_spouse else [])]


def assessment(case: Case) -> Iterator[Document]:
    """A foreign credential needs an assessment: always for FSW, otherwise only to earn points."""
    profile, rule = case.profile, "validity.eca"
    education, foreign = profile.value("education"), profile.knows("canadian_study")
    if education == NONE or not needs_assessment(profile) or profile.value("eca") == "not_needed":
        pass
    elif education is None:
        yield document(case, "eca", "cannot_tell", "eca", open_facts=("education",), rule=rule)
    else:
        issued: date | None = profile.value("eca_issued_on")
        until = ends(issued, case.rules, rule) if issued is not None else None
        expired = until is not None and until <= case.as_of
        yield document(
            case,
            "eca",
            "yes" if foreign else "cannot_tell",
            "eca",
            reason("eca_foreign"),
            *((reason("expired", rule, on=until),) if expired else ()),
            valid_from=issued,
            valid_until=until,
            rule=rule,
            open_facts=() if foreign else ("canadian_study",),
        )
    if case.with_spouse and profile.value("spouse_education") not in {None, NONE}:
        yield document(case, "eca", "cannot_tell", "eca", reason("eca_spouse"), of=SPOUSE, rule=rule)
