"""What editions call the people counted, the variables and the rows of tables, and what we call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from avis.disclosure.former.printed import labels_of
from avis.editions.printed import PrintedTable
from avis.exhibits import Where
from avis.findings.model import Finding, ref_key
from avis.findings.reactions import ROOM
from avis.spelling import fold

Spoken: TypeAlias = dict[str, set[str]]
"""For each id the words that are printed for it, folded."""
Labels: TypeAlias = Mapping[str, Mapping[str, Iterable[str]]]
"""As a `PrintedTable` keeps them."""

UNRENAMED = ("year", "quarter", "month")
"""Variables whose values are days of the calendar: 2025 is no other name for 2023."""


@dataclass
class Variable:
    """One variable of some people: what it is called, and its rows."""

    words: set[str] = field(default_factory=set)
    rows: Spoken = field(default_factory=dict)
    """Those that a table lists."""
    reckoned: set[str] = field(default_factory=set)
    """Those that no table lists and sums name: of a combined line its parts, who did not tick a choice."""

    def meant(self, word: str) -> str:
        """Give the row that a word means, an id or as tables print it; empty where it means none.

        >>> Variable(rows={"60+": {"60 ans et plus"}}).meant("60 ans et Plus")
        '60+'
        """
        if word in self.rows:
            return word
        found = [id for id, words in self.rows.items() if fold(word) in {fold(id), *words}]
        return found[0] if len(found) == 1 else ""


Names: TypeAlias = dict[str, dict[str, Variable]]
"""By the people counted, then by variable."""


def names_of(findings: Iterable[Finding]) -> Names:
    """Gather what today's findings of people call things; the texts of a session are never renamed."""
    found: Names = {}
    for finding in findings:
        if finding.population.startswith(ROOM):
            continue
        people = found.setdefault(finding.population, {})
        _list(people, [tuple((d.id, value.id) for value in d.values) for d in finding.dimensions])
        _list(people, [finding.within, *(cell.where for cell in finding.cells)])
        _hear(people, labels_of(finding))
        for latent in finding.latent:
            key = ref_key(latent.cell, finding.measure)
            for name, row in key.where:
                found.setdefault(key.population, {}).setdefault(name, Variable()).reckoned.add(row)
    return found


def names_in(tables: Iterable[PrintedTable]) -> Names:
    """Gather what the tables of an edition call things."""
    found: Names = {}
    for table in tables:
        if table.population.startswith(ROOM):
            continue
        people = found.setdefault(table.population, {})
        _list(people, [table.within, *(cell.where for cell in table.cells)])
        _hear(people, table.labels)
    return found


def _list(people: dict[str, Variable], wheres: Iterable[Where]) -> None:
    for where in wheres:
        for name, value in where:
            people.setdefault(name, Variable()).rows.setdefault(value, set())


def _hear(people: dict[str, Variable], labels: Labels) -> None:
    """Take the words of the variables and of the rows that are listed."""
    for name, told in labels.items():
        held = people.setdefault(name, Variable())
        for value, words in told.items():
            if value in held.rows:
                held.rows[value] |= set(map(fold, words))
            elif not value:
                held.words |= set(map(fold, words))


@dataclass(frozen=True)
class Renaming:
    """What an edition called otherwise: people, variables of theirs, rows of these; all by its own names."""

    people: dict[str, str] = field(default_factory=dict)
    variables: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.people or self.variables or self.rows)

    def where(self, people: str, where: Where) -> Where:
        """Write the place of a cell in the names of today."""
        return tuple(sorted(self._pairs(people, where)))

    def _pairs(self, people: str, where: Where) -> Iterator[tuple[str, str]]:
        for name, value in where:
            yield self.variables.get((people, name), name), self._row(people, name, value)

    def _row(self, people: str, name: str, value: str) -> str:
        if value.startswith("not:"):  # who did not tick a choice, or several
            parts = value.removeprefix("not:").split(",")
            return "not:" + ",".join(self.rows.get((people, name, one), one) for one in parts)
        return self.rows.get((people, name, value), value)
