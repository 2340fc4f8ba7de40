"""Words without what people leave out when they copy them: case, accents, punctuation."""

from __future__ import annotations

import re
import unicodedata


def bare(words: str) -> str:
    """Letters and digits alone, single spaces between them."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(re.sub(r"[^\w\s]", " ", "".join(c for c in apart if not unicodedata.combining(c))).split())
