"""Finding a lead by name, e-mail or phone while these stay sealed.

Next to a lead lie keyed hashes of the words of its name, of their beginnings, and of its way to be
reached. They are found by the same hash of what is searched, and tell nothing without the key.
Free text of the transcript, notes and tasks cannot be searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadRow, LeadTokenRow
from bot.intake.sealing import Seal

SHORTEST: Final = 3
"""Letters of a name that can be searched at least."""
LONGEST: Final = 12
PHONE_DIGITS: Final = 7
REFERENCE: Final = re.compile(r"(?:L-)?0*(\d{1,9})", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Without accents and capitals, so that "Odegard" finds "Ødegård"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def index(session: Session, seal: Seal, lead_id: int, *, name: str, contact: str) -> None:
    """Make the lead findable by this name and contact, and by no earlier ones."""
    session.execute(delete(LeadTokenRow).where(LeadTokenRow.lead_id == lead_id))
    words = {*_beginnings(name), *_ways(contact)}
    if words:
        tokens = sorted({seal.index(word) for word in words})
        session.execute(insert(LeadTokenRow), [{"token": token, "lead_id": lead_id} for token in tokens])


def matching(seal: Seal, searched: str) -> list[Select[int]]:
    """One query for the numbers of leads for each word searched; a lead has to be in all of them.

    A reference (``L-0042`` or ``42``) is the lead itself. Words that are too short are left out.
    """
    reference = REFERENCE.fullmatch(searched.strip())
    if reference:
        return [select(LeadRow.id).where(LeadRow.id == int(reference[1]))]
    phone = "".join(filter(str.isdigit, searched))
    if "@" in searched:
        words = [folded(searched.strip())]
    elif len(phone) >= PHONE_DIGITS and not re.search(r"[^\W\d_]", searched):
        words = [_phone(phone)]
    else:
        words = [word[:LONGEST] for word in _WORD.findall(folded(searched)) if len(word) >= SHORTEST]
    return [select(LeadTokenRow.lead_id).where(LeadTokenRow.token.in_(seal.indexes(word))) for word in words]


def same_contact(seal: Seal, contact: str) -> Select[int] | None:
    """A query for the leads that can be reached the same way."""
    words = list(_ways(contact))
    if not words:
        return None
    tokens = [token for word in words for token in seal.indexes(word)]
    return select(LeadTokenRow.lead_id).where(LeadTokenRow.token.in_(tokens))


def _beginnings(name: str) -> Iterator[str]:
    for word in _WORD.findall(folded(name)):
        yield from (word[:length] for length in range(SHORTEST, min(len(word), LONGEST) + 1))


def _ways(contact: str) -> Iterator[str]:
    if "@" in contact:
        yield folded(contact.strip())
        return
    digits = "".join(filter(str.isdigit, contact))
    if len(digits) >= PHONE_DIGITS:
        yield _phone(digits)


def _phone(digits: str) -> str:
    """The last ten digits, which are the same with and without the country's code."""
    return f"tel:{digits[-10:]}"
