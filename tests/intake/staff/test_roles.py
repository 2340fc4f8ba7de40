"""Roles are data, and a mistake in the data is found."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.intake.staff.roles import PATH, RolesError, load, roles


def test_the_six_roles_of_the_specification_exist() -> None:
    assert list(roles().roles) == ["reader", "intake", "licensee", "manager", "auditor", "admin"]


def test_a_reader_changes_nothing_and_an_auditor_sees_no_leads() -> None:
    reader, auditor = roles().roles["reader"].may, roles().roles["auditor"].may
    assert {permission.partition(".")[2] for permission in reader} == {"read"}
    assert "leads.read" not in auditor
    assert "audit.read" in auditor


def test_a_permission_that_does_not_exist_is_an_error_not_a_no() -> None:
    with pytest.raises(KeyError):
        roles().may("admin", "leads.raed")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["roles"]["reader"]["may"].append("leads.fly"), "roles.reader.may: there is no permission"),
        (lambda data: data["roles"]["reader"]["name"].pop("fr"), "roles.reader: needs a name in en and fr"),
    ],
)
def test_a_fault_in_the_file_names_its_key(tmp_path: Path, change: object, message: str) -> None:
    data = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    change(data)  # type: ignore[operator]
    path = tmp_path / "roles.yml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(RolesError, match=message):
        load(path)
