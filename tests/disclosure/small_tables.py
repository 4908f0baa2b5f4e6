"""Small tables of people for the tests of protection, and every table that agrees with what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import msgspec
import numpy as np
from numpy.typing import NDArray

from avis.exhibits import Cell, Dimension, Evidence, Value, Where
from avis.findings.model import Finding, Key, Latent, Ref, Relation, changed

WORDS = {"fr": "mots", "en": "words"}


def where(**pairs: str) -> Where:
    return tuple(sorted(pairs.items()))


def dimension(id: str, values: Iterable[str]) -> Dimension:
    return Dimension(id=id, label=WORDS, values=tuple(Value(id=v, label=WORDS) for v in values))


def finding(
    id: str, counts: Mapping[Where, int], relations: Sequence[Relation], **changes: object
) -> Finding:
    """A finding of people with these cells; dimensions come from the cells themselves."""
    values: dict[str, dict[str, None]] = {}
    for at in counts:
        for variable, value in at:
            values.setdefault(variable, {})[value] = None
    fields: dict[str, object] = {
        "id": id,
        "subject": id,
        "title": WORDS,
        "measure": "people",
        "population": "p",
        "dimensions": tuple(dimension(name, held) for name, held in values.items()),
        "cells": tuple(Cell(where=at, n=n) for at, n in counts.items()),
        "relations": tuple(relations),
        "unit": WORDS,
        "evidence": Evidence(rule=WORDS),
    }
    return Finding(**(fields | changes))  # type: ignore[arg-type]


def one_question(id: str = "q", telling: bool = True, **answers: int) -> Finding:
    """A question with one answer a person: the whole is the sum of the answers."""
    parts = tuple(where(**{id: answer}) for answer in answers)
    counts = {(): sum(answers.values()), **dict(zip(parts, answers.values(), strict=True))}
    return finding(id, counts, [Relation(total=(), parts=parts, telling=parts if telling else ())], base=())


def several_answers(answered: int, **ticked: int) -> Finding:
    """A question with several answers: each choice has its unprinted complement."""
    counts, relations, latent = {(): answered}, [], []
    for choice, n in ticked.items():
        at, left = where(q=choice), where(q=f"not:{choice}")
        counts[at] = n
        latent.append(Latent(cell=Ref(population="p", where=left), n=answered - n))
        relations.append(Relation(total=(), parts=(at, left), telling=(at, left)))
    return finding("q", counts, relations, latent=tuple(latent), multiple=True, base=())


def crossed(
    id: str, counts: Sequence[Sequence[int]], rows: str = "a", columns: str = "b", population: str = "p"
) -> Finding:
    """A table of two dimensions with all its margins."""
    inner = {
        where(**{rows: str(i), columns: str(j)}): n
        for i, line in enumerate(counts)
        for j, n in enumerate(line)
    }
    lines = [where(**{rows: str(i)}) for i in range(len(counts))]
    heads = [where(**{columns: str(j)}) for j in range(len(counts[0]))]
    sums = {at: sum(n for cell, n in inner.items() if at[0] in cell) for at in (*lines, *heads)}
    relations = [
        Relation(total=at, parts=tuple(cell for cell in inner if at[0] in cell)) for at in (*lines, *heads)
    ]
    relations += [Relation(total=(), parts=tuple(lines)), Relation(total=(), parts=tuple(heads))]
    whole = {(): sum(inner.values())}
    return finding(id, {**whole, **sums, **inner}, relations, population=population)


def key(**pairs: str) -> Key:
    return Key("p", "people", where(**pairs))


Tables = NDArray[np.int64]


def agreeing(
    shape: tuple[int, int], shown: Mapping[Where, int], rows: str, columns: str, most: int
) -> Tables:
    """List every table of whole numbers from 0 to `most` that agrees with the shown cells."""
    every = np.array(list(product(range(most + 1), repeat=shape[0] * shape[1]))).reshape(-1, *shape)
    kept = np.ones(len(every), dtype=bool)
    for at, n in shown.items():
        if not set(dict(at)) <= {rows, columns}:
            continue
        kept &= count_in(every, at, rows, columns) == n
    return every[kept]


def count_in(tables: Tables, at: Where, rows: str, columns: str) -> Tables:
    """Count a cell, a margin or the whole in each of many tables."""
    place = dict(at)
    picked = tables
    picked = picked[:, [int(place[rows])], :] if rows in place else picked
    picked = picked[:, :, [int(place[columns])]] if columns in place else picked
    return np.asarray(picked.sum(axis=(1, 2)))


def as_printed(findings: Iterable[Finding], hidden: frozenset[Key]) -> tuple[Finding, ...]:
    """An edition with its true counts, and what it hid: one that the register keeps has none of these."""
    return tuple(
        changed(
            one,
            cells=tuple(
                msgspec.structs.replace(cell, status="hidden") if one.key(cell.where) in hidden else cell
                for cell in one.cells
            ),
        )
        for one in findings
        if one.protect
    )
