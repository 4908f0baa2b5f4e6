"""Words as keyed hashes: what was published or taken back can be found again, and cannot be read.

The key stands beside the register, in a file that only its owner reads: whoever gets the register alone can
try no sentence. Whoever gets both (a stolen laptop) can try sentences, six words at once. Without the key
nothing is compared, and whoever asks is told.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from avis.folders import read_regular, write_whole

KEY = "registre.cle"
WINDOW = 6
"""Words that stand together in a window: fewer would meet by chance in any text."""
_WORD = re.compile(r"[^\W_]+")
_SIZE = 12
"""Bytes of a hash that are kept: chance alone then never makes two alike."""


class Trace(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A text as keyed hashes of its windows of words; a text shorter than a window is one window."""

    window: int
    hashes: tuple[str, ...]


def read_key(root: Path) -> bytes | None:
    """Give the key of an evaluation's register; none where this computer does not have it."""
    try:
        written = read_regular(root / KEY, 200)
    except OSError:
        return None
    key = bytes.fromhex(written.decode("ascii", "replace").strip()) if _is_key(written) else b""
    return key or None


def _is_key(written: bytes) -> bool:
    return re.fullmatch(rb"[0-9a-f]{64}\s*", written) is not None


def make_key(root: Path) -> bytes:
    """Give the key of an evaluation's register, made at random the first time."""
    key = read_key(root)
    if key is None:
        key = secrets.token_bytes(32)
        write_whole(root / KEY, key.hex() + "\n")
    return key


def plain_words(text: str) -> list[str]:
    r"""Give the words of a text as they are compared: without case, accents, marks or kinds of space.

    >>> plain_words("L\u2019accueil, « fermé » !"), plain_words("e\u0301te\u0301\u200b")
    (['l', 'accueil', 'ferme'], ['ete'])
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in folded if unicodedata.category(letter) not in ("Mn", "Cf"))
    return _WORD.findall(kept)


def keyed(key: bytes, words: Iterable[str]) -> str:
    """Hash words under a key.

    >>> keyed(b"k", ["a", "b"]) == keyed(b"k", ["ab"])
    False
    """
    return hmac.new(key, " ".join(words).encode("utf-8"), hashlib.sha256).digest()[:_SIZE].hex()


def windows(words: list[str], size: int, step: int = 1) -> Iterator[list[str]]:
    """Give every run of so many words, begun at each `step`; all of them at once where there are fewer."""
    if words:
        yield from (words[at : at + size] for at in range(0, max(1, len(words) - size + 1), step))


def trace(key: bytes, text: str) -> Trace:
    """Keep a text as what it can be found by again.

    Its windows do not overlap: from one that was guessed, whoever has register and key would find the next
    by trying one word after the other. Any eleven words of a text that stand together hold a whole window.

    >>> kept = trace(b"k", "Un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize.")
    >>> kept.window, len(kept.hashes)
    (6, 2)
    """
    words = plain_words(text)
    size = min(WINDOW, len(words))
    return Trace(size, tuple(dict.fromkeys(keyed(key, part) for part in windows(words, size, size or 1))))


def found_in(key: bytes, text: str, traces: Iterable[Trace]) -> list[bool]:
    """Tell of each trace whether a window of it stands in a text.

    >>> kept = trace(b"k", "The desk closes before I finish work.")
    >>> [found_in(b"k", text, [kept]) for text in ("Yes, the desk closes before I finish!", "The desk.")]
    [[True], [False]]
    """
    wanted, words = list(traces), plain_words(text)
    held: dict[int, set[str]] = {}
    for size in {one.window for one in wanted if one.window}:
        held[size] = {keyed(key, part) for part in windows(words, size) if len(part) == size}
    return [bool(one.window) and not held[one.window].isdisjoint(one.hashes) for one in wanted]
