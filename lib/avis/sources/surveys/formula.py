"""The `relevant` formulas of a form, read once: a small parser of an XPath subset.

What ODK's forms use most: `selected()`, `count-selected()`, `string-length()`, `not()`, `true()`, `false()`,
`date('2024-01-31')`, `and`, `or`, comparisons, `${name}`, numbers and quoted text. A formula outside it
raises `RelevanceError`: an unread formula must never pass for an answer to « was she asked? ».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

MOST_BRACKETS = 40
"""Brackets inside brackets; more is no condition that anybody wrote."""


ISO_DAY = re.compile(r"(?P<day>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?P<time>T.*)?")


class RelevanceError(ValueError):
    """A formula that we do not read; its message is the piece where reading stopped."""


@dataclass(frozen=True)
class Literal:
    """A number (`is_number`) or a quoted text."""

    text: str
    is_number: bool = False

    @property
    def is_date(self) -> bool:
        """Tell whether it is a day, written with the year first."""
        return not self.is_number and ISO_DAY.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Name:
    """`${name}`: the answer to another question."""

    name: str


@dataclass(frozen=True)
class Constant:
    """`true()` or `false()`."""

    value: bool


@dataclass(frozen=True)
class Not:
    """`not(…)`."""

    inner: Node


@dataclass(frozen=True)
class Junction:
    """Parts joined by `and` or `or`."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Compare:
    """Two sides and the sign between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Selected:
    """`selected(${name}, 'code')`: the code is among those that were ticked."""

    name: Name
    code: Literal


@dataclass(frozen=True)
class Measure:
    """`count-selected(${name})` or `string-length(${name})`: how much there is in an answer."""

    word: str
    name: Name


Node = Literal | Name | Constant | Not | Junction | Compare | Selected | Measure

_TOKEN = re.compile(
    r"""\s*(?:
      \$\{\s*(?P<name>[^{}\s]+)\s*\}
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+))
    | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
    | (?P<sign>!=|<=|>=|=|<|>|\(|\)|,|-)
    | (?P<word>[A-Za-z][A-Za-z-]*)
    )""",
    re.VERBOSE,
)


class _Token(NamedTuple):
    kind: str
    text: str


def _tokens(formula: str) -> list[_Token]:
    found, at = [], 0
    end = len(formula.rstrip())
    while at < end:
        match = _TOKEN.match(formula, at)
        if match is None:
            raise RelevanceError(formula[at:].strip()[:20])
        kind = str(match.lastgroup)
        found.append(_Token("text" if kind in ("single", "double") else kind, match[kind]))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens, lowest binding first: or, and, = !=, < <= > >=, a single piece."""

    def __init__(self, formula: str) -> None:
        self.tokens = _tokens(formula)
        self.at = 0
        brackets = (1 if token.text == "(" else -1 for token in self.tokens if token.text in ("(", ")"))
        if max(accumulate(brackets), default=0) > MOST_BRACKETS:
            raise RelevanceError("(")

    def whole(self) -> Node:
        node = self.either()
        if self.at < len(self.tokens):
            raise RelevanceError(self.tokens[self.at].text)
        return node

    def take(self, kind: str, *texts: str) -> str | None:
        """Take the next token if it is one of these; none where it is another."""
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == kind and (not texts or token.text in texts):
                self.at += 1
                return token.text
        return None

    def need(self, kind: str, *texts: str) -> str:
        found = self.take(kind, *texts)
        if found is None:
            raise RelevanceError(self.tokens[self.at].text if self.at < len(self.tokens) else "")
        return found

    def joined(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self.take("word", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def either(self) -> Node:
        return self.joined("or", self.both)

    def both(self) -> Node:
        return self.joined("and", self.equality)

    def equality(self) -> Node:
        return self.compared(("=", "!="), self.order)

    def order(self) -> Node:
        return self.compared(("<", "<=", ">", ">="), self.piece)

    def compared(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        left = part()
        sign = self.take("sign", *signs)
        return Compare(sign, left, part()) if sign else left

    def piece(self) -> Node:
        if self.take("sign", "("):
            inner = self.either()
            self.need("sign", ")")
            return inner
        if self.take("sign", "-"):
            return Literal("-" + self.need("number"), is_number=True)
        for kind, make in _PIECES.items():
            text = self.take(kind)
            if text is not None:
                return make(text)
        return self.function(self.need("word"))

    def function(self, word: str) -> Node:
        self.need("sign", "(")
        node: Node
        if word == "selected":
            name = Name(self.need("name"))
            self.need("sign", ",")
            node = Selected(name, Literal(self.need("text")))
        elif word in ("count-selected", "string-length"):
            node = Measure(word, Name(self.need("name")))
        elif word == "not":
            node = Not(self.either())
        elif word == "date":
            node = Literal(self.need("text"))
            if not node.is_date:
                raise RelevanceError("date()")
        elif word in ("true", "false"):
            node = Constant(word == "true")
        else:
            raise RelevanceError(f"{word}()")
        self.need("sign", ")")
        return node


_PIECES: dict[str, Callable[[str], Node]] = {
    "name": Name,
    "number": lambda text: Literal(text, is_number=True),
    "text": Literal,
}


def parse(formula: str) -> Node:
    """Read a formula; raises `RelevanceError` for what stands outside our subset of XPath.

    >>> parse("selected(${langue}, 'fr') and ${age} >= 18").word
    'and'
    """
    return _Parser(formula).whole()


def names(node: Node) -> frozenset[str]:
    """Give the questions that a formula rests on.

    >>> sorted(names(parse("${a} = 1 or not(${b} = 'x')")))
    ['a', 'b']
    """
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Not):
        return names(node.inner)
    if isinstance(node, Selected | Measure):
        return names(node.name)
    if isinstance(node, Junction):
        return frozenset().union(*map(names, node.parts))
    if isinstance(node, Compare):
        return names(node.left) | names(node.right)
    return frozenset()
