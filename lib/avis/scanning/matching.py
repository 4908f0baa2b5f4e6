"""What is looked for, ready to be found in any text: names and codes by words, raw texts by runs of words.

A hit is told by its kind and by the number of the term, never by its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from avis.identifiers.folding import fold_with_offsets
from avis.identifiers.people import Known
from avis.identifiers.registered import find_known
from avis.identifiers.vocabulary import is_also_a_word, is_common, is_function_word
from avis.scanning.numbers import Row, index, rows_in
from avis.scanning.personal import personal_in, squeezed, undisguised
from avis.scanning.wanted import Term, Wanted
from avis.scanning.words import Reading, plain, read, words_of

WINDOW = 6
"""Words of a raw text that must stand together: fewer meet by chance in any text."""
SHORTEST = (4, 18)
"""Words and letters of a whole raw text that is shorter than a window: « je ne sais pas » is anybody's."""
_ANYBODY = (
    "root admin administrator user users guest jovyan ubuntu debian runner vagrant node app www data home"
    " localhost local host server test build docker ci git default pi codespace vscode avis python"
)
COMMON = frozenset(_ANYBODY.split())
"""Names of users and machines that are nobody's: they count in a path or an address alone."""
_CODE_BEFORE = ("code", "codes", "personne", "person", "participante", "participant", "id", "speaker", "voix")
_LEAST_GLUED = 7
"""Letters from which a name of several words is looked for without its spaces."""
_LOCAL = re.compile(
    r"(?<![\w./-])/(?:home|users|root|private/var|var/folders|mnt|media|tmp)/[\w.~-]{2,}"
    r"|(?<!\w)[a-z]:[\\/]{1,4}(?:users|documents and settings)[\\/]{1,4}\w|file:/{2,3}[\w./-]{3,}",
    re.I,
)
"""Paths of somebody's own machine, whoever's it is."""
_LOCAL_STARTS = (
    "/home/",
    "users",
    "/root/",
    "/private/",
    "/var/",
    "/mnt/",
    "/media/",
    "/tmp/",
    "settings",
    "file:/",
)
_RUN = re.compile(r"injected-parameters|\"papermill\"\s*:\s*\{|papermill_(?:input|output)")
_CHUNK, _OVERLAP = 1_000_000, 4_000

Found = tuple[str, object]
"""The kind, and what tells one thing from another of it: the number of a term, or a folded identifier."""


class Matcher:
    """Finds in any text what is wanted.

    >>> matcher = Matcher(Wanted(terms=(Term(kind="name", text="Nadia Benali"),)))
    >>> matcher.find("x NADIA-B\u00e9nali y"), matcher.find("Nadia seule")
    (frozenset({('name', 0)}), frozenset())
    """

    def __init__(self, wanted: Wanted) -> None:
        self.phrases: dict[int, dict[tuple[str, ...], Found]] = {}
        self.glued: dict[str, Found] = {}
        self.spelt: dict[str, Found] = {}
        self.apart: dict[str, Found] = {}
        self.timid: dict[str, Found] = {}
        self.literal: list[tuple[str, Found]] = []
        self.nearby: list[tuple[re.Pattern[str], Found]] = []
        self.shingles: dict[int, dict[tuple[str, ...], Found]] = {}
        self.rows: dict[Row, Found] = {}
        self._wanted = wanted
        self._known: dict[int, frozenset[Found]] = {}
        for number, term in enumerate(wanted.terms):
            self._add(term, (term.kind, number))
        self.indexed = index(self.rows)
        self._allow(wanted.allowed)

    def _add(self, term: Term, found: Found) -> None:
        words = tuple(words_of(term.text))
        if term.kind == "numbers":
            self.rows[tuple(float(f"{one:.9g}") for one in term.numbers)] = found
        elif term.kind == "raw_text":
            self._add_raw(words, found)
        elif term.kind == "path" or (term.kind == "parameter" and re.search(r"[\\/]", term.text)):
            self.literal += [(_slashed(term.text).rstrip("/"), found)] if words else []
        elif term.kind == "name":
            self._add_name(words, found)
        elif term.kind in ("person_code", "consent_code"):
            self._add_code(words, found)
        elif words:
            self._add_machine(words, found)

    def _phrase(self, words: tuple[str, ...], found: Found) -> None:
        self.phrases.setdefault(len(words), {})[words] = found

    def _add_name(self, words: tuple[str, ...], found: Found) -> None:
        joined = "".join(words)
        if len(words) == 1 and (len(joined) < 3 or _ordinary(joined)):
            self.timid |= {joined: found} if len(joined) > 1 else {}
            return
        if words:
            self._phrase(words, found)
        if len(joined) >= 4:
            self.spelt[joined] = found
        if len(words) > 1 and len(joined) >= _LEAST_GLUED:
            self._phrase((joined,), found)

    def _add_code(self, words: tuple[str, ...], found: Found) -> None:
        """A code of two signs, or of digits alone, stands everywhere: only after a word that says so."""
        joined = "".join(words)
        if (
            len(joined) < 3
            or (joined.isdigit() and len(joined) < 6)
            or (joined.isalpha() and _ordinary(joined))
        ):
            for before in _CODE_BEFORE if joined else ():
                self._phrase((before, *words), found)
            return
        self._phrase(words, found)
        self.apart[joined] = found
        if len(joined) >= WINDOW:
            self.glued[joined] = found
            self.spelt[joined] = found

    def _add_machine(self, words: tuple[str, ...], found: Found) -> None:
        joined = " ".join(words)
        timid = len(words) == 1 and (joined in COMMON or len(joined) < 3 or _ordinary(joined))
        if not timid:
            self._phrase(words, found)
        elif found[0] != "parameter":
            name = r"[\W_]".join(map(re.escape, words))
            near = rf"(?:home|users?|login|author|host)[\\/=:\"' ]{{1,4}}{name}(?!\w)|(?<!\w){name}@\w"
            self.nearby.append((re.compile(near), found))

    def _add_raw(self, words: tuple[str, ...], found: Found) -> None:
        if len(words) >= WINDOW:
            windows = self.shingles.setdefault(WINDOW, {})
            windows.update(dict.fromkeys(_windows(words, WINDOW), found))
        elif len(words) >= SHORTEST[0] and sum(map(len, words)) >= SHORTEST[1]:
            self.shingles.setdefault(len(words), {})[words] = found

    def _allow(self, allowed: Iterable[str]) -> None:
        """What may be published takes its runs of words out, and names of machines that it holds."""
        for text in allowed:
            words = words_of(text)
            for size, windows in self.shingles.items():
                for window in windows.keys() & set(_windows(words, size)):
                    del windows[window]
            for size, phrases in self.phrases.items():
                for phrase in phrases.keys() & set(_windows(words, size)):
                    if phrases[phrase][0] in ("user", "host", "parameter"):
                        del phrases[phrase]

    @cached_property
    def _excused(self) -> str:
        return "|".join(squeezed(plain(text)) for text in self._wanted.contacts)

    def find(self, text: str) -> frozenset[Found]:
        """Give all that stands in a text; a very long one is read by pieces that lap over each other."""
        key = hash(text)
        if key not in self._known:
            step = _CHUNK - _OVERLAP
            pieces = (text[at : at + _CHUNK] for at in range(0, max(1, len(text) - _OVERLAP), step))
            self._known[key] = frozenset(found for piece in pieces for found in self._in(piece))
        return self._known[key]

    def _in(self, text: str) -> Iterator[Found]:
        reading = read(text)
        yield from self._in_words(reading)
        yield from self._in_signs(text, reading)
        for row in rows_in(reading.plain, self.indexed):
            yield self.rows[row]

    def _in_words(self, reading: Reading) -> Iterator[Found]:
        words, single = reading.words, set(reading.words)
        for size, phrases in (*self.phrases.items(), *self.shingles.items()):
            held: set[tuple[str, ...]] = (
                {(one,) for one in single} if size == 1 else _held(words, size, phrases, single)
            )
            yield from (phrases[one] for one in phrases.keys() & held)
        if self.glued:
            pairs = {one + other for one, other in pairwise(words)}
            yield from (self.glued[one] for one in self.glued.keys() & (single | pairs))
        if reading.spelt:
            yield from (found for name, found in self.spelt.items() if name in reading.spelt)
            yield from (self.apart[one] for one in self.apart.keys() & set(reading.spelt.split("|")))

    def _in_signs(self, text: str, reading: Reading) -> Iterator[Found]:
        for word in self.timid.keys() & set(reading.words):
            if _names(text, word):
                yield self.timid[word]
        slashed = _slashed(text) if self.literal else ""
        for literal, found in self.literal:
            if literal in slashed and re.search(rf"{re.escape(literal)}(?!\w)", slashed):
                yield found
        yield from (found for pattern, found in self.nearby if pattern.search(reading.plain))
        shown = undisguised(text)
        lower = shown.lower()
        if any(start in lower for start in _LOCAL_STARTS):
            yield from (("path", squeezed(plain(found[0]))) for found in _LOCAL.finditer(shown))
        if _RUN.search(text):
            yield ("parameter", "")

    def identifiers(self, text: str) -> Iterator[Found]:
        """Give what identifies somebody without a list, but for the association's own contacts."""
        for kind, value in personal_in(text):
            if value not in self._excused:
                yield kind, value


def _windows(words: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    held = list(words)
    return zip(*(held[at:] for at in range(size)), strict=False)


def _held(
    words: list[str], size: int, phrases: dict[tuple[str, ...], Found], single: set[str]
) -> set[tuple[str, ...]]:
    """Make the runs of a text only where the first and the last word of one that is wanted stand there."""
    if len(phrases) < 2000 and not any(one[0] in single and one[-1] in single for one in phrases):
        return set()
    return set(_windows(words, size))


def _slashed(text: str) -> str:
    return re.sub(r"[\\/]+", "/", plain(text))


def _ordinary(word: str) -> bool:
    return is_also_a_word(word) or is_common(word) or is_function_word(word)


def _names(text: str, word: str) -> bool:
    """Tell whether an ordinary word names somebody where it stands: by its capital and the words around."""
    known = Known({(word,): ()}, {})
    for number, found in enumerate(re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.I)):
        around = text[max(0, found.start() - 80) : found.end() + 80]
        if any(one.certainty == "certain" for one in find_known(fold_with_offsets(around), known)):
            return True
        if number > 200:
            return False
    return False
