"""What the last search of an edition costs, and beside it one search for words in the bytes as they are."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

from avis.scanning.scan import scan
from avis.scanning.wanted import Term, Wanted

NAMES, TEXTS = 400, 200


def searching_costs(folder: Path) -> tuple[float, float, float]:
    """Give the megabytes of a folder, the seconds of its search, and those of one pass over its bytes."""
    files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    started = time.process_time()
    scan(folder, wanted())
    searched = time.process_time()
    for data in files:
        re.findall(rb"\w+", data)
    return sum(map(len, files)) / 1e6, searched - started, time.process_time() - searched


def wanted() -> Wanted:
    """Make up what an association of some size has: people, codes, sentences."""
    syllables = ("ka", "zu", "mi", "or", "ben", "ta", "lo", "fe", "dja", "nor")
    names = [
        "".join(syllables[int(digit)] for digit in f"{number * 7919 % 10**6:06}") for number in range(NAMES)
    ]
    said = [
        f"{name} raconte que {other} a attendu là toute la matinée sans savoir pourquoi"
        for name, other in pairwise(names[:TEXTS])
    ]
    return Wanted(
        terms=(
            *(Term(kind="name", text=f"{name[:5]} {name[5:]}") for name in names),
            *(Term(kind="person_code", text=f"{name[-3:]}{number}") for number, name in enumerate(names)),
            *(Term(kind="raw_text", text=text) for text in said),
        )
    )
