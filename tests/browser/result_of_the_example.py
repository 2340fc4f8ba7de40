"""The result of IRCC's worked example as the assistant tells it, for tests that look at how it is shown.

25 years old, single, master's degree from Canada after three years of study or more, IELTS General 8, 7, 7.5, 7.5,
one year of skilled work in Canada and one abroad.
"""

from __future__ import annotations

from typing import Any

from bot.knowledge.catalogue import Language

SINCE = "2025-03-25"
CRITERIA = {
    "en": "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry/"
    "check-score/crs-criteria.html",
    "fr": "https://www.canada.ca/fr/immigration-refugies-citoyennete/services/immigrer-canada/entree-express/"
    "verifier-note/criteres-scg.html",
}

_HEAD = {
    "en": {
        "heading": "On the facts you gave, you may be eligible for the Canadian Experience Class.",
        "rules": "Rules in force until November 2, 2026.",
        "notes": [
            "Since November 3, 2026, IRCC also counts high-wage occupations and job offers in them. "
            "This score leaves that part out. It is neither the lowest nor the highest score you could have today.",
        ],
    },
    "fr": {
        "heading": "D’après vos réponses, vous pourriez être admissible à la catégorie de l’expérience canadienne.",
        "rules": "Règles en vigueur jusqu’au 2 novembre 2026.",
        "notes": [
            "Depuis le 3 novembre 2026, IRCC tient aussi compte des professions à salaire élevé et des offres "
            "d’emploi dans ces professions. Ce pointage ne comprend pas cette partie. Il n’est ni un minimum ni un "
            "maximum de votre pointage actuel.",
        ],
    },
}

_SECTIONS = {
    "en": ["Core human capital", "Spouse or partner", "Skill transferability", "Additional points"],
    "fr": ["Capital humain de base", "Époux ou partenaire", "Transférabilité des compétences", "Points supplémentaires"],
}
_SECTION_POINTS = [(415, 500), (0, 0), (88, 100), (30, 600)]

_LINES: list[tuple[int, str, str, str, str, int, int]] = [
    (0, "Age", "25 years", "Âge", "25 ans", 110, 110),
    (0, "Education", "Master's degree", "Études", "Maîtrise", 135, 150),
    (0, "First official language", "CLB 9, 9, 10, 10", "Première langue officielle", "NCLC 9, 9, 10, 10", 130, 136),
    (0, "Second official language", "not given", "Deuxième langue officielle", "non indiquée", 0, 24),
    (0, "Canadian work experience", "1 year", "Expérience de travail au Canada", "1 an", 40, 80),
    (2, "Education with language", "CLB 9 in all abilities", "Études et langue", "NCLC 9 partout", 50, 50),
    (2, "Education with Canadian work", "capped", "Études et travail au Canada", "plafonné", 0, 50),
    (2, "Foreign work with language", "1 year", "Travail à l’étranger et langue", "1 an", 25, 50),
    (2, "Foreign work with Canadian work", "1 year each", "Travail à l’étranger et au Canada", "1 an chacun", 13, 50),
    (3, "Education in Canada", "three years or more", "Études au Canada", "trois ans ou plus", 30, 30),
    (3, "Provincial nomination", "none", "Désignation d’une province", "aucune", 0, 600),
]

_GRID: list[tuple[str, str, int | None, int]] = [
    ("First official language", "Première langue officielle", 24, 24),
    ("Second official language", "Deuxième langue officielle", 0, 4),
    ("Education", "Études", 23, 25),
    ("Work experience", "Expérience de travail", 11, 15),
    ("Age", "Âge", 12, 12),
    ("Arranged employment", "Emploi réservé", 0, 10),
    ("Adaptability", "Capacité d’adaptation", 10, 10),
]

_PROGRAMS: list[dict[str, Any]] = [
    {
        "id": "cec",
        "name": {"en": "Canadian Experience Class", "fr": "Catégorie de l’expérience canadienne"},
        "answer": "yes",
        "answer_label": {"en": "Yes", "fr": "Oui"},
        "conditions": [
            ("One year of skilled work in Canada within three years: one year", "Un an de travail qualifié au Canada en trois ans : un an", True),
            ("Language: CLB 7 in all four abilities", "Langue : NCLC 7 pour les quatre compétences", True),
            ("Plans to live outside Quebec", "Compte vivre hors du Québec", True),
        ],
        "missing": [],
    },
    {
        "id": "fsw",
        "name": {"en": "Federal Skilled Worker Program", "fr": "Programme des travailleurs qualifiés (fédéral)"},
        "answer": "cannot_tell",
        "answer_label": {"en": "Cannot tell yet", "fr": "Impossible à dire pour l’instant"},
        "conditions": [
            ("At least 67 of 100 points in the selection grid: 80", "Au moins 67 points sur 100 à la grille de sélection : 80", True),
            ("One continuous year of skilled work within ten years", "Un an de travail qualifié sans interruption en dix ans", None),
            ("Settlement funds for your family size", "Fonds d’établissement selon la taille de la famille", None),
        ],
        "missing": [
            ("Whether one year of work was without a break", "Si une année de travail était sans interruption"),
            ("How much money you could show", "Le montant que vous pourriez démontrer"),
        ],
        "grid": True,
    },
    {
        "id": "fst",
        "name": {"en": "Federal Skilled Trades Program", "fr": "Programme des travailleurs de métiers spécialisés (fédéral)"},
        "answer": "no",
        "answer_label": {"en": "No", "fr": "Non"},
        "conditions": [
            ("Two years of work in a skilled trade within five years", "Deux ans de travail dans un métier spécialisé en cinq ans", False),
            ("A job offer of one year, or a certificate of qualification", "Une offre d’emploi d’un an ou un certificat de compétence", False),
        ],
        "missing": [("Work in an eligible skilled trade", "Du travail dans un métier spécialisé admissible")],
    },
]


def card(language: Language) -> dict[str, Any]:
    """The card, in the shape that the browser draws."""
    fr = language == "fr"
    sections = _SECTIONS[language]
    return {
        "kind": "result",
        **_HEAD[language],
        "as_of": "2026-11-22",
        "sections": [
            {"label": label, "points": points, "max": most}
            for label, (points, most) in zip(sections, _SECTION_POINTS, strict=True)
        ],
        "total": {
            "label": "Pointage selon le Système de classement global (SCG)" if fr else "Comprehensive Ranking System (CRS) score",
            "points": 533,
            "low": 533,
            "high": 533,
            "max": 1200,
        },
        "programs": [_program(program, language) for program in _PROGRAMS],
        "lines": [
            {
                "section": sections[section],
                "label": label_fr if fr else label,
                "detail": detail_fr if fr else detail,
                "points": points,
                "max": most,
                "source": CRITERIA[language],
                "since": SINCE,
            }
            for section, label, detail, label_fr, detail_fr, points, most in _LINES
        ],
    }


def card_with_a_range(language: Language) -> dict[str, Any]:
    """The same with the language test left out: what depends on it is open."""
    known = card(language)
    sections = [{**section, "points": None} if index in (0, 2) else section for index, section in enumerate(known["sections"])]
    lines = [{**line, "points": None} if index in (2, 5, 7) else line for index, line in enumerate(known["lines"])]
    return {**known, "sections": sections, "lines": lines, "total": {**known["total"], "points": None, "low": 315, "high": 539}}


def _program(program: dict[str, Any], language: Language) -> dict[str, Any]:
    fr = language == "fr"
    return {
        "id": program["id"],
        "name": program["name"][language],
        "answer": program["answer"],
        "answer_label": program["answer_label"][language],
        "conditions": [{"text": text_fr if fr else text, "met": met} for text, text_fr, met in program["conditions"]],
        "missing": [text_fr if fr else text for text, text_fr in program["missing"]],
        "grid": [{"label": label_fr if fr else label, "points": points, "max": most} for label, label_fr, points, most in _GRID]
        if program.get("grid")
        else None,
    }
