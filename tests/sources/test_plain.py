"""A plain table of answers: by a codebook, or proposed; and what is never guessed."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.separated import Vocabulary, read_joined
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.tools import Responses, read_responses


def write(folder: Path, name: str, rows: list[list[str]], delimiter: str = ";") -> tuple[Path, str]:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    (folder / name).write_text(out.getvalue(), encoding="utf-8")
    return folder / name, name


def read(
    folder: Path, rows: list[list[str]], book: list[list[str]] | None = None, person: str = ""
) -> tuple[Responses, Problems]:
    problems = Problems()
    form: Form | None = None
    if book:
        form = read_any_form(*write(folder, "codebook.csv", book), problems)
    exports = open_exports([write(folder, "reponses.csv", rows)], problems)
    found = read_responses(exports, form, person, problems)
    assert found is not None
    return found, problems


BOOK = [
    ["question", "id", "type", "choix", "autre", "condition", "rôle", "précise"],
    ["Boisson", "boisson", "plusieurs", "Thé, chaud; Eau; Café", "oui", "", "", ""],
    ["Vient", "vient", "choix", "Oui; Non; Ne sait pas", "", "", "", ""],
    ["Combien", "combien", "entier", "", "", "${vient} = 'oui'", "", ""],
    ["Code", "", "", "", "", "", "personne", ""],
    ["Courriel", "", "", "", "", "", "laisser", ""],
]
HEAD = ["Boisson", "Vient", "Combien", "Code", "Courriel"]


def values(found: Responses, question: str) -> list[str]:
    return found.answers.columns[question].values.fillna("").astype(str).tolist()


def statuses(found: Responses, question: str) -> list[str]:
    settled, _ = settle(found.form, found.answers)
    return settled[question].astype(str).tolist()


def test_a_codebook_gives_codes_statuses_people_and_the_words_of_other(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["Thé, chaud, Eau", "Oui", "2", "a1", "x@example.org"],
        ["Eau, du lait", "Non", "", "a2", "y@example.org"],
        ["", "Ne sait pas", "", "", ""],
    ]
    found, problems = read(tmp_path, rows, BOOK)
    assert values(found, "boisson") == ["the_chaud eau", "eau other", ""]
    assert values(found, "boisson_other") == ["", "du lait", ""]
    assert statuses(found, "boisson_other") == ["not_asked", "answered", "not_asked"]
    assert statuses(found, "vient") == ["answered", "answered", "dont_know"]
    assert statuses(found, "combien") == ["answered", "not_asked", "not_asked"]
    assert found.answers.records["person"].tolist() == ["A1", "A2", ""]
    assert found.left_out == ("Courriel",)
    assert [item.code for item in problems] == ["SRC-304"]
    assert "lait" not in tell(problems, "fr") + repr(found)


def test_a_value_outside_the_list_is_invalid_where_other_is_not_admitted(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [HEAD, ["Eau", "Parfois", "1", "", ""]], BOOK)
    assert statuses(found, "vient") == ["invalid"]
    assert ("SRC-061", 2, "Vient") in [
        (item.code, item.place.line, item.place.field) for item in problems.items
    ]


def test_a_column_that_completes_keeps_its_words_and_the_list_stays_closed(tmp_path: Path) -> None:
    book = [
        ["question", "id", "type", "choix", "autre", "précise"],
        ["Q", "q", "choix", "Oui; Autre", "oui", ""],
        ["Lequel", "lequel", "texte", "", "", "q"],
    ]
    found, _ = read(tmp_path, [["Q", "Lequel"], ["Autre", "Un mot"], ["Un mot", ""], ["Oui", ""]], book)
    assert values(found, "lequel") == ["Un mot", "", ""]
    assert statuses(found, "q") == ["answered", "invalid", "answered"]
    assert statuses(found, "lequel") == ["answered", "unknown_empty", "not_asked"]


@pytest.mark.parametrize(
    ("cell", "mark", "other", "codes", "words", "wrong"),
    [
        ("Eau|Thé, chaud", "|", "", ("t", "e"), "", ""),
        ("Eau|un jus|frais", "|", "x", ("e", "x"), "un jus|frais", ""),
        ("Eau|un jus", "|", "", (), "", "outside"),
        ("un jus", "|", "x", ("x",), "un jus", ""),
        # Her words may be « un jus », or « un jus|Eau » with or without a tick: nobody can tell.
        ("un jus|Eau|un lait", "|", "x", (), "", "unsure"),
        ("un jus, Eau", ",", "x", (), "", "unsure"),
        ("Eau|Eau", "|", "x", (), "", "unsure"),
        ("Thé", ",", "x", (), "", "unsure"),
        ("EAU ; the, chaud;", ";", "", ("t", "e"), "", ""),
    ],
)
def test_joined_choices_and_free_words_are_told_apart_or_called_unsure(
    cell: str, mark: str, other: str, codes: tuple[str, ...], words: str, wrong: str
) -> None:
    labels = ["Thé, chaud", "Eau", "Autre"]
    vocabulary = Vocabulary(pd.DataFrame({"code": ["t", "e", "x"], "label_fr": labels}))
    found = read_joined(cell, mark, vocabulary, other)
    assert (found.codes, found.words, found.wrong) == (codes, words, wrong)


def test_a_label_that_is_two_others_is_unsure() -> None:
    vocabulary = Vocabulary(pd.DataFrame({"code": ["a", "b", "c"], "label_fr": ["A", "B", "A, B"]}))
    assert read_joined("A, B", ",", vocabulary, "").wrong == "unsure"


def test_ambiguous_answers_are_said_and_never_guessed(tmp_path: Path) -> None:
    found, problems = read(tmp_path, [HEAD, ["du lait, Eau", "", "", "", ""]], BOOK)
    assert statuses(found, "boisson") == ["invalid"]
    assert [item.code for item in problems] == ["SRC-306"]


def test_ticks_in_a_column_a_choice_are_read_under_both_spellings(tmp_path: Path) -> None:
    book = [["question", "id", "type", "choix"], ["Jours", "jours", "plusieurs", "Lundi; Mardi"]]
    for headers in (["Jours [Lundi]", "Jours [Mardi]"], ["Jours/Lundi", "Jours/Mardi"]):
        found, problems = read(
            tmp_path, [[*headers, "n"], ["1", "0", "1"], ["0", "0", "1"], ["", "", "1"]], book
        )
        assert values(found, "jours") == ["lundi", "", ""]
        assert statuses(found, "jours") == ["answered", "no_answer", "unknown_empty"]
        assert [item.code for item in problems] == ["SRC-060"]


def test_without_a_codebook_types_are_proposed_with_caution(tmp_path: Path) -> None:
    rows = [["commune", "taux", "n", "jour", "avis", "mots", "Nom"]]
    rows += [["01001", "1,5", "3", "15/03/2024", "bon", f"mot {n}", "Ben Ali"] for n in range(2)]
    rows += [["01002", "2", "12", "2024-03-16", "mauvais", f"mots {n}", "Ben Ali"] for n in range(2)]
    found, problems = read(tmp_path, rows)
    kinds = dict(zip(found.form.questions["path"], found.form.questions["type"], strict=True))
    assert kinds == {
        **{"commune": "select_one", "taux": "decimal", "n": "integer", "jour": "date"},
        **{"avis": "select_one", "mots": "text"},
    }
    assert found.left_out == ("Nom",)
    assert not found.form.declared
    assert sorted({item.code for item in problems}) == ["SRC-291", "SRC-312"]
    assert "Ben Ali" not in repr(found) + repr(found.form) + tell(problems, "fr")


@pytest.mark.parametrize(("values", "kind"), [(12, "select_one"), (13, "text")])
def test_a_choice_has_twelve_values_at_most(tmp_path: Path, values: int, kind: str) -> None:
    rows = [["q", "n"], *([f"mot {n % values}", "1"] for n in range(2 * values))]
    found, _ = read(tmp_path, rows)
    assert found.form.questions["type"].tolist() == [kind, "integer"]


def test_a_blank_is_unexplained_where_nobody_declared_the_question(tmp_path: Path) -> None:
    found, _ = read(tmp_path, [["q", "n"], ["", "1"], ["un mot", "2"]])
    assert statuses(found, "q") == ["unknown_empty", "answered"]


def test_a_column_of_addresses_is_left_out_even_where_it_is_declared(tmp_path: Path) -> None:
    rows = [HEAD, ["Eau", "0612345678", "1", "", ""], ["Eau", "07 12 34 56 78", "1", "", ""]]
    found, problems = read(tmp_path, rows, BOOK)
    assert "vient" not in found.answers.columns
    assert found.left_out == ("Vient", "Courriel") or found.left_out == ("Courriel", "Vient")
    assert [(item.code, item.place.field) for item in problems] == [("SRC-305", "Vient")]


def test_a_copy_of_a_sheet_is_not_counted_twice(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "r.xlsx") as book:
        frame = pd.DataFrame({"q": ["un", "deux"], "n": [1, 2]})
        frame.to_excel(book, sheet_name="A", index=False)
        frame.to_excel(book, sheet_name="B", index=False)
        pd.DataFrame({"x": ["z"]}).to_excel(book, sheet_name="C", index=False)
    problems = Problems()
    found = read_responses(open_exports([(tmp_path / "r.xlsx", "r.xlsx")], problems), None, "", problems)
    assert found is not None
    assert len(found.answers.records) == 2
    codes = [(item.code, item.place.sheet) for item in problems if item.code != "SRC-291"]
    assert codes == [("SRC-309", "C"), ("SRC-311", "B")] or codes == [("SRC-309", "C"), ("SRC-311", "A")]


def test_two_files_with_the_same_lines_keep_their_own_ids(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.csv", [["q", "n"], ["un", str(n)]]) for n in (1, 2)]
    problems = Problems()
    found = read_responses(open_exports(files, problems), None, "", problems)
    assert found is not None
    assert found.answers.records["id"].is_unique
    assert found.answers.records["file"].tolist() == ["1.csv", "2.csv"]


LABEL = st.from_regex(r"[A-ZÉ][a-zéè']{1,6}(,? [a-z]{1,5}){0,2}", fullmatch=True)
WORDS = st.from_regex(r"[a-zé]{2,8}( [a-zé]{2,8}){0,3}", fullmatch=True)


@settings(deadline=None, max_examples=25)
@given(st.data(), st.sampled_from(";,\t|"), st.sampled_from(["|", ";"]))
def test_what_was_written_with_a_codebook_comes_back_equal(
    data: st.DataObject, delimiter: str, mark: str
) -> None:
    labels = data.draw(st.lists(LABEL, min_size=2, max_size=4, unique_by=str.casefold))
    picks = st.tuples(st.sampled_from(["", *labels]), st.sets(st.sampled_from(labels)), WORDS)
    answers = data.draw(st.lists(picks, min_size=1, max_size=5))
    book = [
        ["question", "id", "type", "choix", "séparateur"],
        ["Une ?", "one", "choix", "|".join(f"c{n}={label}" for n, label in enumerate(labels)), ""],
        ["Plusieurs", "many", "plusieurs", "|".join(f"c{n}={label}" for n, label in enumerate(labels)), mark],
        ["Mots", "words", "texte", "", ""],
    ]
    rows = [["Une ?", "Plusieurs", "Mots"]]
    rows += [[one, f"{mark} ".join(sorted(many)), words] for one, many, words in answers]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        problems = Problems()
        form = read_any_form(*write(folder, "codebook.csv", book), problems)
        found = read_responses(
            open_exports([write(folder, "r.csv", rows, delimiter)], problems), form, "", problems
        )
    assert found is not None
    assert not problems.errors, tell(problems)
    code = {label: f"c{n}" for n, label in enumerate(labels)}
    assert values(found, "one") == [code.get(one, "") for one, _, _ in answers]
    assert values(found, "words") == [words for _, _, words in answers]
    chosen = found.answers.columns["many"].chosen
    assert chosen is not None
    expected = [{code[label] for label in many} for _, many, _ in answers]
    assert [set(chosen.columns[row]) for row in chosen.to_numpy(dtype=bool)] == expected
