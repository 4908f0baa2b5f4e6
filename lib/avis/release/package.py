"""An edition: its documents rendered, its manifest, its line in the register. Whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from avis import __version__, locks
from avis.editions import manifest as manifests
from avis.editions.keyed import make_key
from avis.editions.manifest import Audited, Listed, Manifest, encode_manifest, folder_of, sweep_unfinished
from avis.editions.register import Issued, SentFile, append, read_register
from avis.errors import Place, Problems, fail
from avis.evaluation import Evaluation
from avis.exhibits import Audience, Exhibits
from avis.folders import cannot_write, write_whole
from avis.inputs import hash_file, workbench
from avis.release.holds import held_by
from avis.release.papers import Paper, stamp
from avis.release.ready import Ready

MAKERS = ("typst", "matplotlib", "jinja2", "babel")
"""What decides the bytes of a document, beside the workbench and Python."""


def edition_id(papers: Iterable[Paper], on: str) -> str:
    """Name an edition by its day and by what its documents say: the same edition has the same name."""
    states = " ".join(f"{paper.stem} {paper.state}" for paper in papers)
    return f"{on}-{hashlib.sha256(states.encode()).hexdigest()[:8]}"


def make_edition(opened: Evaluation, ready: Ready, audience: Audience) -> Path:
    """Write `publications/<id>/` and note the edition in the register; gives the folder.

    Everything is rendered first, into a folder that becomes the edition by one renaming. Where a run broke
    off between the renaming and the register, running again finishes it.
    Errors: REL-004 somebody else is making one, REL-009 the exhibits changed meanwhile (a word was taken
    back), REL-017 this edition is there already, DOC-003 to DOC-006, RUN-010 to RUN-012.
    """
    root, papers, on = opened.folders.root, ready.papers, ready.on
    edition = edition_id(papers, on)
    folder = folder_of(root, edition)
    held = locks.take(folder.parent / ".lock")
    if held is None:
        raise fail("REL-004", Place(manifests.FOLDER))
    with held:
        sweep_unfinished(root)
        known = Problems()
        if edition in read_register(root, known):
            raise fail("REL-017", Place(f"{manifests.FOLDER}/{edition}"), id=edition)
        known.raise_errors()
        made = _rendered(papers, edition, on)
        manifest = _manifest(opened, ready, made, audience, edition)
        content = {**made, manifests.NAME: encode_manifest(manifest)}
        issued = _issued(opened, ready.exhibits, manifest, content)
        _check_unchanged(opened, ready.sha256)
        _put(folder, content)
        append(root, [issued])
    return folder


def _check_unchanged(opened: Evaluation, sha256: str) -> None:
    """A withdrawal removes the exhibits: what was composed before it must not appear after it."""
    path = opened.folders.exhibits
    if not path.is_file() or hash_file(path) != sha256:
        raise fail("REL-009", Place(path.name))


def _rendered(papers: Iterable[Paper], edition: str, on: str) -> dict[str, bytes]:
    from avis.report.html import render_html
    from avis.report.typst import render_pdf

    made: dict[str, bytes] = {}
    for paper in papers:
        document = stamp(paper.document, edition, on)
        made[f"{paper.stem}.html"] = render_html(document).encode()
        made[f"{paper.stem}.pdf"] = render_pdf(document)
    return made


def _put(folder: Path, content: Mapping[str, bytes]) -> None:
    """Let all files appear at once, under the edition's name."""
    scratch = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        if os.path.lexists(folder):
            if _same(folder, content):
                return
            raise fail("REL-017", Place(f"{manifests.FOLDER}/{folder.name}"), id=folder.name)
        for name, data in content.items():
            write_whole(scratch / name, data, shared=True)
        scratch.rename(folder)
    except OSError as error:
        raise cannot_write(Path(folder.name), error) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _same(folder: Path, content: Mapping[str, bytes]) -> bool:
    """Tell whether a folder that the register does not know holds this very edition."""
    return {path.name for path in folder.iterdir()} == set(content) and all(
        (folder / name).is_file() and hash_file(folder / name) == hashlib.sha256(data).hexdigest()
        for name, data in content.items()
    )


def _manifest(
    opened: Evaluation, ready: Ready, made: Mapping[str, bytes], audience: Audience, edition: str
) -> Manifest:
    settings, verdict = opened.settings, ready.exhibits.verdict
    return Manifest(
        edition=edition,
        on=ready.on,
        audience=audience,
        languages=tuple(dict.fromkeys(_language(name) for name in made)),
        title=settings.title,
        organisation=settings.organisation.name,
        fictional=settings.organisation.fictional,
        files=tuple(_listed(name, data) for name, data in made.items()),
        exhibits=ready.sha256,
        audit=Audited(
            passed=verdict.passed,
            threshold=verdict.threshold,
            cells=verdict.cells,
            hidden=verdict.hidden,
            checks=verdict.checks,
        ),
        rules={"threshold": str(verdict.threshold), "workbench": workbench()},
        software=_software(),
    )


def _software() -> dict[str, str]:
    found = {"avis": __version__, "python": sys.version.split()[0]}
    for name in MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _language(name: str) -> str:
    return name.split(".")[2]


def _listed(name: str, data: bytes) -> Listed:
    document = name.partition(".")[0]
    sha256 = hashlib.sha256(data).hexdigest()
    return Listed(name=name, sha256=sha256, language=_language(name), document=document)


def _issued(
    opened: Evaluation, exhibits: Exhibits, manifest: Manifest, content: Mapping[str, bytes]
) -> Issued:
    root, audience = opened.folders.root, manifest.audience
    files = [SentFile(name=one.name, sha256=one.sha256, language=one.language) for one in manifest.files]
    own = hashlib.sha256(content[manifests.NAME]).hexdigest()
    return Issued(
        edition=manifest.edition,
        on=manifest.on,
        audience=audience,
        files=(*files, SentFile(name=manifests.NAME, sha256=own)),
        held=held_by(exhibits, audience, opened.folders, make_key(root)),  # type: ignore[arg-type]
        verdict=manifest.exhibits,
    )
