"""Notebook 35: what is left to decide, decisions written from a cell, and building without any key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.errors import AvisError
from avis.steps.deciding import decide, sign
from avis.steps.rereading import Rereading, keep_rereading, load_rereading
from avis.vault import box
from avis.vault.contents import Name, with_people
from avis.vault.keys import make_key, read_key

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
REVIEW = "sources/relecture.csv"
PASSPHRASE = "quatre mots pour essayer"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example in which nothing was reread yet, on a computer without a key."""
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    for name in ("AVIS_KEY", "AVIS_PASSPHRASE", "AVIS_BUILD"):
        monkeypatch.delenv(name, raising=False)
    copy = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("build"))
    header = (copy / REVIEW).read_text("utf-8").splitlines()[0]
    (copy / REVIEW).write_text(header + "\n", "utf-8")
    return copy


def codes(raised: pytest.ExceptionInfo[AvisError]) -> list[str]:
    return [item.code for item in raised.value.problems]


def place(rereading: Rereading, id: str) -> int:
    return rereading.quotable.reviewed.flags[id][0].start


def test_what_is_flagged_is_shown_in_its_context_and_as_private(folder: Path) -> None:
    views = load_rereading(str(folder)).views()
    assert all(view.private for view in views)
    told = repr(views[1])
    assert "mon amie ⟦Ombeline⟧ me demande" in told and "at09-01" in told
    assert "Aucun registre de personnes" in views[0].remarks


def test_two_people_decide_and_sign_from_a_cell_and_the_words_may_appear(folder: Path) -> None:
    seen = load_rereading(str(folder))
    start = place(seen, "at09-01")
    seen = decide(seen, "at09-01", start, "pseudonym", replacement="Sauge", by="Ada")
    assert seen.quotable.reasons["at09-01"] == "unread"
    seen = sign(seen, "at09-01", by="Ada")
    assert seen.quotable.reasons["at09-01"] == "one_reader"
    seen = sign(seen, "at09-01", "at07-01", by="Béa")
    assert "mon amie [Sauge] me demande" in seen.quotable.printable["at09-01"]
    assert seen.quotable.reasons["at07-01"] == "one_reader"


def test_a_decision_changed_after_the_signatures_is_to_be_signed_again(folder: Path) -> None:
    seen = load_rereading(str(folder))
    start = place(seen, "at09-01")
    seen = decide(seen, "at09-01", start, "pseudonym", replacement="Sauge", by="Ada")
    for by in ("Ada", "Béa"):
        seen = sign(seen, "at09-01", by=by)
    assert "at09-01" in seen.quotable.printable
    seen = decide(seen, "at09-01", start, "generalise", replacement="une amie", by="Ada")
    assert seen.quotable.reasons["at09-01"] == "unread"


def test_what_stands_in_the_file_stays_whatever_its_columns_delimiter_and_encoding(folder: Path) -> None:
    path = folder / REVIEW
    names = ["Relu par", "parole", "ma note", "sha256", "fin", "debut", "nature", "decision", "raison"]
    header = ",".join([*names, "remplacement", "relu_le"])
    kept = 'Zoé,ancienne,"garder, pour moi",' + "a" * 64 + ",,,,relu,,,2024-01-01"
    path.write_bytes(f"\ufeff{header}\r\n{kept}".encode())
    seen = sign(load_rereading(str(folder)), "at07-01", by="Béa, l’autre")
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    assert lines[:2] == ["\ufeff" + header, kept]
    assert lines[2].startswith('"Béa, l’autre",at07-01,,') and lines[3:] == [""]
    assert seen.quotable.reasons["at07-01"] == "one_reader"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("at99-01", 0, "keep"), "RED-013"),
        (("at01-01", 0, "keep"), "RED-013"),
        (("at09-01", 3, "keep"), "RED-014"),
        (("at09-01", -1, "garder"), "RED-015"),
        (("at09-01", -1, "keep"), "RED-001"),
        (("at09-01", -1, "generalise"), "RED-003"),
        (("at09-01", -1, "pseudonym"), "VAU-021"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    arguments: tuple[str, int, str], code: str, folder: Path
) -> None:
    before = (folder / REVIEW).read_bytes()
    seen = load_rereading(str(folder))
    id, start, decision = arguments
    with pytest.raises(AvisError) as raised:
        decide(seen, id, place(seen, "at09-01") if start < 0 else start, decision, by="Ada")
    assert codes(raised) == [code]
    assert (folder / REVIEW).read_bytes() == before


def test_a_replacement_that_identifies_somebody_is_refused(folder: Path) -> None:
    seen = load_rereading(str(folder))
    for replacement in ("Ombeline D.", "06 12 34 56 78"):
        with pytest.raises(AvisError) as raised:
            decide(seen, "at09-01", place(seen, "at09-01"), "pseudonym", replacement=replacement, by="Ada")
        assert codes(raised) == ["RED-005"]


def test_nobody_signs_without_a_name_twice_or_before_all_is_decided(folder: Path) -> None:
    seen = load_rereading(str(folder))
    for by, id, code in (("", "at07-01", "RED-016"), ("Ada", "at09-01", "RED-017")):
        with pytest.raises(AvisError) as raised:
            sign(seen, id, by=by)
        assert codes(raised) == [code]
    seen = sign(seen, "at07-01", by="Ada")
    with pytest.raises(AvisError) as raised:
        sign(seen, "at07-01", by="ADA")
    assert codes(raised) == ["RED-018"]


def test_a_wrong_start_is_answered_with_those_that_are_right(folder: Path) -> None:
    seen = load_rereading(str(folder))
    right = place(seen, "at09-01")
    for id, told in (("at09-01", f"ici\u00a0: {right}"), ("at07-01", "ici\u00a0: aucun")):
        with pytest.raises(AvisError) as raised:
            decide(seen, id, 3, "keep", reason="x", by="Ada")
        assert told in str(raised.value).replace(" :", "\u00a0:")


def test_a_file_that_evaluation_yaml_does_not_name_is_begun_and_the_line_to_add_is_said(folder: Path) -> None:
    settings = folder / "evaluation.yaml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if "  review:" not in line), "utf-8")
    (folder / REVIEW).unlink()
    with pytest.raises(AvisError) as raised:
        sign(load_rereading(str(folder)), "at07-01", by="Ada")
    assert codes(raised) == ["RED-010"] and REVIEW in str(raised.value)
    written = (folder / REVIEW).read_text("utf-8")
    assert "at07-01" in written
    with pytest.raises(AvisError) as raised:
        sign(load_rereading(str(folder)), "at07-01", by="Ada")
    assert codes(raised) == ["RED-010"] and (folder / REVIEW).read_text("utf-8") == written


def test_a_cell_that_runs_again_writes_no_row_twice_and_undoes_no_signature(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cell(seen: Rereading) -> Rereading:
        return decide(seen, "at09-01", start, "pseudonym", replacement="[Sauge]", by="Ada")

    start = place(load_rereading(str(folder)), "at09-01")
    seen = cell(load_rereading(str(folder)))
    for by in ("Ada", "Béa"):
        seen = sign(seen, "at09-01", by=by)
    written = (folder / REVIEW).read_text("utf-8")
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-02")
    assert "at09-01" in cell(load_rereading(str(folder))).quotable.printable
    assert (folder / REVIEW).read_text("utf-8") == written


def test_what_was_decided_otherwise_since_is_written_again(folder: Path) -> None:
    seen = load_rereading(str(folder))
    start = place(seen, "at09-01")
    for replacement in ("une amie", "quelqu’un", "une amie"):
        seen = sign(seen, "at07-01", by="Ada") if not seen.quotable.reviewed.readers else seen
        seen = decide(seen, "at09-01", start, "generalise", replacement=replacement, by="Ada")
        seen = sign(seen, "at09-01", by="Ada")
    assert len((folder / REVIEW).read_text("utf-8").splitlines()) == 1 + 1 + 3 * 2
    assert "[une amie]" in seen.quotable.reviewed.drafted["at09-01"]


def test_what_is_kept_of_it_is_numbers(folder: Path) -> None:
    keep_rereading(load_rereading(str(folder)))
    kept = (folder / "build" / "private" / "relecture.json").read_text("utf-8")
    assert '"unread"' in kept and "Ombeline" not in kept and "at09" not in kept


def test_with_a_key_the_register_is_searched_and_the_vault_remembers_pseudonyms(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [tmp_path / "k1", tmp_path / "k2"]
    public = [make_key(key, PASSPHRASE) for key in keys]
    with (folder / "evaluation.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nvault: {folder: ../coffre}\n")
    path = tmp_path / "coffre" / "coffre.age"
    box.begin(path, public)
    assert load_rereading(str(folder)).quotable.searched.register == "closed"
    monkeypatch.setenv("AVIS_KEY", str(keys[0]))
    monkeypatch.setenv("AVIS_PASSPHRASE", PASSPHRASE)
    known = [Name(("ombeline",), ("K7M2",)), Name(("waiting",), ("K8M2",))]
    box.change(path, read_key(keys[0], PASSPHRASE), lambda held: with_people(held, [{"code": "K7M2"}], known))
    seen = load_rereading(str(folder))
    assert seen.quotable.searched.register == "open"
    flags = seen.quotable.reviewed.flags
    assert [flag.kind for flag in flags["at09-01"]] == ["known_person"]
    seen = decide(seen, "at09-01", place(seen, "at09-01"), "pseudonym", by="Ada")
    (given,) = box.open_vault(path, read_key(keys[1], PASSPHRASE)).pseudonyms
    assert (given.evaluation, given.person) == ("exemple-fictif", "K7M2")
    assert f"[{given.pseudonym}]" in seen.quotable.reviewed.drafted["at09-01"]
    monkeypatch.delenv("AVIS_KEY")
    assert load_rereading(str(folder)).quotable.reviewed.flags.get("at09-01") is None


@pytest.mark.slow
def test_all_is_handed_over_where_neither_key_nor_vault_exists_and_which_lists_were_searched_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avis.exhibits import Quote
    from avis.steps.protection import hand_exhibits_over, protect_together

    shutil.copy(EXAMPLE / REVIEW, folder / REVIEW)
    with (folder / "evaluation.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nvault: {folder: ../nulle-part}\n")
    monkeypatch.setenv("HOME", str(tmp_path / "vide"))
    handed = hand_exhibits_over(protect_together(str(folder)))
    quotes = [item for item in handed.exhibits.exhibits if isinstance(item, Quote)]
    assert len(quotes) == 18
    assert "[Sauge]" in repr([quote.wordings for quote in quotes if quote.id == "at09-01"])
    assert "registre des personnes n’a PAS été cherché" in repr(handed)
    assert "pas d'accord : " in repr(handed) and "at0" not in repr(handed)
    assert not (tmp_path / "nulle-part").exists()
    assert "Ombeline" not in (folder / "build" / "private" / "exhibits.json").read_text("utf-8")


@pytest.mark.slow
def test_a_signature_taken_out_makes_the_hand_over_stale(folder: Path) -> None:
    from avis.evaluation import open_evaluation
    from avis.steps.fresh import is_fresh
    from avis.steps.protection import hand_exhibits_over, protect_together

    shutil.copy(EXAMPLE / REVIEW, folder / REVIEW)
    hand_exhibits_over(protect_together(str(folder)))
    assert is_fresh(open_evaluation(folder))
    lines = (folder / REVIEW).read_text("utf-8").splitlines(keepends=True)
    (folder / REVIEW).write_text("".join(lines[:-1]), "utf-8")
    assert not is_fresh(open_evaluation(folder))
