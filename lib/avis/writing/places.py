"""Where a passage of a report belongs: a part of the form, or a field of the funder's portal."""

from __future__ import annotations

from typing import get_args

from avis.exhibits import Setting
from avis.setting import REPORT, ReportPart

PARTS: tuple[str, ...] = tuple(part for part in get_args(ReportPart) if part)
FRENCH_PARTS = {
    "titre": "title",
    "mise-en-oeuvre": "implementation",
    "lieux": "places",
    "objectifs": "objectives",
    "autre": "other",
    "charges-indirectes": "indirect",
    "ecarts": "gaps",
    "contributions": "in_kind",
}
_KINDS = (REPORT, "bilan", "compte-rendu")


def is_report(kind: str) -> bool:
    """Tell whether the first word of a place, French or English, is that of a report.

    >>> [is_report(kind) for kind in ("bilan", "report", "question")]
    [True, True, False]
    """
    return kind in _KINDS


def part_named(written: str, setting: Setting) -> str:
    """Give the part or the field that a place names; empty for none; the whole is how it was done.

    >>> part_named("lieux", Setting(slug="x", title={}, organisation="", status="finished", start="", end=""))
    'places'
    """
    part = FRENCH_PARTS.get(written, written) or "implementation"
    return part if part in parts_of(setting) else ""


def parts_of(setting: Setting) -> list[str]:
    """Give every part that a passage may name, fields of portals behind."""
    fields = [field.id for report in setting.reports for field in report.fields]
    return [*PARTS, *dict.fromkeys(id for id in fields if id not in PARTS)]
