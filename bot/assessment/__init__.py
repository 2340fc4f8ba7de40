"""The assessment engine: what a profile gives on a day, exact, dated and explained."""

from bot.assessment.engine import assess
from bot.assessment.model import Assessment, Condition, Line, Program, Score, Section, Selection, Width
from bot.assessment.reason import Answer, Reason

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
]
