"""Accounts: by invitation, one link used once, always one administrator left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.intake.staff import accounts, audit, login, second_factor, sessions
from bot.intake.staff.accounts import AccountError
from tests.databases import sqlite_url as database_url
from tests.intake.staff.conftest import Do

__all__ = ["database_url"]  # SQLite alone: the console's own tests log in on both databases

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PASSWORD = "moss under the north gate"


def invite(do: Do, email: str = "ann@firm.example", role: str = "admin", **more: str) -> tuple[accounts.Account, str]:
    return do(accounts.invite, email=email, name="Ann Roy", role=role, by="test", **more)


def log_in(do: Do, email: str = "ann@firm.example", given: str = PASSWORD, now: datetime = NOW) -> login.Outcome:
    return do(login.password, email=email, given=given, address="192.0.2.1", agent="a browser", now=now)


def active(do: Do, email: str = "ann@firm.example", role: str = "admin") -> tuple[accounts.Account, str]:
    """An account that has enrolled an authenticator application at NOW; its secret."""
    _, token = invite(do, email, role)
    account = do(accounts.accept, token, PASSWORD)
    visit = do(sessions.find, log_in(do, email).token, NOW)
    secret = second_factor.new_secret()
    assert do(login.enrol, visit, secret, code_at(secret, NOW), NOW)
    return account, secret


def code_at(secret: str, moment: datetime) -> str:
    import pyotp

    return pyotp.TOTP(secret).at(moment)


class TestInvitation:
    def test_a_link_works_once(self, do: Do) -> None:
        _, token = invite(do)
        assert do(accounts.invited, token).email == "ann@firm.example"
        assert not do(accounts.accept, token, PASSWORD).invited
        assert do(accounts.invited, token) is None
        with pytest.raises(AccountError, match="used"):
            do(accounts.accept, token, "another good pass phrase")

    def test_a_link_is_good_for_a_week(self, do: Do) -> None:
        _, token = do(accounts.invite, email="a@b.example", name="A", role="reader", by="test", now=NOW)
        assert do(accounts.invited, token, NOW + timedelta(days=6, hours=23))
        assert do(accounts.invited, token, NOW + timedelta(days=7)) is None

    def test_the_token_itself_is_not_kept(self, do: Do, database_url: str) -> None:
        _, token = invite(do)
        kept = do(lambda session, _: [row.token_hash for row in session.query(accounts.InvitationRow)])
        assert kept != [token]
        assert len(kept[0]) == 64

    @pytest.mark.parametrize(
        ("given", "trouble"),
        [
            ({"email": "no address"}, "email"),
            ({"role": "owner"}, "role"),
            ({"name": "  "}, "name"),
            ({"role": "licensee"}, "licence"),
        ],
    )
    def test_what_cannot_be_an_account_is_refused(self, do: Do, given: dict[str, str], trouble: str) -> None:
        whole = {"email": "x@y.example", "name": "X", "role": "reader"} | given
        with pytest.raises(AccountError, match=trouble):
            do(accounts.invite, by="test", **whole)

    def test_an_address_has_one_account_however_it_is_written(self, do: Do) -> None:
        invite(do)
        with pytest.raises(AccountError, match="taken"):
            invite(do, "ANN@Firm.example ")

    def test_a_reset_takes_everything_away_and_gives_a_new_link(self, do: Do) -> None:
        account, _ = active(do)
        token = do(accounts.reset, account.id, by="test")
        assert do(sessions.of, account.id, NOW) == []
        assert log_in(do).token is None
        fresh = do(accounts.accept, token, "quite another pass phrase")
        assert not fresh.second_factor


class TestLastAdministrator:
    def test_cannot_be_disabled_or_made_something_else(self, do: Do) -> None:
        account, _ = active(do)
        for change in ({"disabled": True}, {"role": "reader"}):
            with pytest.raises(AccountError, match="last_admin"):
                do(accounts.change, account.id, by="test", **change)

    def test_may_go_when_there_is_another_who_can_log_in(self, do: Do) -> None:
        account, _ = active(do)
        _, token = invite(do, "bea@firm.example")
        with pytest.raises(AccountError, match="last_admin"):  # invited only: she cannot log in yet
            do(accounts.change, account.id, by="test", disabled=True)
        do(accounts.accept, token, PASSWORD)
        assert do(accounts.change, account.id, by="test", disabled=True).disabled


class TestLogIn:
    def test_a_password_alone_opens_nothing(self, do: Do) -> None:
        active(do)
        visit = do(sessions.find, log_in(do).token, NOW)
        assert visit.stage == "code"

    def test_a_code_completes_it_under_a_new_token(self, do: Do) -> None:
        _, secret = active(do)
        later = NOW + timedelta(minutes=2)
        first = log_in(do, now=later).token
        done = do(login.code, do(sessions.find, first, later), code_at(secret, later), later)
        assert do(sessions.find, done.token, later).stage == "full"
        assert do(sessions.find, first, later) is None

    def test_a_code_is_taken_once(self, do: Do) -> None:
        _, secret = active(do)
        later = NOW + timedelta(minutes=2)
        code = code_at(secret, later)
        assert do(login.code, do(sessions.find, log_in(do, now=later).token, later), code, later).token
        assert do(login.code, do(sessions.find, log_in(do, now=later).token, later), code, later).token is None

    def test_a_recovery_code_is_taken_once_and_however_it_is_typed(self, do: Do) -> None:
        account, _ = active(do)
        code = do(login.new_recovery_codes, account.id)[0]
        typed = code.upper().replace("-", " ")
        assert do(login.code, do(sessions.find, log_in(do).token, NOW), typed, NOW).token
        assert do(login.code, do(sessions.find, log_in(do).token, NOW), typed, NOW).token is None

    def test_wrong_code_wrong_password_and_unknown_account_look_alike(self, do: Do) -> None:
        active(do)
        assert log_in(do, given="wrong") == log_in(do, "nobody@firm.example") == login.Outcome()

    def test_failures_wait_longer_and_longer_whether_or_not_the_account_exists(self, do: Do) -> None:
        active(do)
        for email in ("ann@firm.example", "nobody@firm.example"):
            waits, now = [], NOW
            for _ in range(7):
                waits.append(log_in(do, email, "wrong", now).wait)
                now += timedelta(seconds=waits[-1])
            assert waits == [0, 0, 0, 2, 4, 8, 16]

    def test_while_it_waits_even_the_right_password_is_not_looked_at(self, do: Do) -> None:
        active(do)
        for _ in range(4):
            log_in(do, given="wrong")
        assert log_in(do).token is None
        assert log_in(do, now=NOW + timedelta(seconds=3)).token

    def test_a_day_later_failures_are_forgotten(self, do: Do) -> None:
        active(do)
        for _ in range(4):
            log_in(do, given="wrong")
        assert log_in(do, given="wrong", now=NOW + timedelta(days=2)).wait == 0

    def test_a_disabled_account_is_as_good_as_none(self, do: Do) -> None:
        active(do)
        bea, _ = active(do, "bea@firm.example", "reader")
        before = log_in(do, "bea@firm.example").token
        do(accounts.change, bea.id, by="test", disabled=True)
        assert do(sessions.find, before, NOW) is None
        assert log_in(do, "bea@firm.example") == login.Outcome()

    def test_a_new_password_ends_the_other_sessions(self, do: Do) -> None:
        account, _ = active(do)
        visit = do(sessions.of, account.id, NOW)[0]
        other = do(sessions.begin, account.id, "full", address="", agent="", now=NOW)
        assert do(login.change_password, visit, "wrong", "a new good pass phrase", NOW).token is None
        assert do(login.change_password, visit, PASSWORD, "a new good pass phrase", NOW).token
        assert do(sessions.find, other, NOW) is None
        assert log_in(do, given="a new good pass phrase").token


class TestSession:
    @pytest.mark.parametrize(
        ("stage", "seen_after", "asked_after", "good"),
        [
            ("full", timedelta(minutes=20), timedelta(minutes=49), True),
            ("full", timedelta(0), timedelta(minutes=31), False),
            ("full", timedelta(hours=12), timedelta(hours=12, minutes=1), False),
            ("code", timedelta(0), timedelta(minutes=11), False),
        ],
    )
    def test_is_over_when_idle_when_old_and_when_left_half_way(
        self, do: Do, stage: str, seen_after: timedelta, asked_after: timedelta, good: bool
    ) -> None:
        account, _ = invite(do)
        token = do(sessions.begin, account.id, stage, address="", agent="", now=NOW)
        visit = do(sessions.find, token, NOW)
        do(sessions.seen, visit.id, NOW + seen_after)
        assert bool(do(sessions.find, token, NOW + asked_after)) is good

    def test_one_is_ended_by_its_owner_alone(self, do: Do) -> None:
        account, _ = active(do)
        bea, _ = active(do, "bea@firm.example", "reader")
        visit = do(sessions.of, account.id, NOW)[0]
        assert not do(sessions.end, visit.id, bea.id)
        assert do(sessions.end, visit.id, account.id)
        assert do(sessions.of, account.id, NOW) == []


def test_everything_that_touches_an_account_is_in_the_audit_log(do: Do) -> None:
    account, _ = active(do)
    log_in(do, given="wrong")
    do(accounts.reset, account.id, by="bea@firm.example")
    told = [(entry.actor, entry.action) for entry in reversed(do(audit.entries))]
    assert told == [
        ("test", "account.invited"),
        ("ann@firm.example", "account.accepted"),
        ("ann@firm.example", "login"),
        ("ann@firm.example", "login.refused"),
        ("bea@firm.example", "account.reset"),
    ]
