"""French words that lose their vowel before a figure that begins with one: « que environ 1 150 »."""

from __future__ import annotations

import re

_LOSING = re.compile(
    r"\b(?P<kept>(?:(?:lors|puis|jus|quoi)?qu|[dlnsj])(?=e)|l(?=a))(?P<lost>[ea])\s+$", re.IGNORECASE
)


def elided(before: str, figure: str) -> tuple[str, str] | None:
    """Give the words as they stand and as French writes them; none where nothing is to be written otherwise.

    >>> elided("La ville dit que ", "environ 1 150")
    ('que environ 1 150', 'qu’environ 1 150')
    >>> elided("La ville dit que ", "1 150"), elided("Il y en a ", "environ 20")
    (None, None)
    """
    found = _LOSING.search(before)
    if found is None or not figure[:1].isalpha() or figure[:1].casefold() not in "aeéiou":
        return None
    return f"{found['kept']}{found['lost']} {figure}", f"{found['kept']}’{figure}"
