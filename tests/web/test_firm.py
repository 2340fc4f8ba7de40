"""The firm's identity: complete before the public sees it, honest when there is no licensee."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.firm import COLLEGE_REGISTER, Firm, FirmError, load_firm
from bot.knowledge.catalogue import LANGUAGES

COMPLETE: dict[str, Any] = {
    "name": "North Example Law",
    "licensee": {
        "name": "Ada Example",
        "licence_no": "R123456",
        "body": "college",
        "register_url": "https://college-ic.ca/protecting-the-public/find-an-immigration-consultant",
    },
    "address": "1 Example Street",
    "email": "office@firm.example",
    "privacy_url": "https://firm.example/privacy",
    "privacy_officer": "Robin Example",
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "firm.yml"
    data = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def test_the_demonstration_firm_runs_here_and_not_in_public() -> None:
    firm = load_firm(Path("firm.yml"))
    assert firm.demonstration
    assert not firm.information_only
    assert firm.missing() == []
    with pytest.raises(FirmError, match="demonstration firm"):
        load_firm(Path("firm.yml"), production=True)


def test_a_complete_firm_runs_in_public(tmp_path: Path) -> None:
    assert load_firm(written(tmp_path), production=True).name == "North Example Law"


@pytest.mark.parametrize("key", ["address", "email", "privacy_url", "privacy_officer"])
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_in_public_each_field_has_to_be_filled(tmp_path: Path, key: str, empty: str | None) -> None:
    path = written(tmp_path, **{key: empty})
    assert load_firm(path).missing() == [key]
    with pytest.raises(FirmError, match=rf"firm\.yml: {key}: empty"):
        load_firm(path, production=True)


@pytest.mark.parametrize("key", ["name", "licence_no", "register_url"])
def test_in_public_the_licensee_has_to_be_complete(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, licensee=COMPLETE["licensee"] | {key: ""})
    with pytest.raises(FirmError, match=rf"licensee\.{key}"):
        load_firm(path, production=True)


def test_without_a_licensee_it_is_for_information_only(tmp_path: Path) -> None:
    booking = {"booking_url": "https://firm.example/book", "fees_url": "https://firm.example/fees"}
    firm = load_firm(written(tmp_path, licensee=None, **booking))
    assert firm.information_only
    for language in LANGUAGES:
        words, public = firm.words(language), firm.public(language)
        assert (words.licensee, words.licence_no, words.booking_url, words.fees_url) == (None,) * 4
        assert words.register_url == COLLEGE_REGISTER
        assert (public["licensee"], public["booking_url"], public["fees_url"]) == (None, "", "")
        assert public["information_only"]


def test_a_licensee_without_a_licence_number_is_none(tmp_path: Path) -> None:
    firm = load_firm(written(tmp_path, licensee={"name": "Ada Example", "licence_no": ""}))
    assert firm.information_only
    assert firm.words("en").licensee is None


def test_in_public_information_only_has_to_be_said(tmp_path: Path) -> None:
    with pytest.raises(FirmError, match="information_only: true"):
        load_firm(written(tmp_path, licensee=None), production=True)
    assert load_firm(written(tmp_path, licensee=None, information_only=True), production=True).information_only


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"accent": "blue"}, "accent"),
        ({"email": "office"}, "email"),
        ({"privacy_url": "javascript:alert(1)"}, "privacy_url"),
        ({"booking_url": "http://firm.example"}, "booking_url"),
        ({"licensee": {"name": "A", "body": "guild"}}, "licensee.body"),
        ({"languages": ["de"]}, "languages.0"),
        ({"languages": []}, "languages"),
        ({"hours": {"en": "9 to 5"}}, "hours.fr"),
        ({"surprise": 1}, "surprise"),
        ({"logo": "logo.svg"}, "logo"),
        ({"logo": "/etc/passwd"}, "logo"),
    ],
)
def test_a_wrong_value_names_file_and_key(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    path = written(tmp_path, **changes)
    with pytest.raises(FirmError) as error:
        load_firm(path)
    assert str(error.value).startswith(f"{path}: {key}: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", ["name: [", "- a\n- b", "", "name: a\n\tb: c", "\x00"])
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "firm.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FirmError) as error:
        load_firm(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(FirmError, match="FIRM_CONFIG"):
        load_firm(tmp_path / "none.yml")


def test_the_languages_that_a_firm_speaks() -> None:
    firm = Firm(name="Exemple", languages=("fr",))
    assert [firm.language(asked) for asked in ("en", "fr", None, "zh")] == ["fr"] * 4
    assert Firm(name="Example").language("fr") == "fr"


def test_words_of_the_firm_in_the_language_of_the_answer(tmp_path: Path) -> None:
    offices = [{"name": {"en": "Main office", "fr": "Bureau principal"}, "address": "1 Example Street"}]
    firm = load_firm(
        written(tmp_path, phone="613-555-0100", hours={"en": "9 to 5", "fr": "9 h à 17 h"}, offices=offices)
    )
    assert firm.words("fr").hours == "9 h à 17 h"
    assert firm.words("fr").offices == "Bureau principal, 1 Example Street"
    assert firm.words("en").contact == "613-555-0100, office@firm.example"
