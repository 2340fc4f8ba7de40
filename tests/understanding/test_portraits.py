"""What people write before a portrait of themselves, and how they lay it out, does not hide its facts."""

from datetime import date
from itertools import product

import pytest

from bot.understanding import read

TODAY = date(2026, 11, 22)
SCORES = {"listening": 8, "reading": 7.5, "writing": 7, "speaking": 7}
PORTRAITS = {
    "en": (
        "33F, single, masters, IELTS L8 R7.5 W7 S7, 6 yrs exp in Oman",
        {"age": 33, "marital_status": "single", "education": "master", "foreign_work_years": 6, **SCORES},
    ),
    "fr": (
        "femme 33 ans, célibataire, master, IELTS L8 R7.5 W7 S7, 6 ans d'expérience à Oman",
        {"age": 33, "marital_status": "single", "education": "master", "foreign_work_years": 6, **SCORES},
    ),
}
LEADS = {
    "en": (
        "hoping to apply this spring",
        "planning to move with the family",
        "would appreciate any advice",
        "my cousin told me about this",
        "need a realistic view of my case",
        "the last cut-off was too high for me",
    ),
    "fr": (
        "je voudrais déposer ma demande au printemps",
        "je compte m'installer là-bas",
        "besoin d'un avis sur mon dossier",
        "un collègue m'a parlé de ce programme",
        "je vise le printemps",
        "merci de me dire où j'en suis",
    ),
}
BETWEEN = (", ", ". ", "\n", ": ", " - ")
ROWS = (
    ("Age", "33", {"age": 33}),
    ("Marital status", "Divorced", {"marital_status": "divorced"}),
    ("Education", "Bachelor's degree", {"education": "bachelor"}),
    ("Foreign work experience", "4 years", {"foreign_work_years": 4}),
    ("Canadian experience", "None", {"canadian_work_years": 0}),
    ("Job offer", "No", {"job_offer": "none"}),
    ("Certificate of qualification", "Yes", {"certificate_of_qualification": True}),
    ("Settlement funds", "21k CAD", {"funds_amount": 21000}),
    ("Family size", "3", {"family_size": 3}),
    ("Spouse education", "Masters", {"spouse_education": "master"}),
    ("État civil", "Célibataire", {"marital_status": "single"}),
    ("Niveau d'études", "Licence", {"education": "bachelor"}),
    ("Expérience hors Canada", "4 ans", {"foreign_work_years": 4}),
    ("Offre d'emploi", "Non", {"job_offer": "none"}),
    ("Sceau rouge", "Non", {"certificate_of_qualification": False}),
    ("Fonds", "21 000 CAD", {"funds_amount": 21000}),
    ("Casier judiciaire", "Non", {"criminal_record": False}),
)
BESIDE = (": ", " : ", " = ", " - ", " -> ", " → ", " | ", "... ", ":\n", "\n")


def facts(text):
    return {found.fact: found.value for found in read(text, as_of=TODAY).facts}


@pytest.mark.parametrize(
    ("language", "lead", "between"),
    [(language, *rest) for language in LEADS for rest in product(LEADS[language], BETWEEN)],
)
def test_a_lead_in_does_not_hide_the_portrait(language, lead, between):
    portrait, expected = PORTRAITS[language]
    assert expected.items() <= facts(lead + between + portrait).items()


@pytest.mark.parametrize(("label", "value", "expected"), ROWS)
@pytest.mark.parametrize("beside", BESIDE)
def test_a_row_is_read_however_label_and_value_are_set_apart(label, value, expected, beside):
    assert expected.items() <= facts(label + beside + value).items()
    lines = f"My details\n{label}{beside}{value}\nNOC: 21231"
    assert {**expected, "noc": "21231"}.items() <= facts(lines).items()


def test_a_wish_or_a_need_is_still_no_fact():
    assert facts("if I get 8 in listening, 7 in the rest, is that CLB 9?") == {}
    assert facts("aiming for CLB 9, maybe 10 in speaking") == {}
    assert facts("minimum CLB 7, one year of work, proof of funds of 14k") == {}
    assert facts("il me faudrait NCLC 9, un an au Canada et une offre") == {}


def test_an_item_after_the_partners_is_the_applicants():
    found = facts("wife IELTS 6 each, no job offer, funds 30k CAD, no PNP")
    assert found["job_offer"] == "none"
    assert found["funds_amount"] == 30000
    assert found["provincial_nomination"] is False
    assert found["spouse_listening"] == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("overall 7.5 in IELTS (nothing under 6.5)", {"language_test": "ielts_general"}),
        ("L 8 R 7 W 6.5 S 7. That was IELTS general.", {"language_test": "ielts_general", "writing": 6.5}),
        ("I needed 7 in writing but got 6.5", {"writing": 6.5}),
        ("celpip 9 in all but writing which is 8", {"listening": 9, "writing": 8}),
        ("TCF : 14 à l'EE, 13 à l'EO, 520 CO, 500 CE", {"writing": 14, "speaking": 13, "listening": 520}),
        ("NCLC : C.O 9 / C.E 8 / E.E 7 / E.O 9", {"listening": 9, "reading": 8, "writing": 7, "speaking": 9}),
    ],
)
def test_a_test_is_found_whichever_way_its_scores_are_told(text, expected):
    assert expected.items() <= facts(text).items()


@pytest.mark.parametrize(
    ("text", "canadian", "abroad"),
    [
        ("8 years of experience, half of it in Calgary", 4, 4),
        ("la moitié de mes 6 ans d'expérience s'est faite à Ottawa", 3, 3),
        ("1 year of Canadian experience on PGWP, zero foreign", 1, 0),
        ("I have 3 years in Oman, 2 years in Doha and now 11 months in Regina as a cook", 0.91, 5),
        ("welder since my graduation in 2020, all in Kerala", None, 5.83),
        ("mon mari a 2 ans d'expérience canadienne, moi aucune", 0, None),
    ],
)
def test_years_of_work_add_up_and_divide(text, canadian, abroad):
    found = facts(text)
    assert (found.get("canadian_work_years"), found.get("foreign_work_years")) == (canadian, abroad)


def test_a_day_that_is_no_test_day_and_a_year_that_is_no_money():
    assert "language_taken_on" not in facts("got my IELTS results today, 8 7 7 7")
    assert "language_taken_on" not in facts("Exam is on 14 December")
    assert "funds_amount" not in facts("bank teller in Accra 2019-2023, from 2023 till date in Brampton")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TCF Canada : CO 540 (NCLC 9), CE 505 (NCLC 9), EE 13, EO 15", {"language_test": "tcf_canada", "writing": 13}),
        ("j'ai fait le TEF l'an dernier et j'ai NCLC 9 à toutes les épreuves", {"language_test": "nclc", "reading": 9}),
        ("CELPIP 8 8 7 9 (écoute, lecture, écriture, oral)", {"language_test": "celpip_general", "speaking": 9}),
        ("my sister got 8777 in IELTS, I have not attempted it yet", {"language_test": "none"}),
    ],
)
def test_levels_beside_scores_and_tests_of_others_are_told_apart(text, expected):
    assert expected.items() <= facts(text).items()


@pytest.mark.parametrize(
    ("text", "canadian", "abroad"),
    [
        ("total experience 9 yrs (7 Chile, 2 Canada)", 2, 7),
        ("1.5 yrs CEC + 3 yrs FSW experience", 1.5, 3),
        ("I graduated in 2018 and have been teaching in Accra ever since", None, 7.83),
        ("1 year as a cook in Kelowna and now 8 months as a supervisor at the same place", 1.66, None),
        ("2 years of Canadian experience, now 3 years of Canadian experience", 3, None),
        ("a decade in retail management in Johannesburg", None, 10),
        ("2 ans en CDD + 3 ans en CDI à Bordeaux comme développeur", None, 5),
    ],
)
def test_work_told_in_pieces_is_counted_once(text, canadian, abroad):
    found = facts(text)
    assert (found.get("canadian_work_years"), found.get("foreign_work_years")) == (canadian, abroad)


@pytest.mark.parametrize(
    ("text", "canadian", "abroad"),
    [
        ("my overall experience is 7 years. 5 years in Kenya and the rest in Canada", 2, 5),
        ("j'ai un total de 9 ans d'expérience, 7 au Burkina et le reste ici au Canada", 2, 7),
        ("comptable à Tunis du 3 mars 2018 au 5 mars 2024 (6 ans)", None, 6),
        ("cook in Lagos, 2018-2024 (6 years)", None, 6),
        ("6 years as QA officer in a company in Tema, single, no relatives in Canada", None, 6),
        ("two years in a bank in Sydney, four in a bank in Colombo", None, 6),
        ("expérience : néant au Canada, 6 années en RDC", 0, 6),
    ],
)
def test_years_are_placed_where_they_were_worked(text, canadian, abroad):
    found = facts(text)
    assert (found.get("canadian_work_years"), found.get("foreign_work_years")) == (canadian, abroad)


def test_scores_with_slashes_are_no_date_and_levels_may_be_named_again():
    assert facts("English CELPIP 10/10/10/11")["speaking"] == 11
    assert "language_taken_on" not in facts("English CELPIP 10/10/10/11")
    assert facts("TCF : expression orale NCLC 8, expression écrite NCLC 7, lecture NCLC 9")["writing"] == 7
    assert facts("ielts L7 R7 W6 S6.5 pour moi, ma femme n'a rien passé")["spouse_language_test"] == "none"


@pytest.mark.parametrize(
    ("text", "canadian", "abroad"),
    [
        ("ingénieur de 2016 à 2020 à Dakar, puis de 2020 à 2024 à Paris", None, 8),
        ("2018 to 2021 teacher in Kumasi; 2022 to 2025 teacher in Tamale", None, 6),
        ("I have 3 years of foreign work experience, so 3 years as a nurse in India", None, 3),
        ("1 an d'expérience canadienne + 5 ans au bled", 1, 5),
        ("Depuis la fin de mes études en 2019 je travaille à Cotonou chez MTN", None, 6.83),
        ("34 y/o nurse in Saudi for 7 yrs", None, 7),
        ("Expérience : Algérie (4 ans), France (3 ans), Canada (0)", 0, 7),
    ],
)
def test_equal_stints_are_added_only_where_they_are_apart(text, canadian, abroad):
    found = facts(text)
    assert (found.get("canadian_work_years"), found.get("foreign_work_years")) == (canadian, abroad)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 each in IELTS except 6.5 in writing", {"listening": 8, "writing": 6.5}),
        ("took TEF last year: CLB 7 in speaking, 8 in listening", {"language_test": "nclc", "speaking": 7}),
        ("we both did celpip: I got 9s and she got 7s", {"speaking": 9, "spouse_speaking": 7}),
        ("my wife has 7 in each and I have 8 in each on the IELTS", {"spouse_writing": 7, "writing": 8}),
    ],
)
def test_scores_go_to_their_test_and_their_person(text, expected):
    assert expected.items() <= facts(text).items()


def test_what_one_does_with_a_sister_is_not_the_partners():
    assert not any(fact.startswith("spouse_") for fact in facts("my sister and I, we both wrote IELTS, I got 7 each"))


def test_a_total_is_no_stint_beside_its_parts():
    found = facts("expérience totale 11 ans : Maroc 8 ans, Canada 3 ans")
    assert (found["foreign_work_years"], found["canadian_work_years"], found.get("age")) == (8, 3, None)
    assert facts("4 years in India, 2 years in UAE, 2 years in Canada as a nurse")["foreign_work_years"] == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have CLB 8 (me) and CLB 6 (wife)", {"language_test": "clb", "spouse_language_test": "clb"}),
        ("TEF : 7 en CO, 8 en CE, 7 en EE, 7 en EO (en NCLC)", {"language_test": "nclc", "reading": 8}),
        ("CO 8 CE 8 EE 7 EO 7", {"listening": 8, "speaking": 7}),
        ("PTE Core: Speaking-84 dated 2 March 2026", {"language_taken_on": date(2026, 3, 2)}),
    ],
)
def test_what_stands_behind_the_scores_counts(text, expected):
    assert expected.items() <= facts(text).items()


def test_the_date_of_another_paper_is_not_the_test_day():
    assert "language_taken_on" not in facts("IELTS 8 7 7 7, ITA dated 2 March 2026")


def test_places_verbs_and_employers_do_not_lead_astray():
    assert facts("Je travaille depuis avril 2025 à Trois-Rivières en usine")["canadian_work_years"] == 1.58
    assert facts("ça va faire 5 ans que je travaille à Rabat dans l'assurance")["foreign_work_years"] == 5
    assert facts("one year with my employer in Kitchener (NOC 22221)")["noc"] == "22221"
    assert facts("NCLC 7 requis, moi j'ai NCLC 6 partout au TEF")["listening"] == 6
    assert facts("Writing band is 6.5, the other three bands are 8, IELTS")["reading"] == 8
