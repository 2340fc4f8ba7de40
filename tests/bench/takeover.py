"""How long a message of a person takes until it stands in the visitor's browser."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import requests

from bot.intake.database import Database
from bot.intake.staff import accounts, sessions
from bot.settings import load
from tests.bench.load import Load
from tests.browser.chromium import chromium
from tests.running import RunningAssistant

MESSAGES = 60
ARRIVALS = """() => {
  window.arrived = {};
  const list = document.querySelector("express-entry-assistant").shadowRoot.querySelector(".log");
  new MutationObserver(() => {
    for (const node of list.querySelectorAll(".from-staff .said")) window.arrived[node.innerText.trim()] ??= Date.now();
  }).observe(list, { childList: true, subtree: true, characterData: true });
}"""


def measure(assistant: RunningAssistant) -> Load:
    """Seconds from sending at the console to standing in the page, one message after the other."""
    staff = _staff(assistant)
    with chromium() as browser:
        page = browser.new_page()
        page.goto(assistant.url)
        page.locator(".message").first.wait_for()
        conversation = page.evaluate(
            "async () => (await (await fetch('/api/conversations/current')).json()).conversation"
        )
        page.evaluate(ARRIVALS)
        address = f"{assistant.url}/staff/conversations/{conversation}"
        form = {"csrf": _csrf(staff, address)}
        staff.post(f"{address}/take", data=form, timeout=30).raise_for_status()
        took, begin = [], time.perf_counter()
        for number in range(MESSAGES):
            words = f"message number {number}"
            sent = time.time()
            staff.post(f"{address}/say", data=form | {"text": words}, headers={"HX-Request": "true"}, timeout=30)
            while (arrived := page.evaluate("words => window.arrived[words]", words)) is None:
                time.sleep(0.005)
            took.append(arrived / 1000 - sent)
    return Load(tuple(took), MESSAGES / (time.perf_counter() - begin))


def _staff(assistant: RunningAssistant) -> requests.Session:
    """A browser of the firm that has come in the whole way."""
    settings = load(None, var_dir=Path(assistant.directory), database_url=assistant.database_url)
    database = Database.of(settings)
    with database.session() as session:
        given: dict[str, Any] = {"email": "bench@firm.example", "name": "Bench", "role": "intake", "by": "bench"}
        account, _ = accounts.invite(session, database.seal, **given)
        token = sessions.begin(session, database.seal, account.id, "full", address="", agent="bench")
    database.close()
    found = requests.Session()
    found.headers["Origin"] = assistant.url
    found.cookies.set("staff", token)
    return found


def _csrf(staff: requests.Session, address: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', staff.get(address, timeout=30).text)
    assert found
    return found[1]
