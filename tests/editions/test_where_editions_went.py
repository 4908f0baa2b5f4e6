"""What `avis sent` notes and lists: organisations, public addresses, editions that the register knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.cli import main
from avis.editions.keyed import make_key
from avis.editions.register import NAME, Issued, SentFile, append, read_register
from avis.errors import Problems

ID = "2026-01-01-00000001"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-20")
    (tmp_path / "evaluation.yaml").write_text("")
    make_key(tmp_path)
    file = SentFile(name="avis.public.fr.html", sha256="0" * 64, language="fr")
    append(tmp_path, [Issued(edition=ID, on="2026-01-01", audience="public", files=(file,))])
    return tmp_path


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--to", ""), "CLI-031"),
        (("--to", "Ville\x1b[31m de Valmarin"), "CLI-031"),
        (("--to", "Ville\nde Valmarin"), "CLI-031"),
        (("--to", "Mme Nomassez Long"), "CLI-031"),
        (("--to", "M. Nomassez"), "CLI-031"),
        (("--to", "=Mairie de Valmarin"), "CLI-031"),
        (("--to=-Mairie", "--on=2026-01-12"), "CLI-031"),
        (("--to", "+33 Mairie"), "CLI-031"),
        (("--to", "@mairie"), "CLI-031"),
        (("--to", "Anne Durand"), "CLI-038"),
        (("--at", "https://ex.example/a?tel=0612345678"), "CLI-030"),
        (("--at", "https://ex.example/a?nom=durand"), "CLI-030"),
        (("--at", "https://ex.example/0612345678/avis"), "CLI-030"),
        (("--at", "https://ex.example/%30612345678"), "CLI-030"),
        (("--at", "https://ex.example/a%40b.example"), "CLI-030"),
        (("--at", "https://ex.example/a#0612345678"), "CLI-030"),
        (("--at", "https://ex.example/#nom"), "CLI-030"),
        (("--at", ""), "CLI-030"),
        (("--at", "https://x.example/\x1b[2Ja"), "CLI-030"),
        (("--at", "javascript:alert(1)"), "CLI-030"),
    ],
)
def test_what_is_no_organisation_and_no_address_is_refused_and_nothing_is_noted(
    folder: Path, given: tuple[str, str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / NAME).read_bytes()
    assert main(["sent", str(folder), *given]) == 2
    assert code in capsys.readouterr().err
    assert (folder / NAME).read_bytes() == before


@pytest.mark.parametrize(
    "name", ["Mairie de Valmarin", "Médiathèque", "Maison des droits", "Drôme solidaire"]
)
def test_an_organisation_is_noted(folder: Path, name: str) -> None:
    assert main(["sent", str(folder), "--to", name]) == 0
    assert [one.recipient for one in read_register(folder, Problems())[ID].placed] == [name]


@pytest.mark.parametrize(
    "url",
    [
        "https://ville.example/2024-03-15/avis-2024.pdf",
        "https://ville.example/?p=123&lang=fr",
        "https://ville.example/spip.php?article123",
    ],
)
def test_an_address_with_the_number_of_a_page_is_noted(folder: Path, url: str) -> None:
    assert main(["sent", str(folder), "--at", url]) == 0
    assert [one.place for one in read_register(folder, Problems())[ID].placed] == [url]


def test_an_organisation_called_like_a_person_is_noted_where_somebody_says_so(folder: Path) -> None:
    assert main(["sent", str(folder), "--to", "Fondation Anne Durand"]) == 0
    assert main(["sent", str(folder), "--to", "Anne Durand", "--organisation"]) == 0
    noted = [one.recipient for one in read_register(folder, Problems())[ID].placed]
    assert noted == ["Fondation Anne Durand", "Anne Durand"]


def test_an_edition_that_the_register_does_not_know_is_not_taken_for_nothing_sent(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sent", str(folder), "2026-01-01-ffffffff"]) == 2
    told = capsys.readouterr()
    assert "CLI-033" in told.err and ID in told.err and "Rien n’est encore parti" not in told.out


def test_a_day_that_a_hand_wrote_is_shown_and_moves_no_cursor(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / NAME).open("a", encoding="utf-8") as register:
        register.write(f'{{"act":"placed","edition":"{ID}","on":"2026-99-99\\u001b[31m","recipient":"X"}}\n')
    assert main(["sent", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "2026-99-99" in told and "\x1b" not in told


@pytest.mark.parametrize("asked", [("--to", "Mairie de Valmarin"), ("2026-01-01-ffffffff",)])
def test_where_nothing_was_published_yet_the_way_to_it_is_told(
    folder: Path, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / NAME).unlink()
    assert main(["sent", str(folder), *asked]) == 2
    told = capsys.readouterr().err
    assert "CLI-048" in told and "avis release" in told and "–" not in told
