"""An association's look: read safely, checked, and worn by page, paper and Word file alike."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from pathlib import Path

import msgspec
import pytest

from avis.errors import AvisError, Place, Problems
from avis.look import Logo, Look, check_look, look_digest, read_look
from avis.look.colours import LEAST, NIGHTS, PAPERS, contrast, nearest, weakest
from avis.look.logos import MOST, clean_logo
from avis.report.charts.accent import in_look, own_colour
from avis.report.charts.canvas import ACCENT
from avis.report.document import Document
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
DOOR = SVG.format('<path d="M0 0h5v10z" fill="#123456"/>')
CHARTER = 'colours:\n  accent: "{}"\n'
HOUSE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


def png(width: int = 2, height: int = 2, *extra: tuple[bytes, bytes], data: bytes | None = None) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x10\x20\x30" * width) * height) if data is None else data
    parts = (chunk(b"IHDR", head), *(chunk(*e) for e in extra), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def cleaned(data: bytes | str) -> tuple[str, list[str]]:
    problems = Problems()
    given = data.encode() if isinstance(data, str) else data
    logo = clean_logo(given, {"fr": "x"}, Place("charte.yaml"), problems)
    made = base64.b64decode(logo.data).decode("latin-1") if logo else ""
    return made, [problem.code for problem in problems]


def evaluation(root: Path, charter: str, **files: bytes) -> Path:
    folder = root / "evaluations" / "x"
    folder.mkdir(parents=True)
    (folder / "charte.yaml").write_text(charter, encoding="utf-8")
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def codes(folder: Path) -> list[str]:
    problems = Problems()
    check_look(folder, problems)
    return [problem.code for problem in problems]


def test_without_a_charter_the_look_is_the_house_s_own(tmp_path: Path) -> None:
    assert read_look(tmp_path / "evaluations" / "x") == Look() and look_digest(tmp_path) == ""


def test_a_charter_beside_the_evaluations_is_for_all_and_an_own_one_wins(tmp_path: Path) -> None:
    folder = tmp_path / "evaluations" / "x"
    folder.mkdir(parents=True)
    (folder.parent / "charte.yaml").write_text(CHARTER.format("#1d5c4f"), encoding="utf-8")
    assert read_look(folder).accent == "#1d5c4f"
    (folder / "charte.yaml").write_text(CHARTER.format("#7a2e4d"), encoding="utf-8")
    assert read_look(folder).accent == "#7a2e4d"


def test_a_charter_further_up_is_somebody_else_s(tmp_path: Path) -> None:
    folder = tmp_path / "evaluations" / "x"
    folder.mkdir(parents=True)
    (tmp_path / "charte.yaml").write_text(CHARTER.format("#1d5c4f"), encoding="utf-8")
    assert read_look(folder) == Look()


def test_what_follows_from_an_accent_can_be_read_by_day_and_by_night(tmp_path: Path) -> None:
    for number, accent in enumerate(("#000000", "#1d5c4f", "#7a2e4d", "#4b0082", "#b00020")):
        look = read_look(evaluation(tmp_path / str(number), CHARTER.format(accent)))
        assert weakest(look.accent, (*PAPERS, look.wash)) >= LEAST
        assert weakest(look.accent_dark, NIGHTS) >= LEAST


@pytest.mark.parametrize(
    "colours",
    ['accent: "#f0a000"', 'accent: "#1d5c4f"\n  accent_dark: "#202020"', 'wash: "#808080"'],
)
def test_a_colour_that_cannot_be_read_is_refused_and_the_nearest_told(tmp_path: Path, colours: str) -> None:
    folder = evaluation(tmp_path, f"colours:\n  {colours}\n")
    with pytest.raises(AvisError, match="EVA-070") as found:
        read_look(folder)
    assert str(found.value).count("#") >= 2


def test_contrast_stops_exactly_at_its_threshold() -> None:
    passing = nearest("#f0a000", PAPERS, "#000000")
    assert weakest(passing, PAPERS) >= LEAST > contrast("#f0a000", PAPERS[0])
    assert nearest(passing, PAPERS, "#000000") == passing


@pytest.mark.parametrize(
    ("charter", "code"),
    [
        ("", "EVA-008"), ("colours: {accent: red}", "EVA-014"),
        ("colours: &a {accent: '#000000'}\nb: *a", "EVA-006"),
        ("colors: {accent: '#000000'}", "EVA-010"), ("logo: {file: l.svg}", "EVA-011"),
        ("faces: ['x; } body { display: none']", "EVA-014"), ("fonts: /etc", "EVA-071"),
        ("logo: {file: ../../secret.svg, alt: {fr: x}}", "EVA-071"),
        ("logo: {file: gone.svg, alt: {fr: x}}", "EVA-071"),
    ],
)  # fmt: skip
def test_a_wrong_charter_is_told_where_it_is_wrong(tmp_path: Path, charter: str, code: str) -> None:
    (tmp_path / "secret.svg").write_text(DOOR, encoding="utf-8")
    folder = evaluation(tmp_path, charter)
    assert code in codes(folder)
    assert look_digest(folder)  # what is wrong can be made right: it counts all the same


def test_a_logo_through_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(DOOR, encoding="utf-8")
    folder = evaluation(tmp_path, "logo: {file: l.svg, alt: {fr: x}}")
    (folder / "l.svg").symlink_to(tmp_path / "secret.svg")
    assert codes(folder) == ["EVA-071"]


def test_a_logo_is_drawn_anew_from_its_shapes() -> None:
    made, told = cleaned(
        SVG.format(
            "<style>.a,.b{fill:#ff0000;behavior:url(x)}</style><metadata>Jeanne</metadata><!-- C:\\moi -->"
            '<g class="a" onclick="steal()" style="stroke: #00ff00; background: url(http://x)">'
            '<circle r="2" fill="url(#g)"/><rect width="1" height="1" fill="url(http://x/y)" href="http://x"/></g>'
            '<defs><linearGradient id="g"><stop offset="0" stop-color="#000"/></linearGradient></defs>'
        )
    )
    assert told == [] and 'fill="#ff0000"' in made and 'stroke="#00ff00"' in made and "url(#g)" in made
    for gone in ("Jeanne", "moi", "steal", "http://x", "behavior", "background", "style"):
        assert gone not in made.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<script>alert(1)</script>", "EVA-074"), ("<foreignObject/>", "EVA-074"),
        ("<text>x</text>", "EVA-074"),
        ('<image href="http://x"/>', "EVA-074"), ('<use href="#a"/>', "EVA-074"), ("<animate/>", "EVA-074"),
        ("<g>", "EVA-073"), ("<a/>", "EVA-074"), ("<filter/>", "EVA-074"),
    ],
)  # fmt: skip
def test_what_is_no_shape_is_refused_by_name(inside: str, code: str) -> None:
    assert cleaned(SVG.format(inside)) == ("", [code])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", b"<html/>", b'<svg viewBox="0 0 1 1"/>', png()[:-12], png(9000, 1),
        png(2, 2, data=b"zz"),
        png(1, 1, data=zlib.compress(b"\0" * 50_000_000)), b"\x89PNG\r\n\x1a\n", b"\xff\xfe<svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DOOR.encode(),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("&a;").encode(),
        SVG.format("<g>" * 3000 + "</g>" * 3000).encode(),
    ],
)  # fmt: skip
def test_what_is_neither_shape_nor_pixels_is_refused(data: bytes) -> None:
    assert cleaned(data) == ("", ["EVA-073"])


def test_a_png_keeps_its_pixels_and_nothing_that_tells_of_somebody() -> None:
    made, told = cleaned(png(2, 2, (b"tEXt", b"Author\0Jeanne"), (b"eXIf", b"GPS"), (b"tIME", b"1234567")))
    assert told == [] and made.startswith("\x89PNG") and not {"Jeanne", "GPS", "tIME"} & set(made.split())
    assert "Jeanne" not in made and "eXIf" not in made and made.encode("latin-1") == png(2, 2)


def test_a_heavy_logo_is_refused(tmp_path: Path) -> None:
    for extra, expected in ((0, []), (1, ["EVA-072"])):
        data = DOOR.encode() + b" " * (MOST - len(DOOR) + extra)
        folder = evaluation(tmp_path / str(extra), "logo: {file: l.svg, alt: {fr: x}}", l_svg=data)
        assert codes(folder) == expected


def test_a_change_of_the_logo_makes_documents_stale(tmp_path: Path) -> None:
    folder = evaluation(tmp_path, "logo: {file: l.svg, alt: {fr: x}}", l_svg=DOOR.encode())
    before = look_digest(folder)
    (folder / "l.svg").write_text(DOOR.replace("123456", "654321"), encoding="utf-8")
    assert look_digest(folder) != before


def dressed(document: Document, **look: object) -> Document:
    return msgspec.structs.replace(document, look=Look(**look))  # type: ignore[arg-type]


def test_the_page_wears_the_look_and_its_policy_still_holds(french: Document) -> None:
    logo = Logo(
        kind="image/svg+xml", data=base64.b64encode(DOOR.encode()).decode(), alt={"fr": 'Une "porte"'}
    )
    made = render_html(
        dressed(french, accent="#1d5c4f", accent_dark="#8eaea7", faces=("Marianne",), logo=logo)
    )
    css = made.split("<style>")[1].split("</style>")[0]
    import hashlib

    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"sha256-{digest}" in made and "--accent: #1d5c4f" in css and '"Marianne"' in css
    assert 'alt="Une &#34;porte&#34;"' in made and "data:image/svg+xml;base64," in made
    assert "#1d5c4f" not in render_html(french)


def test_the_word_file_wears_the_look(french: Document) -> None:
    logo = Logo(kind="image/png", data=base64.b64encode(png()).decode(), alt={"fr": "Une porte"})
    with zipfile.ZipFile(io.BytesIO(render_docx(dressed(french, accent="#1d5c4f", logo=logo)))) as made:
        assert (
            b"1D5C4F" in made.read("word/styles.xml")
            and "Une porte" in made.read("word/document.xml").decode()
        )


def test_charts_wear_a_colour_that_every_eye_tells_from_the_others() -> None:
    drawn = f'<rect fill="{ACCENT}"/><text>{ACCENT}</text>'
    kept = Look(accent="#1d5c4f")
    assert in_look(drawn, kept, "bars") == f'<rect fill="#1d5c4f"/><text>{ACCENT}</text>'
    assert in_look(drawn, kept, "likert") == drawn and in_look(drawn, Look(), "bars") == drawn
    assert own_colour(Look(accent="#00705a")) == ""


def test_the_example_has_a_look_of_its_own() -> None:
    look = read_look(HOUSE)
    assert look.accent and look.logo is not None and set(look.logo.alt) == {"fr", "en"}
