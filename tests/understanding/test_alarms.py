"""Words that decide before any classifier: every sentence here is one a person could write."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding import alarm, signs

TODAY = date(2026, 11, 25)
CRISIS = (
    "I want to kill myself",
    "honestly I don't want to live anymore",
    "my husband beats me and I am afraid",
    "j'ai envie de mourir",
    "je n'ai plus envie de vivre",
    "mon mari me frappe",
    "I don't want to live like this",
    "my husband beats me at home",
    "je ne veux plus vivre avec cette peur",
    "je veux en finir avec la vie",
)
URGENT = {
    "I got a procedural fairness letter yesterday": "fairness_letter",
    "i received a PFL, 30 days to answer": "fairness_letter",
    "J'ai reçu une lettre d'équité procédurale": "fairness_letter",
    "my study permit was refused last week": "refusal",
    "they refused my PR application, what can I do?": "refusal",
    "ma demande a été refusée hier": "refusal",
    "on m'a refusé mon visa": "refusal",
    "I have a removal order": "removal",
    "j'ai reçu une mesure de renvoi": "removal",
    "my brother is in immigration detention": "detention",
    "je suis détenu par l'ASFC": "detention",
}
NO_ALARM = (
    "what is a procedural fairness letter?",
    "qu'est-ce qu'une lettre d'équité?",
    "can my application be refused?",
    "what happens if my application is refused?",
    "if I get refused can I reapply",
    "ma demande pourrait-elle être refusée?",
    "I was never refused a visa",
    "I was refused a visitor visa in 2015",
    "can I be deported?",
    "my employer denied my leave",
    "I'm dying to know my score",
    "I don't want to live in Quebec",
    "my wife beats me at chess",
    "I'm a suicide prevention counsellor",
    "my photo was rejected by the portal",
    "does a removal order ever expire",
    "can someone with an old departure order apply",
    "je ne veux pas vivre au Québec",
    "je veux en finir avec ces formulaires",
    "elle me bat aux échecs",
    "on s’était arrêtés à la question de l’âge",
    "ma carte a été refusée",
    "I have 2 children",
    "I am 31 and single",
    "IELTS 8 7 6.5 7, master's degree",
)
CHILDREN = ("i am a kid", "I'm still in elementary school", "je suis une enfant")


@pytest.mark.parametrize("text", CRISIS)
def test_a_life_in_danger(text: str) -> None:
    assert alarm(signs(text, TODAY)) == "crisis"


@pytest.mark.parametrize(("text", "sign"), URGENT.items(), ids=list(URGENT))
def test_a_matter_with_a_short_deadline(text: str, sign: str) -> None:
    assert alarm(signs(text, TODAY)) == "urgent_trouble"
    assert sign in signs(text, TODAY)


@pytest.mark.parametrize("text", NO_ALARM)
def test_general_questions_and_what_never_happened_are_no_alarm(text: str) -> None:
    assert alarm(signs(text, TODAY)) is None


@pytest.mark.parametrize("text", CHILDREN)
def test_a_child(text: str) -> None:
    assert alarm(signs(text, TODAY)) == "under_age"


def test_the_gravest_comes_first() -> None:
    found = signs("my application was refused and I want to die", TODAY)
    assert found == ("crisis", "refusal")
