"""An export of Drupal's webform that was cut by a sign nobody reads: not a table, and no words either."""

from __future__ import annotations

import re
import unicodedata

from avis.errors import Problems
from avis.files.delimited import DELIMITERS, decode
from avis.files.opening import Opened

_OWN = re.compile(
    r"(?P<before>.?)[\"']?\b(?P<word>sid|submission id|uuid|adresse ip|(?:remote )?ip address|uid|numero"
    r"|serial|nom d['\u2019]utilisateur|username|brouillon|draft|date de modification|modified time)\b"
    r"[\"']?(?P<after>.?)"
)
"""Headers that Drupal's webform writes, without accents, and what stands around each."""
_LEAST = 3
"""Of them, what no sentence holds in one line."""
_FIRST_LINES = 6
_SAMPLE = 16 * 1024


def is_uncut(text: str) -> bool:
    r"""Tell an export of a webform whose own columns are not parted by a delimiter that is read.

    >>> is_uncut("Numéro:SID:Brouillon:Adresse IP:Avis\n1:12:0:192.0.2.1:Oui\n")
    True
    >>> is_uncut("Numéro;SID;Brouillon;Adresse IP;Avis\n"), is_uncut("Le numéro : 12. Un brouillon.\n")
    (False, False)
    """
    return any(map(_is_uncut, text[:_SAMPLE].splitlines()[:_FIRST_LINES]))


def _is_uncut(line: str) -> bool:
    letters = unicodedata.normalize("NFD", line.casefold())
    found = list(_OWN.finditer("".join(char for char in letters if unicodedata.category(char) != "Mn")))
    cut = any(one[side] and one[side] in DELIMITERS for one in found for side in ("before", "after"))
    return len({one["word"] for one in found}) >= _LEAST and not cut


def refused(opened: Opened, problems: Problems) -> bool:
    """Refuse such an export (SRC-257): its IP addresses and user names could not be left out."""
    start = opened.data[:_SAMPLE]
    if opened.kind != "csv" or not is_uncut(decode(start, opened.place, Problems())[0]):
        return False
    problems.add("SRC-257", opened.place)
    return True
