"""How long the answers to calls came out: kept beside the exhibits, so that a build can tell it."""

from __future__ import annotations

import msgspec

from avis.exhibits import Call
from avis.folders import Folders, write_whole
from avis.i18n import Language, language, number, say
from avis.report.compose.contribution import words_of_body
from avis.report.document import Document

FOLDER = "longueurs"
"""In the private folder, a file a contribution: two languages are written at the same time."""


class Length(msgspec.Struct, frozen=True):
    """The words of one contribution, the most that its call takes, 0 where nobody told."""

    call: str
    language: Language
    words: int
    most: int

    @property
    def over(self) -> bool:
        """Whether it is longer than the call takes."""
        return 0 < self.most < self.words

    def told(self) -> str:
        """Say it in words."""
        key = "length_over" if self.over else "length" if self.most else "length_free"
        facts = {"words": number(self.words, language()), "most": number(self.most, language())}
        said = say(f"report.contribution.{key}", **facts)
        return say("report.contribution.told", id=self.call, language=self.language, length=said)


def length_of(document: Document, call: Call) -> Length:
    """Measure a contribution."""
    return Length(call.id, document.language, words_of_body(document), call.words)


def keep_length(folders: Folders, document: Document, call: Call) -> str:
    """Keep how long a contribution is, and say it."""
    found = length_of(document, call)
    write_whole(folders.private / FOLDER / f"{document.stem}.json", msgspec.json.encode(found))
    return found.told()


def told_lengths(folders: Folders, stems: list[str]) -> list[str]:
    """Say how long contributions came out when they were last written; nothing of those that were not."""
    files = (folders.private / FOLDER / f"{stem}.json" for stem in dict.fromkeys(stems))
    return [msgspec.json.decode(one.read_bytes(), type=Length).told() for one in files if one.is_file()]
