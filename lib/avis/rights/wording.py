"""The words of the consent sheet, a file a language, that an association changes as it wants.

`accord/feuille.<lang>.toml` in the evaluation, else the one that comes with the workbench. Each text has a
version: its own number and a short hash of its words, so that a word changed is a new version and the
ledger says what was read. A text says who has proofread it; until then the sheet says that nobody has.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import lies_within, read_regular, write_whole

FOLDER = "accord"
VERSIONS = f"{FOLDER}/versions"
"""Where the words of each sheet are kept as they were read."""
TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 100_000
OURS = ("fr", "en")
"""Languages in which the workbench has words; in any other a speaker writes them."""
AWAITED = ("pcm", "bin")
"""Nigerian Pidgin and Edo: what `--lang all` asks for too, so that somebody who speaks them is asked."""
LANGUAGE = re.compile(r"[a-z]{2,3}")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a sheet and of a slip in one language, as its file holds them."""

    version: str
    text: dict[str, str]
    scopes: dict[str, str]
    minors: dict[str, str]
    code: dict[str, str]
    signed_by: str = ""
    signed_on: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one language: which version, and who has proofread them."""

    language: str
    words: Words
    source: str
    """The file as it was read: what is kept beside the ledger."""

    @property
    def version(self) -> str:
        """What the sheet prints and the ledger records, « 1-3fa9c2 »."""
        said = msgspec.json.encode(
            [self.words.text, self.words.scopes, self.words.minors, self.words.code], order="sorted"
        )
        return f"{self.words.version}-{hashlib.sha256(said).hexdigest()[:6]}"

    @property
    def signed(self) -> bool:
        """Whether people concerned, or a speaker, have proofread it: who and when are both there."""
        return bool(self.words.signed_by and self.words.signed_on)


def read_wording(evaluation: Evaluation, lang: str, problems: Problems) -> Wording | None:
    """Give the words of a language; none where nobody has written them yet.

    Errors: EVA-022 a link that leaves the folder, SRC-041 no file, CON-020 no TOML, CON-021 texts that are
    missing or unknown, CON-022 a signature without its day.
    """
    path = own_file(evaluation, lang)
    name = f"{FOLDER}/{path.name}"
    if path.is_symlink() and not lies_within(path, evaluation.folders.root):
        problems.add("EVA-022", Place(name))
        return None
    if not path.exists():
        return packaged(lang)
    try:
        source = read_regular(path, MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        problems.add("SRC-041", Place(name))
        return None
    return _understood(lang, source, name, problems)


def languages_of(evaluation: Evaluation) -> tuple[str, ...]:
    """List the languages to print unasked: the evaluation's, and those that a speaker wrote for it."""
    written = (lang for lang in _written(evaluation) if lang not in OURS)  # ours are copied to be changed
    return tuple(dict.fromkeys([*evaluation.settings.languages, *written]))


def all_languages(evaluation: Evaluation) -> tuple[str, ...]:
    """List the languages of `--lang all`: ours, those expected of speakers, those that were written."""
    return tuple(dict.fromkeys([*OURS, *AWAITED, *_written(evaluation)]))


def _written(evaluation: Evaluation) -> list[str]:
    """The languages of the files in `accord/`."""
    paths = sorted((evaluation.folders.root / FOLDER).glob("feuille.*.toml"))
    return [lang for path in paths if LANGUAGE.fullmatch(lang := path.name.split(".")[1])]


def own_file(evaluation: Evaluation, lang: str) -> Path:
    """Say where an association writes its own words of a language."""
    return evaluation.folders.root / FOLDER / f"feuille.{lang}.toml"


def packaged(lang: str) -> Wording | None:
    """Give the words that come with the workbench; none where it has none.

    >>> [lang for lang in ("fr", "en", "pcm", "bin") if packaged(lang)]
    ['fr', 'en']
    """
    if lang not in OURS:
        return None
    source = (TEMPLATES / f"feuille.{lang}.toml").read_text(encoding="utf-8")
    return Wording(lang, msgspec.convert(tomllib.loads(source), Words), source)


def _understood(lang: str, source: str, name: str, problems: Problems) -> Wording | None:
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        problems.add("CON-020", Place(name, line=int(found[1]) if found else 0))
        return None
    wrong = _differences(data)
    if wrong:
        problems.add("CON-021", Place(name), keys=", ".join(wrong[:8]))
        return None
    words = msgspec.convert(data, Words)
    if bool(words.signed_by) != bool(words.signed_on) or not _is_day(words.signed_on):
        problems.add("CON-022", Place(name))
        return None
    return Wording(lang, words, source)


def _differences(data: dict[str, object]) -> list[str]:
    """Name what is missing, unknown, empty or no text, held against the words that we have."""
    model = tomllib.loads((TEMPLATES / "feuille.fr.toml").read_text(encoding="utf-8"))
    wanted, given = _leaves(model), _leaves(data)
    may_be_empty = {"signed_by", "signed_on"}
    empty = [key for key, value in given.items() if key in wanted and not value and key not in may_be_empty]
    strange = [key for key, value in given.items() if not isinstance(value, str)]
    if not re.fullmatch(r"\w{1,12}", str(data.get("version", ""))):  # it becomes the name of a file
        strange.append("version")
    missing = wanted.keys() - given.keys() - may_be_empty
    return sorted({*missing, *(given.keys() - wanted.keys()), *empty, *strange})


def _leaves(data: dict[str, object], before: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in data.items():
        found |= _leaves(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


def _is_day(text: str) -> bool:
    try:
        return not text or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def keep_version(evaluation: Evaluation, wording: Wording) -> Path:
    """Keep the words of a version as they were printed: what somebody said yes to can be shown."""
    path = evaluation.folders.root / VERSIONS / f"{wording.language}.{wording.version}.toml"
    if not path.exists():
        write_whole(path, wording.source)
    return path


def kept_versions(evaluation: Evaluation) -> frozenset[tuple[str, str]]:
    """Say which wordings are kept, as (language, version): ours as TOML, any other sheet as `fr.2.pdf`."""
    named = (path.stem.partition(".") for path in (evaluation.folders.root / VERSIONS).glob("*.*.*"))
    return frozenset((lang.lower(), version) for lang, _, version in named)


def copy_templates(evaluation: Evaluation, languages: tuple[str, ...]) -> list[Path]:
    """Put the words that we have into the evaluation, to be changed there; never over what is there."""
    copied = []
    for lang in languages:
        wording, path = packaged(lang), own_file(evaluation, lang)
        if wording is not None and not path.exists():
            write_whole(path, wording.source)
            copied.append(path)
    return copied
