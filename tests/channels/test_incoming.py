"""What is taken of a message and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import LIMIT, RefusedError, readable, speakable

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=LIMIT + 20)


def taken_or_refused(text: str) -> tuple[str, str]:
    try:
        return readable(text), ""
    except RefusedError as refused:
        return "", refused.refusal


@given(ANYTHING)
def test_whatever_is_taken_can_be_stored_and_shown_and_is_no_command(text: str) -> None:
    taken, refusal = taken_or_refused(text)
    assert (refusal == "too_long") == (len(text) > LIMIT)
    if refusal:
        assert not taken
        return
    assert 0 < len(taken) <= LIMIT
    assert "\x00" not in taken
    assert not any(ord(character) < 32 and character not in "\t\n" for character in taken)
    taken.encode()
    heard = speakable(taken)
    assert heard
    assert not heard.lstrip().startswith("/")
    assert readable(taken) == taken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  I am 31  ", "I am 31"),
        ("👍", "👍"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("你好", "你好"),
        ("سلام", "سلام"),
        ("?", "?"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("score \u202e054", "score 054"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("<b>31</b> & <script>alert(1)</script>", "<b>31</b> & <script>alert(1)</script>"),
        ("x" * LIMIT, "x" * LIMIT),
    ],
)
def test_words_are_kept_as_they_were_typed(typed: str, kept: str) -> None:
    assert readable(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\x00", "\u200b", "\u200b\u2060", "/", " // / "])
def test_nothing_to_read_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError) as refused:
        readable(typed)
    assert refused.value.refusal == "empty"


@pytest.mark.parametrize("typed", ["x" * (LIMIT + 1), "x" * 20_000, " " * 20_000], ids=["just", "far", "blank"])
def test_too_much_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError) as refused:
        readable(typed)
    assert refused.value.refusal == "too_long"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ('/inform{"age": 31}', 'inform{"age": 31}'),
        (" /restart", "restart"),
        ("\n//  /restart", "restart"),
        ("and/or", "and/or"),
        ("7/7/7", "7/7/7"),
    ],
)
def test_a_typed_command_reaches_the_dialogue_as_words(typed: str, heard: str) -> None:
    assert speakable(typed) == heard
