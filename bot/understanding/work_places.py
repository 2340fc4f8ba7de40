"""Where a length of work was: by its label, the words nearest to it, or what the message says of the person's home."""

from __future__ import annotations

import re

from bot.understanding.message import Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words

_W = words("work")
# "from Goiania, Brazil": a city the lists do not know before a country they know.
_HOME_ABROAD = re.compile(
    rf"(?:(?!(?:my|the|an?|our|mon|ma|mes|friends?)\b)[a-z-]{{3,}} ?,? (?=[a-z])){{0,2}}?(?:{ABROAD.pattern})"
)

# ", 6 years in TCS Chennai,": an item of a list that ends with the place.
_ITEM_ABROAD = re.compile(rf"{_W.source('item_words')}(?:{ABROAD.pattern}) ?(?=$|[,.;)|/\n])")


def place(after: str, before: str, near_after: str, near_before: str, wide: str, words_before: str) -> str | None:
    """``canada`` or ``abroad``: a label on it, then the words nearest to the duration, then a permit to work."""
    label = _W["label_after"].match(after) or _W["label_before"].search(before)
    if label:
        return "canada" if label["canada"] else "abroad"
    clause_before = re.split(r"[,;(]", words_before.rstrip(" ,;("))[-1]
    if _W["not_work"].search(clause_before) or _W["length"].search(clause_before):
        clause_before = ""
    permit = _W["on_permit"].search(f"{near_before} {near_after}")
    permitted = permit is not None and not _W["no_permit"].search(f"{near_before} {near_after}")
    for part in (near_after, near_before, wide, clause_before):
        if part is wide and permitted:
            return "canada"
        canada, abroad = _canada(part), ABROAD.search(part)
        if canada and abroad and canada.start() == abroad.start():
            # London, Ontario.
            abroad = None
        if _W["outside"].search(part):
            return "abroad"
        if canada and abroad:
            first = canada.start() < abroad.start()
            return "canada" if (part is near_after or part is wide) == first else "abroad"
        if canada or abroad:
            return "canada" if canada else "abroad"
    if _W["at_work"].search(near_before) and bool(CANADA.search(before)) != bool(ABROAD.search(before)):
        return last_place(before)
    return "canada" if _W["canadian_firm"].search(f"{near_before} {near_after} {clause_before}") else None


def _canada(part: str) -> re.Match[str] | None:
    """Canada where it is not the place of something else: "no relatives in Canada"."""
    return next((m for m in CANADA.finditer(part) if not _W["something_else_in"].search(part, 0, m.start())), None)


def last_place(text: str) -> str | None:
    """The place named last in the text, as ``canada`` or ``abroad``."""
    ends = {"canada": _last(CANADA, text), "abroad": _last(ABROAD, text)}
    named = [(match.end(), where) for where, match in ends.items() if match]
    return max(named)[1] if named else None


def is_listed(before: str, after: str, sentence: str, *, several: bool) -> bool:
    """Years with nothing but a place, as in a list of one's facts: "5 yrs India", "3 years in India + 2 in UAE"."""
    if _W["lived"].search(sentence):
        return False
    label = _W["label_after"].match(after)
    if label and _W["label_ends"].match(after, label.end()):
        return "side" not in label.group() or _W["profile"].search(sentence) is not None
    beside_abroad = several and ABROAD.search(sentence) is not None and _W["schooling"].search(sentence) is None
    if beside_abroad and _W["here_after"].match(after):
        return True
    lead = _W["adjacent_after"].match(after)
    if lead and _leads_to_place(before, after, lead, sentence, several=several, beside_abroad=beside_abroad):
        return True
    item = not before.strip() or before.rstrip().endswith((",", ";", "/", "|"))
    if item and _ITEM_ABROAD.match(after) and _W["profile"].search(sentence):
        return True
    named = _W["adjacent_before"].search(before)
    if named is None:
        return False
    canada, abroad = _last(CANADA, named["place"]), _last(ABROAD, named["place"])
    if canada is not None and canada.end() == len(named["place"]):
        return beside_abroad
    return abroad is not None and abroad.end() == len(named["place"])


def _leads_to_place(
    before: str, after: str, lead: re.Match[str], sentence: str, *, several: bool, beside_abroad: bool
) -> bool:
    """Whether the place behind the years makes them years of work."""
    rest = after[lead.end() :]
    if _W["unmistakable"].match(rest):
        return "canada" not in rest[:20] or _W["profile"].search(sentence) is not None
    if CANADA.match(rest):
        return beside_abroad
    abroad = ABROAD.match(rest)
    if abroad is None:
        return False
    if several or _W["having"].search(before) or not (lead["with"] or "").strip().isalpha():
        return True
    item = not before.strip() or before.rstrip().endswith((",", ".", ";", "/", "|", ":"))
    return item and _W["profile"].search(sentence) is not None and _W["end"].match(rest, abroad.end()) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def all_there(text: str) -> str | None:
    """ "all in Kerala": where the whole of it was."""
    for match in _W["all_there"].finditer(text):
        for where, pattern in (("canada", CANADA), ("abroad", ABROAD)):
            if pattern.match(text, match.end()):
                return where
    return None


def told_of_home_here(message: Message) -> bool:
    """Whether the person tells of a home or a job in Canada."""
    text = message.text
    return any(
        CANADA.match(text, match.end()) and message.people.at(match.start()) == "self"
        for match in _W["home"].finditer(text)
    )


def lives_here(message: Message) -> bool:
    """Whether the person tells of living or being allowed to work in Canada."""
    return _W["settled_here"].search(message.text) is not None or told_of_home_here(message)


def told_of_home(message: Message) -> bool:
    """Whether the person tells of a home abroad and of none in Canada."""
    text = message.text
    if _W["settled_here"].search(text):
        return False
    for match in CANADA.finditer(text):
        bare = match.group().startswith("canad")
        intended = _W["intends"].search(text[max(0, match.start() - 45) : match.start()])
        if not bare and not intended and message.people.at(match.start()) in ("self", "both"):
            return False
    if any(message.people.at(match.end() - 1) == "self" for match in _W["demonym"].finditer(text)):
        return True
    if any(
        _HOME_ABROAD.match(text, match.end()) and message.people.at(match.start()) == "self"
        for match in _W["home"].finditer(text)
    ):
        return True
    return any(ABROAD.fullmatch(item.strip()) for item in _W["items"].split(text))
