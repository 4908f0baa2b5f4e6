"""Repeated parts of a form: tables whose rows hang on a row of another table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.errors import Place
from avis.sources.surveys.answers import Answers
from avis.sources.surveys.form import BETWEEN, parent_of
from avis.sources.surveys.gathering import Gathering, main_tables
from avis.sources.surveys.headers import report_unknown
from avis.sources.surveys.older import foreign_versions
from avis.sources.surveys.records import without_doubles
from avis.sources.surveys.tables import Table
from avis.sources.surveys.together import put_together

_CUT = re.compile(r"(?:\.\.\.|…)(?: ?\(\d+\))?$")
"""How Kobo ends the name of a sheet that was too long for a workbook."""
_LONGEST_SHEET = 31


@dataclass(frozen=True)
class Links:
    """The columns that join a repeat to what it hangs on; `global_keys` are unique over all files."""

    own: str
    parent: str
    global_keys: bool = False


@dataclass(frozen=True)
class Above:
    """Rows on which others may hang: their keys, and their numbers among the answers read (-1 left out)."""

    repeat: str
    keys: pd.Series[str] = field(repr=False)
    numbers: npt.NDArray[np.intp] = field(repr=False)


def gather(
    gathering: Gathering, exports: Sequence[Sequence[Table]], links: Links, person: str
) -> tuple[Answers, dict[str, Answers]]:
    """Read the records of every file, then the repeats, each joined to its record.

    Errors: those of `Gathering.read_main` and `main_tables`, SRC-245 two rows with the same key on which
    others hang. Remarks: SRC-243 a record in two files, SRC-244 rows that hang on none, SRC-252 a repeat
    without a table.
    """
    mains = main_tables(gathering, exports, links.parent)
    present = [table for table in mains if table is not None]
    kept = without_doubles(present, gathering.problems)
    parts = [gathering.read_main(table.only(keep), person) for table, keep in zip(present, kept, strict=True)]
    answers = put_together(parts)
    above, start = [], 0
    for table, keep, part in zip(present, kept, parts, strict=True):
        numbers = np.full(len(keep), -1, dtype=np.intp)
        if len(part.records):
            numbers[keep] = np.arange(start, start + len(part.records))
        above.append(Above("", _keys(table, links.own), numbers))
        start += len(part.records)
    return answers, _Repeats(gathering, links, answers).read(_sets(mains, exports, above, links))


Set = tuple[list[Above], list[Table]]


def _sets(
    mains: Sequence[Table | None], exports: Sequence[Sequence[Table]], above: list[Above], links: Links
) -> list[Set]:
    """Give what belongs together: a workbook by itself, and tables in files of their own by their names."""
    repeats = [[table for table in tables if table.has(links.parent)] for tables in exports]
    if links.global_keys:
        return [(above, [table for tables in repeats for table in tables])]
    present = [table for table in mains if table is not None]
    sets: list[Set] = [([one], []) for one in above]
    orphans: list[Table] = []
    for main, tables in zip(mains, repeats, strict=True):
        if main is not None:
            sets[present.index(main)][1].extend(tables)
        for table in tables if main is None else ():
            likely = [n for n, one in enumerate(present) if table.title.startswith(one.title)]
            at = 0 if len(sets) == 1 else likely[-1] if likely else -1
            (sets[at][1] if at >= 0 else orphans).append(table)
    return [*sets, ([], orphans)] if orphans else sets


def _keys(table: Table, name: str) -> pd.Series[str]:
    return table.text(table.find(name))


class _Repeats:
    """One reading of the repeats of one form."""

    def __init__(self, gathering: Gathering, links: Links, answers: Answers) -> None:
        self.gathering, self.links, self.answers = gathering, links, answers
        self.form, self.problems = gathering.form, gathering.problems
        self.found: dict[str, list[Answers]] = {}

    def read(self, sets: Sequence[Set]) -> dict[str, Answers]:
        known = [(repeat, table, above) for above, tables in sets for repeat, table in self.named(tables)]
        for repeat, table, above in sorted(known, key=lambda one: one[0].count("/")):
            self.take(repeat, table, above)
        if len(self.answers.records):
            for repeat in self.form.questions["repeat"].drop_duplicates():
                if repeat and repeat not in self.found:
                    self.problems.warn("SRC-252", Place(self.answers.records["file"].iloc[0], field=repeat))
        return {repeat: put_together(parts) for repeat, parts in self.found.items()}

    def named(self, tables: Sequence[Table]) -> list[tuple[str, Table]]:
        found = [(self.repeat_of(table), table) for table in tables]
        for repeat, table in found:
            if not repeat:
                self.problems.warn("SRC-251", Place(table.place.file, table.place.sheet))
        return [(repeat, table) for repeat, table in found if repeat]

    def repeat_of(self, table: Table) -> str:
        """Tell which repeat a table holds: by its keys, by its name, then by its questions; "" none."""
        for repeat in self.form.repeats if self.links.global_keys else ():
            if _path_of(_keys(table, self.links.own)) == repeat:
                return repeat
        named = [repeat for repeat in self.form.repeats if _titled(table.title, repeat.rpartition("/")[2])]
        likely = {repeat: self.gathering.likeness(table, repeat) for repeat in named or self.form.repeats}
        best = max(likely, key=lambda repeat: likely[repeat], default="")
        return best if named or (best and likely[best]) else ""

    def take(self, repeat: str, table: Table, above: list[Above]) -> None:
        parents = [one for one in above if one.repeat == parent_of(repeat, self.form.repeats)]
        on, lost = self.joined(table, parents)
        kept = ~lost
        table, on = table.only(kept), on[kept]
        matched = self.gathering.match(table, repeat)
        report_unknown(matched, table.headers, self.form, table.place, self.problems)
        start = sum(len(part.records) for part in self.found.get(repeat, []))
        records = self.records(repeat, table, on)
        versions = foreign_versions(
            records["version"], self.form.version.split(BETWEEN), lambda: records["row"].astype("str")
        )
        part = Answers(records, self.gathering.columns(table, matched, versions))
        self.found.setdefault(repeat, []).append(part)
        numbers = np.arange(start, start + len(part.records), dtype=np.intp)
        above.append(Above(repeat, _keys(table, self.links.own), numbers))

    def joined(
        self, table: Table, parents: list[Above]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """Give the number of each row's parent (-1: none), and the rows whose parent was left out."""
        keys = pd.concat([one.keys for one in parents], ignore_index=True) if parents else _none()
        numbers = np.concatenate([one.numbers for one in parents]) if parents else np.empty(0, dtype=np.intp)
        told = _keys(table, self.links.parent)
        first = ~keys.duplicated() & (keys != "")
        at = pd.Index(keys[first]).get_indexer(pd.Index(told))
        twice = set(keys[keys.duplicated() & (keys != "")]) & set(told)
        spot = table.spot(table.find(self.links.parent) or 0, self.links.parent, self.problems)
        if twice:
            place = Place(spot.file, spot.sheet, field=self.links.own)
            self.problems.add("SRC-245", place, n=len(twice))
        spot.warn(at < 0, "SRC-244")
        on = np.full(len(told), -1, dtype=np.intp)
        on[at >= 0] = numbers[first.to_numpy()][at[at >= 0]]
        return on, (at >= 0) & (on < 0)

    def records(self, repeat: str, table: Table, on: npt.NDArray[np.intp]) -> pd.DataFrame:
        """Make the records of a repeat: `parent`, and `index` from 1 within it; the rest is the parent's."""
        of = parent_of(repeat, self.form.repeats)
        above = put_together(self.found[of]).records if of in self.found else self.answers.records
        taken = above.reindex(on).reset_index(drop=True).astype("object")  # where there is no parent: blank
        parents = taken["id"].where(on >= 0, "").fillna("").astype("str")
        index = self.numbers(table, parents)
        name = repeat.rpartition("/")[2]
        return pd.DataFrame(
            {
                "id": parents + "/" + name + "[" + index.astype("str") + "]",
                "version": taken["version"].fillna("").astype("str"),
                **{"start": "", "end": ""},
                "complete": taken["complete"].where(on >= 0, False).astype(bool),
                **{"person": "", "parent": parents, "index": index.where(on >= 0, 0), "repeat": repeat},
                **{"file": table.place.file, "sheet": table.place.sheet, "row": pd.Series(table.lines)},
            }
        )

    def numbers(self, table: Table, parents: pd.Series[str]) -> pd.Series[int]:
        """Number the rows of each parent: as their keys say, where all say it; else in their order."""
        order = parents.groupby(parents).cumcount() + 1
        if not self.links.global_keys:
            return order
        said = _keys(table, self.links.own).str.extract(r"\[(\d{1,6})\]$")[0]
        return said.astype("int64") if len(said) and said.notna().all() else order


def _none() -> pd.Series[str]:
    return pd.Series([], dtype="str")


def _path_of(keys: pd.Series[str]) -> str:
    """Read the path of a repeat from a key such as `uuid:…/menage/membre[2]`; "" where there is none.

    >>> _path_of(pd.Series(["uuid:1/menage[1]/membre[2]"]))
    'menage/membre'
    """
    return re.sub(r"\[\d+\]", "", str(keys.iloc[0])).partition("/")[2] if len(keys) else ""


def _titled(title: str, name: str) -> bool:
    """Tell whether a sheet or a file is called after a repeat, whose name may have been cut.

    >>> _titled("membres_du_me...", "membres_du_menage"), _titled("Menage-membre", "membre")
    (True, True)
    """
    cut = _CUT.sub("", title)
    whole = title == name or title.endswith((f"-{name}", f"_{name}", f" {name}"))
    shortened = (cut != title or len(title) == _LONGEST_SHEET) and name.startswith(cut)
    return bool(whole or (cut and shortened))
