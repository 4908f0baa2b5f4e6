import pandas as pd

from avis.findings.model import Finding
from avis.findings.themes import count_themes

BOOK = pd.DataFrame(
    {"code": ["horaires", "travail"], "label_fr": ["Horaires", "Travail"], "label_en": ["Hours", "Work"]}
)


def meetings(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "date", "kind", "participants"])


def segments(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "meeting", "kind"]).assign(language="fr")


def codings(*rows: tuple[str, str], against: tuple[str, ...] = ()) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["segment", "theme"])
    return frame.assign(coder="", against=frame["segment"].isin(against))


HELD = meetings(
    ("m2", "2024-03-09", "workshop", 8),
    ("m1", "2024-01-20", "workshop", 6),
    ("e1", "2024-02", "interview", 1),
)
SAID = segments(
    ("s1", "m1", "speech"),
    ("s2", "m1", "speech"),
    ("s3", "m2", "memo"),
    ("s4", "m2", "speech"),
    ("s5", "e1", "speech"),
)


def counted() -> list[Finding]:
    coded = codings(
        ("s1", "travail"), ("s2", "travail"), ("s3", "travail"), ("s4", "horaires"), ("s5", "horaires")
    )
    return count_themes(HELD, SAID, coded, BOOK)


def test_a_theme_said_twice_in_a_meeting_counts_once() -> None:
    themes, _ = counted()
    assert {cell.where: cell.n for cell in themes.cells} == {
        (): 2,
        (("theme", "travail"),): 1,
        (("theme", "horaires"),): 1,
    }


def test_a_memo_and_an_interview_are_not_counted() -> None:
    _, presence = counted()
    there = {cell.where for cell in presence.cells if len(cell.where) == 2 and cell.n}
    assert there == {
        (("meeting", "m1"), ("theme", "travail")),
        (("meeting", "m2"), ("theme", "horaires")),
    }


def test_themes_stand_in_the_order_in_which_they_appeared() -> None:
    themes, presence = counted()
    assert [value.id for value in themes.dimensions[0].values] == ["travail", "horaires"]
    assert [value.label["fr"] for value in presence.dimensions[1].values] == ["janvier 2024", "mars 2024"]


def test_themes_count_meetings_and_never_people() -> None:
    assert {finding.measure for finding in counted()} == {"acts"}


def test_nothing_coded_makes_no_table() -> None:
    assert count_themes(HELD, SAID, codings(), BOOK) == []


def test_words_that_were_taken_back_carry_no_theme() -> None:
    coded = codings(("s1", "travail"), ("s4", "horaires"))
    themes, _ = count_themes(HELD, SAID, coded, BOOK, frozenset({"s1"}))
    assert [value.id for value in themes.dimensions[0].values] == ["horaires"]
    assert count_themes(HELD, SAID, codings(("s1", "travail")), BOOK, frozenset({"s1"})) == []


def test_a_workshop_that_does_not_say_how_many_came_counts_and_a_meeting_of_unknown_kind_does_not() -> None:
    held = pd.DataFrame(
        [
            ("m1", "2024-01", "workshop", 6),
            ("m2", "2024-02", "workshop", None),
            ("m3", "2024-03", "meeting", None),
            ("m4", "2024-04", "meeting", 2),
            ("m5", "2024-05", "workshop", 1),
        ],
        columns=["id", "date", "kind", "participants"],
    ).astype({"participants": "Int64"})
    said = segments(*((f"s{n}", f"m{n}", "speech") for n in range(1, 6)))
    whole, presence = count_themes(held, said, codings(*((f"s{n}", "travail") for n in range(1, 6))), BOOK)
    assert whole.cells[0].n == 3
    assert [value.id for value in presence.dimensions[1].values] == ["m1", "m2", "m4"]


def test_a_theme_is_shown_beside_the_meetings_where_somebody_said_otherwise() -> None:
    coded = codings(("s1", "travail"), ("s2", "travail"), ("s4", "horaires"), against=("s1", "s2"))
    _, _, otherwise = count_themes(HELD, SAID, coded, BOOK)
    assert {cell.where: cell.n for cell in otherwise.cells} == {(("theme", "travail"),): 1}
    assert otherwise.subject == "themes"


def test_what_one_coder_alone_put_counts() -> None:
    coded = pd.concat(
        [codings(("s1", "travail")).assign(coder="a"), codings(("s4", "travail")).assign(coder="b")]
    )
    themes, _ = count_themes(HELD, SAID, coded, BOOK)
    assert themes.n((("theme", "travail"),)) == 2
