"""What records of methods and rereading hold of some contributions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.i18n import Language, date, pick, say
from avis.marked import load_yaml
from avis.redaction.decisions import read_review

_WORDS = ("words", "mots", "text", "texte", "story", "recit")


def her_stories(opened: Evaluation, ids: Collection[str], lang: Language, problems: Problems) -> list[str]:
    """Say what stands in records of stories under some ids."""
    lines = []
    for path in opened.files(opened.settings.sources.stories):
        marked = load_yaml(path, opened.name(path), problems)
        for id, words in _said(marked.data if marked else None, frozenset(ids)):
            lines.append("- " + say("rights.access.story", lang, id=id, file=opened.name(path)))
            lines += [f"    {line}" for text in words for line in text.splitlines()]
    return lines


def _said(value: Any, ids: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        id = next((str(value[key]) for key in ("id", "contribution") if str(value.get(key)) in ids), "")
        if id:
            yield id, [text for key in _WORDS for text in _texts(value.get(key))]
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for part in parts:
            yield from _said(part, ids)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [pick({str(key): str(text) for key, text in value.items()}, "fr")[0]]
    return [str(value)] if value else []


def her_decisions(opened: Evaluation, ids: Collection[str], lang: Language, problems: Problems) -> list[str]:
    """Say what those who reread decided about her words, and why; who they are is theirs."""
    rows = read_review(opened, problems)
    lines = []
    for row in rows[rows["contribution"].isin([*ids])].to_dict("records"):
        key = f"rights.access.decided.{row['decision']}"
        told = say(key, lang, id=row["contribution"], replacement=row["replacement"])
        reason = f" ({row['reason']})" if row["reason"] else ""
        lines.append(f"- {told}, {date(row['reviewed_on'], lang)}{reason}")
    return lines
