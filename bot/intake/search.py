"""Finding a lead by name, e-mail, phone, and by the words of its notes, tasks and labels, while these stay sealed.

Next to a lead lie keyed hashes of the words of its name, of their beginnings, of its way to be reached, and of
the words that staff wrote of it. They are found by the same hash of what is searched. Which hash is which word
cannot be told without the key; that two leads share a word can. So what a visitor said, which is long and their
own, is not kept this way and cannot be searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadLabelRow, LeadRow, LeadTokenRow
from bot.intake.sealing import Seal
from bot.intake.work_tables import NoteRow, TaskRow

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


def index(session: Session, seal: Seal, lead_id: int) -> None:
    """Make the lead findable by what is stored of it now, and by nothing earlier."""
    session.execute(delete(LeadTokenRow).where(LeadTokenRow.lead_id == lead_id))
    row = session.execute(select(LeadRow.name_sealed, LeadRow.contact_sealed).where(LeadRow.id == lead_id)).one()
    notes = session.scalars(select(NoteRow.text_sealed).where(NoteRow.lead_id == lead_id))
    tasks = session.scalars(select(TaskRow.title_sealed).where(TaskRow.lead_id == lead_id))
    written = [
        *(seal.open(sealed) for sealed in (*notes, *tasks)),
        *session.scalars(select(LeadLabelRow.label).where(LeadLabelRow.lead_id == lead_id)),
    ]
    words = {*_beginnings(seal.open(row.name_sealed)), *_ways(seal.open(row.contact_sealed))}
    words.update(word for text in written for word in _words(text))
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
        words = list(_words(searched))
    return [select(LeadTokenRow.lead_id).where(LeadTokenRow.token.in_(seal.indexes(word))) for word in words]


def same_contact(seal: Seal, contact: str) -> Select[int] | None:
    """A query for the leads that can be reached the same way."""
    words = list(_ways(contact))
    if not words:
        return None
    tokens = [token for word in words for token in seal.indexes(word)]
    return select(LeadTokenRow.lead_id).where(LeadTokenRow.token.in_(tokens))


def _words(text: str) -> Iterator[str]:
    yield from (word[:LONGEST] for word in _WORD.findall(folded(text)) if len(word) >= SHORTEST)


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
