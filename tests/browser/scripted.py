"""A dialogue that answers from a short script, so that the browser has every kind of message to show."""

from __future__ import annotations

import asyncio

from bot.knowledge.answer import Answer, Button, Source, Table
from bot.knowledge.catalogue import Language
from result_of_the_example import card, card_with_a_range

FUNDS_PAGE = {
    "en": "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry/documents/proof-funds.html",
    "fr": "https://www.canada.ca/fr/immigration-refugies-citoyennete/services/immigrer-canada/entree-express/documents/preuve-fonds.html",
}
REGISTER = "https://college-ic.ca/protecting-the-public/find-an-immigration-consultant"

LONG = "sixty-lines"
"""Asks for an answer that is taller than any window."""


class ScriptedDialogue:
    """Implements ``bot.channels.turns.Dialogue``. ``pause``: seconds that a turn takes."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.heard: list[str] = []
        self._language: Language = "en"

    async def greet(self, conversation_id: str, message_id: str, *, language: Language, channel: str) -> list[Answer]:
        return greeting(language)

    async def turn(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        *,
        language: Language,
        channel: str,
        asked: str | None,
        is_payload: bool,
    ) -> list[Answer]:
        self.heard.append(text)
        await asyncio.sleep(self.pause)
        if is_payload:
            return by_payload(text, language)
        return by_words(text.casefold(), language)

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        return None


def by_payload(payload: str, language: Language) -> list[Answer]:
    match payload:
        case "/start_assessment":
            return start(language)
        case "/switch_to_english":
            return [Answer("en", ("We go on in English.",))]
        case "/switch_to_french":
            return [Answer("fr", ("Nous continuons en français.",))]
        case "/confirm":
            return [result(language)]
        case "/explain_result":
            return [result(language, known=False)]
    return marital_status_taken(language)


def by_words(text: str, language: Language) -> list[Answer]:
    if any(word in text for word in ("money", "funds", "fonds", "argent")):
        return [funds(language), back(language)]
    if any(word in text for word in ("result", "résultat")):
        return [result(language)]
    if any(word in text for word in ("summary", "résumé")):
        return [summary(language)]
    if any(word in text for word in ("single", "célibataire")):
        return marital_status_taken(language)
    if "bonjour" in text:
        return [Answer("fr", ("Bonjour. Nous continuons en français.",))]
    if LONG in text:
        return [Answer(language, tuple(f"Line {number} of sixty." for number in range(1, 61)))]
    return [Answer(language, (either(language, "I noted: ", "C’est noté : ") + text,))]


def either(language: Language, en: str, fr: str) -> str:
    return fr if language == "fr" else en


def greeting(language: Language) -> list[Answer]:
    fr = language == "fr"
    notice = (
        "Je suis un assistant automatisé d’Example Immigration Services. J’explique Entrée express de façon générale; "
        "ce ne sont pas des conseils juridiques. Example Immigration Services ne fait pas partie du gouvernement du Canada. "
        "Responsable : Jordan Example, R000000."
        if fr
        else "I am an automated assistant of Example Immigration Services. I explain Express Entry in general terms; "
        "this is not legal advice. Example Immigration Services is not part of the Government of Canada. "
        "Responsible: Jordan Example, R000000."
    )
    offer = (
        "Je peux examiner votre situation selon les règles d’Entrée express, ou répondre à une question."
        if fr
        else "I can look at your situation under the Express Entry rules, or answer a question."
    )
    how = (
        "L’évaluation prend environ cinq minutes. Vous pouvez passer une question ou changer une réponse à tout moment."
        if fr
        else "The assessment takes about five minutes. You can skip a question or change an answer at any time."
    )
    return [
        Answer(
            language,
            (notice,),
            kind="notice",
            sources=(
                Source(either(language, "Check the licence in the public register", "Vérifier le permis dans le registre public"), REGISTER),
                Source(either(language, "Privacy notice", "Avis de confidentialité"), "https://firm.example/privacy"),
            ),
        ),
        Answer(
            language,
            (offer, how),
            kind="question",
            buttons=(
                Button(either(language, "Start my assessment", "Commencer mon évaluation"), "/start_assessment"),
                Button(either(language, "I have a question", "J’ai une question"), "/ask_question"),
                Button(either(language, "I was invited already", "J’ai déjà une invitation"), "/invited"),
                Button(either(language, "Talk to a person", "Parler à une personne"), "/ask_person"),
            ),
        ),
    ]


def start(language: Language) -> list[Answer]:
    return [
        Answer(
            language,
            (either(language, "I ask one thing at a time. Several facts in one message are fine too.", "Je pose une question à la fois. Plusieurs renseignements dans un même message, c’est bien aussi."),),
        ),
        back(language),
    ]


def back(language: Language) -> Answer:
    """The question that is open."""
    names = [
        ("Single", "Célibataire"),
        ("Married", "Marié ou mariée"),
        ("Common-law partner", "Conjoint de fait"),
        ("Separated or divorced", "Séparé ou divorcé"),
        ("I don't know", "Je ne sais pas"),
    ]
    return Answer(
        language,
        (either(language, "What is your marital status?", "Quel est votre état matrimonial?"),),
        kind="question",
        asks="marital_status",
        buttons=tuple(Button(either(language, *name), "/inform{}") for name in names),
    )


def marital_status_taken(language: Language) -> list[Answer]:
    return [
        Answer(
            language,
            (
                either(language, "Single, thank you.", "Célibataire, merci."),
                either(language, "How old are you?", "Quel âge avez-vous?"),
            ),
            kind="question",
            asks="age",
        )
    ]


def funds(language: Language) -> Answer:
    amounts = [("1", "$15,263", "15 263 $"), ("2", "$19,001", "19 001 $"), ("3", "$23,360", "23 360 $"), ("4", "$28,362", "28 362 $")]
    return Answer(
        language,
        (
            either(
                language,
                "The amount depends on the size of your family, and counts members who stay behind.",
                "Le montant dépend de la taille de votre famille, y compris les membres qui restent au pays.",
            ),
            either(
                language,
                "No newer table than this one was found. Check the official page for a 2026 table.",
                "Aucune table plus récente que celle-ci n’a été trouvée. Vérifiez la page officielle pour une table de 2026.",
            ),
        ),
        kind="answer",
        topic="funds",
        table=Table(
            either(language, "Settlement funds, table of July 7, 2025", "Fonds d’établissement, table du 7 juillet 2025"),
            (either(language, "Family members", "Membres de la famille"), either(language, "Amount in Canadian dollars", "Montant en dollars canadiens")),
            tuple((size, either(language, en, fr)) for size, en, fr in amounts),
        ),
        sources=(
            Source(
                either(language, "IRCC: Proof of funds", "IRCC : Preuve de fonds"),
                FUNDS_PAGE[language],
                either(language, "November 22, 2026", "22 novembre 2026"),
            ),
        ),
        notices=(
            either(
                language,
                "General information, not legal advice. Only IRCC decides, and its website prevails.",
                "Renseignements généraux et non conseils juridiques. Seul IRCC décide, et son site Web prévaut.",
            ),
        ),
    )


def summary(language: Language) -> Answer:
    lines = (
        ("This is what I have understood.", "Voici ce que j’ai compris."),
        ("- Age: 25", "- Âge : 25 ans"),
        ("- Marital status: single", "- État matrimonial : célibataire"),
        ("- Education: master's degree, studied in Canada", "- Études : maîtrise, faite au Canada"),
        ("- Language: IELTS General 8, 7, 7.5, 7.5", "- Langue : IELTS General 8; 7; 7,5; 7,5"),
        ("Is this right? I then show the result.", "Est-ce exact? Je présente ensuite le résultat."),
    )
    return Answer(
        language,
        tuple(either(language, *line) for line in lines),
        kind="summary",
        buttons=(
            Button(either(language, "Yes, this is right", "Oui, c’est exact"), "/confirm"),
            Button(either(language, "Change an answer", "Changer une réponse"), "/correct"),
        ),
    )


def result(language: Language, *, known: bool = True) -> Answer:
    shown = card(language) if known else card_with_a_range(language)
    return Answer(
        language,
        (shown["heading"], f"{shown['total']['label']}: 533"),
        kind="result",
        buttons=(
            Button(either(language, "Explain the points", "Expliquer les points"), "/explain_result"),
            Button(either(language, "Change an answer", "Changer une réponse"), "/correct"),
            Button(either(language, "Talk to a person", "Parler à une personne"), "/ask_person"),
        ),
        notices=(
            either(
                language,
                "This is an estimate on the facts you gave, under the rules in force until November 2, 2026. Only IRCC decides. "
                "A score is not an invitation, and an invitation is not an approval.",
                "C’est une estimation fondée sur vos réponses et sur les règles en vigueur jusqu’au 2 novembre 2026. Seul IRCC décide. "
                "Un pointage n’est pas une invitation, et une invitation n’est pas une approbation.",
            ),
        ),
        card=shown,
    )
