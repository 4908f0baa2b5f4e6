"""The limits of confidentiality, read aloud before the first round, in the languages that somebody wrote.

`salle/limites.<lang>.md` in the evaluation, else the words that come with the workbench. Words in Nigerian
Pidgin or Edo are never made up here: the language is there once a speaker has written its file.
"""

from __future__ import annotations

import re
from pathlib import Path

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import lies_within, read_regular
from avis.writing.typography import set_french

FOLDER = "salle"
OURS = ("fr", "en", "es")
"""Languages in which the workbench has words of its own."""
MOST_BYTES = 20_000
"""Nobody listens to more than that."""
_NAME = re.compile(r"limites\.([a-z]{2,3})\.md")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = re.compile(r"(?m)^#+ +")
_BLANK = re.compile(r"\n{3,}")
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def read_limits(evaluation: Evaluation) -> dict[str, str]:
    """Give the limits by language, as plain paragraphs: ours first, then those that the association added.

    Errors: EVA-022 a link that leaves the folder, SRC-041 a file that cannot be read, is empty or too long.
    """
    problems = Problems()
    texts = {lang: _own(path, problems, evaluation) for lang, path in own_files(evaluation).items()}
    problems.raise_errors()
    return {lang: texts.get(lang) or packaged(lang) for lang in (*OURS, *sorted(texts.keys() - set(OURS)))}


def packaged(lang: str) -> str:
    """Give the limits that come with the workbench, in a language of `OURS`.

    >>> packaged("en").partition("\\n")[0]
    'Before we begin'
    """
    return _plain((Path(__file__).parent / f"limites.{lang}.md").read_text(encoding="utf-8"), lang)


def own_files(evaluation: Evaluation) -> dict[str, Path]:
    """List by language the files that the association wrote itself."""
    paths = sorted((evaluation.folders.root / FOLDER).glob("limites.*.md"))
    return {found[1]: path for path in paths if (found := _NAME.fullmatch(path.name))}


def _own(path: Path, problems: Problems, evaluation: Evaluation) -> str:
    place = Place(evaluation.name(path))
    if not lies_within(path, evaluation.folders.root):
        problems.add("EVA-022", place)
        return ""
    try:
        source = read_regular(path, MOST_BYTES)
        text = _plain(source.decode("utf-8-sig"), path.name.split(".")[1])
    except (OSError, UnicodeDecodeError):
        problems.add("SRC-041", place)
        return ""
    if not text or len(source) > MOST_BYTES:
        problems.add("SRC-041", place)
    return text


def _plain(text: str, lang: str) -> str:
    """Take away what is for whoever writes: comments, marks of headings, letters that nobody sees.

    >>> _plain("<!-- lire lentement -->\\n# Vos réponses\\n\\nQui ? Personne.\\n", "en")
    'Vos réponses\\n\\nQui ? Personne.'
    """
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANK.sub("\n\n", _MARKS.sub("", _UNSEEN.sub("", text))).strip()
    return set_french(text) if lang == "fr" else text
