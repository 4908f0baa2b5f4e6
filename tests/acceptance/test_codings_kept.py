"""Codes, hierarchy, offsets and coders of a project, from its file to the agreement of those who coded.

The file is made here, with what real ones hold: emoji, line ends of two characters, codes within codes, a
passage without a code, two users. That any passage comes back at its place is held by the properties of
`test_refi` and `test_taguette`; `test_samples_coding` reads a project that nobody of this project wrote.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from coded_files import code, packed, qde, selection

from avis.errors import Problems, tell
from avis.evaluation import check_rest
from avis.findings.coders import agree
from avis.folders import Folders
from avis.sources.coding.codebook import read_codebook
from avis.sources.meetings import read_notes

LINES = ["P1 : Le bus 🚌 n’attend pas.", "P2 : L’e\u0301cole 👩‍👧 est loin.", "P3 : On marche 😀 une heure."]


def evaluation(folder: Path, **sources: object) -> Folders:
    (folder / "evaluation.yaml").write_text(
        yaml.safe_dump({"title": {"fr": "Essai"}, "sources": sources}), encoding="utf-8"
    )
    return Folders(folder)


def test_a_project_of_two_users_serves_an_evaluation_with_its_codebook(tmp_path: Path) -> None:
    text = "\r\n".join(LINES)
    bus, school = text.index("Le bus"), text.index("L’e")
    marks = [
        selection(text, (bus, bus + len("Le bus 🚌"), "trajet"), 1, "points", "stored", user="u1"),
        selection(text, (bus, bus + len("Le bus 🚌"), "trajet"), 2, "points", "stored", user="u2"),
        selection(
            text, (school, school + len("L’e\u0301cole 👩‍👧"), "lieux"), 3, "points", "stored", user="u1"
        ),
        selection(text, (school, school + 3, ""), 4, "points", "stored", user="u2"),
    ]
    users = '<User guid="u1" name="Fatima Testeuse"/><User guid="u2" name="Dupont Testeur"/>'
    book = code("lieux", code("trajet"))
    source = f'<TextSource guid="t" name="atelier-01" plainTextPath="internal://t.txt">{"".join(marks)}</TextSource>'
    (tmp_path / "p.qdpx").write_bytes(packed(qde(source, book, users), {"t.txt": text.encode()}))
    opened, _ = check_rest(evaluation(tmp_path, notes=["p.qdpx"], codebook="p.qdpx"), Problems())
    problems = Problems()
    codes, notes = read_codebook(opened, problems), read_notes(opened, problems)
    assert not problems.errors
    assert dict(zip(codes["code"], codes["parent"], strict=True)) == {"lieux": "", "trajet": "lieux"}
    held = notes.segments.set_index("id")["text"]
    found = [
        (row["theme"], row["coder"], held[row["segment"]][row["start"] : row["end"]])
        for row in notes.codings.to_dict("records")
    ]
    assert found == [
        ("trajet", "codeur-1", "Le bus 🚌"),
        ("trajet", "codeur-2", "Le bus 🚌"),
        ("lieux", "codeur-1", "L’école 👩‍👧"),
    ]
    agreement = agree(notes.meetings, notes.segments, notes.codings, codes)
    assert agreement.codes.set_index("code")["parted"].to_dict() == {"lieux": 1, "trajet": 0}
    told = tell(problems, "fr") + notes.meetings.to_csv() + notes.codings.to_csv() + agreement.parted.to_csv()
    assert "Testeu" not in told
    assert "SRC-352" in {item.code for item in problems}  # the passage without a code is told
