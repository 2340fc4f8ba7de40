"""The work of a person, counted for each purpose: hours, the weekly cap, overlaps once, windows, exclusions."""

from bot.assessment.work.completion import day_complete, day_lost, first_day
from bot.assessment.work.counting import FOR_POINTS, count_work, job_list, work_for, work_for_all
from bot.assessment.work.criteria import PURPOSES, criteria_for
from bot.assessment.work.hours import years_after, years_before
from bot.assessment.work.judging import teer_of
from bot.assessment.work.ledger import JobList, hours_by_occupation
from bot.assessment.work.model import Criteria, Entry, Trades, WorkCount

__all__ = [
    "FOR_POINTS",
    "PURPOSES",
    "Criteria",
    "Entry",
    "JobList",
    "Trades",
    "WorkCount",
    "count_work",
    "criteria_for",
    "day_complete",
    "day_lost",
    "first_day",
    "hours_by_occupation",
    "job_list",
    "teer_of",
    "work_for",
    "work_for_all",
    "years_after",
    "years_before",
]
