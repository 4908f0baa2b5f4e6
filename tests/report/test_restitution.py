"""The restitution: what the group said and decided, in plain words, in an order made for reading aloud."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import page
import pytest
from axe_playwright_python.sync_playwright import Axe
from given_compose import EMPTY, FOLLOW_UP, RICH
from playwright.sync_api import Browser

from avis.exhibits import Adoption, Audience, Change, Exhibits, Proofread, Recommendation, Statement, Wording
from avis.i18n import LANGUAGES, Language, say, words
from avis.report.compose import compose
from avis.report.document import Agreed, Document, Heading, Pictogram, Sign
from avis.report.html.page import render_html
from avis.report.outline import plain, walk
from avis.report.pdf.paper import render_pdf
from avis.report.pictograms import draw, names

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def worded(text: str, language: str = "fr") -> Wording:
    return Wording(language=language, text=text, original=True)


CHANGES = (
    Change(kind="merged"),
    Change(kind="amended", added=(worded("ferme trop tôt"),), removed=True),
    Change(kind="resolved", why=(worded("Nous avons ajouté le soir."),)),
    Change(kind="rejected", why=(worded("Ce n’est pas le même sujet."),), stands="r1"),
    Change(kind="rejected"),
)


def replaced(exhibits: Exhibits, id: str, kind: type, **facts: object) -> Exhibits:
    changed = tuple(
        msgspec.structs.replace(item, **facts) if isinstance(item, kind) and item.id == id else item
        for item in exhibits.exhibits
    )
    return msgspec.structs.replace(exhibits, exhibits=changed)


WHOLE = replaced(RICH, "s1", Statement, changes=CHANGES)


def made(exhibits: Exhibits = WHOLE, lang: Language = "fr", audience: Audience = "members") -> Document:
    return compose("restitution", exhibits, (), lang, audience)


def lines(document: Document) -> list[str]:
    """What is read aloud, in its order."""
    told = []
    for block in document.blocks:
        for node in walk(block):
            if isinstance(node, Sign | Heading):
                told.append(plain(node.content))
            elif hasattr(node, "text") and not isinstance(node, Agreed) and hasattr(node, "label"):
                told.append(node.text)
    return told


def test_it_is_told_in_the_order_in_which_a_room_listens() -> None:
    heard = " ".join(lines(made()))
    order = [
        *(
            "Qui a posé les questions ?",
            "L’accueil ferme trop tôt.",
            "Une grande partie du groupe",
            "Not for all.",
        ),
        *(
            "Ce que nous demandons",
            "Ouvrir un soir.",
            "Ce qui a changé grâce au groupe",
            "le groupe a changé",
        ),
        *("Ce qui n’a pas changé, et pourquoi", "Et maintenant", "Reprendre sa parole"),
    ]
    heard = heard.replace("\u202f", " ").replace("\u00a0", " ")
    places = [heard.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_own_sentences_are_short_and_say_one_thing(lang: Language) -> None:
    """European rules for easy-to-read texts: short sentences, no brackets but for a name of a standard."""
    own = words("report", lang)["restitution"]
    for text in [text for text in own.values() if isinstance(text, str)]:
        for sentence in re.split(r"(?<=[.!?])\s", text):
            assert len(re.sub(r"\{\w+\}", "x", sentence).split()) <= 14, sentence
            assert ";" not in sentence and ("(" not in sentence or "FALC" in sentence)


def test_every_line_has_its_pictogram_beside_its_words() -> None:
    document = made()
    signs = [node for block in document.blocks for node in walk(block) if isinstance(node, Sign)]
    assert len(signs) > 20 and all(plain(sign.content).strip() for sign in signs)
    html = render_html(document)
    assert html.count('class="pictogram"') >= len(signs)
    assert re.findall(r'<svg class="pictogram"(?![^>]*aria-hidden="true")', html) == []


def test_a_drawing_needs_no_colour_and_is_known_by_name() -> None:
    assert names() == get_args(Pictogram)
    assert len({draw(name) for name in names()}) == len(names())
    assert all("style=" not in draw(name) and 'stroke="currentColor"' in draw(name) for name in names())


@pytest.mark.parametrize(("lang", "first", "label"), [("fr", "fr", ""), ("en", "fr", "Written in French")])
def test_each_text_stands_in_its_original_first_then_in_translation(
    lang: Language, first: str, label: str
) -> None:
    boxes = [node for node in made(lang=lang).blocks if isinstance(node, Agreed)]
    (box,) = [node for node in boxes if node.role == "statement"]
    assert (box.voices[0].language, box.voices[0].label) == (first, label)
    further = [] if lang == "fr" else [say("report.compose.to_reread", lang)]
    assert [voice.label for voice in box.voices[1:]] == further


def test_no_count_of_the_room_is_told_not_even_one_that_the_group_published() -> None:
    assert any(isinstance(item, Statement) and item.adoption.counts for item in WHOLE.exhibits)
    boxes = [node for node in made().blocks if isinstance(node, Agreed)]
    told = " ".join(plain(sign.content) for box in boxes for sign in box.signs)
    assert re.findall(r"\d+", told.replace("2024", "")) == []


def test_consensus_says_that_nobody_kept_an_objection_never_that_all_agreed() -> None:
    agreed = replaced(WHOLE, "s1", Statement, adoption=Adoption(outcome="consensus"), dissents=())
    heard = " ".join(lines(made(agreed)))
    assert "Personne n’a gardé d’objection." in heard and "tout le monde" not in heard


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_groups_words_on_the_way_go_to_the_members_alone(audience: Audience) -> None:
    told = render_html(made(audience=audience))
    for text in ("Nous avons ajouté le soir.", "Ce n’est pas le même sujet."):
        assert (text in told) == (audience == "members")
    assert "il y avait une objection" in told and "d’autres mots ont été proposés" in told


def test_what_was_not_taken_has_its_reason_or_says_that_none_was_written() -> None:
    heard = lines(made())
    assert "La raison n’est pas notée." in heard
    assert any("Demande 1" in line and "devenus" in line for line in heard)


def test_what_others_answered_stands_with_its_own_words_unaltered() -> None:
    kinds = {"accepted": "changed", "in_part": "changed", "refused": "unchanged", "none": "unchanged"}
    for answer, part in kinds.items():
        shown = made(replaced(WHOLE, FOLLOW_UP.id, type(FOLLOW_UP), answer=answer))
        at = [getattr(block, "id", "") for block in shown.blocks].index(f"part-others-{part}")
        told = " ".join(plain(b.content) for b in shown.blocks[at : at + 4] if isinstance(b, Sign))
        assert "Afficher les horaires" in told
        assert "Nous le ferons." in told


@pytest.mark.parametrize(
    ("read", "told"), [("", "mots simples"), ("2024-12", "FALC"), ("2024-10", "mots simples")]
)
def test_it_is_called_falc_only_where_people_concerned_read_these_words(read: str, told: str) -> None:
    """Read in October, a text adopted in November was not read."""
    by = {"fr": Proofread(by={"fr": "quatre membres"}, month=read)} if read else {}
    setting = msgspec.structs.replace(WHOLE.setting, proofread=by)
    heard = " ".join(lines(made(msgspec.structs.replace(WHOLE, setting=setting))))
    assert told in heard and ("FALC" in heard) == (told == "FALC")
    assert ("quatre membres" in heard) == (told == "FALC")


def test_what_comes_next_is_written_by_the_group_and_owed_where_it_is_not() -> None:
    assert "À écrire par le groupe." in render_html(made())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exhibits", [WHOLE, EMPTY], ids=["whole", "empty"])
def test_its_pdf_meets_the_standard(exhibits: Exhibits, lang: Language) -> None:
    report = page.validate_pdf_bytes(
        render_pdf(made(exhibits, lang)), profile=page.ValidationProfile.PDF_UA_1
    )
    assert report.is_compliant and not report.failures


def test_no_letter_of_its_pdf_is_smaller_than_fourteen_points() -> None:
    from io import BytesIO

    from pypdf import PdfReader

    sizes = set[float]()

    def seen(text: str, _: object, matrix: list[float], font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(matrix[3]) * size if matrix else size, 1))

    for sheet in PdfReader(BytesIO(render_pdf(made()))).pages:
        sheet.extract_text(visitor_text=seen)
    assert sizes and min(sizes) >= 14


def test_every_style_of_its_docx_is_fourteen_points_or_more() -> None:
    import io

    import docx

    from avis.report.docx.document import render_docx

    sheet = docx.Document(io.BytesIO(render_docx(made())))
    worn = {paragraph.style.name: paragraph.style for paragraph in sheet.paragraphs}
    sizes = [style.font.size.pt for style in worn.values() if style.font.size]
    assert len(sizes) > 5
    assert min(sizes) >= 14
    pictures = sheet.element.body.xpath(".//wp:docPr")
    assert pictures and all(picture.xpath(".//*[local-name()='decorative']") for picture in pictures)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_whole_in_letters_of_eighteen_pixels_and_axe_finds_no_fault(
    browser: Browser, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    sheet = context.new_page()
    sheet.set_content(render_html(made()))
    assert sheet.evaluate("document.documentElement.scrollWidth") == 320
    smallest = """Math.min(...[...document.querySelectorAll('body *')]
        .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
        .filter(one => one.getClientRects().length)
        .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
    for width in (320, 1280):
        sheet.set_viewport_size({"width": width, "height": 800})
        assert sheet.evaluate(smallest) >= 18
        result = Axe().run(sheet)
        assert result.violations_count == 0, result.generate_report()
    sheet.emulate_media(media="print")
    assert sheet.evaluate(smallest) >= 14 / 0.75 - 0.1
    context.close()


def test_the_last_line_of_each_text_leads_to_its_evidence() -> None:
    document = made()
    called = {
        sign.note for block in document.blocks for sign in walk(block) if isinstance(sign, Sign) and sign.note
    }
    titles = {line[0] for note in document.notes if note.id in called for line in note.lines}
    assert "Comment ce texte est venu" in titles


def test_a_recommendation_says_whom_it_is_asked_of() -> None:
    asked = [item for item in WHOLE.exhibits if isinstance(item, Recommendation)]
    assert len(asked) == 1 and any(
        "Nous le demandons" in line and "la ville" in line for line in lines(made())
    )
