"""What a note says of itself: front matter, lines « Clé : valeur » at its top, or a file .yaml beside it.

The file beside it wins, key by key: it is where an association writes what Word or a pad cannot hold.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.i18n import language
from avis.marked import Marked, load_yaml, parse_yaml
from avis.periods import parse_period
from avis.schema import check_document
from avis.sources.notes.admitted import KEPT_IN_LISTS, admit, language_code
from avis.sources.notes.blocks import Unit
from avis.spelling import fold

SIDECARS = (".yaml", ".yml")
_WRITTEN: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "identifier"),
    "date": ("date",),
    "lieu": ("lieu", "place", "endroit", "location"),
    "type": ("type", "sorte", "kind"),
    "langues": ("langue", "langues", "language", "languages", "langue(s)"),
    "participants": (
        *("participants", "participantes", "participations", "participant·e·s", "participant(e)s"),
        *("presents", "presentes", "present·e·s", "present(e)s", "personnes presentes", "attendances"),
        *(
            "liste des presents",
            "liste des presentes",
            "liste de presence",
            "liste des participants",
            "attendees",
        ),
        *("liste des participantes", "etaient presents", "etaient presentes", "nom des participants"),
        *("nombre de participants", "nombre de participantes", "number of participants"),
    ),
    "animation": ("animation", "facilitation"),
    "guide": ("guide", "version du guide", "guide d'entretien", "guide version"),
    "cadre": ("cadre", "setting"),
    "rendu": ("rendu", "returned", "rendu le", "rendu aux personnes"),
    "absents": ("absents", "absentes", "absent"),
}
_KEYS = {written: key for key, all_written in _WRITTEN.items() for written in all_written}
"""What people write at the top of a note, folded, and the key of the schema that it fills."""
_ASIDE = re.compile(r"\s+\([^()]*\)$")
"""« Présents (9) »."""
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:et|and)\s+")


def split_front(text: str, name: str, problems: Problems) -> tuple[str, str, int] | None:
    """Give front matter, body, and the line on which the body begins; none where there is no front matter.

    Errors: SRC-103 front matter that does not end.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    problems.add("SRC-103", Place(name, line=1))
    return "", "", len(lines) + 1


def read_front(head: str, name: str, problems: Problems) -> Marked | None:
    """Read front matter in YAML; a key left empty says nothing, and is no fault."""
    return _filled(parse_yaml(head, name, problems, first_line=2), problems) if head.strip() else None


def read_beside(path: Path, name: str, problems: Problems) -> Marked | None:
    """Read the file of the same name that ends in .yaml or .yml, if there is one."""
    for suffix in SIDECARS:
        beside = path.with_suffix(suffix)
        if beside != path and beside.is_file():
            return _filled(
                load_yaml(beside, str(Path(name).with_suffix(suffix).as_posix()), problems), problems
            )
    return None


def _filled(marked: Marked | None, problems: Problems) -> Marked | None:
    """Take keys and values as people write them at the top of a note: « Date : 4 mars 2024 ».

    Errors: EVA-007 two spellings of one key. Remark: SRC-322 people who are named.
    """
    if marked is None or not isinstance(marked.data, dict):
        return marked
    data: dict[str, Any] = {}
    marks = dict(marked.marks)
    for written, value in marked.data.items():
        key = key_of(written) or written
        place = marked.place((written,))
        if key in data and value is not None:
            problems.add("EVA-007", place, key=key)
            continue
        marks.setdefault((key,), (place.line, place.column))
        if isinstance(value, str) and key in _WRITTEN:
            put(data, key, value, place, problems)
        elif value is not None:
            _put_admitted(data, key, value, place, problems)
    return Marked(marked.file, data, marks, marked.dropped)


def key_of(written: str) -> str:
    """Give the key of the schema that people mean by a word; empty where it is none.

    >>> key_of("Langues"), key_of("Présentes (9)"), key_of("Idée")
    ('langues', 'participants', '')
    """
    key = fold(written)
    return _KEYS.get(key) or _KEYS.get(_ASIDE.sub("", key), "")


def put(data: dict[str, Any], key: str, value: str, place: Place, problems: Problems) -> None:
    """Put what somebody wrote behind a key; remark SRC-322 people who are named, which is not kept.

    Remarks: those of `_put_admitted`.
    """
    if not value:
        return
    if key == "participants":
        number = number_of(value)
        if number or not any(map(str.isalpha, value)):
            data[key] = number or value
        else:
            problems.warn("SRC-322", place)
    elif key == "absents":
        data[key] = {language(): value}
    else:
        _put_admitted(data, key, _value(key, value), place, problems)


def _put_admitted(data: dict[str, Any], key: str, value: object, place: Place, problems: Problems) -> None:
    """Put a value; remarks SRC-348 and SRC-349 what a list of languages or roles may not hold."""
    if key not in KEPT_IN_LISTS or not isinstance(value, list):
        data[key] = value
        return
    kept = admit(key, value)
    if kept:
        data[key] = kept
    if len(kept) < len(value):
        problems.warn(KEPT_IN_LISTS[key], place, n=len(value) - len(kept))


def number_of(value: str) -> str:
    """Give the number with which a value begins; empty where it begins with something else."""
    found = re.match(r"\d+(?=\b)", value)
    return found[0] if found else ""


def _value(key: str, value: str) -> str | list[str]:
    if key == "date" or (key == "rendu" and fold(value) not in ("non", "no")):
        return parse_period(value) or value
    if key == "type":
        return value.lower()
    if key == "langues":
        return [language_code(one) or one for one in _BETWEEN.split(value) if one]
    return [one for one in _BETWEEN.split(value) if one] if key == "animation" else value


def check_front(marked: Marked | None, unit: Unit, problems: Problems) -> dict[str, Any]:
    """Check by `data/schema/note.schema.json`. Errors: those of `check_document`."""
    if marked is None:
        return {}
    told = Problems()
    front = check_document(marked, "note", told)
    problems.extend(replace(item, place=replace(item.place, unit=unit)) for item in told)
    return front if isinstance(front, dict) else {}
