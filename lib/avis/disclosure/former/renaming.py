"""Rows, variables and people that were renamed since an edition: compared all the same, or told.

A row that is compared with nothing lets a reader subtract: 27 there and 26 here under another name tell whose
row it was. What is plainly the same (its words are, in either language, or the evaluation says so) gets the
name of today. Where names are gone and others have come, nobody but the evaluator knows; she is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import msgspec

from avis.disclosure.former.naming import UNRENAMED, Names, Renaming, Variable, names_in, names_of
from avis.editions.printed import PrintedTable
from avis.exhibits import Where
from avis.findings.model import Finding
from avis.settings import Formerly
from avis.spelling import fold

ALIKE = 2
"""Rows that two variables share from which one may be the other under another name."""
Spelled: TypeAlias = Callable[[str, str], str]
"""Gives the id that the words of `evaluation.yaml` mean by a spelling of a variable's value."""


@dataclass(frozen=True)
class Doubt:
    """Names of an edition that are gone, and others that have come: one may be the other."""

    kind: Literal["row", "variable", "people"]
    people: str
    variable: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class Followed:
    """The editions in the names of today, what may have been renamed, and what was declared in vain."""

    editions: tuple[tuple[PrintedTable, ...], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unused: tuple[int, ...] = ()
    """Declarations, by their place, that name nothing of an edition or of today."""


def follow(
    editions: Sequence[Sequence[PrintedTable]],
    findings: Sequence[Finding],
    declared: Sequence[Formerly] = (),
    spelled: Spelled = lambda _, value: value,
) -> Followed:
    """Write former editions in the names of today.

    `declared` says what was called otherwise, or is new; one that means nothing is left out, so that a slip
    of the finger settles no doubt.
    """
    people = [finding for finding in findings if finding.protect]
    today = names_of(people)
    then = [names_in(table for table in edition if table.people) for edition in editions]
    unused = tuple(n for n, one in enumerate(declared) if then and not _means(one, today, then))
    held = [one for n, one in enumerate(declared) if n not in unused]
    followers = [_Follower(names, today, held, spelled) for names in then]
    renamings = [one.follow() for one in followers]
    return Followed(
        tuple(
            tuple(_called(table, renaming, people) if table.people else table for table in edition)
            for edition, renaming in zip(editions, renamings, strict=True)
        ),
        tuple(dict.fromkeys(doubt for one in followers for doubt in one.doubts)),
        unused,
    )


def _means(one: Formerly, today: Names, then: Sequence[Names]) -> bool:
    """Tell whether a declaration names something of today and, unless it is new, something of an edition."""
    if not one.variable:
        return one.population in today and (one.new or any(was in names for was in one.was for names in then))
    now = [held[one.variable] for people, held in today.items() if one.about(people) and one.variable in held]
    if one.value:
        now = [variable for variable in now if variable.meant(one.value)]
    rows = (held for names in then for people in names.values() for held in people.items())
    was = (variable.meant if one.value else {name}.__contains__ for name, variable in rows)
    return bool(now) and (one.new or any(known(word) for known in was for word in one.was))


@dataclass
class _Follower:
    """Follows the names of one edition from people to variables to rows."""

    then: Names
    today: Names
    declared: Sequence[Formerly]
    spelled: Spelled
    made: Renaming = field(default_factory=Renaming)
    doubts: list[Doubt] = field(default_factory=list)

    def follow(self) -> Renaming:
        """Give what must be renamed, and note what is doubtful."""
        self._people()
        for old, held in self.then.items():
            now = self.made.people.get(old, old)
            if now in self.today:
                self._variables(old, now, held, self.today[now])
        return self.made

    def _people(self) -> None:
        said = [one for one in self.declared if not one.variable]
        new = {one.population for one in said if one.new}
        for one in said:
            self.made.people.update({was: one.population for was in one.was if was in self.then})
        gone = [name for name in self.then if name not in self.today and name not in self.made.people]
        come = set(self.today) - set(self.then) - set(self.made.people.values()) - new
        for name in gone:
            like = [one for one in sorted(come) if _like_people(self.then[name], self.today[one])]
            if like:
                self.doubts.append(Doubt("people", "", "", (name,), tuple(like)))

    def _variables(
        self, old: str, now: str, then: Mapping[str, Variable], today: Mapping[str, Variable]
    ) -> None:
        said = [one for one in self.declared if one.variable and not one.value and one.about(now)]
        settled = {was: one.variable for one in said for was in one.was if was in then}
        listed = {name for name, variable in today.items() if variable.rows}
        new = {one.variable for one in said if one.new}
        gone = [name for name in then if name not in today and name not in settled]
        come = listed - set(then) - set(settled.values()) - new
        for name in gone:
            same = [one for one in sorted(come) if then[name].words & today[one].words]
            like = same or [one for one in sorted(come) if _shared(then[name], today[one]) >= ALIKE]
            if len(same) == 1 and same[0] not in settled.values():
                settled[name] = same[0]
            elif like:
                self.doubts.append(Doubt("variable", now, "", (name,), tuple(like)))
        self.made.variables.update({(old, was): name for was, name in settled.items()})
        for name, variable in then.items():
            called = settled.get(name, name)
            if called in today and called not in UNRENAMED:
                self._rows((old, name), (now, called), variable, today[called])

    def _rows(self, old: tuple[str, str], now: tuple[str, str], then: Variable, today: Variable) -> None:
        said = [one for one in self.declared if one.value and one.variable == now[1] and one.about(now[0])]
        new = {today.meant(one.value) for one in said if one.new}
        settled = {then.meant(was): today.meant(one.value) for one in said for was in one.was}
        settled.pop("", None)
        gone = dict[str, list[str]]()
        for row in sorted(then.rows, key=lambda row: row not in today.rows):  # those that kept their id first
            if row in settled:
                continue
            candidates = self._candidates(row, now[1], then, today)
            if len(candidates) == 1 and candidates[0] not in settled.values():
                settled[row] = candidates[0]
            else:
                gone[row] = candidates
        come = {row for row in today.rows if row not in settled.values() and row not in then.rows} - new
        contested = set().union(*gone.values())
        if gone and (come or contested):
            told = tuple(sorted(come | contested))
            self.doubts.append(Doubt("row", now[0], now[1], tuple(gone), told))
        self.made.rows.update({(*old, was): row for was, row in settled.items() if was != row})

    def _candidates(self, row: str, variable: str, then: Variable, today: Variable) -> list[str]:
        """Give the rows of today that a row of then may be: the one of its id, and those with its words."""
        words = then.rows[row]
        if row in today.rows:
            own = today.rows[row]
            others = [one for one, said in today.rows.items() if one != row and words & said]
            return [row] if not words or words & own or not others else [row, *others]
        if row in today.reckoned:
            return [row]
        spelled = {fold(row), fold(self.spelled(variable, row)), *words}
        return [one for one, said in today.rows.items() if spelled & {fold(one), *said}]


def _like_people(then: Mapping[str, Variable], today: Mapping[str, Variable]) -> bool:
    """Tell whether two names may be of the same people: what is asked of them is, or nothing is."""
    asked = {name: held for name, held in today.items() if held.rows}
    if not then or not asked:
        return not then and not asked
    both = ((held, asked[name]) for name, held in then.items() if name in asked)
    return any(_shared(held, now) >= min(ALIKE, len(held.rows)) for held, now in both)


def _shared(then: Variable, today: Variable) -> int:
    said = {fold(one) for one in today.rows} | {word for words in today.rows.values() for word in words}
    return sum(bool({fold(row), *words} & said) for row, words in then.rows.items())


def _called(table: PrintedTable, renaming: Renaming, people: Sequence[Finding]) -> PrintedTable:
    """Write a table of an edition in the names of today."""
    if not renaming:
        return table

    def where(one: Where) -> Where:
        return renaming.where(table.population, one)

    def several(wheres: tuple[Where, ...]) -> tuple[Where, ...]:
        return tuple(map(where, wheres))

    made = msgspec.structs.replace(
        table,
        population=renaming.people.get(table.population, table.population),
        within=where(table.within),
        cells=tuple(msgspec.structs.replace(cell, where=where(cell.where)) for cell in table.cells),
        sums=tuple(
            msgspec.structs.replace(
                one, total=where(one.total), parts=several(one.parts), telling=several(one.telling)
            )
            for one in table.sums
        ),
        unprinted=several(table.unprinted),
        public=several(table.public),
    )
    return msgspec.structs.replace(made, id=_id_today(made, people))


def _id_today(table: PrintedTable, people: Sequence[Finding]) -> str:
    """Give the id of the table of today that has the same rows, so that its structure is lent to it."""
    if any(finding.id == table.id for finding in people):
        return table.id
    wide = {name for cell in table.cells for name, _ in cell.where}
    key = (table.population, table.measure, table.within, wide)
    same = [
        one.id
        for one in people
        if (one.population, one.measure, one.within, {d.id for d in one.dimensions}) == key
    ]
    return same[0] if len(same) == 1 else table.id
