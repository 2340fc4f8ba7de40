"""Job offer, provincial nomination, certificate of qualification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.people import Holder
from bot.understanding.words import words

_W = words("offers")

# Without any of these there is nothing to look for.
_ABOUT_OFFERS = _W["about_offers"]
_ABOUT_CERTIFICATES = _W["about_certificates"]
_NO_OFFER = _W["no_offer"]
_OFFER = _W["offer"]
_OFFER_WORD: Final = re.compile(r"\b(?:offers?|offered|offres?)\b")
_OFFER_MAYBE = _W["offer_maybe"]
_SENIOR = _W["senior"]

_INTEREST = _W["interest"]
_NO_NOMINATION = _W["no_nomination"]
_NOMINATION = _W["nomination"]
_TO_ME = re.compile(r"\b(?:me|i|my employer|my company|my boss|mon employeur|je|moi)\b|\b[mj]'")
_NOMINATION_PENDING = _W["nomination_pending"]
_NO_CERTIFICATE = _W["no_certificate"]
_CERTIFICATES: Final = (_W["certificate"], _W["certificate.holder"])
_ONLY_NAMED = _W["only_named"]
_SEPARATOR: Final = re.compile(r"[\s,;|/+.(-]*(?:(?:and|et) )?(?=\w)")
_WANTS: Final = _W["wants"]


def read(message: Message) -> Iterator[Candidate]:
    if _ABOUT_OFFERS.search(message.text):
        yield from _job_offer(message)
    yield from _nomination(message)
    if _ABOUT_CERTIFICATES.search(message.text):
        yield from _certificate(message)


def _job_offer(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_NO_OFFER):
        if match.group().endswith(("lmia", "eimt")) and _OFFER_WORD.search(message.text):
            continue
        message.take(*match.span())
        yield Candidate("job_offer", "none", *match.span())
    for match in message.finditer(_OFFER):
        before, after = message.around(*match.span(), 25, 30)
        if (
            re.search(r"\b(?:not|never|no)\b", match.group())
            or re.match(r" ?(?:of|for|from) (?:admission|a? ?(?:college|university))", after)
            or "admission" in match.group()
        ):
            continue
        if re.search(r"\b(?:no|not|never|pas|aucune)\b[^,.;/|]{0,12}$", before):
            continue
        if _OFFER_MAYBE.search(match.group() + after[:15]) or _WANTS.search(before) or _WANTS.search(match.group()):
            yield Candidate("job_offer", "other", *match.span(), reason="target")
            continue
        senior = _SENIOR.search(message.text)
        span = _said(match)
        holder: Holder | None = "self" if _TO_ME.search(before[-20:] + match.group()) else None
        value = "major_group_00" if senior else "other"
        yield Candidate("job_offer", value, *span, holder, likely=True)


def _nomination(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_INTEREST):
        message.take(*match.span())
        if re.search(
            r"\b(?:no|not|never|without|any|pas(?: de| d')?|aucune?|sans) (?:\w+ )?$", message.text[: match.start()]
        ):
            yield Candidate("provincial_nomination", False, *match.span(), likely=True)
            continue
        yield Candidate("provincial_nomination", None, *match.span(), reason="interest_letter", said_plainly=True)
    for match in message.finditer(_NO_NOMINATION):
        message.take(*match.span())
        yield Candidate("provincial_nomination", False, *match.span())
    for match in message.finditer(_NOMINATION):
        before, after = message.around(*match.span(), 30, 25)
        if re.search(r"\b(?:not|never|no|pas|n't)\b[^,.;/|]{0,15}$", before):
            yield Candidate("provincial_nomination", False, *match.span(), likely=True)
        elif _NOMINATION_PENDING.search(before[-25:] + match.group()) or re.match(
            r" ?(?:application|is (?:pending|in process|refused)|pending|refused|en attente|refusee)", after
        ):
            yield Candidate("provincial_nomination", None, *match.span(), reason="pending", said_plainly=True)
        else:
            yield Candidate("provincial_nomination", True, *match.span())


def _certificate(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_NO_CERTIFICATE):
        message.take(*match.span())
        yield Candidate("certificate_of_qualification", False, *match.span())
    for match in (match for pattern in _CERTIFICATES for match in message.finditer(pattern)):
        before, after = message.around(*match.span(), 30, 14)
        if _ONLY_NAMED.match(after.lstrip()):
            continue
        holder = message.people.at(match.end() - 1)
        if holder in ("partner", "other") and not _TO_ME.search(match.group()):
            yield Candidate("certificate_of_qualification", True, *match.span(), "other")
            continue
        if re.search(r"\b(?:not|never|no|pas)\b[^,.;/|]{0,12}$", before):
            yield Candidate("certificate_of_qualification", False, *match.span(), likely=True)
        elif _WANTS.search(before) or _WANTS.search(match.group()):
            yield Candidate("certificate_of_qualification", True, *match.span(), reason="target")
        else:
            yield Candidate("certificate_of_qualification", True, *_said(match))


def _said(match: re.Match[str]) -> tuple[int, int]:
    """The span without the separator that an item of a list begins with."""
    lead = _SEPARATOR.match(match.group())
    return match.start() + (lead.end() if lead else 0), match.end()
