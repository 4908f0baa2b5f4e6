"""What an edition without a name tells of itself: nothing that the edition with the name tells too."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Exhibits, Setting, Verdict
from avis.release.package import manifest_of
from avis.release.rebuild import _call

SEALED = "f" * 64
NAME = "contribution-onu-2025.recipient.fr.html"


def exhibits(*withheld: str) -> Exhibits:
    setting = Setting(
        slug="onu",
        title={"fr": "Appel"},
        organisation="" if withheld else "Association Tilleul",
        fictional=True,
        start="2024-01",
        end="2024-12",
        status="finished",
        withheld=withheld,
    )
    verdict = Verdict(passed=True, threshold=11, cells=141, hidden=15, checks={"fr": "Vérifié."})
    return Exhibits(setting=setting, verdict=verdict, sources=(), exhibits=())


def test_its_manifest_holds_no_hash_and_no_sum_that_another_edition_has() -> None:
    named = manifest_of(exhibits(), {NAME: b"x"}, "recipient", "2026-01-01-aaaaaaaa", "2026-01-01", SEALED)
    assert named.exhibits == SEALED and named.audit is not None
    bare = manifest_of(exhibits("Association Tilleul"), {NAME: b"x"}, "recipient", named.edition, "", SEALED)
    assert bare.exhibits == "" and bare.audit is None and bare.organisation == ""


def test_the_answer_to_a_call_is_a_document_and_tells_which_call() -> None:
    made = manifest_of(exhibits(), {NAME: b"x"}, "recipient", "2026-01-01-aaaaaaaa", "2026-01-01", SEALED)
    assert made.languages == ("fr",) and made.files[0].document == "contribution-onu-2025"
    assert _call(made) == "onu-2025"
    assert _call(replace(made, audience="public")) == ""
