"""Going on elsewhere: the code for it, and what somebody is told who gives one where it does not work."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from bot.intake import transcript
from bot.intake.channels import people
from bot.intake.channels.outbox import OWN
from bot.intake.messages import Message
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, text

CODE_MINUTES: Final = int(people.CODE_LIFE.total_seconds() // 60)


def new_code(session: Session, seal: Seal, conversation_id: str, language: Language) -> Answer:
    """The answer with a new code, with which one conversation is gone on with on another channel."""
    code = people.new_code(session, seal, conversation_id)
    return Answer(language, (text("channel.code", language, code=code, minutes=CODE_MINUTES),), kind="notice")


def on_our_page(
    session: Session, seal: Seal, conversation_id: str, client_id: str, words: str, *, given: bool
) -> list[Message]:
    """CODE written on our own page or through the API, with its answer; nothing when the conversation is
    held elsewhere, or when it was answered before.

    ``given``: a code stands behind it. A browser stays in its own conversation, so none can be used there.
    Raises ``UnknownConversationError``.
    """
    conversation = transcript.conversation(session, seal, conversation_id)
    if conversation.channel not in OWN or transcript.is_known(session, seal, conversation_id, client_id):
        return []
    language = conversation.language
    if given:
        answer, words = Answer(language, (text("channel.code_not_here", language),), kind="notice"), "CODE"
    else:
        answer = new_code(session, seal, conversation_id, language)
    return transcript.aside(session, seal, conversation_id, client_id, words, [answer])
