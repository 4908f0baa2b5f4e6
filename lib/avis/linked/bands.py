"""Age bands as people write them, in the one way in which `spans` reads them."""

from __future__ import annotations

import re

UNIT = r"(?: ?(?:ans?|annees?|years?(?: old)?|yrs?|y\.?o\.?|jahren?|jaar|anos|anni|lat))?"
"""What may follow an age, folded."""

BAND = re.compile(
    rf"(?:de |from |entre |between |von |van |da |desde )?(\d{{1,3}}){UNIT}"
    rf" ?(?:-|_|~|→|\.{{2,3}}|a|to|et|and|bis|und|tot|al|hasta|through) ?(\d{{1,3}}){UNIT}"
)

_SLASH = re.compile(r"([1-9]\d{1,2}) ?/ ?([1-9]\d{1,2})")
"""« 18/24 »; smaller numbers so parted are days, marks or two values in one."""

_NAME = re.compile(
    r"(?:(?:tranche|groupe|classe|group|band)s? )?(?:d'|de )?"
    r"(?:ages?|aged|agees?|alter|altersgruppe|edad|eta|leeftijd|idade)\b ?(?:group|band)? ?:? ?"
)
_INTERVAL = re.compile(
    r"(?P<from>[\[(\]]) ?(?P<low>\d{1,3})(?:[.]0+)? ?(?P<mark>[,;-]) ?"
    r"(?:(?P<high>\d{1,3})(?:[.]0+)?|(?P<open>\+? ?(?:∞|inf(?:inity)?))?) ?(?P<to>[\])\[])"
)


def tidy(plain: str) -> str:
    """Write a folded band with a dash, without brackets, and without the word « âge » before it.

    >>> [tidy(text) for text in ("18/24", "[18,25[", "(17, 24]", "[18-24]", "age 18-24", "[65,+∞[")]
    ['18-24', '18-24', '18-24', '18-24', '18-24', '65+']
    >>> tidy("1/2"), tidy("(18,24)")
    ('1/2', '18,24')
    """
    text = _NAME.sub("", plain, count=1) if _NAME.match(plain) else plain
    text = _of_interval(text) or text.replace("(", "").replace(")", "").strip()
    found = _SLASH.match(text)
    return f"{found[1]}-{found[2]}{text[found.end() :]}" if found else text


def _of_interval(text: str) -> str | None:
    """Read an interval by its brackets, in whole years; none where they leave in doubt who is in it."""
    found = _INTERVAL.match(text)
    if not found or (found["from"] == "(" and found["to"] == ")"):
        return None
    low = int(found["low"]) + (found["from"] in "(]")
    rest = text[found.end() :]
    if found["high"] is None:
        return f"{low}+"
    return f"{low}-{int(found['high']) - (found['to'] in '[)')}{rest}"
