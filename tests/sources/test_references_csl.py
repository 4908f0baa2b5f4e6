"""CSL-JSON as Zotero writes it, and the same references in both formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avis.errors import Problems
from avis.exhibits import Source
from avis.sources.references.bibliography import read_reference_files

NB = "\u00a0"


def read(folder: Path, content: str | bytes, name: str = "r.json") -> tuple[dict[str, Source], Problems]:
    path, problems = folder / name, Problems()
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_reference_files([(path, name)], problems), problems


def one(folder: Path, **item: Any) -> tuple[Source, list[str]]:
    sources, problems = read(folder, json.dumps([{"id": "k", "title": "T", **item}]))
    return sources["k"], [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("item", "fr", "en"),
    [
        (
            {
                "type": "article-journal",
                "title": "Un <i>autre</i> « regard » : enquête",
                "author": [{"family": "Tour", "given": "Jean", "non-dropping-particle": "de la"}],
                "container-title": "Revue du droit",
                "volume": 12,
                "issue": "3",
                "page": "3–5",
                "issued": {"date-parts": [["2020", 3]]},
                "language": "fr-FR",
            },
            (
                f"Jean de la Tour, «{NB}Un autre “regard”{NB}: enquête{NB}», Revue du droit, vol.{NB}12, "
                f"n°{NB}3, mars 2020, p.{NB}3-5."
            ),
            (
                f"Jean de la Tour, “Un autre «{NB}regard{NB}»{NB}: enquête”, Revue du droit, vol.{NB}12, "
                f"no.{NB}3, March 2020, pp.{NB}3–5."
            ),
        ),
        (
            {
                "type": "legal_case",
                "title": "Association X c. Ville de Y",
                "authority": "Conseil d’État",
                "number": "123456",
                "issued": {"date-parts": [[2020, 3, 1]]},
                "note": "ECLI: ECLI:FR:CECHR:2020:123456.20200301\nlu avec le groupe",
            },
            (
                f"Conseil d’État, 1er mars 2020, n°{NB}123456, Association X c. Ville de Y, "
                "ECLI:FR:CECHR:2020:123456.20200301."
            ),
            (
                f"Conseil d’État, 1 March 2020, no.{NB}123456, Association X c. Ville de Y, "
                "ECLI:FR:CECHR:2020:123456.20200301."
            ),
        ),
        (
            {
                "type": "report",
                "title": "Observations finales",
                "author": [{"literal": "Comité inventé"}],
                "number": "CEDAW/C/FRA/CO/9",
                "publisher": "Comité inventé",
                "issued": {"raw": "2023-10-30"},
            },
            "Comité inventé, Observations finales, CEDAW/C/FRA/CO/9, 30 octobre 2023.",
            "Comité inventé, Observations finales, CEDAW/C/FRA/CO/9, 30 October 2023.",
        ),
        (
            {"type": "bill", "title": "Proposition de loi", "number": "1234", "authority": "Sénat"},
            f"Proposition de loi, n°{NB}1234, Sénat.",
            f"Proposition de loi, no.{NB}1234, Sénat.",
        ),
        (
            {"type": "legislation", "title": "Code imaginé", "section": "L. 425-1", "note": "type: treaty"},
            "Code imaginé.",
            "Code imaginé.",
        ),
        (
            {"type": "legislation", "title": "Code imaginé", "section": "L. 425-1"},
            f"Code imaginé, art.{NB}L. 425-1.",
            f"Code imaginé, art.{NB}L. 425-1.",
        ),
        (
            {
                "type": "thesis",
                "title": "Une thèse",
                "genre": "phdthesis",
                "publisher": "Université",
                "edition": "2",
            },
            f"Une thèse, thèse de doctorat, Université, s.{NB}d.",
            "Une thèse, PhD thesis, Université, n.d.",
        ),
        (
            {"type": "book", "title": "Livre", "edition": "2", "issued": {"date-parts": [[2019], [2021]]}},
            f"Livre, 2e{NB}éd., 2019–2021.",
            f"Livre, 2nd{NB}ed., 2019–2021.",
        ),
    ],
)
def test_each_kind_is_said_where_its_readers_expect_it(
    item: dict[str, Any], fr: str, en: str, tmp_path: Path
) -> None:
    source, told = one(tmp_path, **item)
    assert told == []
    assert source.title == {"fr": fr, "en": en}


@pytest.mark.parametrize("kind", ["personal_communication", "interview"])
def test_people_of_what_was_never_published_are_left_out(kind: str, tmp_path: Path) -> None:
    source, told = one(tmp_path, type=kind, author=[{"family": "Nom-Privé", "given": "Jeanne"}])
    assert told == ["SRC-385"]
    assert "Nom-Privé" not in str(source)


def test_people_of_a_published_interview_are_named(tmp_path: Path) -> None:
    people = {"author": [{"family": "Ba", "given": "Awa"}], "container-title": "Revue"}
    source, told = one(tmp_path, type="interview", **people)
    assert told == [] and source.title["en"].startswith("Awa Ba, “T”, interview, Revue")


def test_the_number_of_a_zotero_account_never_passes(tmp_path: Path) -> None:
    sources, _ = read(tmp_path, '[{"id": "http://zotero.org/users/1234567/items/ABCD2345", "title": "T"}]')
    assert list(sources) == ["ABCD2345"]
    assert "1234567" not in str(sources)


def test_notes_abstracts_and_paths_never_pass(tmp_path: Path) -> None:
    private = dict.fromkeys(("abstract", "annote", "keyword", "note", "custom", "archive", "PMID"), "Secret")
    source, told = one(tmp_path, **private)
    assert told == [] and "Secret" not in str(source) + str(source.reference)


def test_items_may_stand_in_an_object(tmp_path: Path) -> None:
    sources, problems = read(
        tmp_path, '\ufeff{"items": [{"id": 1, "title": "T"}, {"id": "b", "title": "U"}]}\n'
    )
    assert (list(sources), list(problems)) == (["1", "b"], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"id": "a", "title": "A"},\n {"id": "b", "title": }]', [("SRC-380", 2, 23)]),
        ('[{"id": "a", "title": "A"}', [("SRC-380", 1, 27)]),
        ('[{"id": "a", "title": "A"}]\n[]', [("SRC-380", 2, 1)]),
        ('[{"id": "a", "title": "A"},\n {"title": "B"}]', [("SRC-381", 2, 2)]),
        ('[{"id": "a", "title": "A"}, {"title": "B"}]', [("SRC-381", 1, 29)]),
        ('[{"id": "a", "title": "A"},\n "b"]', [("SRC-381", 2, 2)]),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_stands_before_is_kept(
    text: str, told: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    sources, problems = read(tmp_path, text)
    assert list(sources) == ["a"]
    assert [(p.code, p.place.line, p.place.column) for p in problems] == told


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": 1}', '[{"id": "a", "title": ' + "[" * 100_000])
def test_what_is_no_list_of_references_is_told_and_never_crashes(text: str, tmp_path: Path) -> None:
    sources, problems = read(tmp_path, text)
    assert sources == {}
    assert [p.code for p in problems] == ["SRC-380"]


# --- what is written in both formats comes back equal

WORDS = st.text("aàâbcçdeéèêfghiïjklmnoôœpqrstuùvwxyz", min_size=1, max_size=9).map(str.capitalize)
TITLES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
DATES = st.one_of(
    st.integers(1700, 2090).map(str),
    st.dates().filter(lambda day: 1700 < day.year < 2090).map(lambda day: day.isoformat()[:7]),
    st.dates().filter(lambda day: 1700 < day.year < 2090).map(str),
)
KINDS = {
    "article": (
        "article-journal",
        {"journaltitle": "container-title", "number": "issue", "volume": "volume"},
    ),
    "book": ("book", {"publisher": "publisher", "edition": "edition", "location": "publisher-place"}),
    "incollection": ("chapter", {"booktitle": "container-title", "publisher": "publisher"}),
    "report": ("report", {"institution": "publisher", "number": "number", "type": "genre"}),
    "online": ("webpage", {"titleaddon": "container-title", "organization": "publisher"}),
    "legislation": ("legislation", {"number": "number", "journaltitle": "container-title"}),
    "jurisdiction": ("legal_case", {"institution": "authority", "number": "number"}),
    "thesis": ("thesis", {"institution": "publisher", "type": "genre"}),
}
ACCENTS = {"é": "{\\'e}", "è": "\\`{e}", "ç": "\\c{c}", "œ": "{\\oe}", "ï": '\\"{\\i}', "ô": "{\\^o}"}


@st.composite
def references(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Give one reference as an entry of BibTeX and as an item of CSL-JSON."""
    entry = draw(st.sampled_from(sorted(KINDS)))
    kind, more = KINDS[entry]
    people = draw(st.lists(st.tuples(WORDS, WORDS), max_size=4))
    title, date, accessed = draw(TITLES), draw(DATES), draw(st.dates().map(str))
    facts = {name: draw(TITLES) for name in more}
    latex = draw(st.booleans())

    def tex(text: str) -> str:
        return "".join(ACCENTS.get(char, char) for char in text) if latex else text

    fields = {
        "title": f"{{{tex(title)}}}" if draw(st.booleans()) else tex(title),
        "date": date,
        "langid": "french",
        **{name: tex(value) for name, value in facts.items()},
        "url": "https://example.org/a\\_b" if latex else "https://example.org/a_b",
        "urldate": accessed if "1900" < accessed[:4] < "2099" else "2024-01-31",
        "file": "{/home/me/x.pdf}",
    }
    if people:
        fields["author"] = " and ".join(f"{tex(family)}, {tex(first)}" for family, first in people)
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    item = {
        "type": kind,
        "title": title,
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]},
        "accessed": {"date-parts": [[int(part) for part in fields["urldate"].split("-")]]},
        "language": "fr",
        "URL": "https://example.org/a_b",
        "author": [{"family": family, "given": first} for family, first in people],
        **{more[name]: value for name, value in facts.items()},
    }
    return f"@{entry}{{KEY,\n{body}\n}}\n", item


BOTH = st.lists(references(), min_size=1, max_size=4)
ENOUGH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_bib(pairs: list[tuple[str, dict[str, Any]]]) -> str:
    return "".join(entry.replace("KEY", f"k{n}", 1) for n, (entry, _) in enumerate(pairs))


def as_csl(pairs: list[tuple[str, dict[str, Any]]]) -> str:
    return json.dumps([{"id": f"k{n}", **item} for n, (_, item) in enumerate(pairs)], indent=1)


def facts(sources: dict[str, Source]) -> dict[str, tuple[str, ...]]:
    """Give what does not depend on the other references, as the letter behind a year does."""
    return {
        key: (item.publisher, item.url, item.locator, item.published_on, item.consulted_on)
        for key, item in sources.items()
    }


@ENOUGH
@given(pairs=BOTH)
def test_the_same_reference_in_both_formats_is_the_same_source(
    pairs: list[tuple[str, dict[str, Any]]], tmp_path: Path
) -> None:
    bib, told = read(tmp_path, as_bib(pairs), "r.bib")
    csl, told_too = read(tmp_path, as_csl(pairs))
    assert bib == csl and len(bib) == len(pairs)
    assert [p.code for p in told] == [p.code for p in told_too] == []


@ENOUGH
@given(pairs=BOTH, data=st.data())
def test_a_cut_file_gives_what_it_held_whole_or_a_problem(
    pairs: list[tuple[str, dict[str, Any]]], data: st.DataObject, tmp_path: Path
) -> None:
    for name, text in (("r.bib", as_bib(pairs)), ("r.json", as_csl(pairs))):
        whole, _ = read(tmp_path, text, name)
        cut, problems = read(tmp_path, text.encode()[: data.draw(st.integers(0, len(text.encode())))], name)
        assert list(problems) or facts(cut).items() <= facts(whole).items()


@ENOUGH
@given(pairs=BOTH, data=st.data())
def test_a_flipped_byte_never_crashes_and_never_loses_a_reference_in_silence(
    pairs: list[tuple[str, dict[str, Any]]], data: st.DataObject, tmp_path: Path
) -> None:
    for name, text in (("r.bib", as_bib(pairs)), ("r.json", as_csl(pairs))):
        raw = bytearray(text.encode())
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
        found, problems = read(tmp_path, bytes(raw), name)
        assert list(problems) or len(found) == len(pairs)
