"""French spaces and apostrophes, as a printer would set them; nothing else is changed.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
"""Before ; ! ? and %."""
WIDE = "\u00a0"
"""Before a colon and inside « »."""
_SPACE = f"[ {WIDE}{NARROW}]"
_APART = re.compile(r"(https?://\S+|\bmailto:\S+|[\w.+-]+@[\w-]+\.\S+|«[^«»]*»)")


def set_french(text: str) -> str:
    """Set the spaces of French prose; words inside « » and addresses keep their own.

    >>> set_french("Qui ? « Le guichet » : l'accueil, 50 %.")
    'Qui\\u202f? «\\xa0Le guichet\\xa0»\\xa0: l’accueil, 50\\u202f%.'
    """
    return "".join(_quoted(part) if odd else _prose(part) for part, odd in _parts(text))


def _parts(text: str) -> list[tuple[str, bool]]:
    return [(part, bool(index % 2)) for index, part in enumerate(_APART.split(text))]


def _quoted(part: str) -> str:
    """Set the inner edges of « » alone: what stands between them may be somebody's words."""
    if not part.startswith("«"):
        return part
    inner = part[1:-1].strip(f" {WIDE}{NARROW}")
    return f"«{WIDE}{inner}{WIDE}»"


def _prose(part: str) -> str:
    part = re.sub(r"(?<=\w)'(?=\w)", "’", part)
    part = re.sub(rf"{_SPACE}+(?=[;!?%])", NARROW, part)
    part = re.sub(r"(?<=[^\W\d_])(?=[;!?])", NARROW, part)
    part = re.sub(rf"{_SPACE}+(?=:)", WIDE, part)
    return re.sub(r"(?<=[^\W\d_])(?=:(?:\s|$))", WIDE, part)
