"""A codebook → `.qdc`, the exchange format of coding tools (REFI-QDA 1.0), and what ours adds to it.

The format has a name and a description for each code, in no language. What else we know (our own id, the
other language, the day) stands in a last line of the description, so that nothing is lost on the way back.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from avis.errors import Place, fail
from avis.i18n import Language
from avis.sources.coding.codes_model import CODE_COLUMNS

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_GUIDS = uuid.UUID("6d1c6c0e-3a54-4f0b-9f3b-7a1f7b3d52c4")
_MARK = "avis: "
_DEEPEST = 50
"""Codes within codes that are written as such; what is deeper says its parent in its last line."""
_UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters that XML 1.0 does not have."""


def write_codebook(codes: pd.DataFrame, path: Path, lang: Language = "fr") -> None:
    """Write a codebook (CODE_COLUMNS) as `.qdc`: names and descriptions in one language, codes nested.

    A code keeps its guid for ever: it is made of its id. Error: SRC-373 no code to write.
    """
    if codes.empty:
        raise fail("SRC-373", Place(path.name))
    path.write_bytes(codebook_text(codes, lang).encode())


def codebook_text(codes: pd.DataFrame, lang: Language = "fr") -> str:
    """Give the text of the `.qdc` that `write_codebook` writes; the format has no list without a code."""
    rows = _rows(codes)
    root = ElementTree.Element("CodeBook", {"xmlns": NAMESPACE, "origin": "avis"})
    parent = ElementTree.SubElement(root, "Codes")
    below: dict[str, list[str]] = {}
    for code, row in rows.items():
        below.setdefault(row["parent"], []).append(code)
    written: set[str] = set()
    for code in [code for code, row in rows.items() if row["parent"] not in rows] + list(rows):
        _write(code, parent, rows, below, written, lang)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _rows(codes: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Give each code's row, the first where there are two."""
    rows: dict[str, dict[str, str]] = {}
    for row in codes.reindex(columns=[*CODE_COLUMNS, "category"], fill_value=False).to_dict("records"):
        written = {str(name): _UNWRITABLE.sub("", str(value)) for name, value in row.items()}
        rows.setdefault(written["code"], written)
    return rows


def _write(
    code: str,
    parent: ElementTree.Element,
    rows: Mapping[str, Mapping[str, str]],
    below: Mapping[str, list[str]],
    written: set[str],
    lang: Language,
    depth: int = 0,
) -> None:
    if code in written:
        return
    written.add(code)
    row = rows[code]
    name = row[f"label_{lang}"] or row["label_fr"] or row["label_en"] or row["code"]
    guid = str(uuid.uuid5(_GUIDS, code)).upper()
    codable = "false" if row["category"] == "True" else "true"
    here = ElementTree.SubElement(parent, "Code", guid=guid, name=name, isCodable=codable)
    if words := _described(row, name, lang, nested=depth > 0):
        ElementTree.SubElement(here, "Description").text = words
    for child in below.get(code, ()) if depth < _DEEPEST else ():
        _write(child, here, rows, below, written, lang, depth + 1)


def _described(row: Mapping[str, str], name: str, lang: Language, nested: bool) -> str:
    """Write the definition, then what the format has no place for."""
    definition = row[f"definition_{lang}"]
    told = {f"label_{lang}": name, f"definition_{lang}": definition, "code": name}
    told |= {"parent": row["parent"]} if nested else {}
    rest = {key: row[key] for key in CODE_COLUMNS if row[key] != told.get(key, "")}
    if not rest and _MARK not in definition and definition == definition.strip():
        return definition
    rest |= {f"label_{lang}": row[f"label_{lang}"], f"definition_{lang}": definition}
    return f"{definition}\n{_MARK}{json.dumps(rest, ensure_ascii=False, sort_keys=True)}".lstrip("\n")


def unpack(description: str) -> tuple[str, dict[str, str]]:
    """Part a description from the columns that `write_codebook` put into its last line.

    >>> unpack('La route.\\navis: {"code": "trajet", "since": "2024-03"}')
    ('La route.', {'code': 'trajet', 'since': '2024-03'})
    """
    words, _, last = description.rpartition("\n")
    if not last.startswith(_MARK):
        return description, {}
    try:
        found = json.loads(last.removeprefix(_MARK))
    except ValueError:
        return description, {}
    if not isinstance(found, dict):
        return description, {}
    given = {key: found[key] for key in CODE_COLUMNS if isinstance(found.get(key), str)}
    return words, given
