"""The three programs of Express Entry: yes, no, or cannot tell yet, with a reason for every condition."""

from bot.assessment.programs.answers import programs

__all__ = ["programs"]
