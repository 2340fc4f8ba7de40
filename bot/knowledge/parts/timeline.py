"""What happens when: every day that the facts name, in order, and the check of an invitation."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assessment import Assessment
from bot.assessment.invitation import InvitationCheck
from bot.assessment.timeline import Event
from bot.knowledge.catalogue import Language, day, text
from bot.knowledge.parts.shape import Item, Part, title

CHECK = "invited_too_early"


def timeline(assessment: Assessment, language: Language) -> Part | None:
    """The events by day; None where the facts name none."""
    found = assessment.timeline
    if not found.events:
        return None
    ahead = [event.on for event in found.events if event.on is not None and event.on >= assessment.as_of]
    return Part(
        id="timeline",
        title=title("timeline", language),
        hint=text("part.timeline.next", language, on=ahead[0]) if ahead else "",
        items=tuple(_item(event, found.invitation, language) for event in found.events),
    )


def _item(event: Event, check: InvitationCheck | None, language: Language) -> Item:
    notes = tuple(_check(check, language)) if event.id == CHECK and check is not None else ()
    return Item(_day(event, language), event_text(event, language), notes)


def _day(event: Event, language: Language) -> str:
    if event.on is None:
        return text("part.timeline.undated", language)
    return text("part.timeline.past", language, on=event.on) if event.past else day(event.on, language)


def event_text(event: Event, language: Language) -> str:
    """An event in a sentence."""
    key = event.id
    if event.id == "birthday" and event.on is None:
        key = "birthday_undated"
    elif event.id == "birthday" and event.values["points"] != event.values["points_low"]:
        key = "birthday_range"
    return text(f"timeline.{key}", language, on=event.on, **event.values)


def _check(check: InvitationCheck, language: Language) -> Iterator[str]:
    if check.complete_on is not None:
        yield text("timeline.invitation.complete_on", language, complete_on=check.complete_on)
    yield text("timeline.invitation.rule", language)
    for exception in check.exceptions:
        yield text(f"timeline.invitation.{exception.id}", language, **exception.values)
    yield text("timeline.invitation.person", language)
