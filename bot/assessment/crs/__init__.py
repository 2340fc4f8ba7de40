"""The score of the Comprehensive Ranking System: its lines, its range and what each missing fact can move."""

from bot.assessment.crs.score import Scored, count, score

__all__ = ["Scored", "count", "score"]
