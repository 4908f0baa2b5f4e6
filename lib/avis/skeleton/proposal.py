"""`avis new --from`: files that an association holds → the `sources:` part of an evaluation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from avis.sources.reading.model import Kind

HOMES: dict[Kind, str] = {
    "survey": "sources/questionnaire",
    "form": "sources/questionnaire",
    "activities": "sources",
    "notes": "sources/ateliers",
    "codes": "sources/codage",
    "references": "",
}
"""Where a file of each kind stands in an evaluation."""


@dataclass(frozen=True)
class Placed:
    """A file, what it is, and where it will stand in the evaluation."""

    path: Path
    kind: Kind
    place: str


def place_files(files: Sequence[tuple[Path, Kind]]) -> list[Placed]:
    """Give every file its place; two files of one name do not meet."""
    placed: list[Placed] = []
    taken: set[str] = set()
    for path, kind in files:
        name, home = safe_name(path.name), HOMES[kind]
        stem, _, ending = name.rpartition(".")
        number = 1
        place = f"{home}/{name}".lstrip("/")
        while place in taken:
            number += 1
            place = f"{home}/{stem}-{number}.{ending}".lstrip("/")
        taken.add(place)
        placed.append(Placed(path, kind, place))
    return placed


def safe_name(name: str) -> str:
    """Write a file's name so that it can stand in a pattern and in an address.

    >>> safe_name("Réponses au 1er questionnaire (2024).XLSX")
    'reponses-au-1er-questionnaire-2024.xlsx'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in (stem if dot else plain, ending))
    return f"{stem or 'fichier'}.{ending}" if dot and ending else stem or "fichier"


def sources_part(placed: Sequence[Placed]) -> str:
    """Write the `sources:` part that names these files, as YAML."""
    by_kind: dict[Kind, list[str]] = {}
    for item in placed:
        by_kind.setdefault(item.kind, []).append(item.place)
    part: dict[str, object] = {}
    if "activities" in by_kind:
        part["activities"] = by_kind["activities"]
    if "survey" in by_kind:
        form = by_kind.get("form", [""])[0]
        part["surveys"] = [_wave(n, place, form) for n, place in enumerate(by_kind["survey"], 1)]
    notes = by_kind.get("notes", []) + [p for p in by_kind.get("codes", []) if not p.endswith(".qdc")]
    if notes:
        part["notes"] = notes
    grids = [place for place in by_kind.get("codes", []) if place.endswith(".qdc")]
    part |= {"codebook": grids[0] if grids else "codebook.yaml", "method": "methode.yaml"}
    if "references" in by_kind:
        part["references"] = by_kind["references"][0]
    return yaml.safe_dump({"sources": part}, allow_unicode=True, sort_keys=False, width=110)


def _wave(number: int, place: str, form: str) -> dict[str, object]:
    stem = place.rpartition("/")[2].rpartition(".")[0] or f"vague-{number}"
    return {"id": stem[:60], "file": place, **({"form": form} if form else {}), "wave": number}


def indicators_part(types: Sequence[str]) -> str:
    """Write one indicator a type of activity, to be worded by whoever knows what it is."""
    if not types:
        return "indicators: []\n"
    found = []
    for name in types:
        id = safe_name(name)
        label = {"fr": f"[à compléter] {name}"}
        found.append({"id": id, "label": label, "measure": "acts", "count": "rows", "where": {"type": name}})
    return yaml.safe_dump({"indicators": found}, allow_unicode=True, sort_keys=False, width=110)
