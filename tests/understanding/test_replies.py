"""Yes, no, "I don't know", "I'd rather not say", the language of a message, and the plain form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import detect_language, is_declined, is_unknown, yes_no
from bot.understanding.normalise import normalise

YES = [
    "yes",
    "Yep!",
    "yeah",
    "sure",
    "of course",
    "yes I do",
    "y",
    "oui",
    "ouais",
    "oui bien sûr",
    "tout à fait",
    "ok yes",
    "correct",
]
NO = [
    "no",
    "Nope, not yet",
    "nah",
    "no I don't",
    "never",
    "not yet",
    "none",
    "n",
    "non",
    "non merci",
    "pas encore",
    "pas du tout",
    "jamais",
]
UNKNOWN = [
    "idk",
    "I don't know",
    "not sure",
    "i'm not sure yet",
    "no idea",
    "dunno",
    "je sais pas",
    "je ne sais pas",
    "aucune idée",
    "je ne m'en souviens plus",
]
DECLINED = [
    "rather not say",
    "I'd rather not say",
    "prefer not to answer",
    "dont want to say",
    "je préfère ne pas le dire",
    "c'est privé",
    "j'aimerais mieux pas",
]
NEITHER = [
    "",
    "👍",
    "???",
    ".",
    "你好",
    "ok",
    "maybe",
    "7.5",
    "no but my wife does",
    "hello",
    "yes 2 years",
    "peut-être",
    "si j'ai CLB 9",
    "why?",
]


@pytest.mark.parametrize("text", YES)
def test_yes(text):
    assert (yes_no(text), is_unknown(text), is_declined(text)) == (True, False, False)


@pytest.mark.parametrize("text", NO)
def test_no(text):
    assert (yes_no(text), is_unknown(text), is_declined(text)) == (False, False, False)


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown(text):
    assert (yes_no(text), is_unknown(text), is_declined(text)) == (None, True, False)


@pytest.mark.parametrize("text", DECLINED)
def test_declined(text):
    assert (yes_no(text), is_unknown(text), is_declined(text)) == (None, False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text):
    assert (yes_no(text), is_unknown(text), is_declined(text)) == (None, False, False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what is the express entry draw", "en"),
        ("I am a nurse in Manila", "en"),
        ("hello", "en"),
        ("je suis infirmière à Lyon", "fr"),
        ("bonjour", "fr"),
        ("célibataire", "fr"),
        ("est-ce que je peux postuler", "fr"),
        ("j'ai 31 ans", "fr"),
        ("my wife has a licence", "en"),
        ("ok", None),
        ("34", None),
        ("IELTS 8 7 7 7", None),
        ("Jean Dupont", None),
        ("👍", None),
        ("", None),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I'm 33F, two and a half yrs", "i am 33 f, 2.5 years"),
        ("8,5 7 6,5 7", "8.5 7 6.5 7"),
        ("15 000 $ et 25 000 CAD", "15000 $ et 25000 cad"),
        ("434 428 434 456", "434 428 434 456"),
        ("1,50,000", "150000"),
        ("trente et un ans", "31 ans"),
        ("eight seven seven seven", "8 7 7 7"),
        ("in sept 2023, sept ans", "in sept 2023, 7 ans"),
        ("the previous one", "the previous one"),
        ("un ami, un an", "un ami, 1 an"),
        ("2½ years, 2 1/2 yrs", "2.5 years, 2.5 years"),
        ("straight 7s", "straight 7"),
        ("a BA and an MS", "a bachelor and an msc"),
        ("M.Sc. et Ph.D", "msc et phd"),
        ("Œuvre d’été", "oeuvre d'ete"),
    ],
)
def test_plain_form(text, plain):
    assert normalise(text).text == plain


@given(st.text(max_size=200))
def test_the_way_back_to_the_original_always_holds(text):
    plain = normalise(text)
    assert len(plain.starts) == len(plain.ends) == len(plain.text)
    assert all(0 <= start <= end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))
    assert list(plain.starts) == sorted(plain.starts)


@given(st.text(max_size=200))
def test_replies_never_raise(text):
    yes_no(text), is_unknown(text), is_declined(text), detect_language(text)
