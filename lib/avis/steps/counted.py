"""What the counting notebooks make: findings, shown as private tables, kept in the private folder."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.evaluation import Evaluation
from avis.exhibits import Source, Words
from avis.findings.model import Finding, Findings, save
from avis.i18n import LANGUAGES, amount, language, pick, say
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
    save(counted.evaluation.folders.findings, counted.findings)
    print(say("notebooks.kept", n=len(counted.findings.findings)))


def source(kind: str, id: str = "", title: Words | None = None) -> Source:
    """Describe a source of the association as a reader may know it: what it is, never where it lies."""
    words = title or {lang: say(f"notebooks.sources.{kind}", lang) for lang in LANGUAGES}
    return Source(id=id or kind, kind=kind, title=words)  # type: ignore[arg-type]


def _view(finding: Finding) -> View:
    lang = language()
    labels = {d.id: {v.id: pick(v.label, lang)[0] for v in d.values} for d in finding.dimensions}
    heads = {d.id: pick(d.label, lang)[0] for d in finding.dimensions}
    rows = [
        {
            **{heads[d]: labels[d].get(dict(cell.where).get(d, ""), say("notebooks.total")) for d in heads},
            say("notebooks.count"): amount(cell.n, cell.qualifier, lang, cell.high),
        }
        for cell in finding.cells
    ]
    title = f"{pick(finding.title, lang)[0]} ({say(f'notebooks.measures.{finding.measure}')})"
    return View(title, pd.DataFrame(rows), private=finding.protect)
