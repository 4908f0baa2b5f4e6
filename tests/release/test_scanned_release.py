"""What the last look finds, and what makes an edition come out other than it was, one reason at a time."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from avis.editions import manifest as manifests
from avis.editions.manifest import Listed, Manifest, Scanned, write_manifest
from avis.editions.register import Issued, SentFile, TakenBack, append
from avis.errors import Place, Problems, fail
from avis.folders import Folders
from avis.release import rebuild, scanned
from avis.scanning.scan import Hit, Report
from avis.scanning.wanted import Wanted

ID, OTHER = "2026-01-01-0123abcd", "2026-01-01-ffffffff"


def look(report: Report | None, patch: pytest.MonkeyPatch, folder: Path) -> tuple[Scanned, Problems]:
    def found(*_: object) -> Report:
        if report is None:
            raise fail("SCA-001")
        return report

    patch.setattr(scanned, "scan", found)
    patch.setattr(scanned, "looked_for", lambda *_: Wanted(lists=("people",)))
    problems = Problems()
    opened: Any = SimpleNamespace()
    exhibits: Any = SimpleNamespace()
    return scanned.scan_edition(folder, opened, exhibits, (), problems), problems


def test_each_thing_that_was_found_is_a_reason_told_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    hits = (
        Hit("avis.public.fr.docx", "name", "docProps/core.xml", 2),
        Hit("a.csv", "kind of tomorrow"),
        Hit("b.csv", "plate"),
    )
    report = Report(hits=hits, unread=("b.pdf",), lists=("people",), missing=(), plants=3)
    _, problems = look(report, monkeypatch, tmp_path)
    assert [(item.code, item.place.file) for item in problems.errors] == [
        ("REL-050", "avis.public.fr.docx"),
        ("REL-050", "a.csv"),
        ("REL-050", "b.csv"),
        ("REL-051", "b.pdf"),
    ]
    told = "\n".join(item.told("fr") for item in problems)
    assert "le nom d’une personne" in told and "docProps/core.xml" in told and "(2)" in told
    assert "reconnaître une personne : plaque" in told
    assert "Rien n’a été publié" in told


def test_a_scan_that_cannot_see_is_a_reason_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, problems = look(None, monkeypatch, tmp_path)
    assert [item.code for item in problems.errors] == ["SCA-001"] and told == Scanned()


def test_what_was_searched_for_is_kept_with_the_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Report(hits=(), unread=(), lists=("codes",), missing=("people",), plants=5)
    told, problems = look(report, monkeypatch, tmp_path)
    assert told == Scanned(lists=("codes",), missing=("people",), plants=5) and not problems.items


def edition(root: Path) -> tuple[Path, Manifest]:
    folder = root / manifests.FOLDER / ID
    folder.mkdir(parents=True)
    manifest = Manifest(edition=ID, on="2026-01-01", files=(Listed(name="a.html", sha256="0"),))
    write_manifest(folder, manifest)
    return folder, manifest


def register(root: Path, id: str, sha256: str) -> None:
    sent = SentFile(name=manifests.NAME, sha256=sha256)
    append(root, [Issued(edition=id, on="2026-01-01", audience="public", files=(sent,))])


def known(root: Path, folder: Path, manifest: Manifest) -> tuple[Any, list[str]]:
    problems, opened = Problems(), SimpleNamespace(folders=Folders(root))
    found = rebuild.known_edition(opened, folder, manifest, problems)  # type: ignore[arg-type]
    return found, [item.code for item in problems.errors]


def test_the_register_knows_its_own_editions_and_their_manifests(tmp_path: Path) -> None:
    folder, manifest = edition(tmp_path)
    register(tmp_path, OTHER, "0")
    assert known(tmp_path, folder, manifest) == (None, ["REL-061"])
    register(tmp_path, ID, rebuild.manifest_hash(folder))
    assert known(tmp_path, folder, manifest)[1] == []
    write_manifest(folder, msgspec.structs.replace(manifest, organisation="Autre"))
    assert known(tmp_path, folder, manifest)[1] == ["REL-062"]


def test_a_copy_from_before_a_withdrawal_is_known_as_taken_back(tmp_path: Path) -> None:
    folder, manifest = edition(tmp_path)
    register(tmp_path, ID, "of the notice or of the edition")
    append(tmp_path, [TakenBack(edition=ID, on="2026-02-03")])
    found, codes = known(tmp_path, folder, manifest)
    assert found.taken_back_on == "2026-02-03" and codes == []


def test_an_edition_lies_in_an_evaluation_or_nowhere(tmp_path: Path) -> None:
    folder, _ = edition(tmp_path)
    assert rebuild.evaluation_of(folder) is None
    (tmp_path / "evaluation.yaml").write_text("title: x\n")
    assert rebuild.evaluation_of(folder) == tmp_path.resolve()
    assert rebuild.evaluation_of(tmp_path) is None


def test_without_exhibits_nothing_is_made_again_and_nothing_is_called_wrong(tmp_path: Path) -> None:
    folder, manifest = edition(tmp_path)
    problems, opened = Problems(), SimpleNamespace(folders=Folders(tmp_path))
    found = rebuild.rebuild(opened, manifest, folder, problems)  # type: ignore[arg-type]
    assert found.causes == ("unbuilt",) and not problems.items


@pytest.mark.parametrize(("then", "cause"), [("sealed", "words"), ("others", "exhibits")])
def test_texts_that_name_a_number_hidden_since_are_no_lack_of_exhibits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str, cause: str
) -> None:
    """After a withdrawal the texts may not be composed: what is said of the former edition stays true."""

    def uncomposed(*_: object) -> None:
        raise fail("TXT-015", Place("10-q1.fr.md"))

    monkeypatch.setattr(rebuild, "load", lambda _: None)
    monkeypatch.setattr(rebuild, "sha256_of", lambda _: "sealed")
    monkeypatch.setattr(rebuild, "_papers", uncomposed)
    folder, manifest = edition(tmp_path)
    problems, opened = Problems(), SimpleNamespace(folders=Folders(tmp_path))
    manifest = msgspec.structs.replace(manifest, exhibits=then)
    assert rebuild.rebuild(opened, manifest, folder, problems).causes == (cause,)  # type: ignore[arg-type]
    assert not problems.items


def test_what_changed_since_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "software", lambda: {"avis": "2", "typst": "1"})
    monkeypatch.setattr(rebuild, "workbench", lambda: "now")
    same = Manifest(
        edition=rebuild.edition_id([], "2026-01-01"),
        on="2026-01-01",
        files=(),
        exhibits="sealed",
        rules={"workbench": "now"},
        software={"avis": "2", "typst": "1"},
    )

    def causes(**changed: Any) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
        return rebuild._causes(msgspec.structs.replace(same, **changed), [], "sealed")

    assert causes() == ((), ())
    assert causes(exhibits="others")[0] == ("exhibits",)
    assert causes(edition=OTHER)[0] == ("words",)
    assert causes(rules={"workbench": "then"})[0] == ("workbench",)
    older = {"avis": "1", "typst": "1", "lxml": "6"}
    assert causes(software=older, rules={}) == (("software",), (("avis", "1", "2"), ("lxml", "6", "")))
