"""Actions: found by name, given the slots that a message fills, and called."""

from __future__ import annotations

import functools
from types import SimpleNamespace
from typing import Any


def install() -> None:
    _check_the_replies_of_strangers_only()
    _find_unique_mappings_once()
    _fill_the_slots_of_entities_that_are_there()
    _make_default_actions_once()
    _write_the_domain_out_once()
    _copy_nothing_for_the_log()


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


def _fill_the_slots_of_entities_that_are_there() -> None:
    """For every message Rasa tries every slot of the domain; one that only entities fill needs one of them."""
    from rasa.core.actions.action import ActionExtractSlots
    from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS

    original = ActionExtractSlots.run
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    async def run(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> list[Any]:
        if ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions:
            domain = with_fewer_slots(domain, tracker.latest_message)
        return list(await original(self, output_channel, nlg, tracker, domain))

    ActionExtractSlots.run = run


def with_fewer_slots(domain: Any, message: Any) -> Any:
    """The domain without the slots that nothing in this message can fill."""
    if "_filled_by" not in domain.__dict__:
        domain.__dict__["_filled_by"] = [(slot, _filled_by(slot)) for slot in domain.slots]
    there = {entity["entity"] for entity in message.entities} if message else set()
    fewer = object.__new__(type(domain))
    fewer.__dict__.update(domain.__dict__)
    fewer.slots = [slot for slot, entities in domain.__dict__["_filled_by"] if entities is None or entities & there]
    return fewer


def _filled_by(slot: Any) -> set[str] | None:
    """The entities that fill a slot; None where something else can."""
    if all(mapping["type"] == "from_entity" for mapping in slot.mappings):
        return {mapping["entity"] for mapping in slot.mappings}
    return None


def _make_default_actions_once() -> None:
    """Rasa makes a dozen actions anew to look one up by its name; they keep nothing of a conversation."""
    from rasa.core.actions import action

    original = action.default_actions
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def default_actions(action_endpoint: Any = None) -> list[Any]:
        if action_endpoint is None:
            return list(original(None))
        kept: list[Any] = action_endpoint.__dict__.setdefault("_default_actions", [])
        if not kept:
            kept.extend(original(action_endpoint))
        return kept

    action.default_actions = default_actions


def _write_the_domain_out_once() -> None:
    """For every message Rasa writes the whole domain out to see that it is not empty."""
    from rasa.shared.core.domain import Domain

    original = Domain.is_empty
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    def is_empty(self: Any) -> bool:
        if "_is_empty" not in self.__dict__:
            self.__dict__["_is_empty"] = original(self)
        return bool(self.__dict__["_is_empty"])

    Domain.is_empty = is_empty


def _copy_nothing_for_the_log() -> None:
    """Rasa copies what it may log at debug level, and lists all slots; what people say belongs in no log."""
    from rasa.core import processor
    from rasa.core.actions import forms
    from rasa.core.policies import rule_policy

    for module in (processor, forms, rule_policy):
        vars(module)["copy"] = SimpleNamespace(deepcopy=lambda value: value)  # they copy for nothing else
    processor.MessageProcessor._log_slots = staticmethod(lambda tracker: None)
