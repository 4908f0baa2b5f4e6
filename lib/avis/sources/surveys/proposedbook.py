"""Questions → the rows of a codebook, to correct and to declare."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from avis.descriptors import read_descriptor
from avis.i18n import language
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.form import Form

_TYPES = {
    "fr": {"text": "texte", "decimal": "nombre", "integer": "entier", "date": "date"},
    "en": {"text": "text", "decimal": "number", "integer": "integer", "date": "date"},
}
_CHOSEN = {"select_one": ("choix", "choice"), "select_multiple": ("plusieurs", "several")}

_LEFT_OUT = {"fr": "laisser", "en": "leave out"}


def propose_codebook(form: Form) -> pd.DataFrame:
    """Give the codebook of a form: one row a question, headers and types in the language of messages.

    Reading it back gives the same questions, types and codes. Texts that « other » implies have no row;
    columns that ask who somebody is have the role of what is not read.
    """
    lang = language()
    fields = read_descriptor("codebook").read
    implied = (form.questions["role"] == "specify") & (form.questions["path"] == form.questions["name"])
    asked = form.questions[form.questions["role"].isin(["question", "specify"]) & ~implied]
    blank = dict.fromkeys((item.name for item in fields), "")
    rows = [blank | _row(row, form, lang == "en") for row in asked.to_dict("records")]
    away = form.left_out if isinstance(form, Codebook) else ()
    rows += [blank | {"question": header, "role": _LEFT_OUT[lang]} for header in away]
    table = pd.DataFrame(rows, columns=[item.name for item in fields], dtype="str")
    return table.rename(columns={item.name: item.titles[lang] for item in fields})


def _row(row: Mapping[Hashable, Any], form: Form, english: bool) -> dict[str, str]:
    kind = row["type"]
    types = _TYPES["en" if english else "fr"]
    choices = form.choices[form.choices["list"] == row["list"]] if row["list"] else form.choices[:0]
    labels = choices["label_fr"].where(choices["label_fr"] != "", choices["label_en"])
    pairs = [f"{code}={label}" for code, label in zip(choices["code"], labels, strict=True)]
    others = choices.loc[choices["other"], "code"].tolist()
    return {
        **{"question": row["path"], "id": row["name"]},
        "type": _CHOSEN[kind][english] if kind in _CHOSEN else types.get(kind, types["text"]),
        **{"label_fr": row["label_fr"], "label_en": row["label_en"], "choices": " | ".join(pairs)},
        "separator": form.separators.get(row["name"], "") if isinstance(form, Codebook) else "",
        "other": str(others[0]) if others else "",
        "specify_of": row["parent"] if row["role"] == "specify" else "",
        **{"relevance": row["relevance"], "version": row["version"]},
    }
