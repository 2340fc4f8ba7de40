"""Predictions: which rule holds after the last few turns, and the graph in which policies and pipeline run."""

from __future__ import annotations

import functools
import json
from typing import Any

from bot.dialogue.faster.trackers import is_kind


def install() -> None:
    _look_at_the_last_turns_only()
    _try_the_rules_of_the_last_action_only()
    _run_the_graph_in_order()


def _look_at_the_last_turns_only() -> None:
    """Rasa works out the state before every action of the conversation; rules reach back two or three of them."""
    from rasa.core.policies.rule_policy import RulePolicy

    original = RulePolicy._prediction_states
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def _prediction_states(
        self: Any,
        tracker: Any,
        domain: Any,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[Any]:
        states = last_states(tracker, domain, _longest(self) + 1)
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
        return states

    RulePolicy._prediction_states = _prediction_states


def last_states(tracker: Any, domain: Any, most: int) -> list[Any]:
    """The last ``most`` of ``domain.states_for_tracker_history(tracker)``.

    Replayed with the slots that rules can see; the state is worked out where it is asked for.
    """
    from rasa.shared.core.events import ActionExecuted, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    applied = tracker.applied_events()
    turns = sum(is_kind(event, ActionExecuted) for event in applied)
    replay = DialogueStateTracker(
        tracker.sender_id,
        [slot for slot in domain.slots if slot.name in _seen_by_rules(domain)],
        tracker._max_event_history,
        is_rule_tracker=tracker.is_rule_tracker,
    )
    states = []
    for event in applied:
        if is_kind(event, ActionExecuted):
            if turns < most:
                states.append(domain.get_active_state(replay))
            turns -= 1
        if not is_kind(event, SlotSet) or event.key in replay.slots:
            event.apply_to(replay)
    states.append(domain.get_active_state(replay))
    return states


def _seen_by_rules(domain: Any) -> frozenset[str]:
    """The names of the slots that influence the conversation."""
    if "_seen_by_rules" not in domain.__dict__:
        domain.__dict__["_seen_by_rules"] = frozenset(slot.name for slot in domain.slots if slot.has_features())
    return domain.__dict__["_seen_by_rules"]  # type: ignore[no-any-return]


def _longest(policy: Any) -> int:
    """Turns of the longest rule."""
    from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH

    kept: int | None = policy.__dict__.get("_longest_rule")
    if kept is None:
        keys = [*policy.lookup.get(RULES, {}), *policy.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, {})]
        kept = policy.__dict__["_longest_rule"] = max((len(json.loads(key)) for key in keys), default=0)
    return kept


def _try_the_rules_of_the_last_action_only() -> None:
    """Rasa holds every rule against the present state; most of them go on from another action."""
    from rasa.core.policies.rule_policy import RulePolicy

    original = RulePolicy._get_possible_keys
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def _get_possible_keys(self: Any, lookup: dict[str, str], states: list[Any]) -> set[str]:
        done = _last_action(states[-1]) if states else None
        return set(original(self, lookup if done is None else _going_on_from(self, lookup).get(done, {}), states))

    RulePolicy._get_possible_keys = _get_possible_keys


def _going_on_from(policy: Any, lookup: dict[str, str]) -> dict[str, dict[str, str]]:
    """The rules of a lookup by the action before the one they predict; a rule that names none fits no action."""
    kept = policy.__dict__.setdefault("_by_last_action", {})
    if id(lookup) not in kept:
        found: dict[str, dict[str, str]] = {}
        for key, value in lookup.items():
            if done := _last_action(json.loads(key)[-1]):
                found.setdefault(done, {})[key] = value
        kept[id(lookup)] = found
    return kept[id(lookup)]  # type: ignore[no-any-return]


def _last_action(state: Any) -> str | None:
    done: str | None = state.get("prev_action", {}).get("action_name")
    return done


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
