"""The questions that must be answered, each with what the answer has to say and what it must never say.

One line a question, in the words of somebody who knows the rules; errors that public pages make about them are in
``never``. Figures are those of 25 November 2026 and are written here a second time, not read from the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from bot.facts import Profile
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language
from bot.knowledge.firm import FirmWords
from bot.knowledge.topics import answer, topics

AS_OF = date(2026, 11, 25)
FIRM = FirmWords(
    name="Maple Crossing",
    register_url="https://college-ic.ca/register",
    contact="+1 555 0100",
    licensee="Ana Tran",
    licence_no="R000000",
    offices="Toronto; Halifax",
)


@dataclass(frozen=True)
class Case:
    number: str
    topic: str
    en: tuple[str, ...]
    fr: tuple[str, ...]
    never: tuple[str, ...] = ()


CASES = [
    Case(
        "1 is it a program", "what_is_express_entry", ("not a program",), ("n’est pas un programme", "Entrée express")
    ),
    Case(
        "2 which programs",
        "programs_overview",
        ("Canadian Experience Class", "Federal Skilled Worker", "Federal Skilled Trades"),
        ("expérience canadienne", "travailleurs qualifiés", "métiers spécialisés"),
    ),
    Case(
        "3 profile is not approval",
        "profile_not_approval",
        ("No.", "not an approval"),
        ("Non.", "pas non plus une approbation"),
    ),
    Case("4 CRS", "crs_what_is", ("Comprehensive Ranking System",), ("Système de classement global", "SCG")),
    Case("5 profile validity", "profile_validity", ("12 months",), ("12 mois",)),
    Case(
        "6 job offer",
        "job_offer",
        ("do not require a job offer", "removed from the score on March 25, 2025", "November 3, 2026"),
        ("n’exigent pas d’offre", "25 mars 2025", "3 novembre 2026"),
        never=("adds 50", "adds 200", "50 points", "200 points"),
    ),
    Case(
        "7 language test",
        "language_tests",
        ("Yes.", "CELPIP General", "IELTS General Training", "PTE Core", "TEF Canada", "TCF Canada", "2 years"),
        ("Oui.", "PTE Core", "TEF Canada", "TCF Canada", "2 ans", "NCLC"),
    ),
    Case(
        "8 ECA",
        "eca",
        ("Federal Skilled Worker", "less than 5 years old", "Canadian diploma needs no assessment"),
        ("travailleurs qualifiés", "moins de 5 ans"),
        never=("2 years", "2 ans"),
    ),
    Case(
        "9 what score",
        "crs_cutoff",
        ("no fixed score", "exactly that score", "do not predict"),
        ("pas de pointage fixe", "ne prédisent pas"),
    ),
    Case("10 raise it", "improve_score", ("language", "nomination", "cap"), ("langue", "désignation", "plafond")),
    Case("11 nomination", "nomination", ("added 600 points", "last"), ("ajoutait 600 points", "dernier")),
    Case(
        "12 round types",
        "round_types",
        ("general", "program-specific", "category-based"),
        ("générales", "programme", "catégorie"),
    ),
    Case(
        "13 documents",
        "documents",
        (
            "passport",
            "letters from employers",
            "police certificates",
            "medical exam",
            "proof of funds",
            "marriage",
            "nomination",
        ),
        ("passeport", "certificats de police", "examen médical", "preuve de fonds", "mariage", "désignation"),
    ),
    Case(
        "14 funds",
        "proof_of_funds",
        ("Canadian Experience Class does not", "July 7, 2025", "Newer ones are due", "$15,263"),
        ("7 juillet 2025", "15 263 $"),
    ),
    Case(
        "15 NOC and TEER",
        "noc_teer",
        ("second digit", "TEER 0, 1, 2 or 3", "not the job title"),
        ("CNP", "FEER 0, 1, 2 ou 3"),
    ),
    Case("16 spouse", "spouse_effect", ("column", "must be declared"), ("colonne", "doit être déclaré")),
    Case(
        "17 after the ITA",
        "after_ita",
        ("60 calendar days", "medical exam is usually done before"),
        ("60 jours civils", "examen médical"),
    ),
    Case("18 can it be refused", "refusal_possible", ("Yes.", "does not decide"), ("Oui.",)),
    Case("19 misrepresentation", "misrepresentation", ("5 years", "No permanent residence application"), ("5 ans",)),
    Case(
        "20 can the firm help",
        "firm_help",
        ("Ana Tran", "Nobody can promise"),
        ("Ana Tran", "Personne ne peut promettre"),
    ),
    Case("21 how long", "how_long", ("6 months", "80%", "not a promise"), ("6 mois", "80 %", "non une promesse")),
    Case("22 family", "family", ("Yes.", "must be declared", "cannot be sponsored later"), ("Oui.", "être déclarés")),
    Case("23 two profiles", "one_profile", ("No.",), ("Non.",)),
    Case("24 profile removed", "profile_removed", ("12 months", "2 years", "5 years"), ("12 mois", "2 ans", "5 ans")),
    Case("25 days after ITA", "ita_deadline", ("60 calendar days",), ("60 jours civils",), never=("90",)),
    Case(
        "26 how often",
        "round_frequency",
        ("no fixed calendar",),
        ("pas de calendrier fixe",),
        never=("every two weeks", "deux semaines"),
    ),
    Case(
        "27 what scores now",
        "latest_rounds",
        ("do not predict", "October 1, 2026", "55 days ago", "518", "382"),
        ("ne prédisent pas", "1er octobre 2026", "55 jours", "518", "382"),
        never=("524", "529"),
    ),
    Case(
        "28 maximum",
        "score_maximum",
        ("1,200 points", "with or without a spouse"),
        ("1 200 points", "avec ou sans conjoint"),
    ),
    Case("29 in or outside", "in_or_outside_canada", ("Yes.", "inside or outside"), ("Oui.",)),
    Case("30 Canadian experience", "canadian_experience_needed", ("Not for every program",), ("Pas pour tous",)),
    Case("31 couple or alone", "couple_or_single", ("two columns", "same maximum"), ("deux colonnes", "même maximum")),
    Case(
        "32 COPR and visa",
        "copr_visa",
        ("inside and outside Canada", "cannot be extended"),
        ("CRP", "au Canada comme à l’étranger"),
    ),
    Case(
        "33 PR card",
        "pr_card",
        ("photo", "180 days", "must apply and pay"),
        ("photo", "180 jours"),
        never=("automatically",),
    ),
    Case(
        "34 categories",
        "categories",
        ("healthcare", "physicians", "Agriculture is no longer", "one of the three programs"),
        ("santé", "médecins", "L’agriculture n’en fait plus partie"),
    ),
    Case(
        "35 nurse, software engineer",
        "category_occupation",
        ("nurses are on the healthcare list", "left the STEM list"),
        ("infirmiers autorisés", "ont quitté la liste STIM"),
    ),
    Case("36 French outside Quebec", "french_rounds", ("NCLC 7", "outside Quebec"), ("NCLC 7", "hors du Québec")),
    Case(
        "37 police certificates",
        "police_certificates",
        ("6 months in a row", "last 10 years", "turned 18", "even one who does not come"),
        ("6 mois de suite", "10 dernières années", "18 ans"),
    ),
    Case(
        "38 the letter",
        "reference_letters",
        ("letterhead", "dates", "main duties", "hours a week", "pay", "I do not write"),
        ("en-tête", "dates", "tâches principales", "heures par semaine", "salaire"),
    ),
    Case(
        "39 invited too early",
        "invited_too_early",
        ("two dates", "birthday", "keeps the profile", "licensed professional"),
        ("deux dates", "anniversaire", "professionnel autorisé"),
    ),
    Case("40 married since", "status_change", ("put in the profile",), ("inscrit au profil",)),
    Case(
        "41 children who stay",
        "children_declare",
        ("Yes.", "under 22", "cannot be sponsored later"),
        ("Oui.", "moins de 22 ans"),
    ),
    Case("42 test still valid", "language_validity", ("2 years",), ("2 ans",)),
    Case("42 ECA still valid", "eca_validity", ("5 years",), ("5 ans",), never=("2 years", "2 ans")),
    Case(
        "43 sibling",
        "sibling",
        ("added 15 points", "18 years or older", "citizen or permanent resident"),
        ("15 points", "18 ans"),
    ),
    Case("44 closed permit", "closed_permit_work", ("only for the employer", "does not count"), ("ne compte pas",)),
    Case("45 fairness letter", "fairness_letter", ("deadline", "I do not assess"), ("délai", "Je n’évalue pas")),
    Case("46 refused", "refused", ("15 days", "I do not assess"), ("15 jours", "Je n’évalue pas")),
    Case(
        "47 inadmissible", "inadmissibility", ("may not enter or stay", "I do not judge"), ("interdite de territoire",)
    ),
    Case("48 tie-break", "tie_break", ("At just that score", "before that time"), ("À ce pointage exactement",)),
    Case("add: birthday", "age_birthday", ("whole years",), ("années entières",)),
    Case("add: edit", "profile_changes", ("Yes.", "keeps your submission time"), ("Oui.",)),
    Case(
        "add: decline",
        "ita_decline",
        ("60 calendar days", "goes back to the pool", "no longer eligible"),
        ("retourne dans le bassin",),
    ),
    Case("add: withdraw", "profile_withdraw", ("Yes.", "not the same as declining"), ("Oui.",)),
    Case("add: self-employment", "self_employment", ("does not count", "may count"), ("ne compte pas", "peut compter")),
    Case("add: student work", "student_work", ("co-op terms included",), ("stages coopératifs",)),
    Case(
        "add: remote work",
        "remote_work",
        ("in Canada, for a Canadian employer",),
        ("au Canada, pour un employeur canadien",),
    ),
    Case(
        "add: part time, two jobs",
        "part_time_two_jobs",
        ("1,560 hours", "30 hours a week", "continuous"),
        ("1 560 heures", "continu"),
    ),
    Case(
        "add: PTE", "pte_core", ("Yes, PTE Core is accepted", "PTE Academic is a different test"), ("Oui, le PTE Core",)
    ),
    Case(
        "add: which rules",
        "rules_change_2026",
        ("November 3, 2026", "reported", "November 2, 2026", "keep the rules of their invitation"),
        ("3 novembre 2026", "2 novembre 2026"),
    ),
    Case("add: Quebec", "quebec", ("outside Quebec", "still counts"), ("hors du Québec", "compte quand même")),
    Case("add: government", "not_government", ("No.", "not IRCC"), ("Non.", "ni IRCC")),
    Case("add: data", "privacy", ("without a name", "masked"), ("sans donner de nom", "masqués")),
    Case("add: delete", "delete_data", ("erases",), ("efface",)),
    Case(
        "add: check a consultant",
        "check_consultant",
        ("Active", "Entitled to practise", "law society"),
        ("registre public", "barreau"),
    ),
    Case(
        "E1 CEC is not continuous",
        "program_cec",
        (
            "12 months",
            "last 3 years",
            "several occupations, with breaks",
            "CLB 7 for TEER 0 or 1, CLB 5 for TEER 2 or 3",
            "no minimum education",
        ),
        ("12 mois", "3 dernières années", "avec interruptions"),
        never=("continuous",),
    ),
    Case(
        "E1 FSW is continuous",
        "program_fsw",
        ("without a break", "last 10 years", "67 of 100 points"),
        ("sans interruption", "10 dernières années"),
    ),
    Case(
        "E3 FST language",
        "program_fst",
        ("CLB 5 for speaking and listening, CLB 4 for reading and writing", "24 months", "last 5 years"),
        ("NCLC 5", "NCLC 4"),
    ),
    Case(
        "E5 funds exemption needs both",
        "funds_exempt",
        ("authorized to work in Canada and also have a valid job offer", "alone"),
        ("et ont aussi une offre",),
    ),
    Case(
        "E15 last general round",
        "cec_rounds",
        ("518", "September 29, 2026"),
        ("518", "29 septembre 2026"),
        never=("524",),
    ),
    Case("E16 category scores", "category_rounds", ("382", "475", "476"), ("382", "475", "476"), never=("350",)),
    Case(
        "E22 family is examined",
        "spouse_not_coming",
        ("must still be declared and examined",),
        ("doit quand même être déclaré et examiné",),
    ),
    Case(
        "medical up front",
        "medical_exam",
        ("August 21, 2025", "before you submit", "panel physician"),
        ("21 août 2025", "médecin désigné"),
    ),
    Case("biometrics again", "biometrics", ("Yes.", "$85", "$170", "14 to 79"), ("85 $", "170 $")),
    Case("fees", "fees", ("$990", "About $270", "$600"), ("990 $", "270 $", "600 $"), never=("$1,365", "$575", "$950")),
    Case("common law", "common_law", ("at least 1 year",), ("au moins 1 an",)),
]


def said(case: Case, language: Language) -> tuple[Answer, str]:
    found = answer(case.topic, language=language, as_of=AS_OF, profile=Profile(), firm=FIRM)
    table = [cell for row in (found.table.rows if found.table else ()) for cell in row]
    return found, "\n".join((*found.lines, *table)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.number)
def test_the_answer_says_what_the_rules_say(case: Case) -> None:
    for language, words in (("en", case.en), ("fr", case.fr)):
        _, text = said(case, language)  # type: ignore[arg-type]
        for word in words:
            assert word in text, f"{language}: {word!r} is missing:\n{text}"
        for word in case.never:
            assert word not in text, f"{language}: {word!r} is wrong:\n{text}"


def test_every_one_of_the_48_questions_stands_here() -> None:
    assert {int(case.number.split()[0]) for case in CASES if case.number.split()[0].isdigit()} == set(range(1, 49))


EXPLAINED = {
    "A01": "what_is_express_entry", "A02": "programs_overview", "A03": "programs_overview", "A04": "process_steps",
    "A05": "profile_not_approval", "A06": "one_profile", "A07": "profile_validity", "A08": "profile_removed",
    "A09": "how_long", "A10": "family", "A11": "score_maximum", "A12": "crs_cutoff", "A13": "tie_break",
    "A14": "round_types", "A15": "categories", "A16": "french_rounds", "A17": "pnp_base_enhanced", "A18": "ita_decline",
    "A19": "after_submission", "A20": "landing", "A21": "job_offer", "A22": "clb_levels", "A23": "eca",
    "A24": "proof_of_funds", "A25": "noc_teer", "A26": "spouse_effect", "A27": "misrepresentation",
    "A28": "inadmissibility", "A29": "canadian_experience_needed", "A31": "latest_rounds", "A32": "crs_cutoff",
}  # fmt: skip
"""The topic of each thing that must be explained (A30, an official link, holds for every topic)."""
DOCUMENTS = {
    "language results": "language_tests", "ECA": "eca", "passport": "passport", "letters": "reference_letters",
    "duties and NOC": "noc_choose", "funds": "funds_evidence", "police certificates": "police_certificates",
    "medical": "medical_exam", "civil status": "civil_status", "Canadian work": "canadian_work_proof",
    "education": "education_proof", "nomination": "nomination", "explanation letters": "explanation_letter",
}  # fmt: skip
"""The topic of each of the thirteen kinds of documents."""


def test_every_explanation_and_every_kind_of_document_has_its_topic() -> None:
    assert set(EXPLAINED.values()) | set(DOCUMENTS.values()) <= set(topics())
    assert len(EXPLAINED) == 31
    assert len(DOCUMENTS) == 13


@pytest.mark.parametrize("topic", ["latest_rounds", "crs_cutoff", "cec_rounds", "category_rounds", "round_frequency"])
def test_every_answer_about_rounds_says_that_the_past_does_not_predict(topic: str) -> None:
    found = answer(topic, language="en", as_of=AS_OF, profile=Profile(), firm=FIRM)
    assert "Past rounds do not predict later ones." in found.lines


def test_the_programs_stand_side_by_side() -> None:
    found = answer("programs_overview", language="fr", as_of=AS_OF, profile=Profile(), firm=FIRM)
    assert found.table is not None
    assert len(found.table.rows) == 3


def test_the_steps_depend_on_where_the_visitor_is() -> None:
    open_ = answer("process_steps", language="en", as_of=AS_OF, profile=Profile(), firm=FIRM)
    assert '"stage": "invited"' in "".join(button.payload for button in open_.buttons)
    invited = answer("process_steps", language="en", as_of=AS_OF, profile=Profile.of(stage="invited"), firm=FIRM)
    assert "You said you are invited, so the application is what comes next." in invited.lines


def test_a_code_that_is_known_is_looked_up_in_the_lists() -> None:
    nurse = answer("category_occupation", language="en", as_of=AS_OF, profile=Profile.of(noc="31301"), firm=FIRM)
    assert "Your code 31301 is on the list of: Healthcare and social services." in nurse.lines
    developer = answer("category_occupation", language="fr", as_of=AS_OF, profile=Profile.of(noc="21232"), firm=FIRM)
    assert "Votre code 21232 ne figure sur aucune des listes dont je dispose." in developer.lines
