"""Follow-ups of an answered question, as people write them, and messages that only look like one."""

from __future__ import annotations

import pytest

from bot.dialogue.nlu.follow_up import FollowUp, follow_up

KEPT = [
    ("and for my wife?", "language_tests", FollowUp("language_tests", "partner")),
    ("what about my husband", "medical_exam", FollowUp("medical_exam", "partner")),
    ("And the kids?", "police_certificates", FollowUp("police_certificates", "children")),
    ("how much for five?", "proof_of_funds", FollowUp("proof_of_funds", family_size=5)),
    ("and for a family of 4", "proof_of_funds", FollowUp("proof_of_funds", family_size=4)),
    ("what about CEC?", "proof_of_funds", FollowUp("proof_of_funds", "cec")),
    ("how about the ECA?", "language_validity", FollowUp("eca_validity", "eca")),
    ("and my partner?", "tie_break", FollowUp("spouse_effect", "partner")),
    ("what about French?", "cec_rounds", FollowUp("category_rounds", "french")),
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


@pytest.mark.parametrize(("text", "last"), LEFT)
def test_anything_else_is_left_to_the_classifier(text: str, last: str) -> None:
    assert follow_up(text, last) is None
