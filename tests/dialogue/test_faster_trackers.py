"""Trackers and predictions: what is remembered gives what Rasa works out anew, whatever happens in a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.runtime import prepare

prepare()

from rasa.core.actions.action import ActionExtractSlots, default_actions  # noqa: E402
from rasa.core.actions.forms import FormAction  # noqa: E402
from rasa.core.agent import load_agent  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.core.nlg import TemplatedNaturalLanguageGenerator  # noqa: E402
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy  # noqa: E402
from rasa.shared.core import events  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity  # noqa: E402

from bot.dialogue.faster.actions import with_fewer_slots  # noqa: E402
from bot.dialogue.faster.policies import last_states  # noqa: E402

FORMS = ("assessment_form", "handoff_form")
ACTIONS = ("action_listen", "action_assess", "action_answer_question", "action_offer_person", *FORMS)
INTENTS = ("inform", "faq", "ask_person", "start_assessment", "affirm")
LISTEN = events.ActionExecuted("action_listen")

EVENTS = st.one_of(
    st.sampled_from(ACTIONS).map(events.ActionExecuted),
    st.sampled_from(INTENTS).map(lambda name: events.UserUttered(name, intent={"name": name})),
    st.sampled_from([*FORMS, None]).map(events.ActiveLoop),
    st.tuples(st.sampled_from(["age", "assessed", "requested_slot"]), st.sampled_from([None, True])).map(
        lambda told: events.SlotSet(*told)
    ),
    st.booleans().map(events.LoopInterrupted),
    st.sampled_from(FORMS).map(events.ActionExecutionRejected),
    st.builds(events.BotUttered, st.just("yes?")),
    st.builds(events.ActionReverted),
    st.builds(events.UserUtteranceReverted),
    st.builds(events.SessionStarted),
    st.builds(events.Restarted),
)
HISTORIES = st.lists(EVENTS, max_size=25)
QUICKLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


@QUICKLY
@given(history=HISTORIES)
def test_applied_events_grow_as_they_are_worked_out_anew(domain: Domain, history: list[Any]) -> None:
    rasas_own = DialogueStateTracker.applied_events.__wrapped__
    tracker = DialogueStateTracker("someone", domain.slots)
    for event in history:
        tracker.update(event)
        assert _same(tracker.applied_events(), rasas_own(tracker))
        assert _same(tracker.copy().applied_events(), rasas_own(tracker))


@QUICKLY
@given(history=HISTORIES, most=st.integers(1, 5))
def test_the_last_states_are_the_end_of_all_states(domain: Domain, history: list[Any], most: int) -> None:
    tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
    assert last_states(tracker, domain, most) == domain.states_for_tracker_history(tracker)[-most:]


@QUICKLY
@given(history=HISTORIES)
def test_the_plain_data_of_a_conversation_is_written_anew(domain: Domain, history: list[Any]) -> None:
    rasas_own = DialogueStateTracker.current_state.__wrapped__
    tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
    tracker.current_state(EventVerbosity.ALL)
    tracker.model_id = "abc"
    tracker.update_with_events([*history[:3], LISTEN], domain)  # with a new time and the model's id
    for verbosity in EventVerbosity:
        assert tracker.current_state(verbosity) == rasas_own(tracker, verbosity)


@QUICKLY
@given(history=HISTORIES, added=st.lists(EVENTS, max_size=4))
def test_the_tracker_of_a_form_is_the_replayed_one(domain: Domain, history: list[Any], added: list[Any]) -> None:
    form = FormAction("assessment_form", None)
    tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
    ours = form._temporary_tracker(tracker, added, domain)
    rasas_own = FormAction._temporary_tracker.__wrapped__(form, tracker, added, domain)
    for one in (ours, rasas_own):
        assert one.events[-1].timestamp is not None
    assert _plain(ours) == _plain(rasas_own)
    assert (ours.model_id, ours.followup_action) == (None, rasas_own.followup_action)


@QUICKLY
@given(history=HISTORIES, after=st.lists(EVENTS, max_size=4))
def test_what_happens_to_a_copy_stays_with_it(domain: Domain, history: list[Any], after: list[Any]) -> None:
    tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
    before = _plain(tracker)
    copied = tracker.copy()
    for event in after:
        copied.update(event)
    assert _plain(tracker) == before
    assert _plain(copied) == _plain(DialogueStateTracker.from_events("someone", [*history, *after], domain.slots))


async def test_rules_of_the_last_action_are_all_that_fit(domain: Domain, model: Path) -> None:
    agent = await load_agent(model_path=str(model))
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    policy = next(node._component for node in nodes if isinstance(node._component, RulePolicy))
    rasas_own, fitting = RulePolicy._get_possible_keys.__wrapped__, 0

    @QUICKLY
    @given(history=HISTORIES)
    def equal(history: list[Any]) -> None:
        nonlocal fitting
        tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
        states = last_states(tracker, domain, 4)
        for lookup in (policy.lookup[RULES], policy.lookup[RULES_FOR_LOOP_UNHAPPY_PATH]):
            found = policy._get_possible_keys(lookup, states)
            assert found == rasas_own(policy, lookup, domain.states_for_tracker_history(tracker))
            fitting += len(found)

    equal()
    assert fitting > 0


@pytest.mark.parametrize("entities", [(), ("age",), ("age", "marital_status", "not_taken"), ("language",)])
@pytest.mark.parametrize("form", [None, "assessment_form"])
async def test_a_message_fills_the_slots_that_rasa_fills(domain: Domain, entities: tuple[str, ...], form: Any) -> None:
    said = [{"entity": name, "value": "31", "start": 0, "end": 2} for name in entities]
    history = [LISTEN, events.ActiveLoop(form), events.UserUttered("31", {"name": "switch_to_french"}, said)]
    tracker = DialogueStateTracker.from_events("someone", history, domain.slots)
    action, nlg = ActionExtractSlots(None), TemplatedNaturalLanguageGenerator({})
    ours = await action.run(CollectingOutputChannel(), nlg, tracker, domain)
    rasas_own = await ActionExtractSlots.run.__wrapped__(action, CollectingOutputChannel(), nlg, tracker, domain)
    assert ours == rasas_own
    assert {event.key for event in ours} >= {name for name in entities if name == "age"}
    assert len(with_fewer_slots(domain, tracker.latest_message).slots) < len(domain.slots)


def test_default_actions_are_those_of_rasa() -> None:
    rasas_own = default_actions.__wrapped__(None)
    assert [type(action) for action in default_actions(None)] == [type(action) for action in rasas_own]


def _same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _plain(tracker: DialogueStateTracker) -> dict[str, Any]:
    state = DialogueStateTracker.current_state.__wrapped__(tracker, EventVerbosity.ALL)
    for event in state["events"]:
        event["timestamp"] = None
    return {**state, "latest_event_time": None, "set": {n: s.has_been_set for n, s in tracker.slots.items()}}
