"""LimeSurvey's conditions → ours, where both mean the same; the rest is kept as `em(…)`, which nobody judges.

LimeSurvey's Expression Manager knows hundreds of functions; conditions use few of them: a question compared
with a code, a number or nothing, `is_empty()`, `and`, `or`, `!`. Without `.NAOK` a condition is false where a
question that it names was not asked: that question's own condition is then joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from avis.sources.surveys.formula import MOST_BRACKETS

LONGEST = 4000
"""Characters of a condition once the conditions of others are joined to it; longer ones stay unread."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?(?![A-Za-z0-9_.]))
    | '(?P<single>[^'\\]*)' | "(?P<double>[^"\\]*)"
    | (?P<sign>==|!=|<=|>=|&&|\|\||<|>|!|\(|\)|,)
    | (?P<word>[A-Za-z0-9_][A-Za-z0-9_.]*)
    )""",
    re.VERBOSE,
)
_WORDS = {"and": "&&", "or": "||", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ALWAYS = frozenset({"", "1"})


@dataclass(frozen=True)
class Variable:
    """What a word of a condition stands for: a question, or (`choice`) one box of it, and its type.

    `condition` is ours, "" where the question is always asked.
    """

    question: str
    choice: str
    type: str
    condition: str


class Unread(ValueError):
    """A condition outside of what means the same in both."""


Side = Variable | str | float


def translate(condition: str, variables: Mapping[str, Variable]) -> str:
    """Give a condition in our words; "" where there is none, `em(…)` around what we do not read.

    >>> one = Variable("Q1", "", "select_one", "")
    >>> translate('((Q1.NAOK == "A1") or is_empty(Q1.NAOK))', {"Q1": one})
    "(${Q1} = 'A1' or ${Q1} = '')"
    >>> translate("count(Q1.NAOK) > 1", {"Q1": one})
    'em(count(Q1.NAOK) > 1)'
    """
    text = condition.strip()
    if text in ALWAYS:
        return ""
    try:
        found = _Reader(text, variables).whole()
    except Unread:
        return unread(text)
    return found if len(found) <= LONGEST else unread(text)


def unread(condition: str) -> str:
    """Mark a condition as one that is not judged: no function of ours is called `em`.

    >>> is_unread(unread("x")), is_unread("${a} = 'em(1)'")
    (True, False)
    """
    return f"em({condition})"


def is_unread(condition: str) -> bool:
    """Tell whether (a part of) a condition of ours is LimeSurvey's own, kept as it was."""
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "", condition)
    return bool(re.search(r"(?:^|[(\s])em\(", outside))


def joined(*conditions: str) -> str:
    """Join conditions that must all hold.

    >>> joined("", "${a} = 1"), joined("${a} = 1", "${b} = 2")
    ('${a} = 1', '(${a} = 1) and (${b} = 2)')
    """
    kept = list(dict.fromkeys(condition for condition in conditions if condition))
    return kept[0] if len(kept) == 1 else " and ".join(f"({condition})" for condition in kept)


def quoted(text: str) -> str:
    """Quote a text as our formulas do."""
    if "'" not in text:
        return f"'{text}'"
    if '"' in text:
        raise Unread
    return f'"{text}"'


class _Reader:
    """Recursive descent that writes while it reads: or, and, a comparison, a single piece."""

    def __init__(self, text: str, variables: Mapping[str, Variable]) -> None:
        self.variables, self.at, self.depth = variables, 0, 0
        self.tokens: list[tuple[str, str]] = []
        self.strict: list[str] = []
        place, end = 0, len(text)
        while place < end:
            match = _TOKEN.match(text, place)
            if match is None:
                raise Unread
            kind = str(match.lastgroup)
            word = match[kind]
            if kind == "word" and word.casefold() in _WORDS:
                kind, word = "sign", _WORDS[word.casefold()]
            self.tokens.append(("text" if kind in ("single", "double") else kind, word))
            place = match.end()

    def whole(self) -> str:
        found = self.either()
        if self.at < len(self.tokens):
            raise Unread
        return joined(*self.strict, found)

    def next(self, kind: str, *texts: str) -> str | None:
        if self.at < len(self.tokens):
            own, text = self.tokens[self.at]
            if own == kind and (not texts or text in texts):
                self.at += 1
                return text
        return None

    def need(self, text: str) -> None:
        if self.next("sign", text) is None:
            raise Unread

    def either(self) -> str:
        return self.together("||", "or", self.both)

    def both(self) -> str:
        return self.together("&&", "and", self.piece)

    def together(self, sign: str, word: str, part: Callable[[], str]) -> str:
        parts = [part()]
        while self.next("sign", sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else "(" + f" {word} ".join(parts) + ")"

    def piece(self) -> str:
        self.depth += 1
        if self.depth > MOST_BRACKETS // 2:
            raise Unread
        found = self.inner()
        self.depth -= 1
        return found

    def inner(self) -> str:
        if self.next("sign", "!"):
            if not self.ahead("(", "!", "is_empty"):  # « !a == b » is « (!a) == b »
                raise Unread
            return f"not({self.piece()})"
        if self.next("sign", "("):
            return self.bracket()
        if self.next("word", "is_empty"):
            self.need("(")
            side = self.side()
            self.need(")")
            return _empty(side)
        return self.comparison()

    def bracket(self) -> str:
        """Read what stands in brackets: a condition, or one side of a comparison."""
        back = self.at, len(self.strict), self.depth
        try:
            found = self.either()
            self.need(")")
            return found
        except Unread:
            self.at, self.depth = back[0], back[2]
            del self.strict[back[1] :]
        left = self.side()
        self.need(")")
        return self.compared(left)

    def comparison(self) -> str:
        left = self.side()
        if isinstance(left, float) and not self.ahead(*_SIGNS):
            return "true()" if left else "false()"
        return self.compared(left)

    def ahead(self, *signs: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][1] in signs

    def compared(self, left: Side) -> str:
        sign = self.next("sign", *_SIGNS)
        if sign is None:
            raise Unread
        bracket = self.next("sign", "(")
        right = self.side()
        if bracket:
            self.need(")")
        if not isinstance(left, Variable):
            left, right, sign = right, left, _TURNED.get(sign, sign)
        if not isinstance(left, Variable) or isinstance(right, Variable):
            raise Unread
        return _compared(left, _SIGNS[sign], right)

    def side(self) -> Side:
        number = self.next("number")
        if number is not None:
            return float(number)
        text = self.next("text")
        if text is not None:
            return text
        word = self.next("word")
        if word is None:
            raise Unread
        name, _, ending = word.partition(".")
        variable = self.variables.get(name)
        if variable is None or ending not in ("", "code", "NAOK"):
            raise Unread
        if ending != "NAOK":
            if is_unread(variable.condition):
                raise Unread
            self.strict += [variable.condition] if variable.condition else []
        return variable


def _empty(side: Side) -> str:
    if not isinstance(side, Variable):
        raise Unread
    return _compared(side, "=", "")


def _compared(left: Variable, sign: str, right: str | float) -> str:
    if left.choice:
        return _ticked(left, sign, right)
    if left.type not in ("select_one", "text", "decimal", "integer"):
        raise Unread  # several values in one cell, or none that LimeSurvey compares as we would
    name = f"${{{left.question}}}"
    if isinstance(right, float):
        return f"{name} {sign} {right:.10g}"
    if _NUMBER.fullmatch(right) and (left.type in ("decimal", "integer") or sign not in ("=", "!=")):
        return f"{name} {sign} {right}"
    if sign not in ("=", "!=") or (right and left.type in ("decimal", "integer")):
        raise Unread
    return f"{name} {sign} {quoted(right)}"


def _ticked(box: Variable, sign: str, right: str | float) -> str:
    if right not in ("Y", "") or sign not in ("=", "!="):
        raise Unread
    ticked = f"selected(${{{box.question}}}, {quoted(box.choice)})"
    return ticked if (right == "Y") == (sign == "=") else f"not({ticked})"
