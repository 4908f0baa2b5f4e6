"""Documents that come back: every comment and every change is listed, and nothing is merged."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from given_document import sample_document
from given_returned import W14, W15, W, commented, document, paragraph, rewritten, saved, tracked
from lxml import html as markup

from avis.cli import main
from avis.errors import Problems
from avis.folders import Folders
from avis.report.docx.document import render_docx
from avis.returned.comparing import differences
from avis.returned.gathering import Gathered, gather
from avis.returned.listing import as_csv, as_data, as_html, as_text
from avis.returned.reading import read_returned

WORDS = "La permanence ferme avant la fin de nos journées de travail."


@pytest.fixture(scope="module")
def sent() -> bytes:
    return render_docx(sample_document("fr"))


def listed(
    folder: Path, data: bytes, against: bytes | None = None, folders: Folders | None = None
) -> Gathered:
    before = saved(folder, "avis.public.fr.docx", against) if against else None
    back = saved(folder, "avis.public.fr relu.docx", data)
    problems = Problems()
    found = gather([(back, back.name)], folders, before, problems)
    assert not problems.errors
    return found


def test_a_comment_is_listed_with_its_words_its_heading_and_no_name(tmp_path: Path, sent: bytes) -> None:
    found = listed(tmp_path, commented(sent, "La permanence ferme", "Qui ferme ?"), sent)
    (one,) = found.listed
    assert one.remark.kind == "comment" and one.remark.told == "Qui ferme ?"
    assert WORDS in one.remark.words and one.remark.heading == "Ce que nous avons constaté ensemble"
    text = as_text(found, "fr")
    assert "relectrice 1" in text and "Dupont" not in text and "MAD" not in text
    assert "(MAD)" in as_text(found, "fr", initials=True)
    assert "Dupont" not in json.dumps(as_data(found, initials=True))


def test_a_document_that_was_saved_again_unchanged_has_no_remark(tmp_path: Path, sent: bytes) -> None:
    """Word and python-docx write the file anew: other bytes, the same words."""
    import docx

    out = io.BytesIO()
    docx.Document(io.BytesIO(sent)).save(out)
    assert out.getvalue() != sent and listed(tmp_path, out.getvalue(), sent).listed == []


def test_tracked_changes_are_told_once_and_silent_ones_as_such(tmp_path: Path, sent: bytes) -> None:
    changed = rewritten(
        sent,
        ("avant la fin de nos journées", "pendant nos journées"),
        (
            r"(Le bureau ferme à 17\sh\.</w:t></w:r>)",
            r"\1" + tracked("del", "ne ") + tracked("ins", " pile"),
        ),
    )
    found = listed(tmp_path, changed, sent)
    kinds = [one.remark.kind for one in found.listed]
    assert sorted(kinds) == ["changed", "changed", "deletion", "insertion"]  # the deleted words were not sent
    silent = next(one.remark for one in found.listed if "pendant" in one.remark.told)
    assert "avant la fin" in silent.words
    assert {one.who for one in found.listed if one.remark.kind in ("insertion", "deletion")} == {1}


def test_paragraphs_put_in_and_taken_out_in_silence_are_listed(tmp_path: Path) -> None:
    three = [paragraph(f"Un paragraphe qui parle du sujet numéro {n}.") for n in "123"]
    back = document(three[0], three[2], paragraph("Tout autre chose encore, en plus."))
    found = listed(tmp_path, back, document(*three))
    assert [(one.remark.kind, one.remark.words or one.remark.told) for one in found.listed] == [
        ("removed", "Un paragraphe qui parle du sujet numéro 2."),
        ("added", "Tout autre chose encore, en plus."),
    ]


def test_replies_what_is_settled_and_rows_put_in_are_read(tmp_path: Path) -> None:
    def comment(id: int, para: str, text: str) -> str:
        return (
            f'<w:comment w:id="{id}" w:author="A{id}" w:initials="A"><w:p w14:paraId="{para}">'
            f"<w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )

    ranged = (
        '<w:commentRangeStart w:id="0"/>',
        "<w:r><w:t>des mots</w:t></w:r>",
        '<w:commentRangeEnd w:id="0"/>',
    )
    row = (
        '<w:tbl><w:tr><w:trPr><w:ins w:id="7" w:author="B"/></w:trPr><w:tc>'
        + paragraph("une case")
        + "</w:tc></w:tr></w:tbl>"
    )
    data = document(
        paragraph("Titre", style="Heading1"),
        paragraph("Ici ", *ranged),
        row,
        comments=f"<w:comments {W} {W14}>{comment(0, 'AA', 'Quoi ?')}{comment(1, 'BB', 'Oui.')}</w:comments>",
        commentsExtended=f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="AA" w15:done="1"/>'
        '<w15:commentEx w15:paraId="BB" w15:paraIdParent="AA" w15:done="0"/></w15:commentsEx>',
    )
    found = listed(tmp_path, data)
    first, reply = (one.remark for one in found.listed if one.remark.kind == "comment")
    assert first.words == "des mots" and first.resolved and first.heading == "Titre" and first.paragraph == 2
    assert reply.reply and reply.paragraph == 2 and not reply.resolved
    assert "réponse" in as_text(found, "fr") and "(réglé)" in as_text(found, "fr")


def test_moved_words_and_a_change_of_layout_are_not_the_same(tmp_path: Path) -> None:
    was = '<w:rPrChange w:id="3" w:author="B"><w:rPr/></w:rPrChange>'
    bold = f"<w:r><w:rPr><w:b/>{was}</w:rPr><w:t>gras</w:t></w:r>"
    data = document(
        paragraph(tracked("moveFrom", "déplacé"), "reste"), paragraph(bold, tracked("moveTo", "déplacé"))
    )
    found = listed(tmp_path, data)
    assert [one.remark.kind for one in found.listed] == ["moved_from", "moved_to"] and found.formats == 1
    assert "1 changement de mise en forme" in as_text(found, "fr")


def test_where_words_are_changed_is_told_and_whose_they_are(tmp_path: Path, sent: bytes) -> None:
    folders = Folders(tmp_path / "essai")
    folders.texts.mkdir(parents=True)
    (folders.root / "evaluation.yaml").write_text(
        "title:\n  fr: Un titre de cette évaluation\n", encoding="utf-8"
    )
    (folders.texts / "10-q1.fr.md").write_text(
        "---\nplace: introduction\n---\n\nNous avons tenu {number}`rdv` rendez-vous "
        "**avec** beaucoup de monde.\n",
        encoding="utf-8",
    )
    data = document(
        paragraph("Un titre de cette évaluation"),
        paragraph("Nous avons tenu 150 rendez-vous avec beaucoup de monde."),
        paragraph("Une phrase que rien ne connaît dans ces dossiers."),
    )
    back = document(
        paragraph("Un titre de cette évaluation", tracked("ins", " à nous")),
        paragraph("Nous avons tenu 150 rendez-vous avec beaucoup de monde.", tracked("ins", " vraiment")),
        paragraph("Une phrase que rien ne connaît dans ces dossiers.", tracked("ins", " x")),
    )
    found = listed(tmp_path, back, data, folders)
    origins = [one.origin and (one.origin.whose, one.origin.name, one.origin.line) for one in found.listed]
    assert origins == [("settings", "evaluation.yaml", 2), ("passage", "textes/10-q1.fr.md", 5), None]
    assert "À changer dans textes/10-q1.fr.md, ligne 5." in as_text(found, "fr")


def test_adopted_words_are_for_the_group_to_change(tmp_path: Path) -> None:
    from given_compose import RICH

    from avis.exhibits import Quote, Statement
    from avis.sealing import seal

    folders = Folders(tmp_path / "essai")
    folders.exhibits.parent.mkdir(parents=True)
    folders.exhibits.write_bytes(seal(RICH))
    (folders.root / "evaluation.yaml").write_text("slug: essai\n", encoding="utf-8")
    statement = next(one for one in RICH.exhibits if isinstance(one, Statement))
    quote = next(one for one in RICH.exhibits if isinstance(one, Quote))
    told = [paragraph(f"« {one.wordings[0].text} »", tracked("ins", " !")) for one in (statement, quote)]
    first, second = listed(tmp_path, document(*told), None, folders).listed
    assert first.origin and (first.origin.whose, first.origin.name) == ("adopted", statement.id)
    assert second.origin and second.origin.whose == "quote"
    assert "seul le groupe" in as_text(Gathered([first], {first.file: ""}), "fr")


def test_the_list_can_be_worked_with_in_a_spreadsheet_and_on_paper(tmp_path: Path, sent: bytes) -> None:
    found = listed(tmp_path, commented(sent, "La permanence ferme", '=HYPERLINK("http://x")<script>'), sent)
    rows = list(csv.DictReader(io.StringIO(as_csv(found, "fr").decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Sorte de remarque"] == "commentaire" and rows[0]["Décision"] == ""
    assert not any(value.startswith("=") for value in rows[0].values())
    page = markup.fromstring(as_html(found, "en"))
    assert not page.xpath("//script") and "<script>" in page.text_content()
    assert page.xpath("//th/@scope") == ["col"] * 9 and page.get("lang") == "en"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"PK\x03\x04 no archive", document(), b"just words"],
    ids=["pdf", "zip", "empty", "text"],
)
def test_what_is_no_document_is_said_and_nothing_breaks(tmp_path: Path, data: bytes) -> None:
    problems = Problems()
    found = read_returned(saved(tmp_path, "x.docx", data), "x.docx", problems)
    assert problems.errors or (found is not None and not found.remarks)


def test_a_bomb_and_an_entity_are_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document(paragraph("a")))) as source,
        zipfile.ZipFile(bomb, "w", 8) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/media/x.bin", bytes(64 * 2**20))
    problems = Problems()
    assert read_returned(saved(tmp_path, "b.docx", bomb.getvalue()), "b.docx", problems) is None
    assert [one.code for one in problems] == ["SRC-007"]
    laughs = document(paragraph("a"), comments='<!DOCTYPE x [<!ENTITY a "ha">]><w:comments/>')
    problems = Problems()
    read_returned(saved(tmp_path, "c.docx", laughs), "c.docx", problems)
    assert "SRC-212" in [one.code for one in problems]


def test_a_long_document_is_compared_in_little_time(tmp_path: Path) -> None:
    many = [paragraph(f"Paragraphe numéro {n} avec quelques mots qui changent peu.") for n in range(1500)]
    other = [one.replace("peu", "beaucoup") for one in many]
    problems = Problems()
    before = read_returned(saved(tmp_path, "a.docx", document(*many)), "a.docx", problems)
    after = read_returned(saved(tmp_path, "b.docx", document(*other)), "b.docx", problems)
    assert before and after and len(differences(before, after)) >= 1500


def test_the_command_prints_a_list_and_writes_it_where_asked(
    tmp_path: Path, sent: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, "envoi.docx", sent)
    saved(tmp_path, "retour.docx", commented(sent, "La permanence ferme", "Qui ferme ?"))
    assert main(["comments", "retour.docx", "--against", "envoi.docx", "--out", "liste"]) == 0
    told = capsys.readouterr().out
    assert "1 remarque" in told and "Rien n’a été changé" in told
    assert {path.name for path in (tmp_path / "liste").iterdir()} == {"relectures.csv", "relectures.html"}
    assert main(["comments", "retour.docx", "--json"]) == 0
    out = capsys.readouterr()
    assert len(json.loads(out.out)["remarks"]) == 1 and "DOC-061" in out.err
    assert main(["comments", "rien.docx"]) == 1
