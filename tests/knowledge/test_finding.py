"""What is said for a ranking of topics: one answer where it is sure, the closest two or three where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.catalogue import text
from bot.knowledge.finding import CERTAIN, certain, closest, offer, shares
from bot.knowledge.topics import topics

RANKINGS = st.lists(
    st.tuples(st.sampled_from(sorted(topics())), st.floats(min_value=0, max_value=1)),
    max_size=5,
    unique_by=lambda x: x[0],
).map(lambda ranking: sorted(ranking, key=lambda item: -item[1]))


def test_a_topic_that_stands_out_is_answered() -> None:
    assert certain([("fees", 0.6), ("fees_refund", 0.2), ("firm_fees", 0.1)]) == "fees"


def test_below_the_margin_the_closest_are_offered() -> None:
    ranking = [("fees", 0.2), ("fees_refund", 0.19), ("firm_fees", 0.18), ("proof_of_funds", 0.01)]
    assert certain(ranking) is None
    assert closest(ranking) == ["fees", "fees_refund", "firm_fees"]


def test_a_third_topic_that_is_hardly_meant_is_left_out() -> None:
    assert closest([("fees", 0.3), ("fees_refund", 0.29), ("firm_fees", 0.01)]) == ["fees", "fees_refund"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_offered_can_be_declined(language) -> None:
    said = offer(["fees", "fees_refund"], language)
    assert [button.title for button in said.buttons] == [
        topics()["fees"].title[language],
        topics()["fees_refund"].title[language],
        text("button.neither", language),
    ]


def test_without_any_topic_it_says_so() -> None:
    assert offer([], "en").buttons == ()
    assert certain([]) is None
    assert certain([("no_such_topic", 0.9)]) is None


@given(RANKINGS)
def test_an_answer_needs_its_share_and_an_offer_at_most_three(ranking) -> None:
    sure = certain(ranking)
    assert (sure is not None) == bool(ranking and shares(ranking)[0][1] >= CERTAIN)
    assert len(closest(ranking)) <= 3
    assert set(closest(ranking)) <= {topic for topic, _ in ranking}
