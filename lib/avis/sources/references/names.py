"""Names of authors and editors → given name and family name, as BibTeX and biblatex write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from avis.sources.references.latex import to_text

OTHERS = "others"
"""What BibTeX writes for "and others"."""
_BRACES = re.compile(r"[{}]")
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix|useprefix)\s*=")


@dataclass(frozen=True)
class Name:
    """One author or editor; a group has a family name only. A name of literature, never of our persons."""

    family: str = field(repr=False)
    given: str = field(default="", repr=False)
    suffix: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Give the name as a sentence does, first name first."""
        return " ".join(filter(None, (self.given, self.family, self.suffix)))


def read_names(latex: str) -> tuple[Name, ...]:
    """Read names joined by "and"; what stands in braces is one name, of a group.

    >>> [name.shown for name in read_names("van der Berg, Jan and {Ligue des droits} and Jeanne de la Tour")]
    ['Jan van der Berg', 'Ligue des droits', 'Jeanne de la Tour']
    """
    parts = _split(re.sub(r"\s+", " ", latex), re.compile(r" and ", re.I))
    return tuple(name for part in parts if (name := _name(part.strip())).family)


def _name(latex: str) -> Name:
    if _is_group(latex):
        return Name(to_text(latex).strip())
    parts = [part.strip() for part in _split(latex, re.compile(","))]
    if all(_EXTENDED.match(part) for part in parts):
        return _extended(parts)
    if len(parts) == 1:
        return _first_last(latex)
    suffix = to_text(parts[1]) if len(parts) > 2 else ""
    return Name(to_text(parts[0]), to_text(parts[-1]), suffix)


def _extended(parts: list[str]) -> Name:
    facts = {}
    for part in parts:
        name, _, value = part.partition("=")
        facts[name.strip()] = to_text(value.strip().strip('"'))
    family = " ".join(filter(None, (facts.get("prefix", ""), facts.get("family", ""))))
    return Name(family, facts.get("given", ""), facts.get("suffix", ""))


def _first_last(latex: str) -> Name:
    """Read "First von Last": the family begins at the first word in small letters, else it is the last."""
    words = [to_text(word) for word in _split(latex, re.compile(" ")) if word]
    small = next((n for n, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
    return Name(" ".join(words[max(small, 0) :]), " ".join(words[: max(small, 0)]))


def _is_group(latex: str) -> bool:
    """Tell whether one pair of braces holds all of it."""
    if not (latex.startswith("{") and latex.endswith("}")):
        return False
    depth = 0
    for brace in _BRACES.finditer(latex, 0, len(latex) - 1):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return False
    return True


def _split(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """Split at a mark that stands in no braces."""
    depth, start, at = 0, 0, 0
    while at < len(text):
        if text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
        elif depth == 0 and (found := mark.match(text, at)) is not None:
            yield text[start:at]
            start = at = found.end()
            continue
        at += 1
    yield text[start:]
