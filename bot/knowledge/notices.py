"""The notices that go with a result."""

from __future__ import annotations

from datetime import date, timedelta

from bot.knowledge.catalogue import Language, text
from bot.knowledge.figures import Figures
from bot.knowledge.pages import pages

SCORE_RULE = "crs.set"


def result_notices(as_of: date, language: Language) -> tuple[str, ...]:
    """What every result of a day says: whose estimate it is, which rules, and that it is not advice."""
    return (
        text("notice.result", language, rule_date=rule_date(as_of)),
        *reform_notice(as_of, language),
        text("notice.general", language),
    )


def rule_date(as_of: date) -> date:
    """The day whose rules a score shown on ``as_of`` rests on: that day, or the last one with complete rules."""
    score = Figures(as_of).look(SCORE_RULE)
    if score is not None and score.status == "incomplete":
        return score.effective_from - timedelta(days=1)
    return as_of


def reform_notice(as_of: date, language: Language) -> tuple[str, ...]:
    """Said while the score rules in force are not complete."""
    last = rule_date(as_of)
    if last == as_of:
        return ()
    return (text("notice.reform", language, rule_date=last, url=pages()["crs_tool"].url[language]),)
