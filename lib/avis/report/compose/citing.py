"""How a document is cited, and what it tells catalogues and search engines; no person is named."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Exhibits, Source
from avis.i18n import Language, date, pick, say
from avis.report.document import Document, Emphasis, Inline, Words
from avis.report.origin import Origin


def describe(document: Document, exhibits: Exhibits, draft: bool) -> Document:
    """Write on a document how to cite it, who answers for it, and whether search engines may list it.

    A draft is never listed, nor what is not for everybody, nor what members alone read cited.
    """
    public = document.audience == "public"
    made = replace(
        document,
        origin=origin(document, exhibits),
        indexed=exhibits.setting.indexed and public and not draft,
    )
    return made if document.audience == "members" else replace(made, cite=reference(made))


def origin(document: Document, exhibits: Exhibits) -> Origin:
    """Tell who answers for a document; a name that it withholds in its author is told nowhere."""
    setting = exhibits.setting
    public = setting.public_source
    named = setting.organisation if setting.organisation in document.author else ""
    signed = bool(named) and public is None
    addresses = [source.url for source in exhibits.sources if source.kind == "reference"]
    return Origin(
        organisation=named,
        signed=signed,
        based_on=(public.url or _told(public, document.language)) if public is not None else "",
        references=tuple(dict.fromkeys(url for url in addresses if named and url.startswith("https://"))),
        conditions=_conditions(document, named) if signed else "",
    )


def _told(source: Source, language: Language) -> str:
    """Name a page that gives no address: its title, and who published it."""
    return ", ".join(part for part in (pick(source.title, language)[0], source.publisher) if part)


def _conditions(document: Document, by: str) -> str:
    """Tell the terms of use; who gets an answer to a call has them in the call."""
    if document.audience == "recipient":
        return ""
    return say(f"release.conditions.{document.audience}", document.language, by=by)


def reference(document: Document) -> tuple[Inline, ...]:
    """Write the reference of a document: who, title, what it is, which edition, of which day.

    >>> from avis.report.inlines import plain
    >>> one = Document(kind="avis", audience="public", language="en", slug="x", title="Opening the door",
    ...                subtitle="Avis", author="", banners=(), blocks=(), notes=(),
    ...                origin=Origin(organisation="Example", signed=True))
    >>> plain(reference(one))
    'Example, Opening the door. Avis. Draft, not published.'
    """
    language = document.language
    by = document.origin.organisation if document.origin.signed else document.maker
    who = [Words(text=f"{by}, ")] if by else []
    title = Emphasis(content=(Words(text=document.title),))
    return (*who, title, Words(text=f". {document.subtitle}. {_state(document, language)}"))


def _state(document: Document, language: Language) -> str:
    if not document.edition:
        return say("report.compose.cite.draft", language)
    on = date(document.published_on, language)
    return say("report.compose.cite.edition", language, id=document.edition, date=on)
