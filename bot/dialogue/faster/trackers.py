"""Trackers: the state of a conversation, copied, replayed and written out many times a turn."""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
from types import SimpleNamespace
from typing import Any


def install() -> None:
    _look_events_up_once()
    _ask_for_kinds_once()
    _copy_slots_plainly()
    _share_slots_until_set()
    _copy_trackers_without_replay()
    _extend_the_tracker_of_a_form()
    _apply_only_new_events()
    _write_events_out_once()


def _look_events_up_once() -> None:
    """Rasa walks all event classes for every event it reads back; names never change."""
    from rasa.shared.core.events import Event

    original = Event.__dict__["resolve_by_type"].__func__
    if not hasattr(original, "cache_info"):
        Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=None)(original))


def _ask_for_kinds_once() -> None:
    """Events are abstract base classes: asking one whether it is of a kind takes ten times the usual time.

    The answer hangs on the two classes alone. Rasa's code asks a thousand times a turn; in these modules it asks
    this function.
    """
    from rasa.core import processor
    from rasa.core.actions import forms
    from rasa.shared.core import trackers

    for module in (trackers, processor, forms):
        vars(module)["isinstance"] = is_kind


def is_kind(value: Any, kinds: Any) -> bool:
    """``isinstance``, remembered by class."""
    return _subclass(type(value), kinds)


@functools.cache
def _subclass(kind: type, kinds: Any) -> bool:
    return issubclass(kind, kinds)


def _copy_slots_plainly() -> None:
    """A tracker copies every slot of the domain; the general way of ``copy`` goes through pickling."""
    from rasa.shared.core.slots import Slot

    def copied(self: Any) -> Any:
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new

    Slot.__copy__ = copied


def _share_slots_until_set() -> None:
    """Copies of a tracker share their slots: one that is set is replaced, never changed."""
    from rasa.shared.core.trackers import DialogueStateTracker

    original = DialogueStateTracker._set_slot
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def _set_slot(self: Any, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots[key] = copy.copy(self.slots[key])
        original(self, key, value)

    def _reset_slots(self: Any) -> None:
        for name, slot in self.slots.items():
            self.slots[name] = copy.copy(slot)
            self.slots[name].reset()

    DialogueStateTracker._set_slot = _set_slot
    DialogueStateTracker._reset_slots = _reset_slots


def _copy_trackers_without_replay() -> None:
    """Before each action Rasa copies the tracker by replaying all events; the state is what they led to."""
    from rasa.shared.core.trackers import DialogueStateTracker

    def copied(self: Any) -> Any:
        tracker = object.__new__(type(self))
        tracker.__dict__.update(self.__dict__)
        tracker.events = self._create_events(self.events)
        tracker.slots = copy.copy(self.slots)
        tracker.active_loop = copy.copy(self.active_loop)
        tracker.latest_action = copy.copy(self.latest_action)
        return tracker

    DialogueStateTracker.copy = copied


def _extend_the_tracker_of_a_form() -> None:
    """Twice a turn a form replays the conversation to add a few events at its end."""
    from rasa.core.actions.forms import FormAction
    from rasa.shared.core.constants import REQUESTED_SLOT
    from rasa.shared.core.events import ActionExecuted, SlotSet

    original = FormAction._temporary_tracker
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def _temporary_tracker(self: Any, current_tracker: Any, additional_events: list[Any], domain: Any) -> Any:
        if current_tracker.idx_after_latest_restart():
            return original(self, current_tracker, additional_events, domain)
        tracker = current_tracker.copy()
        tracker.model_id = tracker.assistant_id = None
        tracker.update(SlotSet(REQUESTED_SLOT, self.get_slot_to_fill(current_tracker)))
        tracker.update(ActionExecuted(self.name()))
        for event in additional_events:
            tracker.update(event)
        return tracker

    FormAction._temporary_tracker = _temporary_tracker


@dataclasses.dataclass(frozen=True, slots=True)
class _Applied:
    count: int
    last: Any
    loops: frozenset[str]
    events: tuple[Any, ...]


_NOTHING = _Applied(0, None, frozenset(), ())


def _apply_only_new_events() -> None:
    """Several times a turn Rasa goes through all events to leave out what was undone and what a loop repeated.

    Each event is judged by those before it and by the names of all loops; so what is new can be judged alone,
    as long as it brings no new loop.
    """
    from rasa.shared.core.events import ActiveLoop
    from rasa.shared.core.trackers import DialogueStateTracker

    original = DialogueStateTracker.applied_events
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def applied_events(self: Any) -> list[Any]:
        if self._max_event_history is not None:
            return list(original(self))
        kept: _Applied = self.__dict__.get("_applied", _NOTHING)
        if kept.count > len(self.events) or (kept.count and self.events[kept.count - 1] is not kept.last):
            kept = _NOTHING
        new = list(itertools.islice(self.events, kept.count, None))
        loops = kept.loops | {event.name for event in new if is_kind(event, ActiveLoop) and event.name}
        if loops != kept.loops and kept.count:
            kept, new = _NOTHING, list(self.events)
        applied = list(kept.events)
        for event in new:
            _apply(self, event, applied, loops)
        if new:
            self._applied = _Applied(len(self.events), new[-1], loops, tuple(applied))
        return applied

    DialogueStateTracker.applied_events = applied_events


def _apply(tracker: Any, event: Any, applied: list[Any], loops: frozenset[str]) -> None:
    """One step of Rasa's ``applied_events``."""
    from rasa.shared.core import events as kinds

    if is_kind(event, (kinds.Restarted, kinds.SessionStarted)):
        applied.clear()
    elif is_kind(event, kinds.ActionReverted):
        tracker._undo_till_previous(kinds.ActionExecuted, applied)
    elif is_kind(event, kinds.UserUtteranceReverted):
        tracker._undo_till_previous(kinds.UserUttered, applied)
        tracker._undo_till_previous(kinds.ActionExecuted, applied)
    elif (
        is_kind(event, kinds.ActionExecuted)
        and event.action_name in loops
        and not tracker._first_loop_execution_or_unhappy_path(event.action_name, applied)
    ):
        tracker._undo_till_previous_loop_execution(event.action_name, applied)
    else:
        applied.append(event)


def _write_events_out_once() -> None:
    """Every action is handed the whole conversation as plain data; most of it was there the last time."""
    from rasa.shared.core import trackers
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

    vars(trackers)["dataclasses"] = SimpleNamespace(asdict=lambda loop: dict(vars(loop)))  # of the active loop only

    original = DialogueStateTracker.current_state
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def current_state(self: Any, event_verbosity: Any = EventVerbosity.NONE) -> dict[str, Any]:
        state: dict[str, Any] = original(self)
        events = self._events_for_verbosity(event_verbosity)
        state["events"] = None if events is None else [written(event) for event in events]
        return state

    DialogueStateTracker.current_state = current_state


@dataclasses.dataclass(frozen=True, slots=True)
class _Written:
    metadata: Any
    timestamp: Any
    data: dict[str, Any]


def written(event: Any) -> dict[str, Any]:
    """``event.as_dict()``, kept with the event. Not to be changed.

    What a tracker changes of an event that it takes in is its time and its metadata.
    """
    kept = event.__dict__.get("_written")
    if kept is None or kept.metadata is not event.metadata or kept.timestamp != event.timestamp:
        kept = event.__dict__["_written"] = _Written(event.metadata, event.timestamp, event.as_dict())
    return kept.data
