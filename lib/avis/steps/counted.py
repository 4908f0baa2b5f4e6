"""What the counting notebooks make: findings, shown as private tables, kept in the private folder."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pandas as pd

from avis.evaluation import Evaluation
from avis.exhibits import Cell, Source, Words
from avis.findings.model import Finding, Findings, save
from avis.i18n import LANGUAGES, amount, language, pick, say
from avis.inputs import counted_digest
from avis.steps.views import View, paragraphs


@dataclass(frozen=True)
class Counted:
    """Findings of one notebook: true counts, private until protection has seen them."""

    evaluation: Evaluation
    findings: Findings
    remarks: str = ""

    def views(self) -> list[View]:
        """Give one view a finding."""
        return [_view(finding) for finding in self.findings.findings]

    def __repr__(self) -> str:
        return "\n\n".join([*map(repr, self.views()), *filter(None, [self.remarks])])

    def _repr_html_(self) -> str:
        return "\n".join([*(view._repr_html_() for view in self.views()), paragraphs(self.remarks)])


def keep(counted: Counted) -> None:
    """Write the findings whole into `build/private/findings/`, where protection will look for them."""
    kept = store(counted)
    print(say("notebooks.kept", n=len(kept.findings)))


def store(counted: Counted) -> Findings:
    """Write findings with the hash of all that they were counted from; give them as written."""
    inputs = counted_digest(counted.evaluation, counted.findings.name)
    findings = msgspec.structs.replace(counted.findings, inputs=inputs)
    save(counted.evaluation.folders.findings, findings)
    return findings


def source(kind: str, id: str = "", title: Words | None = None) -> Source:
    """Describe a source of the association as a reader may know it: what it is, never where it lies."""
    words = title or {lang: say(f"notebooks.sources.{kind}", lang) for lang in LANGUAGES}
    return Source(id=id or kind, kind=kind, title=words)  # type: ignore[arg-type]


def _view(finding: Finding) -> View:
    lang = language()
    heads = [pick(dimension.label, lang)[0] for dimension in finding.dimensions]
    rows = [
        (*_labels(finding, cell), amount(cell.n, cell.qualifier, lang, cell.high)) for cell in finding.cells
    ]
    frame = pd.DataFrame(rows, columns=[*heads, say("notebooks.count")])
    if len(heads) == 2:
        across = list(dict.fromkeys(frame.iloc[:, 1]))
        frame = frame.set_axis([0, 1, 2], axis="columns").pivot(index=0, columns=1, values=2)[across]
        frame = frame.rename_axis(None, axis="columns").rename_axis(heads[0]).reset_index()
    title = f"{pick(finding.title, lang)[0]} ({say(f'notebooks.measures.{finding.measure}')})"
    return View(title, frame, private=finding.protect)


def _labels(finding: Finding, cell: Cell) -> list[str]:
    """Name the place of a cell, a word a dimension; the base of shares is named as such."""
    lang, where = language(), dict(cell.where)
    found = []
    for dimension in finding.dimensions:
        labels = {value.id: pick(value.label, lang)[0] for value in dimension.values}
        value = where.get(dimension.id, "")
        unnamed = say("notebooks.answered") if value else say("notebooks.total")
        found.append(labels.get(value, unnamed))
    return found
