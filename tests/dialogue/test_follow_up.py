"""Follow-ups of an answered question, as people write them, and messages that only look like one."""

from __future__ import annotations

import pytest

from bot.dialogue.nlu.follow_up import FollowUp, follow_up, of_rounds

KEPT = [
    ("and for my wife?", "language_tests", FollowUp("language_tests", "partner")),
    ("what about my husband", "medical_exam", FollowUp("medical_exam", "partner")),
    ("And the kids?", "police_certificates", FollowUp("police_certificates", "children")),
    ("how much for five?", "proof_of_funds", FollowUp("proof_of_funds", family_size=5)),
    ("and for a family of 4", "proof_of_funds", FollowUp("proof_of_funds", family_size=4)),
    ("what about CEC?", "proof_of_funds", FollowUp("proof_of_funds", "cec")),
    ("how about the ECA?", "language_validity", FollowUp("eca_validity", "eca")),
    ("and my partner?", "tie_break", FollowUp("spouse_effect", "partner")),
    ("what about French?", "cec_rounds", FollowUp("category_rounds", kind="french")),
    ("and for healthcare?", "category_rounds", FollowUp("category_rounds", kind="healthcare")),
    ("trades?", "crs_cutoff", FollowUp("category_rounds", kind="trades")),
    ("and PNP?", "category_rounds", FollowUp("latest_rounds", kind="pnp")),
    ("what about CEC", "latest_rounds", FollowUp("cec_rounds", kind="cec")),
    ("and in 2025?", "latest_rounds", FollowUp("latest_rounds", year=2025)),
    ("and in 2025?", "cec_rounds", FollowUp("cec_rounds", kind="cec", year=2025)),
    ("and for French?", "categories", FollowUp("french_rounds", "french")),
    ("how much for four?", "fees", FollowUp("fees", family_size=4)),
    ("et pour le français?", "category_rounds", FollowUp("category_rounds", kind="french")),
    ("et la santé?", "latest_rounds", FollowUp("category_rounds", kind="healthcare")),
    ("et le PCP?", "cec_rounds", FollowUp("latest_rounds", kind="pnp")),
    ("et en 2025?", "category_rounds", FollowUp("latest_rounds", year=2025)),
    ("et les métiers en 2025", "cec_rounds", FollowUp("category_rounds", kind="trades", year=2025)),
    ("et pour ma femme?", "language_tests", FollowUp("language_tests", "partner")),
    ("et mes enfants?", "biometrics", FollowUp("biometrics", "children")),
    ("et pour une famille de cinq?", "proof_of_funds", FollowUp("proof_of_funds", family_size=5)),
    ("combien pour trois?", "proof_of_funds", FollowUp("proof_of_funds", family_size=3)),
    ("et l’EDE?", "language_validity", FollowUp("eca_validity", "eca")),
    ("et pour l'expérience canadienne?", "student_work", FollowUp("student_work", "cec")),
    ("qu'en est-il de mon conjoint", "fees", FollowUp("fees", "partner")),
    ("C’est pareil pour le français?", "language_validity", FollowUp("language_validity", "french")),
]
LEFT = [
    ("and then?", "fees"),
    ("how much for five?", "tie_break"),
    ("and in 2025?", "proof_of_funds"),
    ("trades", "proof_of_funds"),
    ("French", "fees"),
    ("and for a family of 4000", "proof_of_funds"),
    ("my wife has a master's degree", "language_tests"),
    ("and what happens when the officer asks for more documents from my wife later on", "after_ita"),
    ("does a trade certificate count?", "proof_of_funds"),
    ("ma femme a un master", "language_tests"),
    ("et après?", "after_ita"),
    ("?", "fees"),
    ("", "fees"),
]


@pytest.mark.parametrize(("text", "last", "found"), KEPT)
def test_a_follow_up_keeps_the_topic(text: str, last: str, found: FollowUp) -> None:
    assert follow_up(text, last) == found


def test_a_year_is_asked_of_the_kind_of_rounds_asked_about_before() -> None:
    before = {"topic": "category_rounds", "kind": "french", "year": None}
    assert follow_up("and in 2025?", "category_rounds", before) == FollowUp("category_rounds", kind="french", year=2025)
    before = {"topic": "category_rounds", "kind": "french", "year": 2025}
    assert follow_up("et la CEC?", "category_rounds", before) == FollowUp("cec_rounds", kind="cec", year=2025)


@pytest.mark.parametrize(
    ("text", "topic", "found"),
    [
        ("What was the last healthcare draw?", "category_rounds", FollowUp("category_rounds", kind="healthcare")),
        ("le seuil de la dernière ronde de français", "latest_rounds", FollowUp("category_rounds", kind="french")),
        ("show me the draws of 2025", "latest_rounds", FollowUp("latest_rounds", year=2025)),
        ("what were the last scores by category?", "category_rounds", None),
        ("last trades and healthcare draws", "category_rounds", None),
        ("does a trade certificate count?", "certificate_points", None),
    ],
)
def test_a_question_about_rounds_may_name_their_kind_or_year(text: str, topic: str, found: FollowUp | None) -> None:
    assert of_rounds(text, topic) == found


@pytest.mark.parametrize(("text", "last"), LEFT)
def test_anything_else_is_left_to_the_classifier(text: str, last: str) -> None:
    assert follow_up(text, last) is None
