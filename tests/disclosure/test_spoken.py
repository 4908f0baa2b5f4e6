"""Quotes: every kind of meeting that a note can be has words, dated or not."""

import pandas as pd
import pytest

from avis.disclosure.spoken import make_quotes
from avis.writing.deliberation import fold


@pytest.mark.parametrize("kind", ["workshop", "interview", "session", "meeting"])
@pytest.mark.parametrize(("date", "told"), [("2024-03-02", ", 2024"), ("2024", ", 2024"), ("", "")])
def test_a_quote_says_in_which_kind_of_meeting_and_year_it_was_said(kind: str, date: str, told: str) -> None:
    segments = pd.DataFrame({"id": ["a1"], "meeting": ["at1"], "text": ["Oui."], "language": ["fr"]})
    meetings = pd.DataFrame({"id": ["at1"], "kind": [kind], "date": [date]})
    codings = pd.DataFrame({"segment": [], "theme": []}, dtype="str")
    judged = pd.DataFrame({"contribution": ["a1"], "public": [True], "funder": [True], "members": [True]})
    (quote,) = make_quotes(segments, meetings, codings, judged, fold([], {}, {}))
    for lang in ("fr", "en"):
        word, comma, year = quote.setting[lang].partition(",")
        assert word
        assert comma + year == told
