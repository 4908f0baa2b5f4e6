"""Questions → the rows of a codebook, to correct and to declare."""

from __future__ import annotations

import pandas as pd

from avis.descriptors import read_descriptor
from avis.i18n import language
from avis.sources.surveys.form import Form

_TYPES = {
    "fr": {"text": "texte", "decimal": "nombre", "integer": "entier", "date": "date"},
    "en": {"text": "text", "decimal": "number", "integer": "integer", "date": "date"},
}
_CHOSEN = {"select_one": ("choix", "choice"), "select_multiple": ("plusieurs", "several")}


def propose_codebook(form: Form) -> pd.DataFrame:
    """Give the codebook of a form: one row a question, headers and types in the language of messages.

    Reading it back gives the same questions, types and codes.
    """
    lang = language()
    fields = read_descriptor("codebook").read
    rows = []
    for row in form.questions.to_dict("records"):
        if row["role"] not in ("question", "specify") or (
            row["role"] == "specify" and row["path"] == row["name"]
        ):
            continue
        choices = form.choices[form.choices["list"] == row["list"]] if row["list"] else form.choices[:0]
        several = row["type"] in _CHOSEN
        kind = (
            _CHOSEN[row["type"]][lang == "en"]
            if several
            else _TYPES[lang].get(row["type"], _TYPES[lang]["text"])
        )
        labels = choices["label_fr"].where(choices["label_fr"] != "", choices["label_en"])
        pairs = [f"{code}={label}" for code, label in zip(choices["code"], labels, strict=True)]
        others = choices.loc[choices["other"], "code"].tolist()
        separator = getattr(form, "separators", {}).get(row["name"], "")
        rows.append(
            {
                **dict.fromkeys((item.name for item in fields), ""),
                **{"question": row["path"], "id": row["name"], "type": kind},
                **{"label_fr": row["label_fr"], "label_en": row["label_en"], "choices": " | ".join(pairs)},
                **{"separator": separator, "other": str(others[0]) if others else ""},
                **{"specify_of": row["parent"] if row["role"] == "specify" else ""},
                **{"relevance": row["relevance"], "version": row["version"]},
            }
        )
    table = pd.DataFrame(rows, columns=[item.name for item in fields], dtype="str")
    return table.rename(columns={item.name: item.titles[lang] for item in fields})
