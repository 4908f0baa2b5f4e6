"""Paper slips: a random code on two halves, one for the person, one that stays with her words.

With it words are taken back without a name, a device or a reason. Codes given out are kept as keyed hashes
alone, so that none is given twice; whoever reads that file learns no code.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import IO, Any

from avis.editions.keyed import keyed, make_key
from avis.errors import Place, fail
from avis.evaluation import Evaluation
from avis.folders import read_regular, write_whole
from avis.locks import take
from avis.report.pdf.paper import compile_pdf, has_mark, own_faces, with_data
from avis.rights.sheets import facts_of, fill, pictos, tidied
from avis.rights.wording import FOLDER, MOST_BYTES, OURS, TEMPLATES, Wording
from avis.writing.codes import ALPHABET, LENGTH, plain_code

ISSUED = "codes-remis.txt"
"""One keyed hash a line, in `accord/`."""
PRINTED = "papiers-a-code.pdf"
"""To be printed, then erased: it holds the codes."""
PER_PAGE = 5
SIDES = 3
"""Languages that a slip has room for."""


def hold_codes(evaluation: Evaluation) -> IO[bytes]:
    """Let one command at a time print codes, until what this gives is closed.

    Errors: CON-027 another one is printing; RUN-010 to RUN-012.
    """
    held = take(evaluation.folders.root / f".{ISSUED}.lock")
    if held is None:
        raise fail("CON-027")
    return held


def draw_codes(evaluation: Evaluation, many: int, known: Iterable[str]) -> list[str]:
    """Draw codes that nobody has yet, and remember them as keyed hashes.

    `known` are the codes of the ledger. Errors: SRC-041 the list of codes given out cannot be read.
    """
    root = evaluation.folders.root
    key = make_key(root)
    given = _issued(evaluation)
    taken = given | {keyed(key, [plain_code(code)]) for code in known if code}
    drawn: dict[str, str] = {}
    while len(drawn) < many:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        hashed = keyed(key, [code])
        if hashed not in taken and hashed not in drawn:
            drawn[hashed] = code
    # The file is sorted: the order in which codes were given out would tell who came when.
    write_whole(root / FOLDER / ISSUED, "".join(f"{line}\n" for line in sorted(given | drawn.keys())))
    return list(drawn.values())


def _issued(evaluation: Evaluation) -> set[str]:
    path = evaluation.folders.root / FOLDER / ISSUED
    try:
        return set(read_regular(path, 100 * MOST_BYTES).decode("ascii", "replace").split())
    except FileNotFoundError:
        return set()
    except OSError:
        raise fail("SRC-041", Place(f"{FOLDER}/{ISSUED}")) from None


def printable(wordings: Iterable[Wording]) -> list[Wording]:
    """Keep the wordings that may stand on a slip: ours, and those that a speaker has signed."""
    return [one for one in wordings if one.language in OURS or one.signed]


def make_slips(evaluation: Evaluation, codes: list[str], wordings: list[Wording]) -> bytes:
    """Make the slips as a PDF, five a page, in at most three languages.

    Errors: CON-025 words too long for a slip, DOC-006.
    """
    source = _source(evaluation, codes, wordings)
    if has_mark(_source(evaluation, codes[:1], wordings), "spills"):
        raise fail("CON-025")
    return compile_pdf(source)


def _source(evaluation: Evaluation, codes: list[str], wordings: list[Wording]) -> str:
    view = {
        "title": " / ".join(wording.words.code["title"] for wording in wordings[:SIDES]),
        "organisation": evaluation.settings.organisation.name,
        "sides": [_side(evaluation, wording) for wording in wordings[:SIDES]],
        "slips": [f"{code[:4]} {code[4:]}" for code in codes],
        "per_page": PER_PAGE,
        "pictos": pictos(),
        "faces": own_faces(),
    }
    return with_data(tidied(view), (TEMPLATES / "papiers.typ").read_text(encoding="utf-8"))


def _side(evaluation: Evaluation, wording: Wording) -> dict[str, Any]:
    words, facts = wording.words, facts_of(evaluation, wording.language)
    told = {name: fill(text, facts, wording.language) for name, text in words.code.items()}
    return {
        **told,
        "language": wording.language,
        "contribution": words.text["contribution"],
        "date": words.text["date"],
    }
