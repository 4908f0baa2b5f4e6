"""The words of the room's pages: ours, those of the association, and the clips that it recorded.

`salle/mots.<lang>.toml` in the evaluation changes some of our words, or brings a language that we have not.
Such a language is offered once all words of a phone are there: nobody is led halfway and then left in French.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import lies_within, read_regular
from avis.writing.typography import set_french

FOLDER = "salle"
CLIPS = "voix"
OURS = ("fr", "en", "es")
"""Languages that come with the workbench; French first, since it stands in for what is missing elsewhere."""
MOST_BYTES = 200_000
MOST_SIGNS = 600
SUFFIXES = (".mp3", ".ogg", ".m4a", ".wav")
_OWN = re.compile(r"mots\.([a-z]{2,3})\.toml")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_FACT = re.compile(r"\{(\w+)\}")


def read_words(evaluation: Evaluation, problems: Problems) -> dict[str, dict[str, str]]:
    """Give the words of each language that can be offered: by language, then by `view.key`.

    Errors, all as remarks, since a session must not fail on a word: SAL-070 a file that cannot be read;
    SAL-071 words that no page has; SAL-072 a language that is not offered yet, and how much is missing.
    """
    found = {language: dict(packaged(language)) for language in OURS}
    for language, path in _own_files(evaluation).items():
        place = Place(evaluation.name(path))
        own = _read_own(path, evaluation)
        if own is None:
            problems.warn("SAL-070", place)
            continue
        known = {key: words for key, words in own.items() if _fits(key, words)}
        if strange := sorted(own.keys() - known.keys()):
            problems.warn("SAL-071", place, keys=", ".join(strange[:10]))
        whole = found.get(language, {}) | known
        if missing := sorted(_needed() - whole.keys()):
            problems.warn("SAL-072", place, n=len(missing), keys=", ".join(missing[:10]))
            continue
        found[language] = whole
    return found


def words(evaluation: Evaluation, language: str, view: str) -> dict[str, Any]:
    """Give what a page needs in one language: words by key, the languages that there are, clips by language.

    A language that is not offered gives French.
    """
    offered = read_words(evaluation, Problems())
    language = language if language in offered else OURS[0]
    whole = offered[OURS[0]] | offered[language]
    return {
        "language": language,
        "languages": {one: theirs["name"] for one, theirs in offered.items()},
        "clips": {one: keys for one in clip_languages(evaluation) if (keys := clips(evaluation, one))},
        "words": {
            key.partition(".")[2]: text
            for key, text in whole.items()
            if key.partition(".")[0] in ("common", view)
        },
    }


def clip(evaluation: Evaluation, language: str, key: str) -> Path | None:
    """Find the clip that somebody recorded for a key, in a language; none where there is none."""
    if not _KEY.fullmatch(key) or not re.fullmatch("[a-z]{2,3}", language):
        return None
    root = evaluation.folders.root
    folder = root / FOLDER / CLIPS / language
    paths = (folder / f"{key}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file() and lies_within(path, root)), None)


def clips(evaluation: Evaluation, language: str) -> list[str]:
    """List the keys for which there is a clip in a language."""
    folder = evaluation.folders.root / FOLDER / CLIPS / language
    keys = {path.stem for path in folder.glob("*") if path.suffix in SUFFIXES}
    return sorted(key for key in keys if clip(evaluation, language, key))


def clip_languages(evaluation: Evaluation) -> list[str]:
    """List the languages in which somebody recorded clips."""
    return sorted(path.name for path in (evaluation.folders.root / FOLDER / CLIPS).glob("*") if path.is_dir())


@cache
def packaged(language: str) -> dict[str, str]:
    """Give the words that come with the workbench, by `view.key`.

    >>> packaged("en")["phone.leave"], packaged("es")["name"]
    ('Leave quickly', 'Español')
    """
    path = Path(__file__).parent / "mots" / f"{language}.toml"
    return _set(_flat(tomllib.loads(path.read_text(encoding="utf-8"))), language)


@cache
def _needed() -> frozenset[str]:
    """What a language must have to be offered: its name, and all that phones say."""
    return frozenset(key for key in packaged(OURS[0]) if key.startswith(("name", "common.", "phone.")))


def _own_files(evaluation: Evaluation) -> dict[str, Path]:
    paths = sorted((evaluation.folders.root / FOLDER).glob("mots.*.toml"))
    return {found[1]: path for path in paths if (found := _OWN.fullmatch(path.name))}


def _read_own(path: Path, evaluation: Evaluation) -> dict[str, str] | None:
    if not lies_within(path, evaluation.folders.root):
        return None
    try:
        data = read_regular(path, MOST_BYTES)
        tables = tomllib.loads(data.decode("utf-8-sig")) if len(data) <= MOST_BYTES else None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return None if tables is None else _set(_flat(tables), path.name.split(".")[1])


def _fits(key: str, text: str) -> bool:
    """Tell whether a page has these words and can fill them: the same `{facts}` as ours."""
    ours = packaged(OURS[0]).get(key)
    return (
        ours is not None
        and 0 < len(text) <= MOST_SIGNS
        and set(_FACT.findall(text)) <= set(_FACT.findall(ours))
    )


def _set(flat: dict[str, str], language: str) -> dict[str, str]:
    return {key: set_french(text) for key, text in flat.items()} if language == "fr" else flat


def _flat(tables: dict[str, Any], before: str = "") -> dict[str, str]:
    """Write nested tables as dotted keys.

    >>> _flat({"phone": {"join": {"title": "Hello"}}})
    {'phone.join.title': 'Hello'}
    """
    flat: dict[str, str] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = str(value)
    return flat
