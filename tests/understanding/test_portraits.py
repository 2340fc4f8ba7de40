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
