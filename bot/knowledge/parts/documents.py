"""The personal list of documents: what each proves, why it is there, and from when to when it counts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assessment import Assessment
from bot.assessment.documents import SPOUSE, Document
from bot.knowledge.catalogue import Language, text
from bot.knowledge.pages import pages
from bot.knowledge.parts.shape import Item, Part, facts_text, hint, title


def documents(assessment: Assessment, language: Language) -> Part:
    """Every document that applies or may apply."""
    found = assessment.documents
    return Part(
        id="documents",
        title=title("documents", language),
        hint=hint("documents", len(found), language),
        items=tuple(_item(document, language) for document in found),
        notes=(text("documents.binding", language),),
    )


def _item(document: Document, language: Language) -> Item:
    name = text(f"documents.name.{document.id}", language)
    if document.of == SPOUSE:
        name = text("part.documents.of_partner", language, name=name)
    if document.applies == "cannot_tell":
        name = f"{name} – {text('part.documents.may_apply', language)}"
    reasons = (text(f"documents.reason.{item.id}", language, **item.values) for item in document.reasons)
    return Item(name, " ".join(reasons), tuple(_notes(document, language)), pages()[document.page].url[language])


def _notes(document: Document, language: Language) -> Iterator[str]:
    if document.proves:
        yield text("documents.proves", language, facts=facts_text(document.proves, language))
    if document.valid_from is not None:
        key = "part.documents.valid_from" if document.valid_until is None else "documents.valid"
        yield text(key, language, valid_from=document.valid_from, valid_until=document.valid_until)
    if document.values.get("months"):
        yield text("part.documents.months", language, months=document.values["months"])
    if document.open:
        yield text("part.documents.depends", language, facts=facts_text(document.open, language))
