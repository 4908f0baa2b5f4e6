"""Bytes of any file → the texts that may stand in them, however they are packed or encoded.

What cannot be looked into is said, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from avis.decoding.opener import Opener
from avis.decoding.pieces import MOST_BYTES as MOST_BYTES


class NotSearched(Exception):
    """A file that cannot be looked into: encrypted, damaged, too large, a picture of words."""


def texts_of(data: bytes) -> Iterator[str]:
    r"""Give every text that bytes may hold, each as it may be read.

    Raises `NotSearched` after what could be read, where something could not.

    >>> "déjà" in list(texts_of("déjà".encode("utf-16-le")))
    True
    >>> list(texts_of(rb'{"a": "d\u00e9j\u00e0"}'))[-1]
    '{"a": "déjà"}'
    """
    if len(data) > MOST_BYTES:
        raise NotSearched
    opener = Opener(4 * MOST_BYTES)
    for piece in opener.open(data):
        yield piece.text
    # Pages and office files carry charts and logos; a picture by itself, or in a PDF, may be a page of words.
    if opener.unread or "" in opener.pictures:
        raise NotSearched
