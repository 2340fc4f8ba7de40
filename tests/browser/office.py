"""The firm's people in front of the console: accounts, leads, and browsers that are logged in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scripted import ScriptedDialogue
from serving import Assistant

from bot.facts.encoding import profile_from
from bot.intake import leads, links, schema, transcript
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.staff import accounts, sessions
from bot.intake.told import Told

PASSWORD = "moss under the north gate"
NAMES = {
    "reader": "Rita Reader",
    "intake": "Ivan Intake",
    "licensee": "Maya Chen",
    "manager": "Mona Manager",
    "auditor": "Otto Auditor",
    "admin": "Ada Admin",
}
FACTS: dict[str, Any] = {
    "age": 31,
    "marital_status": "single",
    "education": "master",
    "eca": "done",
    "foreign_work_years": 4,
    "canadian_work_years": 0,
}
PEOPLE: dict[str, dict[str, Any]] = {
    "Amara Okafor": FACTS | {"fairness_letter": True},
    "Luis Pérez": FACTS | {"date_of_birth": "1995-12-20"},
    "Chloé Tremblay": {"age": 44, "past_refusal": True},
    "Wei Zhang": FACTS | {"canadian_work_years": 2},
    "Priya Nair": {"age": 25},
}


class Office(Assistant):
    """The server with an account for each role and a few leads. ``leads``: their numbers by name."""

    PEOPLE: Mapping[str, dict[str, Any]] = PEOPLE

    def __init__(self, directory: Path, dialogue: ScriptedDialogue, **settings: Any) -> None:
        super().__init__(directory, dialogue, **settings)
        self.database = Database.of(self.settings)
        schema.upgrade(self.database)
        self.leads: dict[str, int] = {}
        self.accounts: dict[str, accounts.Account] = {}
        with self.database.session() as session:
            for role, name in NAMES.items():
                self.accounts[role] = self._account(session, role, name)
            for name, facts in self.PEOPLE.items():
                self.leads[name] = self._lead(session, name, facts)

    def _account(self, session: Any, role: str, name: str) -> accounts.Account:
        licence = "R123456" if role == "licensee" else ""
        given = {"email": f"{role}@firm.example", "name": name, "role": role, "licence_no": licence, "by": "test"}
        _, token = accounts.invite(session, self.database.seal, **given)
        return accounts.accept(session, self.database.seal, token, PASSWORD)

    def _lead(self, session: Any, name: str, facts: dict[str, Any]) -> int:
        seal = self.database.seal
        received = transcript.open_conversation(session, seal, language="en", channel="web")
        transcript.finish(session, seal, received.message, [], asked=None)
        said = transcript.receive_text(session, seal, received.conversation.id, "a", "I am 31 and single")
        transcript.finish(session, seal, said.message, [], asked=None)
        profile, at = profile_from(facts), said.message.created_at
        return leads.record_lead(
            session,
            seal,
            conversation_id=received.conversation.id,
            language="en",
            channel="web",
            name=name,
            contact=f"{name.split()[0].lower()}@mail.example",
            profile=profile,
            found=brief(profile, date(2026, 11, 25)),
            consents=[Consent("consent.contact", "I agree", "en")],
            told=[Told(fact, value, "message", at, seq=said.message.seq) for fact, value in facts.items()],
        ).id

    def result_link(self) -> str:
        """The address of a private page with a result."""
        with self.database.session() as session:
            conversation = leads.get_lead(session, self.database.seal, self.leads["Wei Zhang"]).lead.conversation_id
            given = {"language": "en", "channel": "web", "as_of": date(2026, 11, 25)}
            token = links.make(
                session, self.database.seal, conversation, "result", profile=profile_from(FACTS), **given
            )
        return f"{self.url}/result/{token}"

    def cookie(self, role: str) -> dict[str, str]:
        """The cookie of a session that has come in the whole way."""
        with self.database.session() as session:
            account = self.accounts[role].id
            token = sessions.begin(session, self.database.seal, account, "full", address="", agent="Chromium")
        return {"name": "staff", "value": token, "url": self.url}

    def close(self) -> None:
        super().close()
        self.database.close()
