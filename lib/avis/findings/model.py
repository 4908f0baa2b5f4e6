"""What was counted, before protection: frozen records that stay in the private folder.

A finding holds true counts of people. It never leaves `build/private/`; only `disclosure/` reads it
and makes exhibits of it. Same findings, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from avis.errors import Place, fail
from avis.exhibits import Cell, Dimension, Evidence, Measure, Source, Where, Words
from avis.folders import write_whole

Form: TypeAlias = Literal["", "bars", "columns", "likert", "change", "dots", "planned"]


class Key(NamedTuple):
    """What a cell counts, over all tables: a margin shared by two tables has one key.

    >>> Key("avant", "people", (("sex", "f"),)) == Key("avant", "people", (("sex", "f"),))
    True
    """

    population: str
    measure: str
    where: Where


class _Frozen(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class Relation(_Frozen, frozen=True, kw_only=True):
    """What anybody can reckon between cells of one finding, by their `where`.

    `sum`: the total is the sum of its parts. `cover`: everybody in the total is in one part or in
    several, so the total is at most the sum of its parts. `telling` names the parts that would say
    something about everyone if they held the whole total (all 12 said yes).
    """

    total: Where
    parts: tuple[Where, ...]
    kind: Literal["sum", "cover"] = "sum"
    telling: tuple[Where, ...] = ()


class Ref(_Frozen, frozen=True, kw_only=True):
    """A cell of any finding: its population and all of its conditions (`within` and `where`)."""

    population: str
    where: Where
    measure: str = ""
    """Empty for the measure of the finding that holds the reference."""


class Link(_Frozen, frozen=True, kw_only=True):
    """A relation between cells of several findings or populations."""

    total: Ref
    parts: tuple[Ref, ...]
    kind: Literal["sum", "cover"] = "sum"


class Latent(_Frozen, frozen=True, kw_only=True):
    """A count that no table prints and that a reader could reckon: those who did not tick a choice."""

    cell: Ref
    n: int | float
    harmless: bool = False
    """It says nothing of a person (questionnaires without a usable code): part of the sums, not protected."""
    owed: bool = False
    """Protected whatever it is: an earlier edition hid it, and its true count is kept nowhere."""


class Stated(_Frozen, frozen=True, kw_only=True):
    """What is printed of counts without printing them: `low ≤ Σ factor × count ≤ high`.

    A percentage of a base, a mean, "about 12": whoever reads it has an interval, and the audit has it too.
    """

    terms: tuple[tuple[Ref, float], ...]
    low: float
    high: float
    public: bool = False
    """Others said it already, or the room heard it: what follows from it alone, our tables cannot hide."""


class Contribution(_Frozen, frozen=True, kw_only=True):
    """Who stands behind a magnitude (hours, money): how many people, and how much of it is one person's."""

    where: Where
    people: int
    largest: float


class Finding(_Frozen, frozen=True, kw_only=True):
    """Counts about one subject, by 0, 1 or 2 dimensions, with all that protection must know of them."""

    id: str
    subject: str
    """An indicator's id, or `avant.accueil` for a question: what a role in a text names."""
    title: Words
    measure: Measure
    population: str
    """The people, acts or things that the count is about; the first part of every cell's key."""
    within: Where = ()
    """The filter that holds for every cell."""
    dimensions: tuple[Dimension, ...] = ()
    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    latent: tuple[Latent, ...] = ()
    stated: tuple[Stated, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    """For magnitudes that people stand behind, by cell; empty for those of nobody in particular."""
    public: tuple[Where, ...] = ()
    """Cells that anybody knows already: published elsewhere, or zero by construction."""
    occurring: bool = False
    """Values are listed because they occur: a reader knows that each holds at least one person."""
    base: Where | None = None
    """The cell that shares are taken of; its pairs replace those of the cell (see `base_of`)."""
    multiple: bool = False
    items: tuple[tuple[str, Words], ...] = ()
    """Of productions, where they are named: (id, name) of each."""
    earlier: Words = {}
    """The earlier project that a figure is about; empty for this one's."""
    target: int | float | None = None
    gap: Words = {}
    period: str = ""
    unit: Words
    evidence: Evidence
    protect: bool = True
    """Whether it counts people who can be harmed; not acts, productions, engaged people, public figures."""
    minors: bool = False
    beside: Words = {}
    """Said in the evidence beside the whole (it agrees with what was published); not where that is hidden."""
    focus: float = 1.0
    """How dear its cells are when something must be hidden in one table or another."""
    chart: Form = ""

    def key(self, where: Where) -> Key:
        """Give the key of a cell of this finding."""
        return Key(self.population, self.measure, tuple(sorted({*self.within, *where})))

    def cell(self, where: Where) -> Cell | None:
        """Give the cell at a place, none where the finding does not have it."""
        return next((cell for cell in self.cells if cell.where == where), None)

    def n(self, where: Where) -> int | float:
        """Give the count at a place where something was counted."""
        cell = self.cell(where)
        if cell is None or cell.n is None:
            raise KeyError(where)
        return cell.n

    def keyed(self) -> Iterator[tuple[Key, Cell]]:
        """Give every counted cell with its key; what was not counted has none."""
        return ((self.key(cell.where), cell) for cell in self.cells if cell.n is not None)

    def base_of(self, where: Where) -> Where | None:
        """Give the cell that a cell's share is taken of: the base, inside the same row or column.

        A base of `()` is the whole table for every cell.
        """
        if not self.base:
            return self.base
        return tuple(sorted((dict(where) | dict(self.base)).items()))


def ref_key(ref: Ref, measure: str) -> Key:
    """Give the key of a reference that a finding of this measure holds."""
    return Key(ref.population, ref.measure or measure, ref.where)


def ref_of(finding: Finding, where: Where) -> Ref:
    """Refer to a cell of a finding, all of its conditions included."""
    key = finding.key(where)
    return Ref(population=key.population, where=key.where)


def changed(finding: Finding, **changes: Any) -> Finding:
    """Give a finding with other fields."""
    return msgspec.structs.replace(finding, **changes)


class Findings(_Frozen, frozen=True, kw_only=True):
    """What one notebook counted, with the sources that its evidence names."""

    format: Literal["avis.findings/1"] = "avis.findings/1"
    name: str
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...] = ()
    inputs: str = ""
    """Hash of all that they were counted from (see `avis.inputs`)."""


def save(folder: Path, findings: Findings) -> Path:
    """Write findings whole into the private folder; the same findings give the same bytes."""
    path = folder / f"{findings.name}.json"
    write_whole(path, msgspec.json.format(msgspec.json.encode(findings, order="deterministic"), indent=1))
    return path


def load_all(folder: Path) -> tuple[Findings, ...]:
    """Read all findings of an evaluation, by name. Errors: FIN-009 a file that cannot be read."""
    return tuple(_load(path) for path in sorted(folder.glob("*.json")))


def _load(path: Path) -> Findings:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Findings)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise fail("FIN-009", Place(path.name)) from None
