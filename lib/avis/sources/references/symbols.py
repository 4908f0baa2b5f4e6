"""Symbols by which lawyers and the United Nations name a text: kept as they are, checked for form alone.

No register is asked: a symbol of the right form may still be wrong.
"""

from __future__ import annotations

import re

_FORMS = {
    # Council conclusions 2011/C 127/01: country or EU, court, year, up to 25 letters, figures and points.
    "ECLI": re.compile(r"ECLI:[A-Z]{2}:[A-Z][A-Z0-9]{0,6}:[0-9]{4}:[A-Z0-9.]{1,25}"),
    # Twelve characters: ministry (3), department (1), year (2), number (5), kind of text (1).
    "NOR": re.compile(r"[A-Z]{3}[A-Z0-9][0-9]{7}[A-Z]"),
    # Sector, year, kind of document, number; a corrigendum or a consolidated version behind.
    "CELEX": re.compile(r"[0-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\([0-9]{1,2}\)|R\([0-9]{2}\)|-[0-9]{8})?"),
}
KNOWN = tuple(_FORMS)
"""Symbols that have a name of their own; the others are numbers (A/HRC/39/28, GRETA(2022)01, 2011/36/UE)."""

_LED = re.compile(r"\s*(ECLI|NOR|CELEX)\s*:\s*(\S.*?)\s*")
_LINE = re.compile(r"\s*([\w -]{2,30}?)\s*[:=]\s*(\S.*?)\s*")
_MARKED = re.compile(r"\{:([\w -]{2,30}?):\s*([^{}]+)\}")


def split_symbol(number: str) -> tuple[str, str]:
    """Tell a symbol from a number that is written with its name; ("", number) for any other.

    >>> split_symbol("NOR : INTK2101234C"), split_symbol("ECLI:FR:CESEC:2020:1"), split_symbol("A/HRC/39/28")
    (('NOR', 'INTK2101234C'), ('ECLI', 'ECLI:FR:CESEC:2020:1'), ('', 'A/HRC/39/28'))
    """
    found = _LED.fullmatch(number)
    if found is None:
        return "", number
    return found[1], bare(found[1], found[2])


def bare(name: str, symbol: str) -> str:
    """Write a symbol without its name, save that of an ECLI, which is part of it."""
    rest = re.sub(rf"^{name}\s*:\s*", "", symbol.strip(), flags=re.I)
    return f"ECLI:{rest}" if name == "ECLI" else rest


def has_form(name: str, symbol: str) -> bool:
    """Tell whether a symbol has the form that its rule asks for.

    >>> has_form("NOR", "INTK2101234C"), has_form("NOR", "INTK210123"), has_form("ECLI", "ECLI:FR:CE:2020")
    (True, False, False)
    """
    return _FORMS[name].fullmatch(symbol) is not None


def read_extra(note: str, admitted: dict[str, str]) -> dict[str, str]:
    r"""Read the lines "name: value" of Zotero's field "Extra", for admitted names alone.

    All else in it is a personal note, and stays where it is.

    >>> read_extra("À relire avec Jeanne\nECLI: ECLI:FR:CE:2020:1", {"ecli": "ECLI"})
    {'ECLI': 'ECLI:FR:CE:2020:1'}
    """
    lines = [match for line in note.splitlines() if (match := _LINE.fullmatch(line))]
    pairs = [(match[1], match[2]) for match in lines]
    pairs += _MARKED.findall(note)
    found: dict[str, str] = {}
    for name, value in pairs:
        known = admitted.get(re.sub(r"[ _]+", "-", name.strip().lower()))
        if known:
            found.setdefault(known, value.strip())
    return found
