"""The room on paper: read by a screen reader, all alike, and telling nothing about anybody."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import page
import pytest
from pypdf import PdfReader

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.exhibits import Wording
from avis.report.pdf.paper import compile_pdf
from avis.room.cards import print_cards
from avis.room.cards.pictures import pictos
from avis.room.cards.scale import levels
from avis.room.cards.texts import shown, standing, text_cards
from avis.room.wording import read_limits
from avis.settings import Scale, ScaleLevel
from avis.writing.deliberation import deliberate
from avis.writing.items import Deliberation, Item

FOLDER = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
DOCS = Path(__file__).parents[2] / "docs" / "guides"
BOTH = ("fr", "en")
A4 = (595, 842)


def opened(folder: Path) -> Evaluation:
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("build", "publications"))
    return open_evaluation(folder)


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return opened(tmp_path / "essai")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The papers of the fictional example in both languages, by name."""
    folder = tmp_path_factory.mktemp("cartes")
    return papers(opened(folder / "essai"), BOTH, folder / "papier")


def papers(evaluation: Evaluation, languages: tuple[str, ...], out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in print_cards(evaluation, languages, out)}


def changed(evaluation: Evaluation, **settings: Any) -> Evaluation:
    return replace(evaluation, settings=msgspec.structs.replace(evaluation.settings, **settings))


def told(pdf: bytes) -> str:
    return "\n".join(" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(pdf)).pages)


def dense(text: str) -> str:
    """Without spaces: where lines break is nobody's concern."""
    return "".join(text.split())


def test_the_papers_come_in_the_order_of_a_meeting(printed: dict[str, bytes]) -> None:
    assert list(printed) == [
        *("deroulement.fr.pdf", "deroulement.en.pdf", "danger-present.fr.pdf", "danger-present.en.pdf"),
        *("limites.fr.pdf", "limites.en.pdf"),
        *("cartes-textes.pdf", "bulletins.pdf", "etiquettes-des-piles.pdf", "echelle-au-mur.pdf"),
        *("comptage.fr.pdf", "comptage.en.pdf"),
    ]


def test_every_paper_is_a_tagged_pdf_with_a_title(printed: dict[str, bytes]) -> None:
    for name, pdf in printed.items():
        checked = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
        assert checked.is_compliant, name
        assert PdfReader(io.BytesIO(pdf)).metadata["/Title"].endswith("Association Exemple"), name


def test_every_paper_is_black_on_white(printed: dict[str, bytes]) -> None:
    for name, pdf in printed.items():
        for one in PdfReader(io.BytesIO(pdf)).pages:
            drawn = one.get_contents().get_data().decode("latin-1")
            colours = re.findall(r"([\d. ]+) (?:rg|RG|scn|SCN|k|K)\b", drawn)
            assert {len(set(colour.split())) for colour in colours} <= {1}, name


def test_each_text_of_the_log_has_a_card_original_first(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    items = standing(deliberate(evaluation, Problems()))
    text = dense(told(printed["cartes-textes.pdf"]))
    assert len(items) > 5
    for item in items:
        places = [text.index(dense(word.text)) for word in item.wordings if word.approved]
        assert places == sorted(places), item.id


def test_a_translation_that_nobody_approved_and_a_suspended_text_are_on_no_card() -> None:
    original, draft = Wording(language="en", text="Doors open late"), Wording(language="fr", text="À relire")
    draft = msgspec.structs.replace(draft, original=False, approved=False)
    seen = Item("s1", "statement", "q1", (original, draft))
    assert shown(seen, BOTH) == [original]
    hidden = Item(
        "s2", "statement", "q1", (Wording(language="fr", text="Pas maintenant"),), held_back=frozenset({"s2"})
    )
    erased = Item("s3", "statement", "q1", withdrawn=True)
    assert standing(Deliberation({item.id: item for item in (hidden, erased, seen)})) == [seen]


def test_cards_say_nothing_of_who_when_and_in_which_order(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    found = deliberate(evaluation, Problems())
    text = told(printed["cartes-textes.pdf"])
    ids = re.compile(rf"\b({'|'.join(found.items)})\b")
    assert not ids.search(text)
    assert not any(session.date in text or session.id in text for session in found.sessions)
    questions = [item.question for item in standing(found)]
    assert questions == sorted(questions)
    assert list(found.items) != [item.id for item in standing(found)]


def test_no_paper_holds_a_code_a_person_or_a_secret(tmp_path: Path) -> None:
    evaluation = opened(tmp_path / "essai")
    folder = evaluation.folders.root / "seances"
    (folder / ".2024-11-16-ecrire.salle").write_text(
        '{"secret": "b4f0c7a1", "lead": "c1e5"}', encoding="utf-8"
    )
    people = (evaluation.folders.root / "sources" / "personnes.csv").read_text(encoding="utf-8")
    consents = (evaluation.folders.root / "sources" / "consentements.csv").read_text(encoding="utf-8")
    codes = set(re.findall(r"\b(?=\w*\d)[A-Z0-9]{8}\b", consents)) | {
        line.split(",")[0] for line in people.splitlines()[1:]
    }
    text = "\n".join(told(pdf) for pdf in papers(evaluation, BOTH, tmp_path / "papier").values())
    assert len(codes) > 20
    assert [code for code in codes if re.search(rf"\b{re.escape(code)}\b", text)] == []
    assert "b4f0c7a1" not in text and "c1e5" not in text


def test_the_ballots_of_a_page_are_one_like_the_other(printed: dict[str, bytes]) -> None:
    (one,) = PdfReader(io.BytesIO(printed["bulletins.pdf"])).pages
    spots: dict[str, list[tuple[float, float]]] = {}

    def place(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            spots.setdefault(text.strip(), []).append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    one.extract_text(visitor_text=place)
    assert (round(one.mediabox.width), round(one.mediabox.height)) == A4
    assert set(map(len, spots.values())) == {4} or all(len(found) % 4 == 0 for found in spots.values())
    left, below = spots["Oui"][1][0] - spots["Oui"][0][0], spots["Oui"][2][1] - spots["Oui"][0][1]
    assert left == pytest.approx(A4[0] / 2, abs=1) and abs(below) == pytest.approx(A4[1] / 2, abs=1)


@pytest.mark.parametrize("languages", [("fr",), BOTH, ("fr", "en", "es")])
def test_no_line_of_a_ballot_runs_into_another(
    evaluation: Evaluation, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    made = papers(evaluation, languages, tmp_path / "papier")
    (one,) = PdfReader(io.BytesIO(made["bulletins.pdf"])).pages
    lines: dict[float, float] = {}

    def place(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        if text.strip() and x < A4[0] / 2 and y > A4[1] / 2:
            lines[round(y, 1)] = size * abs(tm[3] * cm[3])

    one.extract_text(visitor_text=place)
    assert len(lines) > 6
    heights = sorted(lines, reverse=True)
    for above, below in pairwise(heights):
        assert above - below > 0.9 * lines[below], (above, below)


def test_a_ballot_bears_all_languages_and_no_number(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    text = told(printed["bulletins.pdf"])
    for level in evaluation.settings.scales["accord"].levels:
        assert all(dense(text).count(dense(words)) >= 4 for words in level.label.values()), level.id
    assert (
        re.findall(r"\d+", text) == ["1"] * 8
    )  # the version of the scale, in two languages, on four ballots
    assert text.count("échelle accord, version 1") == 4


def test_piles_have_a_label_each_and_the_wall_a_page_each(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    scale = evaluation.settings.scales["accord"]
    labels = told(printed["etiquettes-des-piles.pdf"])
    wall = PdfReader(io.BytesIO(printed["echelle-au-mur.pdf"])).pages
    assert labels.count("version 1 ·") == len(scale.levels) + 1 and "Sans réponse" in labels
    assert len(wall) == len(scale.levels)
    for level, sheet in zip(scale.levels, wall, strict=True):
        assert dense(level.label["fr"]) in dense(sheet.extract_text())


def test_the_tally_has_room_for_each_text_and_says_the_rule_of_the_few(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    for lang, rule in (("fr", "tout le monde répond sur papier"), ("en", "everybody answers on paper")):
        text = told(printed[f"comptage.{lang}.pdf"])
        assert rule in text
        for item in standing(deliberate(evaluation, Problems())):
            assert re.search(rf"\b{item.id}\b", text), item.id


def test_what_is_read_aloud_is_whole_and_on_one_page(
    printed: dict[str, bytes], evaluation: Evaluation
) -> None:
    for lang in BOTH:
        pdf = printed[f"limites.{lang}.pdf"]
        assert dense(read_limits(evaluation)[lang]) in dense(told(pdf))
        for name in (f"limites.{lang}.pdf", f"deroulement.{lang}.pdf", f"danger-present.{lang}.pdf"):
            assert len(PdfReader(io.BytesIO(printed[name])).pages) == 1


@pytest.mark.parametrize(("lang", "guide"), [("fr", "danger-present"), ("en", "present-danger")])
def test_the_sheet_for_a_present_danger_and_the_guide_name_the_same_numbers_and_no_parent_to_call(
    printed: dict[str, bytes], lang: str, guide: str
) -> None:
    text = told(printed[f"danger-present.{lang}.pdf"])
    page_of_guide = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    numbers = ("17", "112", "114", "15", "119", "3919", "116 006", "115", "0 825 009 907")
    for number in numbers:
        assert f"**{number}**" in page_of_guide and re.search(rf"(?<!\d){number}(?!\d)", text), number
    assert "CRIP" in text and re.search(
        r"Ne cherchez pas à joindre un parent|Do not try to reach a parent", text
    )


def test_words_of_the_association_are_not_marked_as_ours(evaluation: Evaluation, tmp_path: Path) -> None:
    (evaluation.folders.root / "salle").mkdir()
    own = evaluation.folders.root / "salle" / "limites.pcm.md"
    own.write_text("Words that a speaker wrote.\n", encoding="utf-8")
    made = papers(evaluation, ("fr", "pcm"), tmp_path / "papier")
    assert "pas encore relus" in told(made["limites.fr.pdf"])
    pcm = told(made["limites.pcm.pdf"])
    assert "Words that a speaker wrote." in pcm and "not yet proofread" not in pcm


def test_a_group_that_never_met_has_blank_cards_and_its_scale(evaluation: Evaluation, tmp_path: Path) -> None:
    sources = msgspec.structs.replace(evaluation.settings.sources, sessions=())
    made = papers(changed(evaluation, sources=sources), ("fr",), tmp_path / "papier")
    text = told(made["cartes-textes.pdf"])
    assert text.count("Nouveau texte") == 2 and "N’écrivez pas votre nom" in text
    assert "Un constat" not in text and "bulletins.pdf" in made


def test_without_a_scale_there_are_no_ballots(evaluation: Evaluation, tmp_path: Path) -> None:
    made = papers(changed(evaluation, scales={}), ("en",), tmp_path / "papier")
    assert list(made) == [
        *("deroulement.en.pdf", "danger-present.en.pdf", "limites.en.pdf", "cartes-textes.pdf"),
    ]


def test_a_language_without_words_of_its_own_has_an_empty_line_on_the_wall_and_no_made_up_word(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    made = papers(evaluation, ("fr", "bin"), tmp_path / "papier")
    assert told(made["echelle-au-mur.pdf"]).count("edo") == 6
    assert "edo" not in told(made["bulletins.pdf"])
    assert "limites.bin.pdf" not in made


def test_levels_may_be_said_in_any_language_of_the_room(tmp_path: Path) -> None:
    folder = opened(tmp_path / "essai").folders.root
    path = folder / "evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('{fr: Oui, en: "Yes"}', '{fr: Oui, en: "Yes", es: Sí}', 1), encoding="utf-8")
    made = papers(open_evaluation(folder), ("fr", "es"), tmp_path / "papier")
    assert told(made["bulletins.pdf"]).count("Sí") == 4
    path.write_text(text.replace('{fr: Oui, en: "Yes"}', "{fr: Oui, Español: Sí}", 1), encoding="utf-8")
    with pytest.raises(AvisError, match="EVA-014"):
        open_evaluation(folder)


def test_levels_of_one_kind_are_told_apart_without_reading() -> None:
    kinds = ("support", "support", "oppose")
    scale = Scale(2, tuple(ScaleLevel(f"n{n}", {"fr": str(n)}, kind) for n, kind in enumerate(kinds)))
    drawn = [(level["picto"], level["strokes"]) for level in levels(scale, ("fr",))]
    assert drawn == [("support", 1), ("support", 2), ("oppose", 0)]


def test_paper_and_phone_show_the_same_drawing_for_each_kind_of_answer() -> None:
    assert {"support", "reserve", "abstain", "aside", "oppose", "talk", "scissors"} <= pictos().keys()


def test_eight_levels_in_three_languages_and_a_text_of_six_hundred_signs_stay_on_their_card(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    long = "Je ne peux pas être pour, mais je ne veux pas empêcher le groupe d’avancer"
    label = {"fr": long, "en": long, "es": long}
    scale = Scale(3, tuple(ScaleLevel(f"n{n}", label, "reserve") for n in range(8)))
    made = papers(changed(evaluation, scales={"huit": scale}), ("fr", "en", "es"), tmp_path / "papier")
    assert len(PdfReader(io.BytesIO(made["bulletins.pdf"])).pages) == 1
    assert dense(told(made["bulletins.pdf"])).count(dense(long)) == 8 * 3 * 4
    assert len(PdfReader(io.BytesIO(made["echelle-au-mur.pdf"])).pages) == 8


def test_a_long_text_has_a_page_to_itself(evaluation: Evaluation) -> None:
    long = Wording(language="fr", text="Ouvrir un samedi sur deux, sans rendez-vous. " * 26)
    short = Wording(language="fr", text="Ouvrir tard.")
    items = [Item("s1", "statement", "q1", (long,)), Item("s2", "statement", "q1", (short,))]
    pages = PdfReader(io.BytesIO(compile_pdf(text_cards(evaluation, items, ("fr",))))).pages
    texts = [dense(one.extract_text()) for one in pages]
    assert len(texts) == 3 and dense(long.text) in texts[2] and "Ouvrirtard." in texts[0]


def test_two_scales_have_papers_of_their_own(evaluation: Evaluation, tmp_path: Path) -> None:
    first = evaluation.settings.scales["accord"]
    made = papers(
        changed(evaluation, scales={"accord": first, "../autre": first}), ("fr",), tmp_path / "papier"
    )
    assert {"bulletins-1.pdf", "bulletins-2.pdf", "comptage-2.fr.pdf"} <= made.keys()
    assert sorted(path.parent for path in tmp_path.rglob("bulletins*")) == [tmp_path / "papier"] * 2
