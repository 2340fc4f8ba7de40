"""Coming in: invitation, password, second factor; what cookies, forms and headers promise."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest

from bot.intake.database import Database
from bot.intake.staff import accounts, sessions
from tests.web.staff.conftest import PASSWORD, Person

NewStranger = Callable[[], Person]


async def invited(database: Database, role: str = "admin") -> str:
    _, token = await database.write(
        accounts.invite, email="ada@firm.example", name="Ada Roy", role=role, by="command line"
    )
    return f"/staff/invitation/{token}"


async def test_the_first_administrator_comes_in_by_the_link_alone(stranger: NewStranger, database: Database) -> None:
    ada, link = stranger(), await invited(database)
    assert "Ada Roy" in await ada.sees(link)
    assert (await ada.does(link, password="short", again="short"))[0] == 422
    assert (await ada.does(link, password=PASSWORD, again="something else"))[0] == 422
    assert await ada.does(link, password=PASSWORD, again=PASSWORD) == (303, "/staff/login?done=password_set")
    await ada.sees(link, status=410)
    await ada.sees("/staff/login")
    assert await ada.does("/staff/login", email="ADA@firm.example", password=PASSWORD) == (303, "/staff/second-factor")
    page = await ada.sees("/staff/second-factor")
    assert "<svg" in page
    secret = re.search(r'name="secret" value="(\w+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(datetime.now(UTC))
    assert (await ada.does("/staff/second-factor", secret=secret[1], code="000000"))[0] == 422
    status, codes = await ada.does("/staff/second-factor", secret=secret[1], code=code)
    assert status == 200
    assert len(re.findall(r"<code>[a-z2-9-]{19}</code>", codes)) == 10
    assert "Ada Roy" in await ada.sees("/staff/accounts")
    assert await ada.does("/staff/logout") == (303, "/staff/login?done=logged_out")
    await ada.sees("/staff/accounts", status=303)


async def test_who_wanted_a_page_gets_to_it_and_to_no_other_site(member: Any, stranger: NewStranger) -> None:
    await member("reader")
    person = stranger()
    for wanted, kept in (("/staff/leads?q=a", "/staff/leads?q=a"), ("//evil.example", "/staff"), ("/plain", "/staff")):
        page = await person.sees(f"/staff/login?next={wanted}")
        assert f'name="next" value="{kept}"' in page


async def test_refusals_look_alike_and_come_slower_and_slower(member: Any, stranger: NewStranger) -> None:
    await member("reader")
    said = {}
    for email in ("reader@firm.example", "nobody@firm.example"):
        person = stranger()
        await person.sees("/staff/login")
        pages = [(await person.does("/staff/login", email=email, password="wrong"))[1] for _ in range(4)]
        said[email] = [re.findall(r'role="alert">([^<]*)<', page) for page in pages]
    assert said["reader@firm.example"] == said["nobody@firm.example"]
    assert "2 seconds" in said["nobody@firm.example"][3][0]


async def test_a_form_of_another_site_or_of_another_session_changes_nothing(member: Any, stranger: NewStranger) -> None:
    admin, other = await member("admin"), await member("reader")
    form = {"email": "eve@firm.example", "name": "Eve", "role": "admin"}
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
        async with admin.posts("/staff/accounts/invite", form, **headers) as response:
            assert response.status == 403
    for token in ("", "0" * 64, other.csrf):
        assert (await admin.does("/staff/accounts/invite", **form, csrf=token))[0] == 403
    assert "eve@firm.example" not in await admin.sees("/staff/accounts")


async def test_nothing_of_the_console_is_framed_kept_or_runs_script_of_its_own(member: Any) -> None:
    admin = await member("admin")
    for path in ("/staff/login", "/staff/accounts", "/staff/leads", "/staff/nothing"):
        async with admin.http.get(path) as response:
            page, headers = await response.text(), response.headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=|hx-on", page)


@pytest.mark.parametrize("given", [{"public_url": "https://assistant.firm.example"}])
async def test_behind_https_cookies_are_for_this_host_and_https_alone(stranger: NewStranger) -> None:
    async with stranger().http.get("/staff/login") as response:
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-staff-form=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_without_https_it_answers_this_machine_alone(stranger: NewStranger) -> None:
    async with stranger().http.get("/staff/login", headers={"Host": "assistant.firm.example"}) as response:
        assert response.status == 403
        assert "HTTPS" in await response.text()


async def test_french_is_spoken_before_and_after_the_log_in(member: Any, stranger: NewStranger) -> None:
    assert "Mot de passe" in await stranger().sees("/staff/login?language=fr")
    person = await member("intake")
    await person.does("/staff/account/language", language="fr")
    page = await person.sees("/staff/leads")
    assert 'lang="fr"' in page
    assert "Renseignements seulement" in page


async def test_ones_own_sessions_are_listed_and_ended_by_a_new_password(member: Any, database: Database) -> None:
    person = await member("reader")
    await database.write(sessions.begin, person.account.id, "full", address="192.0.2.7", agent="an old phone")
    assert "an old phone" in await person.sees("/staff/account")
    new = "a new one of words"
    changed = await person.does("/staff/account/password", old=PASSWORD, password=new, again=new)
    assert changed == (303, "/staff/account?done=password_changed")
    assert "an old phone" not in await person.sees("/staff/account")
