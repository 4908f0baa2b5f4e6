"""Editions that went out with words that are taken back: the register tells which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from avis.editions.keyed import found_in, read_key
from avis.editions.register import Edition, read_register
from avis.errors import Problems
from avis.evaluation import Evaluation


def editions_with(opened: Evaluation, gone: Iterable[str], words: Iterable[str]) -> Iterator[Edition]:
    """Give the editions that went out with the words: by the ids that they held, by their traces."""
    left, texts = frozenset(gone), list(words)
    key = read_key(opened.folders.root)
    for edition in read_register(opened.folders.root, Problems()).values():
        held = edition.issued.held
        named = any(one.id in left for one in held)
        traced = key is not None and any(
            any(found_in(key, text, [one.trace for one in held])) for text in texts
        )
        if named or traced:
            yield edition
