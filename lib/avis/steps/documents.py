"""Notebooks 50 to 80: exhibits and the group's texts become a document. Nothing private is within reach."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from IPython.display import display

from avis.errors import Problems, tell
from avis.exhibits import HOUSE, Audience, Call, Exhibits
from avis.folders import Folders, find
from avis.i18n import Language, say
from avis.look import Look, read_look
from avis.report.compose import READERS, compose
from avis.report.compose.addressed import addressed
from avis.report.compose.contribution import PLACE as CALL
from avis.report.compose.plainly import NEXT
from avis.report.document import MIME, Document, Passage, encode
from avis.sealing import load
from avis.setting import REPORT
from avis.steps.lengths import keep_length
from avis.steps.parameters import WRITING, check_among, check_audience, check_language, refuse_unknown
from avis.writing.text import read_passages


@dataclass(frozen=True)
class Pieces:
    """What a document is made of: sealed exhibits, one language, one audience."""

    folders: Folders
    exhibits: Exhibits
    language: Language
    audience: Audience
    look: Look | None = None
    variant: str = ""
    """Which of several documents of a kind: a funder, a call."""

    def compose(self, kind: str, passages: tuple[Passage, ...], variant: str = "") -> Document:
        """Compose a document of a kind in this language, for this audience, in the association's look."""
        return compose(
            kind, self.exhibits, passages, self.language, self.audience, variant=variant, look=self.look
        )

    def __repr__(self) -> str:
        counted = len(self.exhibits.exhibits)
        hidden = self.exhibits.verdict.hidden
        return say(
            "notebooks.pieces", exhibits=counted, hidden=hidden, threshold=self.exhibits.verdict.threshold
        )


@dataclass(frozen=True)
class Texts:
    """The group's passages in one language, with remarks on what is missing."""

    passages: tuple[Passage, ...]
    remarks: str

    def __repr__(self) -> str:
        counted = say("notebooks.texts", n=len(self.passages))
        return "\n".join(part for part in (counted, self.remarks) if part)


def load_exhibits(evaluation: str, langue: str, audience: str, **which: str) -> Pieces:
    """Open what protection let through; refuses unknown parameters and a broken seal.

    `which` is the one parameter more of a notebook that writes several documents of a kind: `bailleur`.

    Errors: RUN-005, RUN-006, EVA-001, DIS-010 to DIS-013, and those of the look (EVA-070 to EVA-074).
    """
    refuse_unknown((*WRITING, *which))
    language, readers = check_language(langue), check_audience(audience)
    if "appel" not in which:  # only an answer to a call has one recipient
        check_among("audience", readers, HOUSE)
    folders = find(evaluation)
    variant = next(iter(which.values()), "")
    return Pieces(
        folders, load(folders.exhibits), language, readers, read_look(folders.root), variant=variant
    )


def read_texts(pieces: Pieces, *places: str) -> Texts:
    """Read `textes/` in the document's language; raises every error of all texts at once (TXT-…).

    `places` are those that a document reads, all where none is named.
    """
    problems = Problems()
    passages = read_passages(
        pieces.folders.texts, pieces.language, pieces.exhibits, problems, pieces.audience, places
    )
    problems.raise_errors()
    return Texts(passages, tell(problems))


def write_avis(pieces: Pieces, texts: Texts) -> Document:
    """Compose the avis: questions, constats, statements, dissent, recommendations, method, notes."""
    return pieces.compose("avis", texts.passages)


def write_restitution(pieces: Pieces) -> Document:
    """Compose the restitution: the room's own result, in plain words, and what follows from it."""
    texts = read_texts(pieces, NEXT)
    return pieces.compose("restitution", texts.passages)


def write_compte_rendu(pieces: Pieces) -> Document:
    """Compose the report for one funder. Errors: RUN-006 for whom none is due, or for another audience."""
    known = tuple(report.funder for report in pieces.exhibits.setting.reports)
    check_among("bailleur", pieces.variant, known)
    check_among("audience", pieces.audience, READERS["compte-rendu"])
    texts = read_texts(pieces, REPORT)
    return pieces.compose("compte-rendu", texts.passages, pieces.variant)


def read_answers(pieces: Pieces) -> Texts:
    """Read the group's texts for one call; a quote that its recipient may not have stops it here (TXT-050).

    Errors: RUN-006 for no such call, or for another audience than its confidentiality asks for; those of
    `read_texts`.
    """
    check_among("appel", pieces.variant, [call.id for call in pieces.exhibits.setting.calls])
    call = _call(pieces)
    check_among("audience", pieces.audience, (call.audience,))
    return read_texts(_addressed(pieces, call), f"{CALL}:{call.id}")


def write_contribution(pieces: Pieces, texts: Texts) -> Document:
    """Compose the answer to one call, and say how long it is. Errors: those of `compose_contribution`."""
    call = _call(pieces)
    document = _addressed(pieces, call).compose("contribution", texts.passages, call.id)
    print(keep_length(pieces.folders, document, call))
    return document


def _call(pieces: Pieces) -> Call:
    return next(call for call in pieces.exhibits.setting.calls if call.id == pieces.variant)


def _addressed(pieces: Pieces, call: Call) -> Pieces:
    return replace(pieces, exhibits=addressed(pieces.exhibits, call))


def write_fiche(pieces: Pieces) -> Document:
    """Compose the project sheet: one page from public facts."""
    return pieces.compose("fiche", ())


def show(document: Document) -> None:
    """Show the document bundle: what the exporters read, and nothing else."""
    told = say(
        "notebooks.document", title=document.title, blocks=len(document.blocks), notes=len(document.notes)
    )
    display({MIME: msgspec.to_builtins(encode(document)), "text/plain": told}, raw=True)  # type: ignore[no-untyped-call]
