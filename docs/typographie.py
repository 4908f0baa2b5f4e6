"""Set the spaces and apostrophes of the French pages, as the documents have them.

Run it after writing: `.venv/bin/python docs/typographie.py`. Code, addresses and comments keep their own.
"""

from __future__ import annotations

import re
from pathlib import Path

from avis.writing.typography import set_french

ROOT = Path(__file__).parents[1]
FOLDERS = ("tutoriel", "guides", "explications")
ENGLISH = (
    *("my-words.md", "facilitating-a-session.md", "present-danger.md"),
    *("adding-a-chart.md", "answering-a-call.md", "changing-the-look.md"),
)
"""Guides in English, beside the French ones: their spaces are those of English."""
KEPT = re.compile(r"(?ms)^(```|~~~).*?^\1[ \t]*$|(?P<ticks>`+).+?(?P=ticks)|(?<=\])\([^)\s]*\)|<!--.*?-->")
"""Fenced code, code in a line, targets of links, comments."""


def pages() -> list[Path]:
    """List the pages that are written in French by hand."""
    found = [page for folder in FOLDERS for page in sorted((ROOT / "docs" / folder).glob("*.md"))]
    written = [page for page in found if page.name not in ENGLISH]
    return [ROOT / "LISEZMOI.md", ROOT / "docs" / "index.md", ROOT / "docs" / "glossaire.md", *written]


def set_page(text: str) -> str:
    """Set the French of a page of Markdown."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\ue000{len(kept) - 1}\ue001"

    prose = set_french(KEPT.sub(keep, text))
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], prose)


if __name__ == "__main__":
    for page in pages():
        page.write_text(set_page(page.read_text(encoding="utf-8")), encoding="utf-8")
