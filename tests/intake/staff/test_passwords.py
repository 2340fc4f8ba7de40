"""Which passwords are taken: long enough, not everybody's, not one's own name; no rule about characters."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from bot.intake.staff import passwords


@pytest.mark.parametrize(
    "good", ["moss under the north gate", "correct horse battery staple", "zk39vmp27qrx", "une rivière en novembre"]
)
def test_a_long_one_is_taken_whatever_it_is_made_of(good: str) -> None:
    assert passwords.fault(good, ["ann@firm.example", "Ann Roy"]) is None


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("elevenchars", "short"),
        ("x" * 201, "long"),
        ("christopher1!", "common"),
        ("Password2026!", "common"),
        ("abcabcabcabcabc", "common"),
        ("123456789012", "common"),
        ("qwertyuiopas", "common"),
        ("chantalroy-2026", "own"),
    ],
)
def test_what_is_guessed_first_is_not(bad: str, fault: str) -> None:
    assert passwords.fault(bad, ["chantalroy"]) == fault


def test_the_hash_is_argon2id_and_fits_its_password_alone() -> None:
    assert PasswordHasher().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, for little memory
    kept = passwords.hashed("moss under the north gate")
    assert kept.startswith("$argon2id$")
    assert passwords.fits(kept, "moss under the north gate")
    assert not passwords.fits(kept, "moss under the north gat")
    assert not passwords.fits(None, "nobody has this password")
