"""What people call their job leads to the right unit groups, offered and never decided."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import rulebook
from bot.rules.noc import unit_groups
from bot.understanding.occupations import build, job_words, title_asked

GROUPS = unit_groups(rulebook().at(date(2026, 11, 1)))
OCCUPATIONS = build((group.code, group.teer, group.title) for group in GROUPS.values())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("software engineer", "21231"),
        ("I work as a senior data analyst in a bank", "21223"),
        ("registered nurse in ICU", "31301"),
        ("long haul truck driver", "73300"),
        ("cook at an Indian restaurant", "63200"),
        ("accountnat", "11100"),
        ("food service supervisor", "62020"),
        ("PSW", "33102"),
        ("site civil engineer", "21300"),
        ("ECE in a daycare", "42202"),
        ("pharmcist", "31120"),
        ("I have been a welder since 2015", "72106"),
        ("HR manager", "10011"),
        ("infirmière", "31301"),
        ("préposée aux bénéficiaires", "33102"),
        ("je suis développeur web chez un éditeur", "21234"),
        ("camionneur", "73300"),
        ("chef de projet informatique", "20012"),
        ("éducatrice de la petite enfance", "42202"),
        ("soudeur", "72106"),
    ],
)
def test_the_right_group_comes_first(said, code):
    assert OCCUPATIONS.candidates(said, "en")[0].noc == code


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("project manager", {"11201", "20012"}),
        ("teacher", {"41221", "41220"}),
        ("shift supervisor", {"62010", "62020"}),
        ("IT support", {"22221"}),
        ("full stack developer", {"21232", "21234"}),
    ],
)
def test_a_name_that_fits_several_groups_offers_each(said, codes):
    assert codes <= {candidate.noc for candidate in OCCUPATIONS.candidates(said, "en")}


@pytest.mark.parametrize("said", ["", "???", "xqzv", "5 years", "yes"])
def test_no_job_gives_no_candidates(said):
    assert OCCUPATIONS.candidates(said, "en") == ()


def test_titles_follow_the_language():
    english, french = (OCCUPATIONS.candidates("cook", language)[0].title for language in ("en", "fr"))
    assert (english, french) == ("Cooks", "Cuisinier")


def test_every_title_finds_its_own_group():
    lost = [
        group.title
        for group in GROUPS.values()
        if group.code not in {c.noc for c in OCCUPATIONS.candidates(group.title, "en", limit=5)}
    ]
    assert len(lost) <= len(GROUPS) * 0.02, lost


def test_groups_that_the_rules_do_not_know_are_never_offered():
    only_cooks = build([("63200", 3, "Cooks")])
    assert {candidate.noc for candidate in only_cooks.candidates("software cook", "en")} <= {"63200"}


def test_the_words_of_a_job_are_found_in_a_sentence():
    assert job_words("I have worked as a senior cook in Oman since 2019") == "cook"
    assert job_words("je travaille comme soudeur depuis 3 ans") == "soudeur"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.integers(1, 8))
def test_any_text_gives_ordered_candidates(said, limit):
    found = OCCUPATIONS.candidates(said, "fr", limit)
    assert len(found) <= limit
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(GROUPS[c.noc].teer == c.teer and 0 <= c.score <= 100 for c in found)


@pytest.mark.parametrize(
    ("question", "job"),
    [
        ("What's the NOC code for a plumber?", "plumber"),
        ("which noc is a dental hygienist", "dental hygienist"),
        ("Quel est le code CNP d'un soudeur ?", "soudeur"),
        ("la CNP pour une enseignante, c'est quoi?", "enseignante, c'est quoi"),
        ("what does NOC mean?", None),
        ("what is the TEER of my job", None),
        ("where is the list of NOC codes", None),
    ],
)
def test_the_job_that_a_question_names(question: str, job: str | None) -> None:
    assert title_asked(question) == job
