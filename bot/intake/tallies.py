"""Reports as counts of a day: made of what is stored, and kept when conversations are erased.

Names of counts: ``conversations`` and ``leads`` (by channel), ``completed`` (by channel), ``dropped``
(by the question left open), ``questions`` (by how many were asked until the result), ``turns`` and
``not_understood``, ``handoffs`` (by channel), ``first_reply`` (by minutes), ``rating`` (by score).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadRow
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.privacy_tables import RatingRow, TallyRow
from bot.intake.sealing import Seal

Key = tuple[date, str, str]
Counts = Counter[Key]
RESULT: Final = "result"
QUESTION: Final = "question"
CLARIFY: Final = "clarify"
"""Topic of an answer that says that a message was not understood."""

NECESSARY: Final = frozenset({"conversations", "completed", "leads"})
"""How many there were. The others outlive a wish to be erased only with consent to statistics (R-22 (d))."""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of the days from ``first`` to ``last``, both included. No line tells of one person.

    ``dropped``: conversations without a result by the question that was open, most first; shares are
    None where nothing was counted.
    """

    first: date
    last: date
    conversations: Mapping[date, int]
    leads: Mapping[date, int]
    by_channel: Mapping[str, int]
    completed: int
    dropped: Mapping[str, int]
    median_questions: float | None
    completion_rate: float | None
    handoff_rate: float | None
    fallback_rate: float | None
    median_minutes_to_reply: float | None
    ratings: Mapping[int, int]
    mean_rating: float | None


def report(session: Session, _seal: Seal, first: date, last: date) -> Report:
    """What the days were like; days are those of UTC."""
    counts = _live(session, _between(first, last))
    kept = session.execute(
        select(TallyRow.day, TallyRow.name, TallyRow.key, TallyRow.count).where(TallyRow.day.between(first, last))
    )
    for day, name, key, number in kept:
        counts[day, name, key] += number
    by_key = _by(counts, lambda day, key: key)
    by_day = _by(counts, lambda day, key: day)
    conversations, completed = _sum(by_key["conversations"]), _sum(by_key["completed"])
    ratings = {int(key): number for key, number in sorted(by_key["rating"].items())}
    return Report(
        first=first,
        last=last,
        conversations=dict(sorted(by_day["conversations"].items())),
        leads=dict(sorted(by_day["leads"].items())),
        by_channel=dict(by_key["conversations"].most_common()),
        completed=completed,
        dropped=dict(by_key["dropped"].most_common()),
        median_questions=_median(by_key["questions"]),
        completion_rate=_share(completed, conversations),
        handoff_rate=_share(_sum(by_key["leads"]), conversations),
        fallback_rate=_share(_sum(by_key["not_understood"]), _sum(by_key["turns"])),
        median_minutes_to_reply=_median(by_key["first_reply"]),
        ratings=ratings,
        mean_rating=_share(sum(score * number for score, number in ratings.items()), sum(ratings.values())),
    )


def keep(session: Session, conversation_id: str, *, in_detail: bool) -> None:
    """Keep the counts of a conversation that is about to be erased: all, or only the necessary ones."""
    for (day, name, key), number in _live(session, [ConversationRow.id == conversation_id]).items():
        if not in_detail and name not in NECESSARY:
            continue
        row = session.get(TallyRow, (day, name, key), with_for_update=True)
        if row is None:
            session.add(TallyRow(day=day, name=name, key=key, count=number))
        else:
            row.count += number
    session.flush()


def _between(first: date, last: date) -> list[Any]:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    return [ConversationRow.created_at >= start, ConversationRow.created_at < end]


def _live(session: Session, which: list[Any]) -> Counts:
    """The counts of conversations that are stored, each on the day on which it began."""
    counts: Counts = Counter()
    columns = (ConversationRow.id, ConversationRow.created_at, ConversationRow.channel, ConversationRow.asked)
    found = session.execute(select(*columns).where(*which)).all()
    chosen = select(ConversationRow.id).where(*which)
    began = {row.id: row.created_at.date() for row in found}
    results = _first_results(session, chosen)
    for row in found:
        day = began[row.id]
        counts[day, "conversations", row.channel] += 1
        if row.id in results:
            counts[day, "completed", row.channel] += 1
        elif row.asked:
            counts[day, "dropped", row.asked] += 1
    for conversation_id, number in _questions(session, chosen, results):
        counts[began[conversation_id], "questions", str(number)] += 1
    for conversation_id, turns, missed in _turns(session, chosen):
        counts[began[conversation_id], "turns", ""] += turns
        counts[began[conversation_id], "not_understood", ""] += missed
    leads = session.execute(
        select(LeadRow.conversation_id, LeadRow.channel, LeadRow.created_at, LeadRow.first_reply_at).where(
            LeadRow.conversation_id.in_(chosen)
        )
    )
    for conversation_id, channel, asked_at, replied_at in leads:
        counts[began[conversation_id], "leads", channel] += 1
        if replied_at is not None:
            minutes = max(0, int((replied_at - asked_at).total_seconds() // 60))
            counts[began[conversation_id], "first_reply", str(minutes)] += 1
    ratings = session.execute(
        select(RatingRow.conversation_id, RatingRow.score).where(RatingRow.conversation_id.in_(chosen))
    )
    for conversation_id, score in ratings:
        counts[began[conversation_id], "rating", str(score)] += 1
    return Counter({key: number for key, number in counts.items() if number})


def _first_results(session: Session, chosen: Any) -> dict[str, int]:
    """The number of the first result of each conversation that had one."""
    rows = session.execute(
        select(MessageRow.conversation_id, func.min(MessageRow.seq))
        .where(MessageRow.kind == RESULT, MessageRow.conversation_id.in_(chosen))
        .group_by(MessageRow.conversation_id)
    )
    return {row[0]: row[1] for row in rows}


def _questions(session: Session, chosen: Any, results: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """How many different facts were asked for until the first result."""
    rows = session.execute(
        select(MessageRow.conversation_id, MessageRow.asked, func.min(MessageRow.seq))
        .where(
            MessageRow.direction == "out",
            MessageRow.asked.is_not(None),
            MessageRow.conversation_id.in_(chosen),
        )
        .group_by(MessageRow.conversation_id, MessageRow.asked)
    )
    asked: Counter[str] = Counter()
    for conversation_id, _fact, seq in rows:
        if seq < results.get(conversation_id, 0):
            asked[conversation_id] += 1
    yield from ((conversation_id, asked[conversation_id]) for conversation_id in results)


def _turns(session: Session, chosen: Any) -> Iterator[tuple[str, int, int]]:
    """What visitors wrote, and how often the answer was that it was not understood."""
    said = dict(
        session.execute(
            select(MessageRow.conversation_id, func.count())
            .where(MessageRow.sender == "visitor", MessageRow.conversation_id.in_(chosen))
            .group_by(MessageRow.conversation_id)
        ).all()
    )
    missed = dict(
        session.execute(
            select(MessageRow.conversation_id, func.count())
            .where(MessageRow.topic == CLARIFY, MessageRow.conversation_id.in_(chosen))
            .group_by(MessageRow.conversation_id)
        ).all()
    )
    yield from ((conversation_id, number, missed.get(conversation_id, 0)) for conversation_id, number in said.items())


def _by(counts: Counts, part: Callable[[date, str], Any]) -> defaultdict[str, Counter[Any]]:
    found: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for (day, name, key), number in counts.items():
        found[name][part(day, key)] += number
    return found


def _sum(counts: Counter[Any]) -> int:
    return sum(counts.values())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _median(counts: Counter[str]) -> float | None:
    values = [int(key) for key, number in counts.items() for _ in range(number)]
    return float(median(values)) if values else None
