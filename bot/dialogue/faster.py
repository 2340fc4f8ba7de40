"""Work that Rasa does again and again in a turn, done once. What a turn does stays the same.

Rasa 3.6.21 is frozen, so its internals do not move under these. Each one was found by profiling a turn of this
product; copies, mappings and the graph have tests that hold them equal to what they replace.
"""

from __future__ import annotations

import copy
import functools
from typing import Any


def install() -> None:
    """Put all of them in place. Safe to call more than once."""
    _look_events_up_once()
    _check_the_replies_of_strangers_only()
    _find_unique_mappings_once()
    _copy_slots_plainly()
    _copy_trackers_without_replay()
    _run_the_graph_in_order()


def _look_events_up_once() -> None:
    """Rasa walks all event classes for every event it reads back; names never change."""
    from rasa.shared.core.events import Event

    original = Event.__dict__["resolve_by_type"].__func__
    if not hasattr(original, "cache_info"):
        Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=None)(original))


def _check_the_replies_of_strangers_only() -> None:
    """Rasa checks the schema of an action's reply, not only the reply, at each call.

    Replies of a separate action server are checked with a schema that is compiled once; those made in this
    process come from the SDK itself.
    """
    import jsonschema
    from rasa.core.actions.action import RemoteAction

    from bot.dialogue.in_process_actions import InProcessActions

    validator = jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())

    def _validate_action_result(self: Any, result: dict[str, Any]) -> bool:
        if not isinstance(self.action_endpoint, InProcessActions):
            validator.validate(result)
        return True

    RemoteAction._validate_action_result = _validate_action_result


def _find_unique_mappings_once() -> None:
    """Rasa compares the mappings of all slots of a form for every slot of every message.

    They hang on the domain alone, which never changes while a model is loaded.
    """
    from rasa.core.actions.forms import FormAction

    original = FormAction._create_unique_entity_mappings
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def _create_unique_entity_mappings(self: Any, domain: Any) -> set[str]:
        found = domain.__dict__.setdefault("_unique_mappings", {})  # not by its hash: that reads all of it
        if self.name() not in found:
            found[self.name()] = original(self, domain)
        return found[self.name()]  # type: ignore[no-any-return]

    FormAction._create_unique_entity_mappings = _create_unique_entity_mappings


def _copy_slots_plainly() -> None:
    """A tracker copies every slot of the domain; the general way of ``copy`` goes through pickling."""
    from rasa.shared.core.slots import Slot

    def copied(self: Any) -> Any:
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new

    Slot.__copy__ = copied


def _copy_trackers_without_replay() -> None:
    """Before each action Rasa copies the tracker by replaying all events; the state is what they led to."""
    from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker

    def copied(self: Any) -> Any:
        tracker = object.__new__(type(self))
        tracker.__dict__.update(self.__dict__)
        tracker.events = self._create_events(self.events)
        if not isinstance(self.slots, AnySlotDict):
            tracker.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        tracker.active_loop = copy.copy(self.active_loop)
        tracker.latest_action = copy.copy(self.latest_action)
        return tracker

    DialogueStateTracker.copy = copied


def _run_the_graph_in_order() -> None:
    """Three times a turn Rasa has dask schedule a graph of a dozen nodes that run one after the other anyway."""
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        orders = self.__dict__.setdefault("_orders", {})
        if wanted not in orders:
            orders[wanted] = _order(self._graph_schema.minimal_graph_schema(list(wanted)), wanted)
        done: dict[str, Any] = {}
        for name, value in (inputs or {}).items():
            if isinstance(value, str) and value in self._graph_schema.nodes:
                raise GraphRunError(f"Input value {value!r} clashes with a node name.")
            done[name] = (name, value)
        for name, needs in orders[wanted]:
            if name not in done:
                done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
        return dict(done[name] for name in wanted)

    DaskGraphRunner.run = run


def _order(schema: Any, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """The nodes with what each needs, every node after those it needs."""
    order: dict[str, tuple[str, ...]] = {}

    def visit(name: str) -> None:
        if name in order or name not in schema.nodes:
            return
        needs = tuple(schema.nodes[name].needs.values())
        for need in needs:
            visit(need)
        order[name] = needs

    for target in targets:
        visit(target)
    return list(order.items())
