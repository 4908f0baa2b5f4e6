"""The consent ledger: what was allowed, bound to the exact words of the notes."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from generateur.people import DIGITS, LETTERS
from generateur.tables import write_csv

COLUMNS = ["contribution", "sha256", "personne", "code_retour", "portee", "accorde_le"]
COLUMNS += ["formulation", "langue", "temoin", "expire_le", "retire_le"]
COLUMNS += ["suspendu_le", "retabli_le", "mineur", "accord_propre", "autorite", "destinataire"]
SEGMENT = re.compile(r"^\{#(?P<id>[\w-]+)\} [^:]+? ?: (?P<words>.*?)(?: #\S+)*$", re.MULTILINE)
PASSAGE = re.compile(r"\[([^\[\]]*)\]\{#[^{}]*\}")


def read_segments(folder: Path) -> dict[str, str]:
    """Read the words of each segment of the notes, without their themes and the marks around passages."""
    notes = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))
    return {
        found["id"]: PASSAGE.sub(r"\1", found["words"]) for note in notes for found in SEGMENT.finditer(note)
    }


def words_hash(text: str) -> str:
    """Hash words as the ledger does: NFC, one space between words, UTF-8, sha256."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode("utf-8")).hexdigest()


def read_records(folder: Path) -> dict[str, str]:
    """Read the words of people in the records of methods, by their id."""
    records = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return {said["id"]: said["words"] for said in _said(records)}


def _said(node: Any) -> Iterator[dict[str, str]]:
    if isinstance(node, dict) and "words" in node:
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _said(part)


def write_consents(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write `consentements.csv`."""
    write_csv(path, COLUMNS, rows)


def addressed(
    rows: Sequence[Mapping[str, object]], agreements: Sequence[Mapping[str, Any]]
) -> list[dict[str, object]]:
    """Make a row of each agreement for one recipient, of whoever agreed to these words before."""
    first = {row["contribution"]: row for row in rows}
    return [
        {
            **first[agreement["segment"]],
            "portee": "destinataire",
            "accorde_le": agreement["given"],
            "langue": agreement["language"],
            "destinataire": agreement["recipient"],
        }
        for agreement in agreements
    ]


def agreed(
    chance: random.Random,
    agreements: Sequence[Mapping[str, Any]],
    segments: Mapping[str, str],
    codes: Sequence[str],
) -> list[dict[str, object]]:
    """Make one row of the ledger an agreement, each of another person."""
    people = iter(chance.sample(codes, len(agreements)))
    return [
        {
            "contribution": agreement["segment"],
            "sha256": words_hash(agreement.get("words") or segments[agreement["segment"]]),
            "personne": next(people),
            "code_retour": "".join(chance.choice(LETTERS + DIGITS) for _ in range(8)),
            "portee": agreement["scope"],
            "accorde_le": agreement["given"],
            "formulation": "2",
            "langue": agreement["language"],
            "temoin": "interprète bénévole",
            "expire_le": agreement.get("expires", ""),
            "retire_le": agreement.get("withdrawn", ""),
            "suspendu_le": agreement.get("suspended", ""),
        }
        for agreement in agreements
    ]
