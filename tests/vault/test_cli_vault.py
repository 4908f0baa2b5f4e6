"""`avis vault` as two people use it, and what is said when it goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.cli import main

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
REGISTER = "code;nom;prénom;lieu\nK7M2;Chrysanthème;Ombeline;rue des Lilas\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.setenv("AVIS_PASSPHRASE", "quatre mots pour essayer")
    monkeypatch.delenv("AVIS_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, tmp_path / "essai", ignore=shutil.ignore_patterns("build"))
    return tmp_path


def key(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["vault", "key", name]) == 0
    return capsys.readouterr().out.splitlines()[-1]


def declare(here: Path, folder: str = "../coffre") -> None:
    with (here / "essai" / "evaluation.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nvault: {{folder: {folder}}}\n")


def test_two_people_share_a_vault_and_either_reads_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = [key(name, capsys) for name in ("k1", "k2")]
    declare(here)
    assert main(["vault", "init", "essai", "--to", public[0], "--to", public[1]]) == 0
    told = capsys.readouterr().out
    assert all(one in told for one in public)  # the lines to write into evaluation.yaml
    (here / "gens.csv").write_text(REGISTER, "utf-8")
    assert main(["vault", "add", "essai", "gens.csv", "--key", "k1"]) == 0
    assert "Chrysanth" not in capsys.readouterr().out
    assert main(["vault", "show", "essai", "--key", "k2"]) == 0
    assert "K7M2 · Chrysanthème · Ombeline" in capsys.readouterr().out
    for path in here.rglob("*"):
        if path.is_file() and path.name != "gens.csv" and "essai" not in path.parts:
            assert b"Chrysanth" not in path.read_bytes()


def test_whoever_leaves_can_be_left_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = [key(name, capsys) for name in ("k1", "k2", "k3")]
    declare(here)
    assert main(["vault", "init", "essai", "--to", public[0], "--to", public[1]]) == 0
    again = ["vault", "init", "essai", "--to", public[1], "--to", public[2]]
    assert main(again) == 1
    assert "VAU-006" in capsys.readouterr().err
    assert main([*again, "--key", "k1"]) == 0
    assert main(["vault", "show", "essai", "--key", "k1"]) == 1
    assert "VAU-010" in capsys.readouterr().err
    assert main(["vault", "show", "essai", "--key", "k3"]) == 0


def test_who_asks_is_taken_out_and_a_name_that_another_bears_too_stays(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = [key(name, capsys) for name in ("k1", "k2")]
    declare(here)
    assert main(["vault", "init", "essai", "--to", public[0], "--to", public[1]]) == 0
    (here / "gens.csv").write_text(REGISTER + "P3Q4;Chrysanthème;Aldegonde;\n", "utf-8")
    assert main(["vault", "add", "essai", "gens.csv", "--key", "k1"]) == 0
    assert main(["vault", "remove", "essai", "k7 m2", "--key", "k2"]) == 0
    assert "Ombeline" not in capsys.readouterr().out
    from avis.vault.box import open_vault
    from avis.vault.keys import read_key

    held = open_vault(here / "coffre" / "coffre.age", read_key(here / "k1", "quatre mots pour essayer"))
    words = {word for name in held.names for word in name.words}
    assert [row["code"] for row in held.people] == ["P3Q4"]
    assert {code for name in held.names for code in name.codes} == {"P3Q4"}
    assert "chrysantheme" in words and not words & {"ombeline", "lilas"}


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["init", "essai"], "CLI-015", 2),
        (["add", "essai"], "CLI-016", 2),
        (["remove", "essai"], "CLI-019", 2),
        (["key", "essai/evaluation.yaml"], "CLI-017", 2),
        (["show", "essai"], "CLI-018", 2),
        (["add", "essai", "rien.csv"], "VAU-020", 1),
        (["show", "essai", "--key", "rien"], "VAU-007", 1),
        (["key", "essai/sources/cle"], "VAU-018", 1),
    ],
)
def test_what_goes_wrong_is_said(
    arguments: list[str], code: str, status: int, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(here)
    assert main(["vault", *arguments]) == status
    assert code in capsys.readouterr().err


def test_an_evaluation_that_names_no_vault_is_told_what_to_write(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vault", "show", "essai"]) == 1
    assert "vault: {folder: ../coffre}" in capsys.readouterr().err
    declare(here, "sources/coffre")
    assert main(["vault", "show", "essai"]) == 1
    assert "VAU-002" in capsys.readouterr().err


def test_what_a_register_holds_moves_no_cursor_when_it_is_shown(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = [key(name, capsys) for name in ("k1", "k2")]
    declare(here)
    assert main(["vault", "init", "essai", "--to", public[0], "--to", public[1]]) == 0
    (here / "gens.csv").write_text("code;nom;prénom\nK7M2;Chrysan\x1b[31mthème;Om\u202ebeline\n", "utf-8")
    assert main(["vault", "add", "essai", "gens.csv", "--key", "k1"]) == 0
    capsys.readouterr()
    assert main(["vault", "show", "essai", "--key", "k2"]) == 0
    shown = capsys.readouterr().out
    assert "K7M2" in shown and "\x1b" not in shown and "\u202e" not in shown


def test_what_would_never_open_again_is_not_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from avis.vault import box

    public = [key(name, capsys) for name in ("k1", "k2")]
    declare(here)
    assert main(["vault", "init", "essai", "--to", public[0], "--to", public[1]]) == 0
    before = (here / "coffre" / "coffre.age").read_bytes()
    monkeypatch.setattr(box, "LARGEST", 4000)
    rows = "".join(f"K{n:03};Nomassezlong{n};Prénom\n" for n in range(200))
    (here / "gens.csv").write_text("code;nom;prénom\n" + rows, "utf-8")
    assert main(["vault", "add", "essai", "gens.csv", "--key", "k1"]) == 1
    assert "VAU-019" in capsys.readouterr().err
    assert (here / "coffre" / "coffre.age").read_bytes() == before
