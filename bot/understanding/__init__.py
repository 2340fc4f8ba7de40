"""From what a person writes to facts: pure, deterministic, English and French."""

from bot.understanding.language import detect_language
from bot.understanding.masking import Contacts, Masked, contacts, mask
from bot.understanding.reader import read
from bot.understanding.reading import Found, NotTaken, Reading
from bot.understanding.yesno import is_declined, is_unknown, yes_no

__all__ = [
    "Contacts",
    "Found",
    "Masked",
    "NotTaken",
    "Reading",
    "contacts",
    "detect_language",
    "is_declined",
    "is_unknown",
    "mask",
    "read",
    "yes_no",
]
