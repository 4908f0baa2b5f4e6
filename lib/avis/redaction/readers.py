"""Whether two names that were signed could be those of one person: one reader twice is not two readers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from avis.spelling import fold


def could_be_one(name: str, other: str) -> bool:
    """Tell whether two names may be of the same person: spelt alike, one shorter, or initials of the other.

    Where nobody can tell, it is one person: words that are printed must have been seen by two.

    >>> [could_be_one("Anne Bréton", name) for name in ("BRETON anne", "A. B.", "ab", "Anne", "Aline B.")]
    [True, True, True, True, False]
    """
    short, long = sorted((_parts(name), _parts(other)), key=len)
    if not short:
        return True
    return _stand_for(short, long) or (len(short) == 1 and short[0] == "".join(part[0] for part in long))


def different_people(names: Iterable[str]) -> tuple[str, ...]:
    """Give names of people who cannot be one another, as they were first written."""
    kept: list[str] = []
    for name in names:
        if not any(could_be_one(name, one) for one in kept):
            kept.append(name)
    return tuple(kept)


def alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Give the pairs of names that are not spelt alike and may still be of one person, each pair once.

    >>> alike(["Lise M.", "lise m", "Lise Morel", "Théo R."])
    [('Lise M.', 'Lise Morel')]
    """
    spelt = list({" ".join(_parts(name)): name for name in reversed(list(names))}.values())[::-1]
    return [
        (one, other) for n, one in enumerate(spelt) for other in spelt[n + 1 :] if could_be_one(one, other)
    ]


def _parts(name: str) -> list[str]:
    """The words of a name, without what stands in brackets after it: a role, or that she is invented."""
    return re.findall(r"\w+", fold(re.sub(r"\([^)]*\)", " ", name))) or re.findall(r"\w+", fold(name))


def _stand_for(short: list[str], long: list[str]) -> bool:
    """Whether each word of the shorter name is a word of the longer one, or the initial of one."""
    left = list(long)
    for part in sorted(short, key=len, reverse=True):
        found = next((one for one in left if _same(part, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _same(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])
