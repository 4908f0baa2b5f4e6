"""`avis new --from`: the files of an association → the parts of an evaluation that name and count them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from avis.skeleton.counted import TypeSeen
from avis.sources.reading.model import Kind, Recognised

SIGN = "[à compléter]"
HOMES: dict[Kind, str] = {
    "survey": "sources/questionnaire",
    "form": "sources/questionnaire",
    "activities": "sources",
    "notes": "sources/ateliers",
    "codes": "sources/codage",
    "references": "",
}
"""Where a file of each kind stands in an evaluation."""
LONGEST_ID = 60


@dataclass(frozen=True)
class Placed:
    """A file, what it is, and where it will stand in the evaluation."""

    file: Recognised
    place: str

    @property
    def kind(self) -> Kind:
        """What the file is."""
        return self.file.kind


def place_files(files: Sequence[Recognised]) -> list[Placed]:
    """Give every file its place; two files of one name do not meet, several references share a folder."""
    placed: list[Placed] = []
    taken: set[str] = set()
    several = sum(file.kind == "references" for file in files) > 1
    for file in files:
        home = "references" if several and file.kind == "references" else HOMES[file.kind]
        stem, dot, ending = safe_name(file.path.name).rpartition(".")
        place = f"{home}/{stem}{dot}{ending}".lstrip("/")
        number = 1
        while place in taken:
            number += 1
            place = f"{home}/{stem}-{number}{dot}{ending}".lstrip("/")
        taken.add(place)
        placed.append(Placed(file, place))
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


def own_ids(names: Iterable[str]) -> list[str]:
    """Make an id of each name, and number those that would be the same.

    >>> own_ids(["rendez-vous", "Rendez vous", "Repas"])
    ['rendez-vous', 'rendez-vous-2', 'repas']
    """
    found: list[str] = []
    for name in names:
        stem = safe_name(name.replace(".", " "))[:LONGEST_ID].strip("-")
        id, number = stem, 1
        while id in found:
            number += 1
            id = f"{stem}-{number}"
        found.append(id)
    return found


def sources_part(placed: Sequence[Placed]) -> str:
    """Write the `sources:` part that names these files, as YAML with its keys explained."""
    by_kind: dict[Kind, list[str]] = {}
    for item in placed:
        by_kind.setdefault(item.kind, []).append(item.place)
    codes = by_kind.get("codes", [])
    grids = [place for place in codes if place.endswith(".qdc")]
    lines = ["sources:"]
    lines += _listed(
        "activities", by_kind.get("activities", []), "tableaux des activités, listes de présence"
    )
    lines += _surveys(placed)
    noted = by_kind.get("notes", []) + [place for place in codes if place not in grids]
    lines += _listed("notes", noted, "notes d'ateliers, projets de codage")
    lines.append(f"  codebook: {grids[0] if grids else 'codebook.yaml'}    # grille de codage")
    lines += [f"  # une autre grille, qui n'est pas lue : {place}" for place in grids[1:]]
    lines.append("  method: methode.yaml       # méthode")
    references = by_kind.get("references", [])
    if references:
        path = references[0] if len(references) == 1 else "references/*"
        lines.append(f"  references: {path}    # sources citées")
    return "\n".join(lines) + "\n"


def _listed(key: str, places: Sequence[str], words: str) -> list[str]:
    return [f"  {key}:    # {words}", *(f"    - {place}" for place in places)] if places else []


def _surveys(placed: Sequence[Placed]) -> list[str]:
    """Write one entry a file of answers; it is a wave where a form has several such files."""
    answers = [item for item in placed if item.kind == "survey"]
    forms = {item.file.path: item.place for item in placed if item.kind == "form"}
    ids = own_ids(item.place.rpartition("/")[2].rpartition(".")[0] for item in answers)
    times = Counter(item.file.form for item in answers if item.file.form)
    met: Counter[object] = Counter()
    lines = (
        ["  surveys:    # questionnaires : les réponses (file) et leur formulaire (form)"] if answers else []
    )
    for item, id in zip(answers, ids, strict=True):
        met[item.file.form] += 1
        form = item.file.form
        wave = met[form] if form and times[form] > 1 else 0
        lines += _survey(id, item, forms[form] if form else "", wave)
    return lines


def _survey(id: str, item: Placed, form: str, wave: int) -> list[str]:
    lines = [f"    - id: {json.dumps(id)}", f"      file: {item.place}"]
    if form:
        lines.append(f"      form: {form}")
    elif not item.place.endswith(".lsa"):
        lines.append("      # form: le formulaire ; avis check dit où le trouver")
    if wave:
        lines.append(f"      wave: {wave}    # 1 la première fois, 2 la suivante : vérifiez l'ordre")
    lines.append(f'      title: {{fr: "{SIGN} Titre du questionnaire"}}')
    lines.append(f'      population: {{fr: "{SIGN} À qui il a été posé"}}')
    if item.file.closed:
        lines.append("      show:    # les questions montrées, dans cet ordre ; gardez celles qui servent")
        lines += [f"        - {{question: {json.dumps(name)}}}" for name in item.file.closed]
    else:
        lines.append("      # show: [{question: nom_de_la_question}]    # les questions montrées")
    return lines


def indicators_part(types: Sequence[TypeSeen], counted: bool = False) -> str:
    """Write one indicator a type of activity, to be worded by whoever knows what it is.

    Where no type is proposed, one for all; `counted` says that rows of the log hold numbers of acts.
    """
    lines = ["indicators:"]
    for id, seen in zip(own_ids(seen.word for seen in types), types, strict=True):
        lines += _indicator(id, seen.word, seen.counted)
        lines.append(f"    where: {{type: {_text(seen.word)}}}")
    if not types:
        lines += _indicator("activites", "activités", counted)
    return "\n".join(lines) + "\n"


def _indicator(id: str, word: str, counted: bool) -> list[str]:
    how = (
        "count            # le nombre écrit dans la ligne"
        if counted
        else "rows             # une ligne = un acte"
    )
    return [
        f"  - id: {json.dumps(id)}",
        f"    label: {{fr: {_text(f'{SIGN} {word}')}}}",
        "    measure: acts          # acts (actes), attendances (présences), people (personnes), hours…",
        f"    count: {how}",
    ]


def labels_part(types: Sequence[TypeSeen]) -> str:
    """Write the words of the log: a table in force where one word has several spellings, else a proposal."""
    if not types:
        return ""
    lines = ["labels:", "  type:"]
    for id, seen in zip(own_ids(seen.word for seen in types), types, strict=True):
        others = ", ".join(map(_text, (seen.word, *seen.others)))
        lines.append(f"    {json.dumps(id)}: {{fr: {_text(seen.word)}, from: [{others}]}}")
    forced = any(seen.others for seen in types)
    head = (
        "# Un mot par sorte d'activité : dans « from », ses autres écritures (RDV, rdv indiv.).\n"
        "# Réunissez ici les lignes qui disent la même chose, et retirez l'indicateur en trop.\n"
    )
    return head + "\n".join(line if forced else f"# {line}" for line in lines) + "\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def period_part(years: Mapping[str, str]) -> str:
    """Write the period of the files' dates; the model's, to be checked, where they have none."""
    if not years:
        return f"period: {{start: 2024-01, end: 2024-12}}    # {SIGN} la période de l'évaluation"
    return (
        f'period: {{start: "{years["start"]}", end: "{years["end"]}"}}    # d\'après les dates des fichiers'
    )
