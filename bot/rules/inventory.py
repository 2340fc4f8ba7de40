"""What an operator needs to know of the rules on a day: in force, stale, incomplete, disputed, last verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.rules.book import RuleBook
from bot.rules.model import Status


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule on one day. ``status`` None: no version stands on that day, yet or, with ``effective_to``, any more.

    ``check_reason``: why the official page must be read before the value is relied on.
    """

    id: str
    subject: str
    about: str
    file: str
    effective_from: date | None
    effective_to: date | None
    status: Status | None
    stale: bool
    disputed: str | None
    missing: str | None
    check_reason: str | None
    verified_on: date | None
    verified_by: str | None
    confidence: str | None
    source: str | None


def inventory(book: RuleBook, day: date) -> Iterator[Entry]:
    """Every rule as it stands on a day, in the order of the files."""
    for rule in book.values():
        if not rule.has(day):
            ended = rule.versions[-1].effective_to
            over = ended if ended is not None and ended < day else None
            yield Entry(rule.id, rule.subject, rule.about, rule.file, None, over, None, False, *([None] * 7))
            continue
        version = rule.on(day)
        check = version.needs_check_since is not None and day >= version.needs_check_since
        yield Entry(
            id=rule.id,
            subject=rule.subject,
            about=rule.about,
            file=rule.file,
            effective_from=version.effective_from,
            effective_to=version.effective_to,
            status=version.status_on(day),
            stale=rule.is_stale(version, day),
            disputed=version.disputed,
            missing=version.missing,
            check_reason=version.check_reason if check else None,
            verified_on=version.verified_on,
            verified_by=version.verified_by,
            confidence=version.confidence,
            source=version.sources[0].url,
        )
