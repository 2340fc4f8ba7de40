"""An answer on each kind of channel: nothing lost, nothing too long, choices always typable."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Limits
from bot.channels.choosing import typed
from bot.channels.incoming import Chosen
from bot.channels.rendering import choice_id, choice_of, parts
from bot.channels.splitting import packed, utf8, utf16
from bot.intake.messages import Message
from bot.knowledge.answer import Answer, Button, Source, Table
from bot.knowledge.catalogue import Language, text

SMS = Limits(text=320)
WHATSAPP = Limits(text=4096, beside_choices=1024, buttons=3, button_title=20, rows=10, row_title=24, row_detail=72)
TELEGRAM = Limits(text=4096, units=utf16, buttons=100, button_title=64, links=True)
INSTAGRAM = Limits(text=1000, units=utf8, buttons=13, button_title=20)
ALL = pytest.mark.parametrize("limits", [SMS, WHATSAPP, TELEGRAM, INSTAGRAM], ids=["sms", "whatsapp", "telegram", "ig"])

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=30)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(words) + ".")
ANSWERS = st.builds(
    Answer,
    language=st.sampled_from(["en", "fr"]),
    lines=st.lists(SENTENCES, max_size=6).map(tuple),
    notices=st.lists(SENTENCES, min_size=1, max_size=3).map(tuple),
    sources=st.lists(st.builds(Source, WORDS, st.just("https://www.example.org/a")), max_size=2).map(tuple),
    buttons=st.lists(st.builds(Button, WORDS, st.just("/x")), max_size=12).map(tuple),
)


def run_together(words: str) -> str:
    return re.sub(r"\s+", "", words)


@ALL
@given(answer=ANSWERS)
def test_everything_is_there_in_order_and_fits(limits: Limits, answer: Answer) -> None:
    made = parts(answer, 7, limits)
    for part in made:
        longest = limits.beside_choices if part.choices and limits.beside_choices else limits.text
        assert 0 < limits.units(part.text) <= longest
    whole, at = run_together("".join(part.text for part in made)), 0
    for said in (*answer.lines, *(source.url for source in answer.sources), *answer.notices):
        at = whole.index(run_together(said), at) + len(run_together(said))
    shown = [choice.title for choice in made[-1].choices]
    for number, button in enumerate(answer.buttons, 1):
        assert button.title in shown or run_together(f"{number}. {button.title}") in whole


def test_a_long_text_is_cut_between_sentences() -> None:
    sentence = "This is one sentence of about fifty letters, really. "
    assert all(piece.endswith("really.") for piece in packed([sentence * 20], 320, len))


def test_an_address_is_never_cut() -> None:
    url = "https://www.example.org/" + "a" * 200
    said = f"{'words ' * 60}{url} {'words ' * 60}"
    assert sum(url in piece for piece in packed([said], 320, len)) == 1


def test_telegram_counts_as_telegram_does() -> None:
    assert (utf16("🍁"), utf8("é")) == (2, 2)
    assert [utf16(part.text) for part in parts(Answer("en", ("🍁" * 4096,)), 1, TELEGRAM)] == [4096, 4096]


def test_a_table_becomes_a_list() -> None:
    table = Table("Points", ("Factor", "Points", "Maximum"), (("Age", "110", "110"), ("Education", "120", "150")))
    (part,) = parts(Answer("en", table=table), 1, SMS)
    assert part.text == "Points\n• Age: 110; Maximum 110\n• Education: 120; Maximum 150"


CARD = {
    "heading": "You may be eligible.",
    "total": {"label": "CRS", "points": 415, "max": 1200},
    "rules": "rules of a day",
}


@ALL
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_result_is_short_and_leads_to_its_page(limits: Limits, language: Language) -> None:
    page = Button("Open", href="https://a.example/r/secret")
    answer = Answer(language, ("long " * 500,), "result", (page,), notices=("Only IRCC decides.",), card=CARD)
    made = parts(answer, 1, limits)
    said = "\n".join(part.text for part in made)
    assert not made[-1].links
    assert "long" not in said
    assert "415 / 1200" in said
    assert text("channel.result_link", language, link="https://a.example/r/secret") in said
    assert said.endswith("Only IRCC decides.")


def test_without_a_page_the_result_is_told_in_full() -> None:
    answer = Answer("en", ("Line one.", "Line two."), "result", notices=("Only IRCC decides.",), card=CARD)
    (part,) = parts(answer, 1, TELEGRAM)
    assert part.text == "Line one.\n\nLine two.\n\nOnly IRCC decides."


def test_choices_become_buttons_then_a_list_then_numbers() -> None:
    def made(count: int) -> str:
        buttons = tuple(Button(f"Choice {n}", "/x") for n in range(1, count + 1))
        (part,) = parts(Answer("en", ("Choose.",), buttons=buttons), 4, WHATSAPP)
        return f"{len(part.choices)} {'numbers' if '1. Choice 1' in part.text else 'titles'}"

    assert [made(count) for count in (3, 10, 11)] == ["3 titles", "10 titles", "0 numbers"]


def test_a_title_that_is_cut_stands_whole_in_the_text() -> None:
    title = "I have a certificate of qualification"
    (part,) = parts(Answer("en", ("Choose.",), buttons=(Button(title, "/x"),)), 4, WHATSAPP)
    assert part.choices[0].title == "I have a certificat…"
    assert f"1. {title}" in part.text


def test_links_are_buttons_where_there_are_such_and_text_elsewhere() -> None:
    answer = Answer("en", ("Read.",), buttons=(Button("The page", href="https://a.example/"),))
    (sms,), (telegram,) = parts(answer, 1, SMS), parts(answer, 1, TELEGRAM)
    assert "The page: https://a.example/" in sms.text
    assert telegram.text == "Read."
    assert telegram.links[0].url == "https://a.example/"


def said(answer: Answer, seq: int = 5) -> Message:
    return Message("c", seq, False, "assistant", "text", answer.language, datetime.now(UTC), answer=answer)


STATUS = Answer(
    "fr", asks="marital_status", buttons=(Button("Célibataire", "/a"), Button("Marié", "/b"), Button("Lire", href="x"))
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("1", 0),
        ("2.", 1),
        (" (2) ", 1),
        ("celibataire", 0),
        ("MARIÉ!", 1),
        ("3", None),
        ("0", None),
        ("marié ou", None),
    ],
)
def test_a_choice_can_be_typed(words: str, place: int | None) -> None:
    assert typed(words, [said(STATUS)], "id") == (None if place is None else Chosen("id", 5, place))


def test_a_number_is_the_answer_where_a_number_is_asked_for() -> None:
    age = Answer("en", ("How old are you?",), asks="age", buttons=(Button("I don't know", "/dont_know"),))
    assert typed("1", [said(age)], "id") is None
    assert typed("i dont know", [said(age)], "id") is None
    assert typed("I don’t know", [said(age)], "id") == Chosen("id", 5, 0)
    (part,) = parts(age, 5, SMS)
    assert part.text.endswith("You can also write: I don't know")


def test_words_count_for_earlier_buttons_of_the_same_reply_and_numbers_do_not() -> None:
    more = said(Answer("en", buttons=(Button("More", "/more"), Button("Less", "/less"))), 4)
    last = said(Answer("en", buttons=(Button("Yes", "/affirm"),)), 5)
    assert typed("more", [more, last], "id") == Chosen("id", 4, 0)
    assert typed("1", [more, last], "id") == Chosen("id", 5, 0)
    assert typed("2", [more, last], "id") is None


@given(st.text(max_size=30))
def test_only_our_own_ids_are_choices(words: str) -> None:
    found = choice_of(words)
    assert found is None or choice_of(choice_id(*found)) == found
