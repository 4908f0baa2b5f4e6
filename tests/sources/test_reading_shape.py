"""Tables that are exchanged: the same bytes as the standard writer's, the same columns always."""

from __future__ import annotations

import csv
import io

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.sources.reading.shape import lines, shaped

CELLS = st.text(alphabet=st.sampled_from("ab,;\"'\n\r\t é\u2028=-"), max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_any_cells_are_written_as_the_standard_writer_does_and_come_back(
    rows: list[tuple[str, str, str]],
) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="str")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    if "\r" not in lines(frame):  # which the standard writer quotes on some versions of Python only
        assert lines(frame) == out.getvalue()
    assert [tuple(row) for row in csv.reader(io.StringIO(lines(frame), newline=""))] == rows


def test_labels_in_other_languages_stand_together() -> None:
    frame = pd.DataFrame({"list": ["l"], "code": ["c"], "label_fr": ["Oui"], "label_pcm": ["Na so"]})
    written = shaped(frame, "choices")
    assert written.loc[0, "other_labels"] == '{"pcm": "Na so"}'
    assert written.loc[0, "label_fr"] == "Oui"
    assert pd.isna(written.loc[0, "label_en"])
