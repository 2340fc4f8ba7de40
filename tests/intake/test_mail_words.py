"""Every e-mail of the house, through a real SMTP server, as an English and as a French reader get it."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.facts import Profile
from bot.intake import consents, erasure, holding, leads, work
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.notifications import digest, subscribers
from bot.intake.notifications.events import EVENT_TYPES, TEST, emit
from bot.intake.staff import accounts
from bot.knowledge.catalogue import Language
from tests.databases import sqlite_url
from tests.intake.letterbox import Letterbox, firm, worker
from tests.intake.people import DAY, conversation, made

database_url = sqlite_url

INVITED = Profile.of(stage="invited", invited_on=DAY - timedelta(days=10))
CONSOLE = "https://talk.example/staff"
READERS: dict[Language, str] = {"en": "ann@firm.example", "fr": "luc@firm.example"}
MAILS = {
    "lead.created": (
        "New request L-0001: Invitation running, until January 14, 2027",
        "Nouvelle demande L-0001 : Invitation en cours, jusqu'au 14 janvier 2027",
    ),
    "lead.updated": (
        "Request L-0001 brought up to date: Invitation running, until January 14, 2027",
        "Demande L-0001 mise à jour : Invitation en cours, jusqu'au 14 janvier 2027",
    ),
    "lead.status_changed": ("L-0001: In review", "L-0001 : À l'étude"),
    "lead.urgent": ("URGENT L-0002: Refusal", "URGENT L-0002 : Refus"),
    "lead.waiting": (
        "Still waiting L-0001: Invitation running, until January 14, 2027",
        "Toujours en attente L-0001 : Invitation en cours, jusqu'au 14 janvier 2027",
    ),
    "handoff.requested": (
        "L-0001 waits for a person: Invitation running, until January 14, 2027",
        "L-0001 attend une personne : Invitation en cours, jusqu'au 14 janvier 2027",
    ),
    "handoff.ended": ("L-0001: handed back to the assistant", "L-0001 : conversation rendue à l'assistant"),
    "consent.changed": ("L-0001: consent given", "L-0001 : consentement donné"),
    "no consent": ("L-0001: no consent", "L-0001 : pas de consentement"),
    "subject.erased": ("Erased: L-0002", "Effacement : L-0002"),
    "digest": ("Open requests: 2; waiting for an answer: 1", "Demandes ouvertes : 2; en attente d'une réponse : 1"),
    TEST: ("Test message of Example Immigration Services", "Message d'essai du cabinet Example Immigration Services"),
}
"""Subject of each kind of mail, in English and in French."""
ENGLISH = re.compile(
    r"\b(?:"
    r"about|again|agrees|agreed|and|answer|answers|asked|asks|at|because|been|"
    r"below|by|came|can|changed|deadline|erased|everything|for|from|get|handed|has"
    r"|have|here|him|his|in|is|it|language|look|may|new|no|not|now|of|one|"
    r"open|over|person|please|reason|refused|request|requests|running|said|since|"
    r"somebody|speak|still|stop|that|the|their|them|there|these|they|this|to|"
    r"until|urgently|visitor|waiting|waits|was|were|which|who|why|will|with|"
    r"withdrew|write|you|your|english|french|january"
    r")\b",
    re.IGNORECASE,
)
"""Words that no French text holds."""


def everything_happens(database: Database) -> str:
    """Two people come, and what a mail can tell of happens to them; returns the conversation of the second."""
    seal = database.seal
    lead = made(database, profile=INVITED, language="fr", channel="whatsapp")
    with database.session() as session:
        given = {"email": "pia@firm.example", "name": "Pia", "role": "intake", "licence_no": "", "by": "test"}
        _, token = accounts.invite(session, seal, **given)
        pia = accounts.accept(session, seal, token, "moss under the north gate")
        for granted in (True, False):
            consent = Consent("consent.messages", "May we?", "en", purpose="messages", granted=granted)
            given = {"conversation_id": lead.conversation_id, "channel": "whatsapp", "consent": consent}
            consents.record_consent(session, seal, **given)
        emit(session, seal, "lead.waiting", leads.get_lead(session, seal, lead.id).lead)
        emit(session, seal, "lead.updated", leads.get_lead(session, seal, lead.id).lead)
        work.move(session, seal, lead.id, "in_review", staff_id=pia.id)
        holding.take(session, seal, lead.conversation_id, pia)
        holding.say(session, seal, lead.conversation_id, pia, "Good day")
        holding.hand_back(session, seal, lead.conversation_id, pia)
    second = made(database, profile=Profile.of(past_refusal=True))
    with database.session() as session:
        digest.tell(session, seal, DAY)
        for one in subscribers.subscribers(session, seal):
            subscribers.try_out(session, seal, one.id)
    return second.conversation_id


@pytest.fixture
async def mails(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> dict[str, dict[str, EmailMessage]]:
    """Every mail by its reader and its subject."""
    box, url = letterbox
    with database.session() as session:
        for language, address in READERS.items():
            given = {"email": address, "name": address, "role": "manager", "licence_no": "", "by": "test"}
            account, _ = accounts.invite(session, database.seal, **given)
            accounts.set_language(session, database.seal, account.id, language)
            subscribers.subscribe(session, database.seal, "email", address, EVENT_TYPES, contact_fields=True)
    sender = worker(database, tmp_path, url)
    leaves = everything_happens(database)
    await sender.deliver()
    with database.session() as session:
        erasure.erase(session, database.seal, leaves, "visitor")
    await sender.deliver()
    return {
        address: {str(mail["Subject"]).strip(): mail for mail in box.mails if mail["To"] == address}
        for address in READERS.values()
    }


async def test_every_event_is_told_in_the_language_in_which_the_person_reads_the_console(
    mails: dict[str, dict[str, EmailMessage]],
) -> None:
    assert {*EVENT_TYPES, TEST, "no consent"} == MAILS.keys()
    for place, language in enumerate(READERS):
        subjects = mails[READERS[language]]
        assert {both[place] for both in MAILS.values()} <= subjects.keys()
        assert {mail["Content-Language"] for mail in subjects.values()} == {language}


async def test_a_french_mail_holds_no_english_and_french_days(mails: dict[str, dict[str, EmailMessage]]) -> None:
    for subject, mail in mails[READERS["fr"]].items():
        said = re.sub(r"https?://\S+|Example Immigration Services|Anna Ødegård|\S+@\S+", "", f"{subject}\n{body(mail)}")
        assert not ENGLISH.findall(said), said
    (created,) = of(mails, "fr", "lead.created")
    for line in (
        "Motif : Invitation en cours, jusqu'au 14 janvier 2027",
        "Langue du visiteur : français",
        "Canal : WhatsApp",
        "Coordonnées : Anna Ødegård, anna@home.example",
        f"À consulter ici : {CONSOLE}/leads/1",
    ):
        assert line in body(created).splitlines(), line


async def test_an_english_mail_says_the_same(mails: dict[str, dict[str, EmailMessage]]) -> None:
    (created,) = of(mails, "en", "lead.created")
    for line in (
        "A visitor asks to speak with a person at Example Immigration Services.",
        "Why now: Invitation running, until January 14, 2027",
        "Language of the visitor: French",
        "Came by: WhatsApp",
        "Contact: Anna Ødegård, anna@home.example",
        f"Open it here: {CONSOLE}/leads/1",
    ):
        assert line in body(created).splitlines(), line
    for language in READERS:
        assert len(mails[READERS[language]]) == len(mails[READERS["en"]])


async def test_each_mail_leads_where_it_can_be_acted_on_and_says_how_to_stop(
    mails: dict[str, dict[str, EmailMessage]],
) -> None:
    pages = {"subject.erased": [], TEST: [], "digest": [f"{CONSOLE}/today"], "lead.urgent": [f"{CONSOLE}/leads/2"]}
    for language in READERS:
        for kind in MAILS:
            (mail,) = of(mails, language, kind)
            *links, stop = re.findall(r"https?://\S+", body(mail))
            assert links == pages.get(kind, [f"{CONSOLE}/leads/1"]), kind
            assert stop == f"{CONSOLE}/subscribers"
            assert str(mail["From"]) == "Example Immigration Services <office@firm.example>"


async def test_somebody_without_an_account_reads_the_first_language_of_the_firm(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    with database.session() as session:
        subscribers.subscribe(session, database.seal, "email", "office@firm.example", ["lead.created"])
    made(database)
    await worker(database, tmp_path, url, firm=firm(languages=("fr", "en"))).deliver()
    (mail,) = box.mails
    assert str(mail["Subject"]) == "Nouvelle demande L-0001 : Évaluation incomplète"


async def test_nobody_is_told_that_a_conversation_without_a_lead_was_erased(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    with database.session() as session:
        subscribers.subscribe(session, database.seal, "email", "office@firm.example")
        erasure.erase(session, database.seal, conversation(session, database.seal), "retention")
    await worker(database, tmp_path, url).deliver()
    assert box.mails == []


def of(mails: dict[str, dict[str, EmailMessage]], language: Language, kind: str) -> list[EmailMessage]:
    """The mails of a kind that a reader of this language got."""
    subject = MAILS[kind][list(READERS).index(language)]
    return [mail for found, mail in mails[READERS[language]].items() if found == subject]


def body(mail: EmailMessage) -> str:
    return str(mail.get_content())
