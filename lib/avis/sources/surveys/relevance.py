"""Who was asked a question: the `relevant` formulas of a form, judged over whole columns at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.sources.surveys.formula import (
    ISO_DAY,
    Compare,
    Constant,
    Junction,
    Literal,
    Measure,
    Name,
    Node,
    Not,
    Selected,
)

Bools = npt.NDArray[np.bool_]


class Truth(NamedTuple):
    """A judgement per record: `yes`, `no`, or neither where what it rests on is not known.

    >>> Truth(np.array([True, False]), np.array([False, False])).known.tolist()
    [True, False]
    """

    yes: Bools
    no: Bools

    @property
    def known(self) -> Bools:
        """Tell where there is a judgement at all."""
        return self.yes | self.no


@dataclass(frozen=True)
class Operand:
    """A column as formulas see it: its text ("" = blank), and where that text can be trusted."""

    text: npt.NDArray[np.object_] = field(repr=False)
    known: Bools
    dated: bool = False
    """Whether it is a question that asks for a date."""


def evaluate(node: Node, columns: Mapping[str, Operand], length: int) -> Truth:
    """Judge a formula for every record at once; what rests on an unknown cell stays unknown.

    Rules: XPath 1.0 §3.4 (a side that is a number makes numbers of both; a blank is no number, so only
    `!=` holds for it), Kleene's logic for what is not known. `columns` must hold every name of `names(node)`.

    >>> from avis.sources.surveys.formula import parse
    >>> age = Operand(np.array(["17", "18", ""], dtype=object), np.array([True, True, True]))
    >>> evaluate(parse("${age} >= 18"), {"age": age}, 3).yes.tolist()
    [False, True, False]
    """
    if isinstance(node, Constant):
        return _sure(np.full(length, node.value))
    if isinstance(node, Not):
        inner = evaluate(node.inner, columns, length)
        return Truth(inner.no, inner.yes)
    if isinstance(node, Junction):
        join = _and if node.word == "and" else _or
        return reduce(join, (evaluate(part, columns, length) for part in node.parts))
    if isinstance(node, Selected):
        return _selected(columns[node.name.name], node.code.text)
    if isinstance(node, Compare):
        return _compare(node, columns, length)
    # A bare value is true where it is not blank, a bare number where it is not zero (XPath 1.0 §4.3).
    operand = _operand(node, columns, length)
    true = _numbers(operand) != 0 if _is_number(node) else operand.text != ""
    return Truth(true & operand.known, ~true & operand.known)


def _sure(true: Bools) -> Truth:
    return Truth(true, ~true)


def _and(one: Truth, two: Truth) -> Truth:
    return Truth(one.yes & two.yes, one.no | two.no)


def _or(one: Truth, two: Truth) -> Truth:
    return Truth(one.yes | two.yes, one.no & two.no)


def _selected(operand: Operand, code: str) -> Truth:
    # Few distinct sets of ticks stand in a column of thousands: split each of them once.
    numbers, distinct = pd.factorize(operand.text)
    true = np.array([code in str(cell).split() for cell in distinct], dtype=bool)[numbers]
    return Truth(true & operand.known, ~true & operand.known)


def _operand(node: Node, columns: Mapping[str, Operand], length: int) -> Operand:
    if isinstance(node, Name):
        return columns[node.name]
    if isinstance(node, Literal):
        return Operand(np.full(length, node.text, dtype=object), np.ones(length, dtype=bool))
    if isinstance(node, Measure):
        return _measured(node, columns[node.name.name])
    truth = evaluate(node, columns, length)
    return Operand(np.where(truth.yes, "true", "").astype(object), truth.known)


def _measured(node: Measure, operand: Operand) -> Operand:
    numbers, distinct = pd.factorize(operand.text)
    cells = [str(cell) for cell in distinct]
    sizes = [len(cell.split()) if node.word == "count-selected" else len(cell) for cell in cells]
    return Operand(np.array([str(size) for size in sizes], dtype=object)[numbers], operand.known)


def _numbers(operand: Operand) -> npt.NDArray[np.float64]:
    return np.asarray(pd.to_numeric(pd.Series(operand.text), errors="coerce"), dtype=float)


def _is_number(node: Node) -> bool:
    return isinstance(node, Measure) or (isinstance(node, Literal) and node.is_number)


def _compare(node: Compare, columns: Mapping[str, Operand], length: int) -> Truth:
    left, right = (_operand(side, columns, length) for side in (node.left, node.right))
    known = left.known & right.known
    if node.sign not in ("=", "!=") and any(map(_is_words, (node.left, node.right))):
        return Truth(known & False, known & False)  # a time, a name: no number, so no order is known
    if left.dated or right.dated or _is_date(node.left) or _is_date(node.right):
        return _compare_days(node.sign, left, right)
    a: npt.NDArray[Any] = left.text
    b: npt.NDArray[Any] = right.text
    if node.sign not in ("=", "!=") or _is_number(node.left) or _is_number(node.right):
        a, b = _numbers(left), _numbers(right)
    true = np.asarray(_SIGNS[node.sign](a, b), dtype=bool)
    return Truth(true & known, ~true & known)


def _is_date(node: Node) -> bool:
    return isinstance(node, Literal) and node.is_date


def _is_words(node: Node) -> bool:
    """Tell quoted text that is neither a number nor a day."""
    if not isinstance(node, Literal) or node.is_number or node.is_date or not node.text.strip():
        return False
    return bool(pd.isna(pd.to_numeric(node.text, errors="coerce")))


def _compare_days(sign: str, left: Operand, right: Operand) -> Truth:
    """Compare days; a blank is no day, so only `!=` holds for it, and what is no day leaves it unknown.

    Unknown too: one day twice, with a time beside one of them.
    """
    (a, timed), (b, also) = _days(left.text), _days(right.text)
    blank, same = (left.text == "") | (right.text == ""), left.text == right.text
    readable = (a != "") & (b != "") & ~((a == b) & (timed | also) & ~same)
    compared = np.asarray(_SIGNS[sign](a, b), dtype=bool)
    true = np.where(blank, {"=": same, "!=": ~same}.get(sign, blank & False), compared)
    known = left.known & right.known & (blank | readable)
    return Truth(true & known, ~true & known)


def _days(text: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], Bools]:
    """Give the day of each text ("" where it is none), and whether a time stands behind it."""
    numbers, distinct = pd.factorize(text)
    found = [ISO_DAY.fullmatch(str(cell)) for cell in distinct]
    days = np.array([match["day"] if match else "" for match in found], dtype=object)
    timed = np.array([bool(match and match["time"]) for match in found], dtype=bool)
    return days[numbers], timed[numbers]


_SIGNS: dict[str, Callable[[npt.NDArray[Any], npt.NDArray[Any]], npt.NDArray[Any]]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
