"""Sensitive history, taken only when it is plainly said: refusals, fairness letter, record, health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message

_FACTS: Final = (
    (
        "fairness_letter",
        re.compile(r"\b(?:procedural )?fairness letter\b|\bpfl\b|\blettre d'equite(?: procedurale)?\b"),
    ),
    (
        "criminal_record",
        re.compile(
            r"\b(?:a |my |an? old )?(?:dui|dwi|criminal (?:record|conviction|charges?|history|case|background|offen[cs]e)|convicted|conviction|felony|misdemean(?:o|ou)r|impaired driving|(?:was |got |been )arrested|casier judiciaire|condamn(?:ee?|ation)s?|alcool au volant|police (?:case|record))\b"
        ),
    ),
    (
        "medical_concern",
        re.compile(
            r"\b(?:medical (?:condition|issue|problem|inadmissib\w+|concern)|health (?:condition|issue|problem)|chronic (?:illness|disease|kidney)|hiv(?:[- ]positive)?|cancer|dialysis|tuberculosis|hepatitis [bc]|probleme de sante|maladie chronique|seropositi\w+|tuberculose)\b"
        ),
    ),
    (
        "past_refusal",
        re.compile(
            r"\b(?:(?:was|were|been|got|have been|had been|previously|once|also|application|visa|permit|pr|file|profile)(?: \w+){0,3}? (?:refused|rejected|denied)|(?:visa|permit|application|pr) refusal|refusals?|refus(?:ee?s?)? (?:de |d'un |d'une |pour )?(?:mon |ma |un |une )?(?:visa|permis|demande)|(?:visa|permis|demande)(?: \w+){0,4} (?:a ete |ont ete |est |etait )?(?:refusee?s?|rejetee?s?))\b"
        ),
    ),
)
_NONE = re.compile(
    r"\b(?:no|never(?: been| had| got)?|not|without(?: any)?|any|clean|nor|neither|zero|aucune?s?|pas de?|sans|jamais(?: eu| ete)?|ni|vierge)\b(?: \w+){0,3} ?$"
)
_CLEAN = re.compile(r"\bcasier(?: judiciaire)? (?:est )?vierge\b|\bclean (?:criminal )?record\b")


def read(message: Message) -> Iterator[Candidate]:
    for match in _CLEAN.finditer(message.text):
        message.take(*match.span())
        yield Candidate("criminal_record", False, *match.span())
    for fact, pattern in _FACTS:
        for match in message.finditer(pattern):
            before, after = message.around(*match.span(), 35, 25)
            if re.match(r" ?(?:check|certificate|clearance|verification|exam)", after):
                continue
            negated = _NONE.search(before) or re.match(r" ?(?:[:=-] ?)?(?:none|no\b|nil|aucun)", after)
            yield Candidate(fact, not negated, *match.span())
