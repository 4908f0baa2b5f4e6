"""What exists in the other language only says which one it is in: nothing is translated in silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from avis.i18n import LANGUAGES, Language, say
from avis.report import outline
from avis.report.compose.evidence import tongue
from avis.report.document import Passage, Words

Known = frozenset[tuple[str, str]]
"""(words, language) of passages, which tell their language once, above."""


def told_above(passages: Iterable[Passage]) -> Known:
    """Give the words of passages that tell their language themselves."""
    nodes = (node for passage in passages for node in outline.walk(passage.blocks) if isinstance(node, Words))
    return frozenset((node.text, node.language) for node in nodes if node.language)


def mark_foreign(data: Any, language: Language, known: Known = frozenset()) -> Any:
    """Write behind words of the other language which one it is; `data` is a document as plain lists.

    >>> mark_foreign([{"t": "words", "text": "Tenir un accueil.", "language": "fr"}], "en")[1]["text"]
    ' (in French)'
    >>> said = [{"t": "words", "text": "Oui.", "language": "fr"}, {"t": "words", "text": "”"}]
    >>> "".join(node["text"] for node in mark_foreign(said, "en"))
    'Oui.” (in French)'
    """
    if isinstance(data, dict):
        return {key: mark_foreign(value, language, known) for key, value in data.items()}
    if not isinstance(data, list | tuple):
        return data
    found: list[Any] = []
    waiting: list[Any] = []
    for at, item in enumerate(data):
        found += [mark_foreign(item, language, known), *waiting]
        waiting = []
        code = _foreign(item, language, known)
        follows = _foreign(data[at + 1], language, known) if at + 1 < len(data) else ""
        if code and code != follows:
            told = say("report.compose.in_language", language, language=tongue(code, language))
            mark = msgspec.to_builtins(Words(text=f" ({told})"))
            if at + 1 < len(data) and _closes(data[at + 1]):
                waiting = [mark]  # nobody said which language it was: behind the quote, not in it
            else:
                found.append(mark)
    return found


def _closes(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "words" and node["text"].strip() in ("»", "”")


def _foreign(node: Any, language: Language, known: Known) -> str:
    """Give the language of words of the other language of documents, nothing for all else."""
    if not isinstance(node, dict) or node.get("t") != "words":
        return ""
    code = str(node.get("language", ""))
    told = (node["text"], code) in known or not node["text"].strip()
    return code if code in LANGUAGES and code != language and not told else ""
