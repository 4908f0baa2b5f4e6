"""A report that is due: an agreement, a portal, a budget with both sides and a line without amount."""

from __future__ import annotations

from given_compose import RICH, both, evidence
from msgspec.structs import replace

from avis.exhibits import BudgetLine, Exhibits, Report, ReportField
from avis.report.document import Heading, Paragraph, Passage, Words
from avis.setting import Identity


def line(id: str, title: str, planned: float | None, realised: float | None, **more: object) -> BudgetLine:
    """A line of money; `why` is its explanation."""
    why = str(more.pop("why", ""))
    return BudgetLine(
        id=id,
        title=both(title, f"{title} (en)"),
        planned=planned,
        realised=realised,
        explanation=both(why, f"{why} (en)") if why else {},
        evidence=evidence("budget"),
        **more,  # type: ignore[arg-type]
    )


LINES = (
    line("salaires", "Salaires", 38000, 37450.5, account="64"),
    line("charges", "Charges sociales", 12000, 11200, account="64"),
    line("interpretes", "Interprètes", 9000, 5200, account="62", why="Ils sont restés bénévoles."),
    line("loyer", "Loyer", 6000, 6300, account="61", indirect=True),
    line("ville", "Ville", 50000, 50000, side="income", account="74"),
    line("dons", "Dons", 15000, 14000, side="income", account="75"),
    line("temps", "Temps des interprètes", 0, 3200, account="86", in_kind=True),
    line("benevolat", "Bénévolat", 0, 3200, side="income", account="87", in_kind=True),
)
FIELDS = (
    ReportField(id="publics", label=both("Publics", "Publics"), limit=40),
    ReportField(id="ecarts", label=both("Écarts", "Gaps"), limit=400, holds="gaps"),
    ReportField(id="resume", label=both("Résumé", "Summary"), limit=20, measure="words"),
    ReportField(id="libre", label=both("Libre", "Free")),
)
REPORT = Report(
    funder="ville",
    name=both("Ville de Valmarin", "Town of Valmarin"),
    form="cerfa-15059",
    amount=50000,
    agreement="2023-17",
    signed_on="2023-02-10",
    start="2023-01",
    end="2024-06",
    due_on="2025-06-30",
    fields=FIELDS,
)


def due(*lines: BudgetLine, report: Report = REPORT, kept: Exhibits = RICH) -> Exhibits:
    """The rich evaluation with this report and these lines of money."""
    others = tuple(item for item in kept.exhibits if not isinstance(item, BudgetLine))
    own = replace(kept.setting, reports=(report,), identity=Identity(rna="W000000000"))
    return replace(kept, exhibits=(*others, *(lines or LINES)), setting=own)


def passage(part: str, *texts: str, language: str = "fr") -> Passage:
    """What the group wrote for a part of the report."""
    blocks = tuple(Paragraph(content=(Words(text=text),)) for text in texts)
    return Passage(id=f"bilan-{part}", place=f"report:{part}", title="", blocks=blocks, language=language)


def parts(blocks: tuple[object, ...]) -> list[str]:
    """The anchors of the headings of a document."""
    return [block.id for block in blocks if isinstance(block, Heading)]
