"""What can be wrong with rule data or with a question put to it."""

from __future__ import annotations


class RulesError(ValueError):
    """Rule data is not well formed; the message names the file, the key and the mend."""


class RuleDateError(LookupError):
    """No rule stands for this day; the message names the rule and its first day."""


class UnknownRuleError(KeyError):
    """No rule has this id."""

    def __str__(self) -> str:
        return f"no rule has the id {self.args[0]!r}; `assistant rules --references` lists all of them"
