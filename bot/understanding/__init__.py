"""From what a person writes to facts: pure, deterministic, English and French."""

from bot.understanding.alarms import Alarm, Sign, alarm, signs
from bot.understanding.language import detect_language
from bot.understanding.masking import Contacts, Masked, contacts, is_masked, mask
from bot.understanding.reader import adds, corrects, read, read_correction
from bot.understanding.reading import Found, NotTaken, Reading
from bot.understanding.subjects import Subject, subject
from bot.understanding.together import none_of_these
from bot.understanding.yesno import is_declined, is_unknown, yes_no

__all__ = [
    "Alarm",
    "Contacts",
    "Found",
    "Masked",
    "NotTaken",
    "Reading",
    "Sign",
    "Subject",
    "adds",
    "alarm",
    "contacts",
    "corrects",
    "detect_language",
    "is_declined",
    "is_masked",
    "is_unknown",
    "mask",
    "none_of_these",
    "read",
    "read_correction",
    "signs",
    "subject",
    "yes_no",
]
