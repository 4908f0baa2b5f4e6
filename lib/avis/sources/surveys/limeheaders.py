"""Which column of a LimeSurvey export is which question: by codes, by full or cut texts, or by both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from avis.errors import Place, Problems
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.form import Form
from avis.sources.surveys.limetexts import cut_of, filled_of, key_of, words_of
from avis.sources.surveys.limetypes import RANK_WORDS
from avis.spelling import suggest

Target = tuple[str, str]
"""A question, and the choice or the rank that the column stands for, "filecount", or ""."""

META = {
    "id": ("id", "ID de la réponse", "Id de réponse", "Response ID"),
    "end": ("submitdate", "Date de soumission", "Date submitted", "Completed"),
    "lastpage": ("lastpage", "Dernière page", "Last page"),
    "language": ("startlanguage", "Langue de départ", "Start language"),
    "seed": ("seed", "Tête de série", "Graine aléatoire", "Seed"),
    "start": ("startdate", "Date de lancement", "Date de début", "Date started"),
    "last": ("datestamp", "Date de la dernière action", "Date last action"),
}
"""The columns that LimeSurvey adds, as code and in French and English."""
PRIVATE = (
    *("token", "ipaddr", "refurl", "firstname", "lastname", "email", "emailstatus", "participant_id"),
    *("Code d'accès", "Code d’invitation", "Invitation", "Jeton", "Access code", "Token", "Clé"),
    *("Adresse IP", "IP address", "URL référente", "URL de référence", "Referrer URL"),
    *("Prénom", "Nom", "Nom de famille", "First name", "Last name"),
    *("Courriel", "Adresse de courriel", "Adresse électronique", "Adresse courriel", "E-mail", "Email"),
    *("Adresse e-mail", "Email address", "E-mail address", "Email status", "État du courriel"),
)
"""Columns that say who answered, or from where: never read, whatever they are asked for."""
_SIDE = re.compile(
    r"attribute_\d+|attribut ?\d+|interviewtime|(?:group|question|grouptime|questiontime)_?\d*time\d*"
    r"|(?:group|question)time\w*|(?:temps|durée|total time|group time|question time)\b.*",
    re.IGNORECASE,
)
"""Times spent on pages, and what the register of participants says of them."""
_META_KEYS = {key_of(word): name for name, words in META.items() for word in words}
_PRIVATE_KEYS = frozenset(map(key_of, PRIVATE))
_BETWEEN = re.compile(r"\s*(?:\. ?|: ?|- |– )\s*|\s+")


@dataclass
class Matched:
    """The columns of a file by what they are; numbers count from 0."""

    targets: dict[Target, int] = field(default_factory=dict)
    meta: dict[str, int] = field(default_factory=dict)
    private: list[int] = field(default_factory=list)
    side: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    def keep(
        self, number: int, header: str, found: list[Target], here: Place, alone: bool, problems: Problems
    ) -> None:
        """Keep a column as the first question found, if the header means it `alone`; say it if not."""
        if found and alone:
            if found[0] in self.targets:
                problems.warn("SRC-077", here, question=found[0][0])
            self.targets.setdefault(found[0], number)
        elif found:
            problems.warn("SRC-066" if cut_of(header) is None else "SRC-274", here, n=len(found))
        elif _SIDE.fullmatch(tidy(header)):
            self.side.append(number)
        else:
            self.unknown.append(number)

    def pieces(self, question: str) -> dict[str, int]:
        """Give the columns of a question, by choice or rank."""
        return {piece: number for (of, piece), number in self.targets.items() if of == question}


def is_private(header: str) -> bool:
    """Tell whether a column says who answered, or from where.

    >>> is_private("Adresse IP"), is_private("token. Code d'accès"), is_private("Q01")
    (True, True, False)
    """
    return _known(header, _PRIVATE_KEYS)


def _known(header: str, keys: Iterable[str]) -> bool:
    first, _, rest = header.partition(".")
    return key_of(header) in keys or (key_of(first) in keys and (not rest or key_of(rest) in keys))


def meta_of(header: str) -> str:
    """Give what a column of LimeSurvey's own holds; "" where it is none.

    >>> meta_of("submitdate. Date de soumission"), meta_of("Langue de départ"), meta_of("Q1")
    ('end', 'language', '')
    """
    first, _, rest = header.partition(".")
    name = _META_KEYS.get(key_of(header), "")
    return name or (_META_KEYS.get(key_of(first), "") if _META_KEYS.get(key_of(rest)) else "")


def is_limesurvey(headers: Sequence[str]) -> bool:
    """Tell whether a table has the columns that LimeSurvey adds to every export."""
    found = {meta_of(header) for header in headers}
    return "id" in found and len(found & {"end", "lastpage", "language", "seed"}) >= 2


def match_columns(headers: Sequence[str], form: Form, place: Place, problems: Problems) -> Matched:
    """Match columns by code, by text in any language, by both, then by a text that was cut or filled in.

    Remarks: SRC-066 a text that several questions share and that cannot be told apart, SRC-077 two columns
    for one question, SRC-274 a text cut so short that several questions fit.
    """
    words = _Words(form)
    times, seen = Counter(map(key_of, headers)), Counter[str]()
    matched = Matched()
    for number, header in enumerate(headers):
        key, here = key_of(header), Place(place.file, place.sheet, place.line, number + 1, tidy(header))
        meta = meta_of(header)
        if is_private(header):
            matched.private.append(number)
        elif meta and meta not in matched.meta:
            matched.meta[meta] = number
        elif key:
            found = words.find(header)
            in_order = len(found) == times[key]
            rest = found[seen[key] :] if in_order else found
            matched.keep(number, header, rest, here, in_order or len(found) == 1, problems)
        seen[key] += 1
    return matched


class _Words:
    """All that a header may be, by the questions of a form."""

    def __init__(self, form: Form) -> None:
        self.codes: dict[str, Target] = {}
        self.texts: dict[str, list[Target]] = defaultdict(list)
        self.filled: list[tuple[re.Pattern[str], Target]] = []
        questions = form.questions[
            ~form.questions["role"].isin(["array"]) & (form.questions["type"] != "note")
        ]
        for name, path, kind in zip(questions["name"], questions["path"], questions["type"], strict=True):
            texts = [text for text in form.spellings.get(name, ()) if text not in (name, path)]
            self.question(name, _codes(name, path), texts)
            for piece, labels in _pieces(form, name, kind).items():
                self.piece((name, piece), _codes(name, path), texts, labels)

    def question(self, name: str, codes: Iterable[str], texts: Iterable[str]) -> None:
        for code in codes:
            self.codes.setdefault(code, (name, ""))
        for text in texts:
            self.text(text, (name, ""))

    def piece(self, target: Target, codes: Iterable[str], texts: Iterable[str], labels: list[str]) -> None:
        for code in codes:
            for shape in ("{}[{}]", "{}_{}", "{}.{}", "{}/{}"):
                self.codes.setdefault(shape.format(code, target[1]), target)
        for text in texts:
            for label in labels:
                self.text(f"{text} [{label}]", target)

    def text(self, text: str, target: Target) -> None:
        known = self.texts[key_of(text)]
        if target not in known:
            known.append(target)
        pattern = filled_of(text)
        if pattern:
            self.filled.append((pattern, target))

    def find(self, header: str) -> list[Target]:
        """Give the questions that a header may mean; the surest way that gives any decides."""
        plain = words_of(tidy(header))
        if plain in self.codes:
            return [self.codes[plain]]
        by_text = self.by_text(plain)
        coded = [(target, rest) for target, rest in self.by_code(plain)]
        both = [target for target, rest in coded if target in self.by_text(rest)]
        if both and set(both) != set(by_text) and by_text:
            return list(dict.fromkeys([*both, *by_text]))
        return list(dict.fromkeys(both or by_text))

    def by_code(self, plain: str) -> Iterator[tuple[Target, str]]:
        """Give each code that a header begins with, and what follows it."""
        for match in _BETWEEN.finditer(plain):
            target = self.codes.get(plain[: match.start()])
            if target and match.start():
                yield target, plain[match.end() :]

    def by_text(self, plain: str) -> list[Target]:
        key = key_of(plain)
        if key in self.texts:
            return self.texts[key]
        found = [target for pattern, target in self.filled if pattern.fullmatch(key)]
        cut = cut_of(plain)
        if not found and cut:
            found = [one for text, targets in self.texts.items() if cut.fullmatch(text) for one in targets]
        return list(dict.fromkeys(found))


def _codes(name: str, path: str) -> list[str]:
    """Give the ways to write a code: `Q02_SQ001`, `Q02/SQ001`, `Q02[SQ001]`, `Q02.SQ001`."""
    first, *rest = path.split("/")
    return [name, path, first + "".join(f"[{part}]" for part in rest), ".".join([first, *rest])]


def _pieces(form: Form, name: str, kind: str) -> Mapping[str, list[str]]:
    """Give what stands in brackets after a question: its choices, its ranks, its number of files."""
    if kind == "file":
        return {"filecount": ["filecount"]}
    if kind not in ("select_multiple", "rank"):
        return {}
    choices = form.admitted(name)
    if kind == "rank":
        return {str(n): [word.format(n=n) for word in RANK_WORDS] for n in range(1, len(choices) + 1)}
    columns = [column for column in choices.columns if column.startswith("label_")]
    rows = zip(choices["code"], choices["other"], *(choices[column] for column in columns), strict=True)
    # The column of « other » holds a text: it is the question beside this one.
    return {
        str(code): [label for label in dict.fromkeys(labels) if label]
        for code, other, *labels in rows
        if not (other and f"{name}_other" in form.spellings)
    }


def report_unknown(
    unknown: Iterable[int], headers: Sequence[str], form: Form, place: Place, problems: Problems
) -> None:
    """Say which columns nothing explains (SRC-060), each with the name that comes closest."""
    known = [spelling for spellings in form.spellings.values() for spelling in spellings]
    for number in unknown:
        header = tidy(headers[number])
        here = Place(place.file, place.sheet, place.line, number + 1, header)
        problems.warn("SRC-060", here, **suggest(header, known))
