"""The dated rules of Express Entry: every figure with its first and last day, its source and its doubts."""

from bot.rules.book import RuleBook, Rules
from bot.rules.errors import RuleDateError, RulesError, UnknownRuleError
from bot.rules.model import Rule, RuleValue, Source, Version
from bot.rules.taken_up import rulebook

__all__ = [
    "Rule",
    "RuleBook",
    "RuleDateError",
    "RuleValue",
    "Rules",
    "RulesError",
    "Source",
    "UnknownRuleError",
    "Version",
    "rulebook",
]
