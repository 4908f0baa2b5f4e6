"""What an evaluator decides in notebook 35: written at once, in the table that she also keeps by hand."""

from __future__ import annotations

from pathlib import Path

from avis.consent.judging import words_hash
from avis.errors import Place, Problems, fail
from avis.evaluation import as_of
from avis.i18n import say
from avis.identifiers.model import Flag
from avis.redaction.decisions import DECISIONS, REPLACING, is_said, read_decisions
from avis.redaction.pseudonyms import LINKED, pseudonym_for
from avis.redaction.readers import could_be_one
from avis.redaction.registers import Searched
from avis.redaction.reviewed import Choice, identifies
from avis.redaction.written import add_decisions
from avis.spelling import suggest
from avis.steps.rereading import Rereading, weigh_again
from avis.vault.box import change, check_same_recipients, vault_path
from avis.vault.contents import Contents
from avis.vault.keys import ask_passphrase, find_key, read_key

REVIEW = "sources/relecture.csv"
"""Where decisions are kept when `evaluation.yaml` does not say it yet."""


def decide(
    rereading: Rereading,
    contribution: str,
    start: int,
    decision: str,
    *,
    by: str,
    replacement: str = "",
    reason: str = "",
    end: int = 0,
    kind: str = "",
) -> Rereading:
    """Write what is decided of the words that begin at a place, and show what is left.

    `decision` is pseudonym, generalise or keep. Where something was flagged there, its end and kind are
    known; elsewhere `end` is given. Without a replacement, a pseudonym is drawn, and the vault remembers it.
    Errors: RED-013 no such contribution, RED-014 nothing flagged there, RED-015 no such decision, RED-016
    nobody is named, RED-001 kept without a reason, RED-003 nothing to put in its place, RED-005 what is put
    in its place identifies somebody, VAU-… the vault is needed.
    """
    words = _words(rereading, contribution)
    if decision not in DECISIONS or decision == "reread":
        raise fail("RED-015", **suggest(decision, DECISIONS))
    flag = _place(rereading, contribution, start, end, kind, len(words))
    original = words[flag.start : flag.end]
    if decision == "keep" and not reason.strip():
        raise fail("RED-001", Place(field=contribution))
    if decision == "pseudonym" and not replacement.strip():
        replacement = _pseudonym(rereading, original)
    if decision in REPLACING:
        known, language = rereading.quotable.searched.known, rereading.language(contribution)
        if not replacement.strip("[] "):
            raise fail("RED-003", Place(field=contribution))
        if identifies(replacement, original, decision, language, known):
            raise fail("RED-005", Place(field=contribution))
    said = {"start": str(flag.start), "end": str(flag.end), "kind": flag.kind, "decision": decision}
    return _write(rereading, contribution, by, said | {"replacement": replacement, "reason": reason})


def sign(rereading: Rereading, *contributions: str, by: str) -> Rereading:
    """Write that somebody has reread contributions as they would be printed, and show what is left.

    Errors: RED-013 no such contribution, RED-016 nobody is named, RED-017 something is left to decide in one,
    RED-018 she has signed it already.
    """
    reviewed = rereading.quotable.reviewed
    for id in contributions:
        _words(rereading, id)
        if id in reviewed.flags or any(choice.refused for choice in reviewed.choices.get(id, ())):
            raise fail("RED-017", Place(field=id))
        if any(could_be_one(by, reader) for reader in reviewed.readers.get(id, ())):
            raise fail("RED-018", Place(field=id))
    for id in contributions:
        rereading = _write(rereading, id, by, {"decision": "reread"})
    return rereading


def _words(rereading: Rereading, contribution: str) -> str:
    words = rereading.text(contribution)
    if not words:
        near = suggest(contribution, map(str, rereading.quotable.segments["id"]))
        raise fail("RED-013", Place(field=contribution), **near)
    return words


def _place(
    rereading: Rereading, contribution: str, start: int, end: int, kind: str, length: int
) -> Flag | Choice:
    """Find what begins there: flagged, decided before, or pointed at by who reads."""
    reviewed = rereading.quotable.reviewed
    found: list[Flag | Choice] = [
        *reviewed.flags.get(contribution, ()),
        *reviewed.choices.get(contribution, ()),
    ]
    for one in found:
        if one.start == start and end in (0, one.end):
            return one
    if not start < end <= length:
        starts = ", ".join(str(at) for at in sorted({one.start for one in found})) or say(
            "redaction.no_start"
        )
        raise fail("RED-014", Place(field=contribution), start=start, starts=starts)
    return Choice(start, end, kind or "name", "keep")


def _write(rereading: Rereading, contribution: str, by: str, said: dict[str, str]) -> Rereading:
    if not by.strip():
        raise fail("RED-016")
    opened = rereading.evaluation
    path, declared = _file(rereading)
    signed = {"reviewer": by.strip(), "reviewed_on": as_of().isoformat()}
    row = {"contribution": contribution, "sha256": words_hash(rereading.text(contribution))}
    row |= said | signed
    if not (path.exists() and is_said(read_decisions([(path, opened.name(path))], Problems()), row)):
        add_decisions(path, opened.name(path), [row])
    if not declared:
        raise fail("RED-010", Place("evaluation.yaml", field="sources"), file=REVIEW)
    return weigh_again(opened, rereading.quotable.searched)


def _file(rereading: Rereading) -> tuple[Path, bool]:
    opened = rereading.evaluation
    named = opened.files(opened.settings.sources.review)
    return (named[0], True) if named else (opened.folders.root / REVIEW, False)


def _pseudonym(rereading: Rereading, original: str) -> str:
    """Draw a pseudonym, or give the one that this person has. Errors: VAU-021 no key, VAU-… the vault."""
    opened, key = rereading.evaluation, find_key()
    part = opened.settings.vault
    if part is None or key is None:
        raise fail("VAU-021")
    evaluation = LINKED if part.linked else opened.slug
    person = whose(rereading.quotable.searched, original)
    taken = [word for text in rereading.quotable.segments["text"] for word in str(text).split()]
    drawn = ""

    def alter(held: Contents) -> Contents:
        nonlocal drawn
        check_same_recipients(held, part.recipients)
        altered, drawn = pseudonym_for(held, evaluation, person, taken)
        return altered

    path = vault_path(opened.folders, part.folder)
    change(path, read_key(key, ask_passphrase(say("vault.passphrase"))), alter)
    return drawn


def whose(searched: Searched, name: str) -> str:
    """Say for whom a name stands: the code in the register, or else the name itself, as it is compared."""
    from avis.identifiers.people import words_of

    words = words_of(name)
    codes = searched.known.people.get(words, ())
    return codes[0] if len(codes) == 1 and codes[0] else " ".join(words)
