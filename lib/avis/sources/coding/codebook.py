"""The codebook: the themes that notes are read with, who added which when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.i18n import Language, say
from avis.marked import Marked, load_yaml
from avis.schema import check_document
from avis.sources.coding.codes_model import slug
from avis.sources.coding.projects import is_project, read_opened
from avis.sources.files.opening import Opened, open_file
from avis.spelling import suggest

COLUMNS = ["code", "label_fr", "label_en", "parent", "definition_fr", "definition_en", "since"]
COLUMNS += ["reason_fr", "reason_en"]
_YAML = (".yaml", ".yml")
_OF_PASSAGES = {f"SRC-{number}" for number in range(351, 363)} | {"SRC-367"}
"""What is wrong with a project's passages; they are told where notes are read."""


def read_codebook(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the codebook: code, label_*, parent, definition_*, since, reason_* (fr, en); empty without one.

    It is `codebook.yaml`, or what a coding tool wrote: a `.qdc`, a project, a list of codes. Errors: those of
    `check_document` and of `read_project`; SRC-120 one code twice, SRC-121 a parent that does not exist,
    SRC-122 a code that is its own ancestor. Warning: SRC-370 labels without a language.
    """
    relative = evaluation.settings.sources.codebook
    path = evaluation.file(relative)
    if path is not None and path.suffix.lower() not in _YAML:
        opened = open_file(path, relative, problems)
        if opened is None or is_project(opened):
            return _imported(opened, evaluation.settings.languages[0], problems) if opened else _frame([])
    marked = load_yaml(path, relative, problems) if path else None
    if marked is None:
        return _frame([])
    before = len(problems.errors)
    data = check_document(marked, "codebook", problems)
    if len(problems.errors) > before:
        return _frame([])
    codes: list[dict[str, Any]] = data["codes"]
    _check(codes, marked, problems)
    return _frame([_row(code) for code in codes]).drop_duplicates("code", ignore_index=True)


def _imported(opened: Opened, lang: Language, problems: Problems) -> pd.DataFrame:
    """Take over the codes of a coding tool, written as in `codebook.yaml`."""
    found = Problems()
    coded = read_opened(opened, found)
    problems.extend(item for item in found if item.code not in _OF_PASSAGES)
    if coded is None:
        return _frame([])
    codes = coded.codes.assign(reason_fr="", reason_en="")
    if coded.facts.get("origin") != "avis":
        problems.warn("SRC-370", opened.place, language=say(f"common.languages.{lang}"))
        if lang == "en":
            names = {"label_fr": "label_en", "label_en": "label_fr"}
            names |= {"definition_fr": "definition_en", "definition_en": "definition_fr"}
            codes = codes.rename(columns=names)
    ids: dict[str, str] = {}
    for number, code in enumerate(codes["code"], 1):
        id = slug(code) or f"code-{number}"
        ids[code] = id if id not in ids.values() else f"{id}-{number}"
    codes = codes.assign(code=codes["code"].map(ids), parent=codes["parent"].map(ids).fillna(""))
    return codes[COLUMNS].astype("str")


def _row(code: dict[str, Any]) -> dict[str, str]:
    row = {"code": code["id"], "parent": code.get("parent", ""), "since": code.get("since", "")}
    for name in ("label", "definition", "reason"):
        for lang in ("fr", "en"):
            row[f"{name}_{lang}"] = code.get(name, {}).get(lang, "")
    return row


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype("str")


def _check(codes: list[dict[str, Any]], marked: Marked, problems: Problems) -> None:
    parents: dict[str, str] = {}
    for index, code in enumerate(codes):
        if code["id"] in parents:
            problems.add("SRC-120", marked.place(("codes", index, "id")), code=code["id"])
        parents.setdefault(code["id"], code.get("parent", ""))
    for index, code in enumerate(codes):
        place = marked.place(("codes", index, "parent"))
        parent = code.get("parent", "")
        if parent and parent not in parents:
            problems.add("SRC-121", place, **suggest(parent, parents))
        elif _is_own_ancestor(code["id"], parents):
            problems.add("SRC-122", place)


def _is_own_ancestor(code: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False
