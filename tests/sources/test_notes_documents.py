"""Documents of Word, LibreOffice and pads: what is kept, and what is left out and said."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import given_notes as given
import pytest

from avis.errors import Problems, tell
from avis.sources.notes.note import Note, read_note

Reader = Callable[..., tuple[Note | None, Problems]]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(data: bytes, name: str = "note") -> tuple[Note | None, Problems]:
        path, problems = tmp_path / name, Problems()
        path.write_bytes(data)
        return read_note(path, name, problems), problems

    return reader


def texts(note: Note | None) -> list[str]:
    return [said.text for said in note.paragraphs] if note else []


def counts(problems: Problems) -> dict[str, object]:
    """Counts of what is told, without what is told of every note that does not say what it is."""
    return {item.code: dict(item.facts).get("n") for item in problems if item.code not in ("SRC-321",)}


KEPT = {
    "an insertion": f'<w:ins w:author="Canari">{run("mot")}</w:ins>',
    "words moved here": f"<w:moveTo>{run('mot')}</w:moveTo>",
    "a content control": f"<w:sdt><w:sdtContent>{run('mot')}</w:sdtContent></w:sdt>",
    "a smart tag": f"<w:smartTag>{run('mot')}</w:smartTag>",
    "a link": f"<w:hyperlink>{run('mot')}</w:hyperlink>",
    "the result of a field": f'<w:fldSimple w:instr="DATE">{run("mot")}</w:fldSimple>',
    "a field in runs": f"<w:r><w:instrText>DATE</w:instrText></w:r>{run('mot')}",
    "words of a tool's own": f"<w:customXml>{run('mot')}</w:customXml>",
    "words of another direction": f"<w:dir>{run('mot')}</w:dir>",
    "a formula": "<m:oMath><m:r><m:t>mot</m:t></m:r></m:oMath>",
    "a soft hyphen": "<w:r><w:t>mo</w:t><w:softHyphen/><w:t>t</w:t></w:r>",
    "hidden, but not": run("mot", '<w:vanish w:val="0"/>'),
}


@pytest.mark.parametrize("inside", KEPT.values(), ids=KEPT)
def test_words_of_a_word_file_are_kept_wherever_they_stand(read: Reader, inside: str) -> None:
    note, _ = read(given.raw_word(paragraph(run("un ") + inside + run(" deux"))))
    assert texts(note) == ["un mot deux"]


DROPPED = {
    "SRC-327": '<w:del w:author="Canari"><w:r><w:delText>canari</w:delText></w:r></w:del>',
    "SRC-332": run("canari", "<w:vanish/>"),
    "SRC-341": '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
    "SRC-334": "<w:object/>",
}


@pytest.mark.parametrize("code", DROPPED)
def test_what_is_left_out_of_a_word_file_is_counted_and_not_repeated(read: Reader, code: str) -> None:
    note, problems = read(given.raw_word(paragraph(run("un ") + DROPPED[code] + run("deux"))))
    assert texts(note) == ["un deux"]
    assert counts(problems)[code] == 1
    assert "anari" not in tell(problems, "fr") + tell(problems, "en") + repr(note)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read: Reader) -> None:
    body = paragraph(run("un "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("deux"))
    assert texts(read(given.raw_word(body))[0]) == ["un deux"]
    body = (
        paragraph(run("un"), "<w:rPr><w:del/></w:rPr>")
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('a'))}</w:tc></w:tr></w:tbl>"
    )
    assert texts(read(given.raw_word(body))[0]) == ["un", "a"]


def test_a_text_box_is_read_once_after_its_paragraph(read: Reader) -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph(run('P3 : boîte'))}</w:txbxContent></wps:txbx>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{twice}</mc:AlternateContent>"
    note, problems = read(given.raw_word(paragraph(run("avant ") + f"<w:r>{twice}</w:r>" + run("après"))))
    assert texts(note) == ["avant après", "boîte"]
    assert counts(problems)["SRC-343"] == 1


def test_a_row_is_a_paragraph_and_a_code_in_its_first_cell_speaks(read: Reader) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in cells) + "</w:tr>"

    nested = f"<w:tr><w:tc><w:tbl>{row('a', 'b')}</w:tbl>{paragraph('')}</w:tc></w:tr>"
    note, problems = read(given.raw_word(f"<w:tbl>{row('Qui', 'Quoi')}{row('P3', 'Oui.')}{nested}</w:tbl>"))
    assert note is not None
    assert [(p.speaker, p.text) for p in note.paragraphs] == [
        ("", "Qui | Quoi"),
        ("P3", "Oui."),
        ("", "a | b"),
    ]
    assert counts(problems)["SRC-336"] == 3


STYLES = (
    f'<w:styles {given.W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="Titre 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mien"><w:name w:val="Mon titre"/>'
    '<w:basedOn w:val="T2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="C"><w:name w:val="Caché"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def test_styles_tell_headings_languages_contents_and_hidden_words(read: Reader) -> None:
    english = '<w:lang w:val="en-GB"/>'
    body = (
        paragraph(run("Venir....1"), '<w:pStyle w:val="TM1"/>')
        + paragraph(run("Venir"), '<w:pStyle w:val="T1"/>')
        + paragraph(run("Le soir"), '<w:pStyle w:val="Mien"/>')
        + paragraph(run("Good", english) + run(" day.", english))
        + paragraph(run("Bonjour"))
        + paragraph(run("Oui ") + run("yes", english) + run("canari", '<w:rStyle w:val="C"/>'))
    )
    note, problems = read(given.raw_word(body, styles=STYLES))
    assert note is not None
    assert [(p.text, p.language, p.heading) for p in note.paragraphs] == [
        ("Good day.", "en", "Venir > Le soir"),
        ("Bonjour", "", "Venir > Le soir"),
        ("Oui yes", "", "Venir > Le soir"),
    ]
    assert counts(problems) == {"SRC-332": 1, "SRC-342": 1}


def test_footnotes_come_after_the_text_and_a_file_without_them_is_damaged(read: Reader) -> None:
    body = paragraph(run("un") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph(run("deux"))
    notes = (
        f'<w:footnotes {given.W}><w:footnote w:type="separator" w:id="0">{paragraph(run("---"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("note"))}</w:footnote></w:footnotes>'
    )
    note, problems = read(given.raw_word(body, footnotes=notes))
    assert texts(note) == ["un", "deux", "note"]
    assert counts(problems)["SRC-330"] == 1
    note, problems = read(given.raw_word(body))
    assert note is None
    assert [item.code for item in problems] == ["SRC-003"]


def test_what_stands_beside_the_text_is_counted_and_never_read(read: Reader) -> None:
    core = '<c:p xmlns:c="c"><c:creator>Canari</c:creator><c:lastModifiedBy>Canari</c:lastModifiedBy></c:p>'
    comment = f'<w:comment w:author="Canari">{paragraph(run("canari"))}</w:comment>'
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {given.W}><w:body>{paragraph(run('un'))}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {given.W}>{comment}</w:comments>",
        "word/header1.xml": f"<w:hdr {given.W}>{paragraph(run('canari'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {given.W}>{paragraph('')}</w:ftr>",
        "word/media/image1.jpeg": b"\xff\xd8\xff Canari",
        "word/embeddings/tableau.xlsx": b"canari",
        "word/vbaProject.bin": b"canari",
        "docProps/core.xml": core,
    }
    note, problems = read(given.pack(members))
    assert texts(note) == ["un"]
    expected = {
        "SRC-325": 1,
        "SRC-326": 1,
        "SRC-331": 1,
        "SRC-329": 1,
        "SRC-334": 1,
        "SRC-335": 1,
        "SRC-333": 2,
    }
    assert counts(problems) == expected
    assert "anari" not in tell(problems)


def test_a_document_of_libreoffice_keeps_what_is_seen_and_counts_the_rest(read: Reader) -> None:
    styles = (
        '<style:style style:name="E"><style:text-properties fo:language="en"/></style:style>'
        '<style:style style:name="C"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P9" style:parent-style-name="Heading_20_2"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Canari"
        "</dc:creator></office:change-info><text:p>canari</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Venir 1</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:h text:outline-level="1">Venir</text:h><text:p text:style-name="P9">Le soir</text:p>'
        "<text:p>un<text:s text:c='2'/>deux<text:tab/>trois<text:line-break/>P4 : quatre"
        "<office:annotation><dc:creator>Canari</dc:creator><text:p>canari</text:p></office:annotation>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>"
        '<text:span text:style-name="C">canari</text:span></text:p>'
        '<text:p text:style-name="E">Good day.</text:p>'
        "<text:list><text:list-item><text:p>puce</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>P3</text:p></table:table-cell>"
        "<table:table-cell><text:p>Oui.</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>avant<draw:frame><draw:text-box><text:p>boîte</text:p></draw:text-box></draw:frame></text:p>"
    )
    default = f'<office:document-styles {given.NAMES}><style:default-style style:family="paragraph">'
    default += '<style:text-properties fo:language="fr"/></style:default-style></office:document-styles>'
    meta = "<office:meta><dc:creator>Canari</dc:creator></office:meta>"
    meta = f"<office:document-meta {given.NAMES}>{meta}</office:document-meta>"
    note, problems = read(given.raw_odt(body, styles, styles=default, meta=meta))
    assert note is not None
    assert [(p.speaker, p.language, p.text) for p in note.paragraphs] == [
        ("", "", "un deux trois"),
        ("P4", "", "quatre"),
        ("", "en", "Good day."),
        ("", "", "puce"),
        ("P3", "", "Oui."),
        ("", "", "avant"),
        ("", "", "boîte"),
        ("", "", "note"),
    ]
    assert {p.heading for p in note.paragraphs} == {"Venir > Le soir"}
    assert counts(problems) == {
        **{"SRC-325": 1, "SRC-326": 1, "SRC-327": 1, "SRC-330": 1, "SRC-332": 1, "SRC-333": 1},
        **{"SRC-336": 1, "SRC-342": 1, "SRC-343": 1},
    }
    assert "anari" not in tell(problems) + repr(note)


def test_a_pad_keeps_no_author_and_reads_its_text_of_today(read: Reader) -> None:
    chat = {"pad:essai:chat:0": {"text": "canari", "userId": "a.Secret1"}}
    note, problems = read(given.pad([("h1", "Venir"), ("li", "P3 : 😀 oui"), ("p", "hello")], **chat))
    assert note is not None
    assert [(p.line, p.speaker, p.text) for p in note.paragraphs] == [(2, "P3", "😀 oui"), (3, "", "hello")]
    assert counts(problems) == {"SRC-325": 1, "SRC-339": 2, "SRC-340": 1}
    assert "ecret" not in tell(problems) + repr(note.paragraphs)


def test_a_pad_whose_attributes_do_not_fit_its_text_is_damaged(read: Reader) -> None:
    data = given.pad([("p", "hello")]).replace(b'"hello\\n"', b'"hell\\n"')
    note, problems = read(data)
    assert note is None
    assert [item.code for item in problems] == ["SRC-003"]


def test_a_page_of_google_docs_keeps_neither_comments_nor_their_marks(read: Reader) -> None:
    page = (
        '<html lang="fr"><head><title>canari</title><meta name="author" content="Canari"></head>'
        '<body><h1>Venir</h1><p>P3 : oui<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><p lang="en">Good <del>canari</del>day.</p>'
        '<p style="display: none">canari</p><img src="data:,canari"><script>canari</script>'
        '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> note</p></div>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>canari</p><p>canari</p></div></body></html>'
    )
    note, problems = read(page.encode())
    assert note is not None
    assert [(p.speaker, p.language, p.text) for p in note.paragraphs] == [
        ("P3", "", "oui"),
        ("", "en", "Good day."),
        ("", "", "note"),
    ]
    assert counts(problems) == {
        **{"SRC-326": 1, "SRC-327": 1, "SRC-329": 1, "SRC-330": 1, "SRC-332": 1, "SRC-333": 1, "SRC-335": 1},
    }


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><p>un</p><!-- deux<p>trois</p></html>", "SRC-003"),
        ("<html><p>un</p><script>deux<p>trois</p></html>", "SRC-003"),
        ("<html><p>un</p><a href='deux><p>trois</p></html>", "SRC-003"),
        ("<html><p>un</p>", "SRC-344"),
        ("<html><p>un < deux & trois</p></html>", ""),
        ("<html><p>" + "<" * 200_000 + "</p></html>", ""),
    ],
    ids=["comment", "script", "quote", "cut", "signs", "many signs"],
)
def test_markup_that_swallows_the_rest_of_a_page_is_told(read: Reader, page: str, code: str) -> None:
    note, problems = read(page.encode())
    assert [item.code for item in problems.errors] == [code] * bool(code)
    assert bool(note) == (not code)


ODT = "application/vnd.oasis.opendocument.text"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
ATTACKS: dict[str, tuple[bytes, str]] = {
    "billion laughs in Word": (
        given.pack({"word/document.xml": LAUGHS + f"<w:document {given.W}>&j;</w:document>"}),
        "SRC-212",
    ),
    "billion laughs in LibreOffice": (
        given.pack(
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": LAUGHS + "<a>&j;</a>"}
        ),
        "SRC-212",
    ),
    "a bomb": (given.pack({"word/document.xml": b"<a>" + b" " * 60_000_000}), "SRC-007"),
    "a deep document": (given.raw_word("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "SRC-003"),
    "a cut archive": (given.word([("p", "un")])[:-3000], "SRC-003"),
}


@pytest.mark.parametrize(("data", "code"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_gives_one_clear_message_soon(read: Reader, data: bytes, code: str) -> None:
    began = time.monotonic()
    note, problems = read(data, "a.docx")
    assert note is None
    assert [item.code for item in problems] == [code]
    assert time.monotonic() - began < 5


def test_an_encrypted_document_of_libreoffice_asks_for_one_without_a_password(read: Reader) -> None:
    manifest = (
        f"<manifest:manifest {given.NAMES}>"
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    members: dict[str, str | bytes] = {"mimetype": ODT}
    note, problems = read(
        given.pack({**members, "content.xml": b"\x8f\x01 not xml", "META-INF/manifest.xml": manifest}),
        "a.odt",
    )
    assert note is None
    assert [item.code for item in problems] == ["SRC-005"]


def test_a_part_that_the_manifest_names_and_that_is_gone_is_told(read: Reader) -> None:
    whole = given.raw_odt("<text:p>un</text:p>", styles="", meta="<a/>")
    note, problems = read(whole.replace(b"meta.xml", b"mexa.xml"))
    assert note is None
    assert [item.code for item in problems] == ["SRC-003"]
