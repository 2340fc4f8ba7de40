"""How long a provider that refuses is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.pausing import Pauses, backoff


@given(times=st.integers(1, 200), first=st.floats(0.01, 5), longest=st.floats(5, 1000))
def test_a_wait_doubles_up_to_the_longest(times: int, first: float, longest: float) -> None:
    whole = min(longest, first * 2 ** min(times - 1, 30))
    assert whole / 2 <= backoff(first, longest, times) <= whole


def test_the_providers_own_word_counts() -> None:
    pauses = Pauses(1.0, 60.0)
    assert pauses.refused("telegram", 100.0, 37.0) == 37.0
    assert pauses.left("telegram", 130.0) == 7.0
    assert pauses.left("telegram", 138.0) == 0.0
    assert pauses.left("whatsapp", 130.0) == 0.0


def test_without_a_word_each_refusal_after_a_pause_makes_the_next_one_longer() -> None:
    pauses, now = Pauses(1.0, 60.0), 0.0
    lengths = []
    for _ in range(8):
        lengths.append(pauses.refused("whatsapp", now, 0.0))
        now += lengths[-1]
    assert 0.5 <= lengths[0] <= 1.0
    assert 16.0 <= lengths[5] <= 32.0
    assert 30.0 <= lengths[-1] <= 60.0


def test_messages_that_were_on_their_way_when_the_pause_began_do_not_make_it_longer() -> None:
    pauses = Pauses(1.0, 60.0)
    for moment in range(10):
        pauses.refused("whatsapp", moment / 100, 0.0)
    assert pauses.left("whatsapp", 0.1) <= 1.0


def test_a_message_that_was_taken_begins_the_count_again() -> None:
    pauses = Pauses(1.0, 60.0)
    for moment in (0.0, 2.0, 5.0, 10.0, 20.0):
        pauses.refused("whatsapp", moment, 0.0)
    pauses.taken("whatsapp")
    assert pauses.refused("whatsapp", 100.0, 0.0) <= 1.0
