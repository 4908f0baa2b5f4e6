"""What a header may be: names and paths of questions, their labels, and those with a choice behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from avis.sources.surveys.choices import CODES, tidy
from avis.sources.surveys.form import Form

Target = tuple[str, str]
"""A question, and the choice that a split column stands for ("" for the question itself)."""
Exact = dict[str, Target]
Labels = dict[str, list[Target]]
Words = Mapping[str, Sequence[str]]
"""What may stand behind the name of a question, and the choices that it may mean."""

_PLACE_PARTS = ("Latitude", "Longitude", "Altitude", "Accuracy")
"""The columns in which ODK Central writes a place."""
SEPARATORS = ("/", "-", ".", ":", "::", "|", ">", " > ", " / ", " - ", "\\", "__", "_")
"""What may stand between groups, question and choice: in Kobo people choose it, ODK writes « - »."""


def targets_of(
    form: Form, kinds: Mapping[str, str], repeat: str, separators: Sequence[str], votes: Counter[str]
) -> tuple[Exact, Labels]:
    """Give what headers mean: names and paths, which mean one thing; labels, which may mean several.

    `kinds` holds the questions that are sought, `votes` how the other headers of the file are written.
    """
    exact: Exact = {}
    labels: Labels = {}
    paths = dict(zip(form.questions["name"], form.questions["path"], strict=True))
    plain = [name for name in paths if name in kinds]
    for name in plain:
        exact[name] = exact[paths[name]] = (name, "")
    for name in plain:
        own = (name, paths[name], paths[name].removeprefix(f"{repeat}/"))
        # What several questions may share: labels, and the name without its groups.
        shared = (*form.spellings.get(name, ()), paths[name].rpartition("/")[2])
        labelled = _labels_of(form, name)
        for ways, into in ((own, exact), (shared, labels)):
            for way in dict.fromkeys(ways):
                words = _words(form, name, kinds[name], _ways(way, own, labelled), votes)
                for spelling in _spelled(way, separators):
                    _take(into, labels, name, tidy(spelling), separators, words)
    return exact, labels


def _take(
    into: Exact | Labels, labels: Labels, name: str, spelling: str, separators: Sequence[str], words: Words
) -> None:
    """Note what a spelling of a question means, alone and with each choice behind it."""
    found = {spelling: [(name, "")]}
    for word, codes in words.items():
        for separator in separators:
            found[f"{spelling}{separator}{word}"] = [(name, code) for code in codes]
    for header, targets in found.items():
        if into is not labels and len(targets) == 1:
            into.setdefault(header, targets[0])  # type: ignore[arg-type]
        else:
            known = labels.setdefault(header, [])
            known += [target for target in targets if target not in known]


def ways_of_headers(
    form: Form, kinds: Mapping[str, str], keys: Iterable[str], separators: Sequence[str]
) -> Counter[str]:
    """Count the headers that are names of questions and no labels (CODES), and labels of each language."""
    spoken: dict[str, set[str]] = {}
    for name, path in zip(form.questions["name"], form.questions["path"], strict=True):
        own, labelled = (name, path, path.rpartition("/")[2]), _labels_of(form, name)
        for way in dict.fromkeys((*own, *form.spellings.get(name, ()))) if name in kinds else ():
            for spelling in _spelled(way, separators):
                spoken.setdefault(tidy(spelling), set()).update(_ways(way, own, labelled))
    votes: Counter[str] = Counter()
    for key in keys:
        heads = (key, *(key.rpartition(separator)[0] for separator in separators))
        ways: set[str] = next((spoken[head] for head in heads if head in spoken), set())
        if CODES not in ways or len(ways) == 1:
            votes.update(ways)
    return votes


def _ways(spelling: str, own: Sequence[str], labelled: Mapping[str, str]) -> set[str]:
    """Tell how a spelling is written: as a name, as the label of some languages, or both alike."""
    text = tidy(spelling)
    langs = {lang for lang, label in labelled.items() if text == label or text.endswith(f"/{label}")}
    if spelling in own:
        return {CODES, *langs}
    return langs or set(labelled)  # the label of an older version of the form


def _labels_of(form: Form, name: str) -> dict[str, str]:
    row = form.questions.loc[form.questions["name"] == name].iloc[0]
    columns = [str(column) for column in form.questions.columns if str(column).startswith("label_")]
    return {column.removeprefix("label_"): tidy(row[column]) for column in columns if row[column]}


def separators_in(form: Form, kinds: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    """Give what stands between groups, questions and choices in these headers, as far as can be told."""
    heads: set[str] = set()
    for name, path in zip(form.questions["name"], form.questions["path"], strict=True):
        if name in kinds:
            spelled = [name, path, path.rpartition("/")[2], *form.spellings.get(name, ())]
            heads |= {tidy(one.partition("/")[0]) for one in spelled if "/" in one}
            heads |= {tidy(one.rpartition("/")[0]) for one in spelled if "/" in one}
            heads |= {tidy(one) for one in spelled if kinds[name] in ("select_multiple", "geopoint")}
    return tuple(
        one
        for one in SEPARATORS
        if one == "/"
        or any({key.partition(one)[0], key.rpartition(one)[0]} & heads for key in keys if one in key)
    )


def _spelled(path: str, separators: Sequence[str]) -> list[str]:
    return [path.replace("/", separator) for separator in separators] if "/" in path else [path]


def _words(form: Form, name: str, kind: str, own: set[str], votes: Counter[str]) -> Words:
    if kind == "geopoint":
        return {part: ["place"] for part in _PLACE_PARTS}
    return choice_words(form.admitted(name), own, votes) if kind == "select_multiple" else {}


def choice_words(choices: pd.DataFrame, own: set[str], votes: Counter[str]) -> dict[str, list[str]]:
    """Give what may name a choice in a header: as the name before it is written, then in the other ways.

    Where that name is written the same in several ways, the one of most headers of the file decides; where
    that tells nothing, a word may mean several choices.
    """
    columns = [str(column) for column in choices.columns if str(column).startswith("label_")]
    ways = {CODES: "code", **{column.removeprefix("label_"): column for column in columns}}
    best = max((votes[way] for way in own), default=0)
    first = [way for way in ways if way in own and votes[way] == best]
    rest = sorted((way for way in ways if way not in first), key=lambda way: (way not in own, -votes[way]))
    found: dict[str, list[str]] = {}
    for tier in (first, *([way] for way in rest)):
        taken = set(found)
        for way in tier:
            for word, code in zip(map(tidy, choices[ways[way]]), map(str, choices["code"]), strict=True):
                if word and word not in taken and code not in found.get(word, []):
                    found.setdefault(word, []).append(code)
    return found
