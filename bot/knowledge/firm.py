"""What answers may say about the firm that runs the assistant."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class FirmWords:
    """The firm in words and addresses. A value that is None makes the offer that needs it disappear.

    ``licensee`` None means information only: no person is offered and no consultation is named.
    ``contact``: how to reach the firm, as a phrase (a phone number, an e-mail address).
    ``offices``, ``hours``: phrases in the language of the answer.
    """

    name: str
    register_url: str
    contact: str | None = None
    licensee: str | None = None
    licence_no: str | None = None
    privacy_url: str | None = None
    booking_url: str | None = None
    fees_url: str | None = None
    offices: str | None = None
    hours: str | None = None


FIRM_FIELDS: frozenset[str] = frozenset(field.name for field in fields(FirmWords))
