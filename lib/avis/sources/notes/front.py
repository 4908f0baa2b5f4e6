"""What a note says of itself: front matter, lines « Clé : valeur » at its top, or a file .yaml beside it.

The file beside it wins, key by key: it is where an association writes what Word or a pad cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.i18n import language
from avis.marked import Marked, load_yaml, parse_yaml
from avis.periods import parse_period
from avis.schema import check_document
from avis.sources.notes.blocks import Block, Unit
from avis.sources.notes.paragraphs import clean
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
_LANGUAGES = {
    **dict.fromkeys(("francais", "french"), "fr"),
    **dict.fromkeys(("anglais", "english"), "en"),
    **dict.fromkeys(("espagnol", "spanish"), "es"),
    **dict.fromkeys(("arabe", "arabic"), "ar"),
    **dict.fromkeys(("portugais", "portuguese"), "pt"),
    **dict.fromkeys(("pidgin", "pidgin nigerian", "nigerian pidgin"), "pcm"),
    **dict.fromkeys(("edo", "bini"), "bin"),
}
_LINE = re.compile(r"(?P<key>[^:]{1,40}?)\s*:\s*(?P<value>.*)", re.DOTALL)
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
    return _filled(parse_yaml(head, name, problems, first_line=2)) if head.strip() else None


def read_beside(path: Path, name: str, problems: Problems) -> Marked | None:
    """Read the file of the same name that ends in .yaml or .yml, if there is one."""
    for suffix in SIDECARS:
        beside = path.with_suffix(suffix)
        if beside != path and beside.is_file():
            return _filled(load_yaml(beside, str(Path(name).with_suffix(suffix).as_posix()), problems))
    return None


def _filled(marked: Marked | None) -> Marked | None:
    if marked is None or not isinstance(marked.data, dict):
        return marked
    filled = {key: value for key, value in marked.data.items() if value is not None}
    return Marked(marked.file, filled, marked.marks)


def take_front(
    blocks: tuple[Block, ...], name: str, unit: Unit, problems: Problems
) -> tuple[Marked | None, tuple[Block, ...]]:
    """Take the lines « Clé : valeur » from the top of a note, below its title; the first other ends them.

    Remarks: SRC-322 people who are named there, which is not kept.
    """
    data: dict[str, Any] = {}
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
    taken = sum(1 for _ in _titles(blocks))
    rest = list(blocks[taken:])
    while rest and not rest[0].level and (found := _pairs(rest[0])):
        for number, key, value in found:
            marks[(key,)] = (rest[0].number + (number if unit == "line" else 0), 1)
            _put(data, key, value, Place(name, line=marks[(key,)][0], field=key, unit=unit), problems)
        rest.pop(0)
    marked = Marked(name, data, marks) if marks else None
    return marked, (*blocks[:taken], *rest)


def _titles(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if not block.level:
            return
        yield block


def _pairs(block: Block) -> list[tuple[int, str, str]]:
    """Give number, key and value of each line of a block; none where one of them is no such line."""
    found = []
    for number, line in enumerate(block.lines):
        pair = _LINE.fullmatch(line.replace("**", "").strip())
        key = _KEYS.get(fold(pair["key"])) if pair else None
        if pair is None or key is None:
            return []
        found.append((number, key, clean(pair["value"])))
    return found


def _put(data: dict[str, Any], key: str, value: str, place: Place, problems: Problems) -> None:
    if not value:
        return
    if key == "participants":
        number = re.match(r"\d+(?=\b)", value)
        if number:
            data[key] = number[0]
        else:
            problems.warn("SRC-322", place)
    elif key == "absents":
        data[key] = {language(): value}
    else:
        data[key] = _value(key, value)


def _value(key: str, value: str) -> str | list[str]:
    if key == "date" or (key == "rendu" and fold(value) not in ("non", "no")):
        return parse_period(value) or value
    if key == "type":
        return value.lower()
    if key == "langues":
        return [_LANGUAGES.get(fold(one), one.lower()) for one in _BETWEEN.split(value) if one]
    return [one for one in _BETWEEN.split(value) if one] if key == "animation" else value


def check_front(marked: Marked | None, unit: Unit, problems: Problems) -> dict[str, Any]:
    """Check by `data/schema/note.schema.json`. Errors: those of `check_document`."""
    if marked is None:
        return {}
    told = Problems()
    front = check_document(marked, "note", told)
    problems.extend(replace(item, place=replace(item.place, unit=unit)) for item in told)
    return front if isinstance(front, dict) else {}
