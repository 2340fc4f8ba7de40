"""What can be known of a person: the vocabulary of facts and the profile that holds them."""

from bot.facts.profile import PARTNERED, Job, Profile, Stay
from bot.facts.values import DECLINED, NOT_ASKED, UNKNOWN, Declined, Fact, Known, NotAsked, Unknown
from bot.facts.vocabulary import FactType, JointQuestion, Vocabulary, VocabularyError, vocabulary

__all__ = [
    "DECLINED",
    "NOT_ASKED",
    "PARTNERED",
    "UNKNOWN",
    "Declined",
    "Fact",
    "FactType",
    "Job",
    "JointQuestion",
    "Known",
    "NotAsked",
    "Profile",
    "Stay",
    "Unknown",
    "Vocabulary",
    "VocabularyError",
    "vocabulary",
]
