"""The codebook: the themes that notes are read with, who added which when."""

from __future__ import annotations

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.files.opening import Opened, open_file
from avis.i18n import Language, say
from avis.marked import load_yaml
from avis.schema import check_document
from avis.sources.coding.codes_model import slug
from avis.sources.coding.history import successor, tell_history
from avis.sources.coding.projects import is_project, read_opened
from avis.sources.coding.written import COLUMNS, YAML, no_codes, read_written
from avis.spelling import fold

_OF_PASSAGES = {f"SRC-{number}" for number in range(351, 363)} | {"SRC-367"}
"""What is wrong with a project's passages; they are told where notes are read."""


def read_codebook(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the codebook: code, label_*, parent, definition_*, since, reason_* (fr, en), status, into.

    Empty without one; see `written.COLUMNS`.

    It is `codebook.yaml`, or what a coding tool wrote: a `.qdc`, a project, a list of codes. Errors: those of
    `check_document` and of `read_project`; SRC-120 one code twice, SRC-121 a parent that does not exist,
    SRC-122 a code that is its own ancestor. Warning: SRC-370 labels without a language.
    """
    relative = evaluation.settings.sources.codebook
    path = evaluation.file(relative)
    if path is not None and path.suffix.lower() not in YAML:
        opened = open_file(path, relative, problems)
        if opened is None or is_project(opened):
            return _imported(opened, evaluation.settings.languages[0], problems) if opened else no_codes()
    marked = load_yaml(path, relative, problems) if path else None
    if marked is None:
        return no_codes()
    return read_written(marked, problems)


def read_changes(evaluation: Evaluation, codebook: pd.DataFrame) -> pd.DataFrame:
    """Give the history of the codebook (HISTORY_COLUMNS); a tool's says only since when codes are there.

    What is wrong with the file is told by `read_codebook`.
    """
    relative = evaluation.settings.sources.codebook
    path = evaluation.file(relative)
    told = Problems()
    if path is not None and path.suffix.lower() in YAML:
        marked = load_yaml(path, relative, told)
        codes = check_document(marked, "codebook", told)["codes"] if marked is not None else []
        return tell_history(codes)
    dated = codebook[codebook["since"] != ""]
    return tell_history(
        [{"id": id, "since": on} for id, on in zip(dated["code"], dated["since"], strict=True)]
    )


def names_of(codebook: pd.DataFrame) -> dict[str, str]:
    """Give, for each code in its folded spelling, the code it is read as: merged codes where they went."""
    rows = zip(codebook["code"], codebook["status"], codebook["into"], strict=True)
    merged = {code: into for code, status, into in rows if status == "merged"}
    return {fold(code): successor(code, merged) for code in codebook["code"]}


def _imported(opened: Opened, lang: Language, problems: Problems) -> pd.DataFrame:
    """Take over the codes of a coding tool, written as in `codebook.yaml`."""
    found = Problems()
    coded = read_opened(opened, found)
    problems.extend(item for item in found if item.code not in _OF_PASSAGES)
    if coded is None:
        return no_codes()
    codes = coded.codes.assign(reason_fr="", reason_en="", status="", into="")
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
