"""What is looked for, ready to be found in any text: names and codes by words, raw texts by runs of words.

A hit is told by its kind and by the number of the term, never by its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

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
_RUN_STARTS = ("injected", "papermill")
_NEAR = 16
"""Signs before the name of a machine in which a word may say that it is one."""
_CHUNK, _OVERLAP = 1_000_000, 4_000

Found = tuple[str, object]
"""The kind, and what tells one thing from another of it: the number of a term, or a folded identifier."""
Runs = dict[tuple[str, ...], Found]
"""Words that stand one after the other, and what they are."""


class Matcher:
    """Finds in any text what is wanted.

    >>> matcher = Matcher(Wanted(terms=(Term(kind="name", text="Nadia Benali"),)))
    >>> matcher.find("x NADIA-B\u00e9nali y"), matcher.find("Nadia seule")
    (frozenset({('name', 0)}), frozenset())
    """

    def __init__(self, wanted: Wanted) -> None:
        self.phrases: dict[int, Runs] = {}
        self.glued: dict[str, Found] = {}
        """Codes that a sign may part in two anywhere."""
        self.spelt: dict[str, Found] = {}
        self.apart: dict[str, Found] = {}
        self.timid: dict[str, Found] = {}
        self.literal: list[tuple[str, Found]] = []
        self.nearby: list[tuple[re.Pattern[str], re.Pattern[str], Found]] = []
        """Names of machines that count beside some words alone: as they are, and with what must be around."""
        self.shingles: dict[int, Runs] = {}
        self.rows: dict[Row, Found] = {}
        self._wanted = wanted
        self._known: dict[int, frozenset[Found]] = {}
        self._personal: dict[int, frozenset[Found]] = {}
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
            self.literal += [(_slashed(plain(term.text)).rstrip("/"), found)] if words else []
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
            self.nearby.append((re.compile(name), re.compile(near), found))

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

    @cached_property
    def _begun(self) -> dict[str, list[tuple[int, Runs]]]:
        """By the first word of each run that is looked for: how long such runs are, and which there are."""
        halves: Runs = {
            (code[:at], code[at:]): found for code, found in self.glued.items() for at in range(1, len(code))
        }
        begun: dict[str, list[tuple[int, Runs]]] = {}
        for size, runs in (*self.phrases.items(), *self.shingles.items(), (2, halves)):
            for word in {run[0] for run in runs}:
                begun.setdefault(word, []).append((size, runs))
        return begun

    def _in_runs(self, reading: Reading) -> Iterator[Found]:
        """Look at each place where a run may begin; `_begun` holds no other word."""
        words, begun = reading.words, self._begun
        if begun.keys().isdisjoint(reading.single):
            return
        for at in [at for at, word in enumerate(words) if word in begun]:
            for size, runs in begun[words[at]]:
                found = runs.get(tuple(words[at : at + size]))
                if found:
                    yield found

    def _in_words(self, reading: Reading) -> Iterator[Found]:
        yield from self._in_runs(reading)
        yield from (self.glued[one] for one in self.glued.keys() & reading.single)
        if reading.spelt:
            yield from (found for name, found in self.spelt.items() if name in reading.spelt)
            yield from (self.apart[one] for one in self.apart.keys() & set(reading.spelt.split("|")))

    def _in_signs(self, text: str, reading: Reading) -> Iterator[Found]:
        for word in self.timid.keys() & reading.single:
            if _names(text, word):
                yield self.timid[word]
        likely = [one for one in self.literal if _longest_part(one[0]) in reading.whole]
        slashed = _slashed(reading.whole) if likely else ""
        for literal, found in likely:
            if literal in slashed and re.search(rf"{re.escape(literal)}(?!\w)", slashed):
                yield found
        for name, near, found in self.nearby:
            if any(near.search(around) for around in _around(reading.plain, name)):
                yield found
        shown = undisguised(text)
        lower = shown.lower()
        if any(start in lower for start in _LOCAL_STARTS):
            yield from (("path", squeezed(plain(found[0]))) for found in _LOCAL.finditer(shown))
        if any(start in text for start in _RUN_STARTS) and _RUN.search(text):
            yield ("parameter", "")

    def identifiers(self, text: str) -> frozenset[Found]:
        """Give what identifies somebody without a list, but for the association's own contacts."""
        key = hash(text)
        if key not in self._personal:
            found = personal_in(text)
            self._personal[key] = frozenset(one for one in found if one[1] not in self._excused)
        return self._personal[key]


def _windows(words: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    held = list(words)
    return zip(*(held[at:] for at in range(size)), strict=False)


def _around(folded: str, name: re.Pattern[str]) -> Iterator[str]:
    """Give a name wherever it stands, with the words that may say whose it is."""
    for found in name.finditer(folded):
        yield folded[max(0, found.start() - _NEAR) : found.end() + 2]


def _slashed(folded: str) -> str:
    return re.sub(r"[\\/]+", "/", folded)


def _longest_part(path: str) -> str:
    """Give what a text holds in any case where it holds a path, however its slashes are written there."""
    return max(path.split("/"), key=len)


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
