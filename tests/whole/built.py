"""Run the command line as a user does, and read everything that a draft holds."""

from __future__ import annotations

import base64
import binascii
import contextlib
import html
import io
import os
import re
import subprocess
import sys
import unicodedata
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Draft:
    """A published file, as bytes and as everything that can be read out of it."""

    path: Path
    data: bytes

    @property
    def text(self) -> str:
        """The words that a reader finds, spaces made plain."""
        return re.sub(r"\s+", " ", "\n".join(pdf_pages(self.data) if self._is_pdf else [words(self._html)]))

    @property
    def decoded(self) -> str:
        """All that can be read out: words, attributes and what they encode; of a PDF, every object."""
        found = pdf_strings(self.data) if self._is_pdf else unpacked(self._html)
        return "\n".join([self.text, *found])

    def holds(self, word: str) -> bool:
        """Tell whether a word is anywhere, whatever its case, spaces, accents' form or encoding.

        A number is sought in what was decoded alone: among raw bytes any digits turn up.
        """
        sought, raw = plain(word), self.data.decode("latin-1")
        return sought in plain(self.decoded) or (not sought.isdigit() and sought in plain(raw))

    @property
    def _is_pdf(self) -> bool:
        return self.path.suffix == ".pdf"

    @property
    def _html(self) -> str:
        return self.data.decode("utf-8")


def plain(text: str) -> str:
    """Write a text so that no dress hides it: one form of accents, no case, no space, nothing invisible."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+", "", text)


def words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def unpacked(page: str) -> list[str]:
    """Give a page with its entities and percent signs read, and whatever stands in it as base64."""
    found = [html.unescape(page), urllib.parse.unquote(html.unescape(page))]
    for run in re.findall(r"[A-Za-z0-9+/_-]{12,}={0,2}", page):
        whole = run.replace("-", "+").replace("_", "/") + "=" * (-len(run) % 4)
        with contextlib.suppress(binascii.Error):
            found.append(base64.b64decode(whole).decode("utf-8", "replace"))
    return found


def pdf_pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def pdf_strings(data: bytes) -> list[str]:
    """Give every string and every unpacked stream of a PDF, those of compressed objects included."""
    reader = PdfReader(io.BytesIO(data))
    plain_objects = {number for generation in reader.xref.values() for number in generation}
    found = [str(reader.metadata)]
    for number in sorted(plain_objects | set(reader.xref_objStm)):
        found += strings_of(reader.get_object(number))
    for page in reader.pages:
        content = page.get_contents()
        for operands, _ in content.operations if content else ():
            found += [text for operand in operands for text in strings_of(operand)]
    return found


def strings_of(item: object) -> list[str]:
    """Give the strings inside one object of a PDF, but not those of the objects that it refers to."""
    found = [item.get_data().decode("latin-1")] if isinstance(item, StreamObject) else []
    if isinstance(item, DictionaryObject):
        found += [text for key in item for text in (str(key), *strings_of(item.raw_get(key)))]
    elif isinstance(item, ArrayObject):
        found += [text for part in item for text in strings_of(part)]
    elif isinstance(item, bytes):
        found += [
            item.decode("utf-8", "replace"),
            item.decode("latin-1"),
            item.decode("utf-16-be", "replace"),
        ]
    elif isinstance(item, str):
        found.append(str(item))
    return found


def run_avis(
    *arguments: str, build: Path, cwd: Path = ROOT, lang: str = "fr"
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, with drafts in a throw-away folder."""
    environment = os.environ | {"AVIS_BUILD": str(build), "AVIS_LANG": lang, "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "avis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def drafts(folder: Path) -> dict[str, Draft]:
    """Read all drafts of a build folder by name."""
    return {path.name: Draft(path, path.read_bytes()) for path in sorted(folder.rglob("brouillon/*"))}


def built_drafts(slug: str, build: Path) -> dict[str, Draft]:
    done = run_avis("build", f"evaluations/{slug}", "--lang", "all", build=build)
    assert done.returncode == 0, done.stderr
    return drafts(build / slug)
