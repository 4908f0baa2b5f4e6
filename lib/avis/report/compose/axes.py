"""One axis for charts of the same question in one part of a document, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avis.i18n import Language
from avis.report.charts.data import read_plot
from avis.report.document import Block, Heading, Picture

_Like = tuple[object, ...]


def share_axes(blocks: Iterable[Block], language: Language) -> list[Block]:
    """Give pictures of one part, of one form and with the same rows, the greatest length of them all."""
    kept = list(blocks)
    alike: dict[_Like, list[int]] = {}
    part = 0
    for at, block in enumerate(kept):
        if isinstance(block, Heading):
            part += 1
        elif isinstance(block, Picture):
            alike.setdefault((part, *_like(block)), []).append(at)
    for places in alike.values():
        found = [block for block in (kept[at] for at in places) if isinstance(block, Picture)]
        plots = [read_plot(picture.chart, picture.tables, language) for picture in found]
        if len(found) < 2 or len({plot.by_share for plot in plots}) > 1:
            continue
        floor = max(plot.top for plot in plots)
        for at, picture in zip(places, found, strict=True):
            kept[at] = msgspec.structs.replace(picture, floor=floor)
    return kept


def _like(picture: Picture) -> _Like:
    """What two charts must share: form, question, measure, and the values of their dimensions."""
    of = [
        (
            table.subject.rpartition(".")[2],
            table.measure,
            tuple((d.id, tuple(value.id for value in d.values)) for d in table.dimensions),
        )
        for table in picture.tables
    ]
    return picture.chart.form, tuple(of)
