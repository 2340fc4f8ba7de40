"""A result in words: as a card for channels that draw it, and as a few lines for those that do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.assessment import Answer, Assessment, Condition, Line, Program, Reason, Score
from bot.knowledge.catalogue import Language, text
from bot.knowledge.parts import parts
from bot.knowledge.rows import row_text
from bot.knowledge.wording import label

MOST_LINES = 8
MOST_FACTS = 3
ORDER: tuple[Answer, ...] = ("yes", "cannot_tell", "no")
SHOWN_NOTES_ELSEWHERE = frozenset({"assessment.note.high_wage"})


def result_card(assessment: Assessment, language: Language) -> dict[str, Any]:
    """The result as data ready to be drawn: every text in ``language``, days as ISO text."""
    score = assessment.score
    open_facts = {width.fact for width in score.widths}
    return {
        "kind": "result",
        "heading": " ".join(answer_lines(assessment, language)),
        "rules": rules_label(assessment, language),
        "as_of": assessment.as_of.isoformat(),
        "sections": [
            {
                "label": text(f"assessment.section.{section.id}", language),
                "points": section.points if section.low == section.high else None,
                "low": section.low,
                "high": section.high,
                "max": section.maximum,
            }
            for section in score.sections
        ],
        "total": {
            "label": text("assessment.total", language),
            "points": score.total if score.status == "computed" else None,
            "low": score.low,
            "high": score.high,
            "max": score.maximum,
        },
        "programs": [_program(program, language) for program in assessment.programs],
        "lines": [_line(line, open_facts, language) for line in score.lines],
        "parts": parts(assessment, language),
        "notes": [reason_text(item, language) for item in (*shown_notes(assessment), *assessment.assumptions)],
    }


def result_lines(assessment: Assessment, language: Language) -> tuple[str, ...]:
    """The result in at most eight short lines, the answer first."""
    score = assessment.score
    lines = [
        *answer_lines(assessment, language),
        score_line(assessment, language),
        text("assessment.line.sections", language, sections="; ".join(_sections(score, language))),
        *_open_lines(assessment, language),
        *(reason_text(item, language) for item in shown_notes(assessment)),
    ]
    return tuple(lines[:MOST_LINES])


def answer_lines(assessment: Assessment, language: Language) -> list[str]:
    """One sentence per kind of answer: the programs it holds for."""
    by_answer: dict[Answer, list[str]] = {}
    for program in assessment.programs:
        by_answer.setdefault(program.answer, []).append(text(f"assessment.program.{program.id}", language))
    return [
        text(f"assessment.heading.{answer}", language, programs=", ".join(by_answer[answer]))
        for answer in ORDER
        if answer in by_answer
    ]


def rules_label(assessment: Assessment, language: Language) -> str:
    """Which rules the score follows; never a set that has ended without its last day."""
    until = assessment.crs.previous.in_force_until if assessment.crs.previous else None
    if until is not None:
        return text("assessment.rules.until", language, until=until)
    return text("assessment.rules.current", language, as_of=assessment.as_of)


def score_line(assessment: Assessment, language: Language) -> str:
    """The total, or its range, with the rules it follows."""
    score, rules = assessment.score, rules_label(assessment, language)
    if score.status == "computed":
        return text("assessment.line.score", language, rules=rules, points=score.total, max=score.maximum)
    return text("assessment.line.range", language, rules=rules, low=score.low, high=score.high, max=score.maximum)


def condition_text(condition: Condition, language: Language) -> str:
    """A condition with its state, in a sentence."""
    state = {True: "met", False: "not_met", None: "unknown"}[condition.met]
    if condition.assumed and condition.met:
        state = "assumed"
    elif "low" in condition.params and condition.params["low"] == condition.params["high"]:
        state = "exact"
    sentence = text(f"assessment.condition.{condition.id}.{state}", language, **condition.params)
    why = [] if condition.met else [reason_text(item, language) for item in condition.reasons]
    return " ".join([sentence, *why])


def reason_text(item: Reason, language: Language) -> str:
    """A note, an assumption or a reason, by the full id of its text."""
    return text(item.id, language, **item.values)


def shown_notes(assessment: Assessment) -> list[Reason]:
    """The notes that the notice about incomplete rules does not say already."""
    return [item for item in assessment.notes if item.id not in SHOWN_NOTES_ELSEWHERE]


def _program(program: Program, language: Language) -> dict[str, Any]:
    grid = program.selection
    return {
        "id": program.id,
        "name": text(f"assessment.program.{program.id}", language),
        "answer": program.answer,
        "answer_label": text(f"assessment.answer.{program.answer}", language),
        "conditions": [
            {"text": condition_text(condition, language), "met": condition.met} for condition in program.conditions
        ],
        "missing": [fact_label(fact, language) for fact in program.missing],
        "grid": None
        if grid is None
        else [
            {
                "label": text(f"assessment.grid.{factor.id}", language),
                "points": factor.points if factor.low == factor.high else None,
                "low": factor.low,
                "high": factor.high,
                "max": factor.maximum,
            }
            for factor in grid.factors
        ],
    }


BEHIND: Mapping[str, tuple[str, ...]] = {
    "core.age": ("age", "date_of_birth"),
    "core.education": ("education",),
    "core.first_language": ("language_test", "listening", "reading", "writing", "speaking"),
    "core.second_language": ("second_language_test",),
    "core.canadian_work": ("canadian_work_years",),
    "spouse.education": ("spouse_education",),
    "spouse.first_language": ("spouse_language_test",),
    "spouse.canadian_work": ("spouse_canadian_work_years",),
    "transferability.education_language": ("education", "language_test"),
    "transferability.education_canadian_work": ("education", "canadian_work_years"),
    "transferability.foreign_language": ("foreign_work_years", "language_test"),
    "transferability.foreign_canadian_work": ("foreign_work_years", "canadian_work_years"),
    "transferability.certificate_language": ("certificate_of_qualification", "language_test"),
    "additional.provincial_nomination": ("provincial_nomination",),
    "additional.job_offer": ("job_offer",),
    "additional.french": ("language_test", "second_language_test"),
    "additional.canadian_study": ("canadian_study",),
    "additional.sibling": ("sibling_in_canada",),
}
"""The facts behind a factor: while one of them is open, a line without points says so instead of a row."""


def _line(line: Line, unknown: Collection[str], language: Language) -> dict[str, Any]:
    behind = next((facts for factor, facts in BEHIND.items() if line.factor.startswith(factor)), ())
    is_open = not line.points and any(fact in unknown for fact in behind)
    return {
        "section": text(f"assessment.section.{line.section}", language),
        "label": text(f"assessment.factor.{line.factor}", language),
        "detail": text("assessment.row.not_known", language) if is_open else row_text(line, language),
        "points": None if is_open else line.points,
        "max": line.maximum,
        "source": line.source,
        "since": line.since.isoformat(),
    }


def _sections(score: Score, language: Language) -> Iterable[str]:
    for section in score.sections:
        if not section.maximum:
            continue
        name = text(f"assessment.section.{section.id}", language)
        if section.low == section.high:
            yield text("assessment.line.section", language, label=name, points=section.points)
        else:
            yield text("assessment.line.section_range", language, label=name, low=section.low, high=section.high)


def _open_lines(assessment: Assessment, language: Language) -> Iterable[str]:
    widths = assessment.score.widths[:MOST_FACTS]
    if widths:
        facts = (
            text("assessment.line.width", language, fact=fact_label(width.fact, language), points=width.points)
            for width in widths
        )
        yield text("assessment.line.widest", language, facts="; ".join(facts))
    missing = dict.fromkeys(fact for program in assessment.programs for fact in program.missing)
    if missing:
        shown = [fact_label(fact, language) for fact in list(missing)[:MOST_FACTS]]
        yield text("assessment.line.missing", language, facts="; ".join(shown))


def fact_label(fact_id: str, language: Language) -> str:
    """The short name of a fact."""
    return label(fact_id, language)
