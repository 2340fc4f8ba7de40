"""Official pages that answers cite, by id (``pages.yml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot import files

PATH = Path(__file__).with_name("pages.yml")
HOSTS = ("canada.ca", "cic.gc.ca", "justice.gc.ca", "college-ic.ca")


class PagesError(ValueError):
    """``pages.yml`` is not well formed; the message names the page and the key."""


class Bilingual(BaseModel):
    """One text in English and in French."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1, str_strip_whitespace=True)

    en: str
    fr: str

    def __getitem__(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Page(BaseModel):
    """An official page: its title and address in each language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Bilingual
    url: Bilingual

    @field_validator("url")
    @classmethod
    def _official(cls, url: Bilingual) -> Bilingual:
        for address in (url.en, url.fr):
            parts = urlsplit(address)
            host = parts.hostname or ""
            if parts.scheme != "https" or not any(host == known or host.endswith(f".{known}") for known in HOSTS):
                raise ValueError(f"{address} is not an https address of {', '.join(HOSTS)}")
        return url


@lru_cache(maxsize=1)
def pages() -> Mapping[str, Page]:
    """The project's official pages. Raises ``PagesError`` naming the page and the key."""
    return load(PATH)


def load(path: Path) -> Mapping[str, Page]:
    """Read and check a file of pages."""
    found: dict[str, Page] = {}
    for page_id, entry in files.read(path)["pages"].items():
        try:
            found[page_id] = Page.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise PagesError(f"{path.name}: {page_id}: {where}: {first['msg']}") from None
    return found
