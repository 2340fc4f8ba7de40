"""The firm whose assistant this is: who answers for it, and how to reach it. Read from ``firm.yml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot import files
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.knowledge.firm import FirmWords
from bot.opening import Opening, Quiet
from bot.retention import Retention

Body = Literal["college", "law_society"]

# Where anybody can check whether a consultant may practise.
COLLEGE_REGISTER: Final = "https://college-ic.ca/protecting-the-public/find-an-immigration-consultant"


class FirmError(ValueError):
    """The firm's file is not complete or not well formed. One line: file, key and mend."""


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.netloc):
        raise ValueError("write a whole address that begins with https://")
    return value


def _mail_address(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError("write an e-mail address")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)


class Words(_Part):
    """A phrase in both languages."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en


class Licensee(_Part):
    """The person who answers for the assistant, as registered."""

    name: str = ""
    licence_no: str = ""
    body: Body = "college"
    register_url: WebAddress = ""


class Office(_Part):
    """A place where the firm can be visited. ``hours`` where they differ from the firm's."""

    name: Words
    address: str = Field(min_length=1)
    phone: str = ""
    hours: Words | None = None


class Processor(_Part):
    """Somebody outside the firm who handles visitors' data for it: a host, a mail service (R-29)."""

    name: str = Field(min_length=1)
    purpose: Words
    place: Words


class Alerts(_Part):
    """When people of the firm are told by e-mail.

    ``waiting_minutes``: a visitor has waited this long, counted while the office is open; ``quiet``: hours
    in which only what is urgent is sent, in the office's time.
    """

    waiting_minutes: int = Field(default=15, ge=1)
    quiet: Quiet | None = None


class Firm(_Part):
    """Identity of the firm. Without ``licensee`` the product runs for information only (R-05).

    ``storage``: where visitors' data is kept, as a place that a visitor knows.
    """

    name: str = Field(min_length=1)
    licensee: Licensee | None = None
    information_only_accepted: bool = Field(default=False, alias="information_only")
    demonstration: bool = False
    address: str = ""
    email: MailAddress = ""
    phone: str = ""
    privacy_url: WebAddress = ""
    privacy_officer: str = ""
    booking_url: WebAddress = ""
    fees_url: WebAddress = ""
    hours: Words | None = None
    opening: Opening | None = None
    offices: tuple[Office, ...] = ()
    alerts: Alerts = Alerts()
    retention: Retention = Retention()
    storage: Words | None = None
    processors: tuple[Processor, ...] = ()
    languages: tuple[Language, ...] = LANGUAGES
    accent: str = "#1f5a8a"
    accent_dark: str = "#8cc4f0"
    logo: Path | None = None

    @field_validator("accent", "accent_dark")
    @classmethod
    def _colour(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError('write the colour as "#1f5a8a"')
        return value

    @field_validator("languages")
    @classmethod
    def _spoken(cls, value: tuple[Language, ...]) -> tuple[Language, ...]:
        if not value:
            raise ValueError("name en, fr or both")
        return tuple(dict.fromkeys(value))

    @field_validator("logo")
    @classmethod
    def _picture(cls, value: Path | None) -> Path | None:
        if value is not None and value.suffix.lower() not in (".svg", ".png", ".webp"):
            raise ValueError("name an .svg, .png or .webp file beside this one")
        return value

    @property
    def information_only(self) -> bool:
        """No licensee: nothing that only a licensed person may offer is offered (R-05)."""
        return self.licensee is None or not (self.licensee.name and self.licensee.licence_no)

    @property
    def default_language(self) -> Language:
        return self.languages[0]

    def language(self, asked: str | None) -> Language:
        """The language to speak with somebody who asked for ``asked``."""
        return next((language for language in self.languages if language == asked), self.default_language)

    def missing(self) -> list[str]:
        """Keys that have to be filled before the public sees this assistant (R-03)."""
        keys: list[str] = []
        if self.licensee is None and not self.information_only_accepted:
            keys.append("licensee")
        if self.licensee is not None:
            keys += [
                f"licensee.{key}" for key in ("name", "licence_no", "register_url") if not getattr(self.licensee, key)
            ]
        return keys + [key for key in ("address", "email", "privacy_officer", "privacy_url") if not getattr(self, key)]

    def contact(self) -> str:
        """How to reach the firm, as a phrase; empty when nothing is known."""
        return ", ".join(way for way in (self.phone, self.email) if way)

    def spoken_hours(self, language: Language) -> str | None:
        """The office hours as a phrase: as written, or made of ``opening``."""
        if self.hours is not None:
            return self.hours[language]
        return self.opening.phrase(language) if self.opening else None

    def words(self, language: Language) -> FirmWords:
        """What answers may say about the firm."""
        licensee = None if self.information_only else self.licensee
        return FirmWords(
            name=self.name,
            register_url=licensee.register_url if licensee and licensee.register_url else COLLEGE_REGISTER,
            contact=self.contact() or None,
            licensee=licensee.name if licensee else None,
            licence_no=licensee.licence_no if licensee else None,
            privacy_url=self.privacy_url or None,
            booking_url=self.booking_url or None if licensee else None,
            fees_url=self.fees_url or None if licensee else None,
            offices="; ".join(f"{office.name[language]}, {office.address}" for office in self.offices) or None,
            hours=self.spoken_hours(language),
        )

    def public(self, language: Language) -> dict[str, Any]:
        """What the page shows of the firm, JSON-ready."""
        licensee = None if self.information_only else self.licensee
        return {
            "name": self.name,
            "demonstration": self.demonstration,
            "information_only": self.information_only,
            "licensee": licensee.model_dump() if licensee else None,
            "address": self.address,
            "email": self.email,
            "phone": self.phone,
            "privacy_url": self.privacy_url,
            "privacy_officer": self.privacy_officer,
            "booking_url": self.booking_url if licensee else "",
            "fees_url": self.fees_url if licensee else "",
            "hours": self.spoken_hours(language) or "",
            "offices": [
                {
                    "name": office.name[language],
                    "address": office.address,
                    "phone": office.phone,
                    "hours": office.hours[language] if office.hours else "",
                }
                for office in self.offices
            ],
            "languages": list(self.languages),
            "accent": self.accent,
            "accent_dark": self.accent_dark,
            "logo": "/firm/logo" if self.logo else None,
        }


def load_firm(path: Path, *, production: bool = False) -> Firm:
    """Read and check the firm's file. Raises ``FirmError``.

    In production every field of R-03 has to be filled, and the demonstration firm is refused.
    """
    try:
        data = files.read(path)
    except OSError as error:
        raise FirmError(f"{path}: {error.strerror}. Set FIRM_CONFIG to the file with the firm's identity.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = (
            f" line {error.problem_mark.line + 1}"
            if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark
            else ""
        )
        raise FirmError(
            f"{path}:{line} this is not YAML. Compare it with the firm.yml that came with the product."
        ) from None
    if not isinstance(data, dict):
        raise FirmError(f"{path}: keys and values were expected, such as `name: …`.")
    try:
        firm = Firm.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise FirmError(f"{path}: {key}: {first['msg'].removeprefix('Value error, ')}.") from None
    if firm.logo is not None:
        firm = firm.model_copy(update={"logo": path.parent / firm.logo})
        if not (firm.logo and firm.logo.is_file()):
            raise FirmError(f"{path}: logo: there is no file {firm.logo}.")
    if production:
        _ready_for_the_public(firm, path)
    return firm


def _ready_for_the_public(firm: Firm, path: Path) -> None:
    if firm.demonstration:
        raise FirmError(f"{path}: this is the demonstration firm. Write your own identity and remove `demonstration`.")
    missing = firm.missing()
    if missing:
        instead = ", or write `information_only: true` to run without one" if missing[0] == "licensee" else ""
        raise FirmError(f"{path}: {', '.join(missing)}: empty. In production this has to be filled{instead}.")
