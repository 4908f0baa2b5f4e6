"""What newcomers read: links lead somewhere, commands exist, words are the ones that were agreed."""

from __future__ import annotations

import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from avis.cli.parser import make_parser
from avis.cli.voices import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TYPOGRAPHY = runpy.run_path(str(ROOT / "docs" / "typographie.py"))
FRENCH: list[Path] = [*TYPOGRAPHY["pages"](), ROOT / "docs" / "reference" / "erreurs.md"]

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
IN_LINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
SHELL = ("sh", "bat")
FORBIDDEN = (
    *("bénéficiaires?", "publics? cibles?", "cas", "usagères?", "suivies?", "prostituées?", "clandestine?s?"),
    *("réseaux? nigérians?", "mineure?s? délinquante?s?", "prétendue?s? mineure?s?", "accrocher"),
    *("témoignages?", "donner la parole", "sans-voix", "survivantes?", "victimes?", "FALC"),
    *("attacker", "tombstone", "singleton", "canary", "anonymisée?s?", "anonymisations?"),
)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands(text: str) -> Iterator[str]:
    """Give every `avis …` that a page tells to type, whatever the way to the program."""
    typed = [
        line
        for fence in FENCE.finditer(text)
        if fence["kind"] in SHELL
        for line in fence["body"].splitlines()
    ]
    typed += [span for span in IN_LINE.findall(FENCE.sub("", text)) if span.startswith("avis ")]
    for line in typed:
        words = shlex.split(line.replace("\\", "/").replace("…", ""), comments=True)
        if words and words[0].rpartition("/")[2] == "avis":
            yield shlex.join(words[1:])


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_local_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


NAMED = {"new", "read", *(command for command, _ in COMMANDS)}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "erreurs.md"], ids=name)
def test_every_command_that_a_page_names_can_be_typed(page: Path) -> None:
    parser = make_parser()
    for command in commands(page.read_text(encoding="utf-8")):
        words = shlex.split(command)
        if not words or words[0].startswith("-"):
            assert set(words) <= {"--help", "--version"}, command
            continue
        if len(words) == 1 and words[0] in NAMED:  # in a sentence, without the names that they need
            continue
        try:
            parser.parse_args(words)
        except SystemExit:
            pytest.fail(f"{name(page)}: avis {command}")


def test_commands_are_found_where_they_are_written() -> None:
    text = "```sh\n.venv/bin/avis build x  # now\n```\n`avis doctor` and `make avis`\n```csv\navis no\n```\n"
    assert list(commands(text)) == ["build x", "doctor"]


@pytest.mark.parametrize("page", ["README.md", "LISEZMOI.md"])
def test_every_make_target_that_a_readme_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)(?=`|$|\s)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"avis", "test"} <= named
    assert named <= targets


@pytest.mark.parametrize("page", FRENCH, ids=name)
def test_french_pages_use_no_word_that_was_set_aside(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.findall(rf"(?<![\w-])(?:{'|'.join(FORBIDDEN)})(?![\w-])", text, re.IGNORECASE)
    assert found == []


@pytest.mark.parametrize("page", TYPOGRAPHY["pages"](), ids=name)
def test_french_pages_have_french_spaces(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == TYPOGRAPHY["set_page"](text), "run .venv/bin/python docs/typographie.py"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_says_that_data_were_made_anonymous(page: Path) -> None:
    assert re.findall(r"anonymi[sz]ed|anonymisation", page.read_text(encoding="utf-8"), re.IGNORECASE) == []


def test_the_picture_of_the_readme_is_small_and_described() -> None:
    assert (ROOT / "docs" / "images" / "avis.png").stat().st_size < 300_000
    for page in ("README.md", "LISEZMOI.md"):
        described = re.search(
            r"!\[([^\]]+)\]\(docs/images/avis.png\)", (ROOT / page).read_text(encoding="utf-8")
        )
        assert described and len(described[1]) > 40


def test_every_dependency_says_what_it_costs_and_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    page = (ROOT / "docs" / "explications" / "dependances.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == wanted


@pytest.mark.parametrize(
    ("table", "contract"),
    enumerate(
        (
            "Data moves one way",
            "Inside the protecting room",
            "Inside the reading room",
            "Inside the report room",
        ),
        start=1,
    ),
)
def test_the_house_and_its_large_rooms_are_told_floor_by_floor_as_they_are_held(
    table: int, contract: str
) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (item["layers"] for item in contracts["contracts"] if item["name"] == contract)
    held = [set(re.findall(r"[\w.]+", layer)) for layer in layers]
    page = (ROOT / "docs" / "explications" / "maison.md").read_text(encoding="utf-8")
    floors = page.split("| Étage |")[table].partition("\n\n")[0].splitlines()[2:]
    assert [set(re.findall(r"`([\w.]+)`", floor.split("|")[1])) for floor in floors] == held


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_machine_or_a_registry(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"/(?:work|root|home)/|pypi\.org|pythonhosted|npmjs|conda\.io", text) == []
