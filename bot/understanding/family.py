"""How many people are in the family: applicant, partner and dependent children, coming along or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.message import Candidate, Message
from bot.understanding.people import PARTNER

_FAMILY_OF = re.compile(
    r"\b(?:family (?:of|size(?: is| of|:| =)*|members?(?: are| is|:| =)*)|we are(?: a family of)?|famille de|nous sommes|on est|taille de (?:la|ma) famille(?: est| :|:)*)(?: total| in total| only| now)? ?(?P<n>\d{1,2})(?! ?(?:years?|ans|months|mois|[/.]\d|k\b|weeks|semaines|jours|days|%|points))\b"
    r"|\b(?P<n2>\d{1,2}) (?:of us|family members|members in (?:my|our) family|people in (?:my|our|the) family|in (?:my |our |the )?family|persons? in (?:my|our) family|personnes dans (?:ma|notre|la) famille|membres de (?:ma |la )?famille)\b"
    r"|\bfamily (?:size )?[:=-]? ?(?P<n3>\d{1,2})\b(?! ?(?:years?|months))"
)
_CHILDREN = re.compile(
    r"\b(?P<n>\d{1,2}|an?|one|une?|my|mon|ma|our|notre) (?:(?:little|young|small|beautiful|minor|dependa?e?nt|school[- ]going|year[- ]old|yr[- ]old|year old|baby|newborn|teen\w*|petite?s?|jeunes?|\d+) ){0,3}?(?P<kind>kids?|child(?:ren)?|dependa?e?nts?(?! spouse)|sons?|daughters?|bab(?:y|ies)|toddler|infant|boys?|girls?|enfants?|bebes?|fils|filles?|garcons?)\b"
)
_NO_CHILDREN = re.compile(
    r"\b(?:no|without|zero|0|not have(?: any)?|any|sans|pas d'|aucun) (?:kids?|child(?:ren)?|dependa?e?nts?|enfants?)\b|\b(?:kids?|children|dependents|enfants?) ?[:=-]? ?(?:none|no\b|0\b|nil|aucun)|\bchildless\b"
)
_ALONE = re.compile(
    r"\b(?:just me|only me|myself only|only myself|just myself|alone|by myself|solo|juste moi|moi seule?(?:ment)?|seulement moi|tout seul|toute seule|single applicant)\b"
)
_COUPLE = re.compile(
    rf"\b(?:me|myself|i|moi|us)(?:,| and|,? et| \+| &|/| ,)+ ?(?:my |ma |mon |the )?{PARTNER}\b|\b(?:my |ma |mon )?{PARTNER}(?:,| and|,? et| \+| &)+ ?(?:me|myself|i|moi)\b|\b2 adults?\b|\b2 adultes\b"
)
_KID_AFTER = re.compile(r"^ ?(?:'s|s'|in[- ]law|care|benefit|of my (?:sister|brother|friend)|from)")
_SPLIT_BOYS = re.compile(
    r"\b(?P<a>\d|an?|une?) (?:son|boy|fils|garcon)s? (?:and|et|&|,) (?P<b>\d|an?|une?) (?:daughter|girl|fille)s?\b|\b(?P<c>\d|an?|une?) (?:daughter|girl|fille)s? (?:and|et|&|,) (?P<d>\d|an?|une?) (?:son|boy|fils|garcon)s?\b"
)


def read(message: Message) -> Iterator[Candidate]:
    asked = message.asked == "family_size"
    direct = list(_direct(message))
    yield from direct
    if direct:
        return
    yield from _counted(message, asked=asked)


def _direct(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_FAMILY_OF):
        size = int(match["n"] or match["n2"] or match["n3"])
        if re.match(r"(?:we are|nous sommes|on est)", match.group()) and not re.match(
            r" ?(?:people|persons?|members?|personnes|in (?:my|our|the) family|family|of us|total|adults|dans|in total|[,.:(]|$|and\b|,|plus)",
            message.text[match.end() :],
        ):
            continue
        message.take(*match.span())
        if 1 <= size <= 30:
            yield Candidate("family_size", size, *match.span(), "self")
        else:
            yield Candidate("family_size", size, *match.span(), "self", reason="impossible_value")


def _counted(message: Message, *, asked: bool) -> Iterator[Candidate]:
    """The size from the people named: "married with 2 kids", "me, my wife and a daughter"."""
    text = message.text
    children, first, last = _children(message)
    partner = _partner(text)
    if children is None:
        none = _NO_CHILDREN.search(text)
        couple = _COUPLE.search(text)
        alone = _ALONE.search(text)
        if none and partner is not None and message.people.at(none.start()) in ("self", "both", "partner"):
            yield Candidate("family_size", 1 + partner, *none.span(), "self", likely=True)
        elif asked and couple:
            yield Candidate("family_size", 2, *couple.span(), "self")
        elif asked and alone:
            yield Candidate("family_size", 1, *alone.span(), "self")
        return
    couple = _COUPLE.search(text)
    if couple:
        partner = 1
    if partner is None and asked and re.search(r"\b(?:me|myself|moi)\b", text):
        partner = 0
    if partner is not None:
        yield Candidate("family_size", 1 + partner + children, first, last, "self", likely=True)


def _partner(text: str) -> int | None:
    """1 or 0 when the message says that there is a partner, or none."""
    if re.search(
        rf"\b(?:not married|unmarried|single|divorced|widow\w*|separated|celibataire|divorcee?|veuf|veuve|separee?|monoparentale?|single (?:mom|mother|dad|father|parent))\b",
        text,
    ):
        return 0
    if re.search(
        r"\b(?:married|common[- ]law|my (?:wife|husband|spouse)|wife|husband|spouse|mariee?s?|ma femme|mon mari|mon epouse|mon epoux|conjoint de fait|conjointe de fait|pacsee?s?|ma conjointe|mon conjoint)\b",
        text,
    ):
        return 1
    return None


def _children(message: Message) -> tuple[int | None, int, int]:
    text = message.text
    split = _SPLIT_BOYS.search(text)
    if split:
        groups = [value for value in split.groups() if value]
        return sum(_count(value) for value in groups), *split.span()
    total, first, last = None, len(text), 0
    for match in _CHILDREN.finditer(text):
        if _KID_AFTER.match(text[match.end() :]) or not message.free(match.start("kind"), match.end("kind")):
            continue
        word = match["n"]
        if word in ("my", "our", "mon", "ma", "notre") and match["kind"] in (
            "kids",
            "children",
            "enfants",
            "sons",
            "daughters",
            "filles",
            "dependents",
            "dependants",
            "child",
            "dependent",
        ):
            continue
        before = text[max(0, match.start() - 20) : match.start()]
        if (
            total is not None
            or re.search(r"\b(?:no|her|his|sister|brother|their|not|if|pas)\b[^,.;]{0,12}$", before)
            or re.search(r"\b(?:when|as) $", before)
        ):
            continue
        if word in ("a", "an", "un", "une", "one") and match["kind"].endswith("s") and match["kind"] != "fils":
            continue
        total, first, last = _count(word), match.start(), match.end()
    return total, first, last


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1
