"""A neutral notice in the place of each document of an edition that was taken back.

It gives no reason and points at no passage: whoever reads it learns nothing about who took back what.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from avis.editions import manifest as manifests
from avis.editions.manifest import Listed, Manifest, read_manifest, sweep_unfinished, write_manifest
from avis.errors import AvisError, Problems
from avis.folders import cannot_write, write_whole
from avis.i18n import LANGUAGES, Language, date, pick, say

if TYPE_CHECKING:
    from avis.report.document import Block, Document
    from avis.settings import Settings

DOCUMENTS = (".html", ".pdf", ".docx")


@dataclass(frozen=True)
class Signed:
    """Who takes a paper back: the association, and whom to ask, in each language that has it."""

    organisation: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    fictional: bool = False


def signed_by(settings: Settings) -> Signed:
    """Give who signs notices and messages, as `evaluation.yaml` says it."""
    contact = settings.processing.contact or settings.removal_contact
    return Signed(settings.organisation.name, contact, settings.organisation.fictional)


def replace_by_notice(
    folder: Path, languages: Iterable[str], today: dt.date, signed: Signed = Signed()
) -> list[Path]:
    """Put a neutral notice in the place of each HTML, PDF and DOCX document of an edition's folder, at once.

    Every other file goes (tables of figures, descriptions), and what a link leads to is left alone; the
    manifest says « retiré ». A document that cannot be made again goes too: no word stays because a notice
    failed. `languages` are those of the evaluation: each notice says the same in French and English, first
    in the language that the file's name ends with. Gives the documents that were replaced. To run again
    after a crash does the rest.
    Errors: RUN-010 to RUN-012 a file that cannot be written or removed.
    """
    if folder.parent.name == manifests.FOLDER:
        sweep_unfinished(folder.parent.parent)
    if not folder.is_dir():
        return []
    former = read_manifest(folder, Problems()) or Manifest(edition=folder.name, on="", files=())
    found, others = _sorted_out(folder)
    fallback = next((lang for lang in LANGUAGES if lang in tuple(languages)), LANGUAGES[0])
    made, lost = _rendered(found, former, fallback, today, signed)
    for path, content in made.items():
        write_whole(path, content, shared=True)
    for path in (*others, *lost):
        _remove(path)
    _remove_empty(folder)
    before = former.replaced if former.status == "taken_back" else former.files
    files = tuple(_listed(folder, path, content) for path, content in made.items())
    write_manifest(folder, _taken_back(former, files, before, today))
    return list(made)


def _sorted_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """Give the documents, and all else but the manifest; links are not followed."""
    found: list[Path] = []
    others: list[Path] = []
    for path in _walk(folder):
        if path == folder / manifests.NAME:
            continue
        kept = path.suffix.lower() in DOCUMENTS and not path.is_symlink() and not path.name.startswith(".")
        (found if kept else others).append(path)
    return found, others


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from sorted(Path(here) / name for name in (*files, *links))


def _rendered(
    found: list[Path], former: Manifest, fallback: Language, today: dt.date, signed: Signed
) -> tuple[dict[Path, bytes], list[Path]]:
    """Make every notice before any is put in place; several of one kind and language are made once."""
    made: dict[Path, bytes] = {}
    lost, ready = [], dict[tuple[str, str], bytes]()
    for path in found:
        language, ending = _language(path, fallback), path.suffix.lower()
        try:
            if (language, ending) not in ready:
                ready[language, ending] = _bytes(notice(former, language, today, signed), ending)
            made[path] = ready[language, ending]
        except AvisError:
            lost.append(path)
    return made, lost


def _bytes(document: Document, ending: str) -> bytes:
    from avis.report.docx.document import render_docx
    from avis.report.html.page import render_html
    from avis.report.pdf.paper import render_pdf

    if ending == ".docx":
        return render_docx(document)
    return render_pdf(document) if ending == ".pdf" else render_html(document).encode()


def _language(path: Path, fallback: Language) -> Language:
    """Read the language in a document's name: `avis.public.fr.html`."""
    return next((lang for lang in LANGUAGES if path.stem.endswith(f".{lang}")), fallback)


def notice(edition: Manifest, language: Language, today: dt.date, signed: Signed) -> Document:
    """Compose the notice: that the paper was taken back, what is asked, whom to ask; in both languages."""
    from avis.report.document import Document, Heading, Words

    fictional = signed.fictional or edition.fictional
    if edition.audience == "recipient" and not edition.organisation:
        signed = Signed()  # the paper did not say whose it was
    blocks: list[Block] = list(_said(language, language, today, signed))
    for other in (lang for lang in LANGUAGES if lang != language):
        title = Words(text=say("rights.notice.title", other), language=other)
        blocks.append(Heading(level=2, id=f"notice-{other}", content=(title,)))
        blocks += _said(other, language, today, signed)
    return Document(
        kind="avis",
        audience="public",
        language=language,
        slug=edition.edition,
        title=say("rights.notice.title", language),
        subtitle=_which(edition, language),
        author=signed.organisation or edition.organisation or say("rights.notice.nobody", language),
        banners=(say("report.compose.banner.fictional", language),) if fictional else (),
        blocks=tuple(blocks),
        notes=(),
    )


def _which(edition: Manifest, language: Language) -> str:
    if not edition.on:
        return ""
    return say("rights.notice.which", language, id=edition.edition, date=date(edition.on, language))


def _said(language: Language, around: Language, today: dt.date, signed: Signed) -> Iterator[Block]:
    from avis.report.document import Paragraph, Words

    foreign = "" if language == around else language
    told = [
        say("rights.notice.taken_back", language, date=date(today.isoformat(), language)),
        say("rights.notice.newer", language),
        say("rights.notice.asked", language),
    ]
    contact = pick(signed.contact, language)[0]
    told.append(say("rights.notice." + ("ask" if contact else "ask_them"), language, contact=contact))
    return (Paragraph(content=(Words(text=text),), language=foreign) for text in told)


def _taken_back(
    former: Manifest, files: tuple[Listed, ...], replaced: tuple[Listed, ...], today: dt.date
) -> Manifest:
    """Keep what tells which paper it was, and nothing that was counted."""
    return msgspec.structs.replace(
        Manifest(edition=former.edition, on=former.on, files=files, replaced=replaced),
        status="taken_back",
        audience=former.audience,
        organisation=former.organisation,
        fictional=former.fictional,
        taken_back_on=former.taken_back_on or today.isoformat(),
    )


def _listed(folder: Path, path: Path, content: bytes) -> Listed:
    name = path.relative_to(folder).as_posix()
    return Listed(name=name, sha256=hashlib.sha256(content).hexdigest(), language=_language(path, "fr"))


def _remove_empty(folder: Path) -> None:
    """Take away the folders that hold nothing any more: their names told of tables."""
    for here, _, _ in os.walk(folder, topdown=False):
        if Path(here) != folder and not Path(here).is_symlink():
            with contextlib.suppress(OSError):  # something is left in it, or it may not be removed
                Path(here).rmdir()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(Path(path.name), error) from None
