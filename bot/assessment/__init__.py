"""The assessment engine: what a profile gives on a day, exact, dated and explained."""

from bot.assessment.engine import assess, crs_score
from bot.assessment.model import Condition, Line, Program, Score, Section, Selection, Width
from bot.assessment.reason import Answer, Reason
from bot.assessment.result import Assessment

__all__ = [
    "Answer",
    "Assessment",
    "Condition",
    "Line",
    "Program",
    "Reason",
    "Score",
    "Section",
    "Selection",
    "Width",
    "assess",
    "crs_score",
]
