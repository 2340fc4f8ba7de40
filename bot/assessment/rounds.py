"""The newest rounds in which a person could have stood, compared with the score on the same scale only.

A cut-off of a round for provincial nominees is never shown to somebody without a nomination. Past rounds do not
predict: every result carries that note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.assessment.categories import CategoryResult
from bot.assessment.reason import Answer, Reason, both, either, reason
from bot.facts import Profile
from bot.rules import Rule, Rules

HISTORY, LAST_ON_SCALE = "rounds.history", "rounds.last_on_scale"
NOMINEES, GENERAL, CANADIAN_EXPERIENCE = "pnp", "general", "cec"
NO_PREDICTION = "past_rounds_do_not_predict"
Position = Literal["above", "equal", "below", "open", "not_comparable"]


class Round(NamedTuple):
    """One round of invitations. ``type``: pnp, general, the id of a program or of a category; ``tie_break``: UTC.

    ``rule_set``: the set of points on whose scale the cut-off stands; None where that is not certain.
    """

    number: int
    on: date
    type: str
    name: str
    cut_off: int
    invitations: int
    tie_break: datetime | None
    rule_set: str | None


class Standing(NamedTuple):
    """Where a score stands against one round.

    ``difference`` to ``difference_high``: points above (below: negative) the cut-off, None where the two are not on
    one scale. ``open``: the score is a range that holds the cut-off. ``stale``: the round is older than the limit.
    """

    round: Round
    position: Position
    difference: int | None = None
    difference_high: int | None = None
    reasons: tuple[Reason, ...] = ()
    stale: bool = False


class Rounds(NamedTuple):
    """What past rounds say. ``undecided``: kinds of rounds of which it cannot be told whether the person fits.

    ``newest``: day of the newest round known; ``stale``: newer rounds are likely. ``notes``: ids of texts.
    """

    standings: tuple[Standing, ...]
    undecided: tuple[str, ...]
    newest: date | None
    stale: bool
    notes: tuple[str, ...] = (NO_PREDICTION,)


class Scored(NamedTuple):
    """A score from ``low`` to ``high`` and the set of points it stands on."""

    rule_set: str
    low: int
    high: int


def rounds_for(
    profile: Profile,
    rules: Rules,
    as_of: date,
    *,
    score: Scored,
    programs: Mapping[str, Answer],
    categories: Iterable[CategoryResult],
) -> Rounds:
    """The newest round of each kind up to ``as_of`` that the person could have stood in.

    ``programs``: the answer of each program. That somebody fits today does not say that they did on the day of a round.
    """
    newest = _newest(rules, as_of)
    if not newest:
        return Rounds((), (), None, stale=True)
    fits = _fits(profile, programs, categories)
    limit = rules.through_time(HISTORY).stale_after_days
    standings = tuple(
        [
            _standing(profile, held, score, stale=(as_of - held.on).days > limit)
            for held in newest
            if fits.get(held.type) == "yes"
        ]
    )
    last, current = newest[0].on, str(rules.value("crs.set"))
    earlier = any(standing.round.rule_set != current for standing in standings)
    return Rounds(
        standings=standings,
        undecided=tuple([held.type for held in newest if fits.get(held.type) == "cannot_tell"]),
        newest=last,
        stale=(as_of - last).days > limit,
        notes=(NO_PREDICTION, *(("scale_changed",) if earlier else ())),
    )


def history(rules: Rules) -> tuple[Round, ...]:
    """Every round of the data, newest first."""
    return tuple(sorted((held for held_of in _by_type(rules) for held in held_of), key=_number, reverse=True))


@lru_cache(maxsize=64)
def _newest(rules: Rules, as_of: date) -> list[Round]:
    """The newest round of each type up to a day, newest first."""
    newest = (next((held for held in held_of if held.on <= as_of), None) for held_of in _by_type(rules))
    return sorted((held for held in newest if held is not None), key=_number, reverse=True)


def _by_type(rules: Rules) -> tuple[tuple[Round, ...], ...]:
    """The rounds of each type, newest first."""
    if not rules.has(HISTORY):
        return ()
    found: tuple[tuple[Round, ...], ...] = rules.compiled("rounds.by_type", _read)
    return found


def _read(rules: Rules) -> tuple[tuple[Round, ...], ...]:
    found: dict[str, list[Round]] = {}
    for row in rules.value(HISTORY):
        held = _round(row, rules.through_time("crs.set"), rules.value(LAST_ON_SCALE))
        found.setdefault(held.type, []).append(held)
    return tuple(tuple(sorted(rounds, key=_number, reverse=True)) for rounds in found.values())


def _number(held: Round) -> int:
    return held.number


def _round(row: Mapping[str, str], sets: Rule, last_on_scale: int) -> Round:
    number, on = int(row["round"]), date.fromisoformat(row["date"])
    in_force = sets.on(on)
    # A set that still stands is the one after the change; a round numbered up to the last one cannot be on it.
    fits = (number <= last_on_scale) == (in_force.effective_to is not None)
    tie_break = row["tie_break_utc"]
    return Round(
        number=number,
        on=on,
        type=row["type"].lower(),
        name=row["name"],
        cut_off=int(row["crs_cutoff"]),
        invitations=int(row["itas"]),
        tie_break=datetime.fromisoformat(tie_break) if tie_break else None,
        rule_set=str(in_force.value) if fits else None,
    )


def _fits(profile: Profile, programs: Mapping[str, Answer], categories: Iterable[CategoryResult]) -> dict[str, Answer]:
    """For each kind of round, whether the person could have stood in it."""
    any_program = either(*programs.values())
    fits = {category.id: both(category.answer, any_program) for category in categories}
    fits |= {**programs, GENERAL: any_program}
    # Without a nomination nothing is said of these rounds, not even that it cannot be told.
    fits[NOMINEES] = any_program if profile.value("provincial_nomination") is True else "no"
    return fits


def _standing(profile: Profile, held: Round, score: Scored, *, stale: bool) -> Standing:
    if held.rule_set != score.rule_set:
        return Standing(held, "not_comparable", reasons=(reason("other_scale"),), stale=stale)
    low, high = score.low - held.cut_off, score.high - held.cut_off
    position, reasons = _position(profile, held, low, high)
    return Standing(held, position, low, high, reasons, stale)


def _position(profile: Profile, held: Round, low: int, high: int) -> tuple[Position, tuple[Reason, ...]]:
    if low > 0:
        return "above", ()
    if high < 0:
        return "below", ()
    if low == high:
        return "equal", (_tie_break(profile, held),)
    return "open", (reason("score_open", low=low, high=high),)


def _tie_break(profile: Profile, held: Round) -> Reason:
    """At the cut-off the time of submission decided: whether the profile was there before the published time."""
    if held.tie_break is None:
        return reason("tie_break_not_published")
    submitted: date | None = profile.value("profile_submitted_on")
    until = held.tie_break.date()
    time = f"{held.tie_break:%H:%M} UTC"
    if submitted is None or submitted == until:
        return reason("tie_break", on=until, time=time)
    name = "tie_break_before" if submitted < until else "tie_break_after"
    return reason(name, on=until, time=time, submitted=submitted)
