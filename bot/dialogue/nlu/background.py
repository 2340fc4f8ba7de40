"""The knowledge base as reading matter for the classifier: its titles, questions and answers."""

from __future__ import annotations

import re

from bot.knowledge.topics import topics

_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def topic_texts() -> list[tuple[str, str]]:
    """(text, ``faq/<topic>``) for the title, the question and each line of the answer, in both languages."""
    return [
        (_PLACEHOLDER.sub(" ", getattr(said, language)), f"faq/{topic.id}")
        for topic in topics().values()
        for said in (topic.title, topic.question, *topic.answer)
        for language in ("en", "fr")
    ]
