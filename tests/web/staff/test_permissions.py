"""Every route with every role, against a list that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.intake.database import Database
from bot.intake.staff import sessions
from bot.intake.staff.roles import roles
from bot.web.staff.app import routes
from tests.databases import sqlite_url as database_url

__all__ = ["database_url"]

WRITTEN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("routes.yml").read_text(encoding="utf-8"))
GUARDED = [route for route in routes() if isinstance(WRITTEN.get(f"{route.method} {route.path}"), list)]


def address(path: str) -> str:
    """The path with something in its places that does not exist: nothing is changed by trying."""
    return re.sub(r"{\w+}", "987654", path)


def test_the_list_names_every_route_and_no_other() -> None:
    assert {f"{route.method} {route.path}" for route in routes()} == set(WRITTEN)


def test_the_roles_of_the_data_are_those_of_the_list() -> None:
    for route in GUARDED:
        allowed = {role for role in roles().roles if roles().may(role, route.needs)}
        assert allowed == set(WRITTEN[f"{route.method} {route.path}"]), route.path


@pytest.mark.parametrize("role", roles().roles)
async def test_each_role_comes_through_where_the_list_says_and_nowhere_else(role: str, member: Any) -> None:
    person = await member(role)
    refused = set()
    for route in GUARDED:
        headers = {"X-CSRF-Token": person.csrf}
        async with person.http.request(
            route.method, address(route.path), headers=headers, allow_redirects=False
        ) as response:
            assert response.status != 500, route.path
            assert "/staff/login" not in response.headers.get("Location", ""), route.path
            if response.status == 403:
                refused.add(f"{route.method} {route.path}")
    assert refused == {key for key, allowed in WRITTEN.items() if isinstance(allowed, list) and role not in allowed}


async def test_without_an_account_every_other_route_leads_to_the_log_in(stranger: Callable[[], Any]) -> None:
    person = stranger()
    await person.sees("/staff/login")
    for route in routes():
        if WRITTEN[f"{route.method} {route.path}"] == "anybody":
            continue
        headers = {"X-CSRF-Token": person.csrf}
        async with person.http.request(
            route.method, address(route.path), headers=headers, allow_redirects=False
        ) as response:
            assert response.status == 303, route.path
            assert response.headers["Location"].startswith("/staff/login"), route.path


async def test_with_a_password_alone_every_route_leads_to_the_second_factor(member: Any, database: Database) -> None:
    person = await member("admin")

    def half_way(session: Any, seal: Any) -> None:
        visit = sessions.of(session, seal, person.account.id)[0]
        session.get(sessions.SessionRow, visit.id).stage = "code"

    await database.write(half_way)
    for route in routes():
        if WRITTEN[f"{route.method} {route.path}"] in ("anybody", "half-way"):
            continue
        headers = {"X-CSRF-Token": person.csrf}
        async with person.http.request(
            route.method, address(route.path), headers=headers, allow_redirects=False
        ) as response:
            assert response.headers.get("Location") == "/staff/second-factor", route.path
