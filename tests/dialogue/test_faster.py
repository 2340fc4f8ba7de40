"""What is done once instead of again and again gives what Rasa's own way gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dask
import pytest

from bot.dialogue.runtime import prepare

prepare()

from rasa.core.actions.forms import FormAction  # noqa: E402
from rasa.core.agent import load_agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


HISTORIES: dict[str, list[Event]] = {
    "nothing yet": [],
    "in the form": [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered("31, single", intent={"name": "inform"}),
        SlotSet("age", 31),
        SlotSet("language", "fr"),
        ActionExecuted("assessment_form"),
        ActiveLoop("assessment_form"),
        SlotSet("requested_slot", "education"),
        BotUttered("And your education?"),
        LoopInterrupted(True),
    ],
    "started over": [SlotSet("age", 31), Restarted(), ActionExecuted("action_listen"), UserUttered("hello")],
}


@pytest.mark.parametrize("history", HISTORIES)
def test_a_copied_tracker_is_the_replayed_one(domain: Domain, history: str) -> None:
    tracker = DialogueStateTracker.from_events("someone", HISTORIES[history], domain.slots)
    copied, replayed = tracker.copy(), tracker.travel_back_in_time(float("inf"))
    assert copied == replayed
    assert _state(copied) == _state(replayed)


def test_what_happens_to_a_copy_leaves_the_original_alone(domain: Domain) -> None:
    tracker = DialogueStateTracker.from_events("someone", HISTORIES["in the form"], domain.slots)
    before = _state(tracker)
    copied = tracker.copy()
    for event in (SlotSet("age", 40), ActiveLoop(None), LoopInterrupted(False), ActionExecuted("action_listen")):
        copied.update(event)
    assert _state(tracker) == before
    assert copied.get_slot("age") == 40


def test_mappings_are_as_unique_as_rasa_finds_them(domain: Domain) -> None:
    rasas_own = FormAction._create_unique_entity_mappings.__wrapped__
    for name in domain.form_names:
        form = FormAction(name, None)
        expected = rasas_own(form, domain)
        assert form._create_unique_entity_mappings(domain) == expected
        assert FormAction(name, None)._create_unique_entity_mappings(domain) == expected


async def test_the_graph_gives_what_dask_would_give(model: Path) -> None:
    agent = await load_agent(model_path=str(model))
    runner, metadata = agent.processor.graph_runner, agent.processor.model_metadata
    tracker = DialogueStateTracker.from_events("someone", HISTORIES["in the form"], agent.processor.domain.slots)
    for target in (metadata.nlu_target, metadata.core_target):
        inputs = {"__tracker__": tracker, "__message__": [UserMessage("how long is a profile valid?")]}
        graph: dict[str, Any] = runner._build_dask_graph(runner._graph_schema.minimal_graph_schema([target]))
        graph.update({name: (name, value) for name, value in inputs.items()})
        assert _said(runner.run(inputs, [target])) == _said(dict(dask.get(graph, [target])))


def _said(result: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [message.as_dict() for message in value] if isinstance(value, list) else vars(value)
        for name, value in result.items()
        if value is not None
    }


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    told = {key: value for key, value in vars(tracker).items() if key not in {"model_id", "assistant_id"}}
    told["slots"] = {name: vars(slot).copy() for name, slot in tracker.slots.items()}
    told["events"] = list(tracker.events)
    told["active_loop"] = vars(tracker.active_loop).copy() if tracker.active_loop else None
    return told
