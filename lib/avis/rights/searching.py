"""Looking for words that were taken back in every file of an evaluation, and in the objects of git.

What is looked for is a set of keyed hashes: the words need not be known any more, which is what lets
`avis check` go on looking after they are gone. Words that somebody else said too were left out (`standing`)
when she asked: nothing that is written later makes hers anybody else's.
"""

from __future__ import annotations

import hmac
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avis.decoding.texts import MOST_BYTES, NotSearched, texts_of
from avis.editions.keyed import KEY, Trace, plain_words
from avis.evaluation import Evaluation
from avis.folders import read_regular
from avis.identifiers.folding import fold_with_offsets

_TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f\u200b-\u200d\u00ad])+")
HIDDEN = "(…)"
"""Stands for her words in the name of a file: names are printed, and kept in what is never rewritten."""
_LOCKS = (".lock", ".retraits.jsonl.lock", ".registre.jsonl.lock", ".attributions.lock")
"""Files that this tool makes to hold others up, and never writes in."""
_ALIKE = {
    code: plain
    for code in (0x131, 0x251, 0x261, *range(0x370, 0x530))
    if (plain := fold_with_offsets(chr(code)).text).isascii()
}
"""Letters of Greek and Cyrillic that look like Latin ones."""
_OTHERS = re.compile("[\u0131\u0251\u0261\u0370-\u052f]")
_BYTES = 12
"""As `editions.keyed` keeps them."""
_REMEMBERED = 400_000
"""Runs of words that are kept in memory as looked at."""


@dataclass(frozen=True)
class Seen:
    """A file of the evaluation, by its name in it: whether the words stand there, whether all was read."""

    path: Path
    name: str
    found: bool
    whole: bool = True


class Matcher:
    """Tells whether a text holds words that were taken back.

    Without a key the traces hold the words themselves: faster, for as long as the words are known.
    """

    def __init__(self, key: bytes | None, traces: Iterable[Trace]) -> None:
        self.key = key
        self._innocent: set[str] = set()
        self.wanted: dict[int, set[str]] = {}
        for one in traces:
            if one.window:
                self.wanted.setdefault(one.window, set()).update(one.hashes)
        self.wanted = {size: hashes for size, hashes in self.wanted.items() if hashes}

    def holds(self, text: str) -> bool:
        """Tell whether a run of her words stands in a text, in letters that look alike too."""
        if not self.wanted:
            return False
        return self._stands(text) or (bool(_OTHERS.search(text)) and self._stands(text.translate(_ALIKE)))

    def _stands(self, text: str) -> bool:
        words = plain_words(text)
        if self.key is None:
            joined = f" {' '.join(words)} "
            return any(f" {run} " in joined for runs in self.wanted.values() for run in runs)
        return any(self._holds(_parts(words, size), hashes) for size, hashes in self.wanted.items())

    def _holds(self, parts: set[str], hashes: set[str]) -> bool:
        """Look only at what no text before held: a page, its notebook and its drafts say the same."""
        fresh = parts - self._innocent
        if any(self._hash(part) in hashes for part in fresh):
            return True
        self._innocent |= fresh if len(self._innocent) < _REMEMBERED else set()
        return False

    def kept(self) -> tuple[Trace, ...]:
        """Give what is looked for."""
        return tuple(Trace(size, tuple(sorted(hashes))) for size, hashes in sorted(self.wanted.items()))

    def without(self, text: str, mark: str) -> str:
        """Write a text with a mark in the place of every run of her words, and nothing in that of a code."""
        words = [(part, found.span()) for found in _TOKEN.finditer(text) for part in plain_words(found[0])]
        gone = [0] * len(words)
        for size, hashes in self.wanted.items():
            for at in range(len(words) - size + 1):
                if self._hash(" ".join(word for word, _ in words[at : at + size])) in hashes:
                    gone[at : at + size] = [max(size, held) for held in gone[at : at + size]]
        out, last = list[str](), 0
        for at, (_, (start, end)) in enumerate(words):
            if gone[at]:
                first = gone[at] == 1 or at == 0 or gone[at - 1] < 2
                out += [text[last:start], mark if gone[at] > 1 else ""] if first else []
                last = end
        return "".join([*out, text[last:]])

    def holds_any(self, data: bytes) -> tuple[bool, bool]:
        """Tell of bytes whether the words stand in them, and whether all could be read."""
        if not self.wanted:
            return False, True
        try:
            return any(self.holds(text) for text in texts_of(data)), True
        except NotSearched:
            return False, False

    def _hash(self, words: str) -> str:
        if self.key is None:
            return words
        return hmac.digest(self.key, words.encode("utf-8"), "sha256")[:_BYTES].hex()


def _parts(words: list[str], size: int) -> set[str]:
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


def search(opened: Evaluation, matcher: Matcher, build: bool = True) -> Iterator[Seen]:
    """Look into every file of the evaluation, and of its build if asked; `tracked` looks into git's objects.

    Links are not followed: what they lead to is somebody else's. Yields what was found or could not be
    looked into, and nothing about the other files.
    """
    root, made = opened.folders.root, opened.folders.build
    tops = [root] if made.is_relative_to(root) or not build else [root, made]
    for top in tops:
        for path in _files(top):
            if path.name == KEY or path.name in _LOCKS or (path.is_relative_to(made) and not build):
                continue
            name = _written(path.relative_to(top).as_posix())
            seen = _look(path, name if top is root else f"{made.name}/{name}", matcher)
            if seen.found or not seen.whole:
                yield seen


def _written(name: str) -> str:
    r"""Write a name so that it can be printed and kept, whatever bytes it is made of.

    >>> _written("bad\udcff\n.txt")
    'bad\\udcff\\n.txt'
    """
    odd = (unicodedata.category(char) in ("Cc", "Cs") for char in name)
    pairs = zip(name, odd, strict=True)
    return "".join(
        char.encode("unicode_escape").decode("ascii") if is_odd else char for char, is_odd in pairs
    )


def _files(top: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(top):
        gits = is_repository(folders, files)
        left_out = ("objects", "hooks", "index") if gits else ()
        folders[:] = sorted(
            name for name in folders if name not in left_out and not (Path(here) / name).is_symlink()
        )
        yield from (Path(here) / name for name in sorted(files) if name not in left_out)


def is_repository(folders: Collection[str], files: Collection[str]) -> bool:
    """Tell by what stands in a folder whether git keeps a repository in it: a `.git`, or a bare one."""
    return "HEAD" in files and "objects" in folders and "refs" in folders


def _look(path: Path, name: str, matcher: Matcher) -> Seen:
    if path.is_symlink():
        return Seen(path, name, found=False)
    called = matcher.holds(name)
    told = matcher.without(name, HIDDEN) if called else name
    try:
        found, whole = matcher.holds_any(read_regular(path, MOST_BYTES))
    except OSError:
        return Seen(path, told, found=called, whole=False)
    return Seen(path, told, found or called, whole)
