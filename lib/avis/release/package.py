"""An edition: its documents rendered, its manifest, its line in the register. Whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

import msgspec

from avis import __version__, locks
from avis.editions import manifest as manifests
from avis.editions.copies import files_of
from avis.editions.keyed import make_key
from avis.editions.manifest import Audited, Listed, Manifest, encode_manifest, folder_of, sweep_unfinished
from avis.editions.register import Issued, SentFile, append, read_register
from avis.errors import AvisError, Place, Problems, fail
from avis.evaluation import Evaluation, as_of
from avis.exhibits import Audience, Exhibits
from avis.folders import cannot_write, write_whole
from avis.inputs import hash_file, workbench
from avis.release.content import compose_content
from avis.release.holds import held_by, tables_of
from avis.release.papers import Paper
from avis.release.ready import Ready
from avis.release.scanned import scan_edition

MAKERS = ("typst", "matplotlib", "jinja2", "babel", "python-docx", "lxml")
"""What decides the bytes of a document, beside the workbench and Python."""
DOCUMENT = re.compile(
    r"(?P<document>[a-z0-9-]+)\.(?:public|funder|members|recipient)\.(?P<language>[a-z]{2})\.\w+"
)
TRIAL = "examen"
"""Where what will not go out yet is searched all the same, so that every reason is told at once."""


def edition_id(papers: Iterable[Paper], on: str) -> str:
    """Name an edition by its day and by what its documents say: the same edition has the same name."""
    states = " ".join(f"{paper.stem} {paper.state}" for paper in papers)
    return f"{on}-{hashlib.sha256(states.encode()).hexdigest()[:8]}"


Stage: TypeAlias = Callable[[str], None]
"""Told what begins now: `rendering`, `searching`; both take a while."""


def quiet(_: str) -> None:
    """Say nothing of where a release is."""


def make_edition(opened: Evaluation, ready: Ready, audience: Audience, stage: Stage = quiet) -> Path:
    """Write `publications/<id>/` and note the edition in the register; gives the folder.

    Everything is written first, searched, and becomes the edition by one renaming. Where a run broke off
    between the renaming and the register, running again finishes it.
    Errors: REL-004 somebody else is making one, REL-009 the exhibits changed meanwhile (a word was taken
    back), REL-017 this edition is there already, REL-050 and REL-051 of the search, REL-053 a folder that no
    register knows, DOC-003 to DOC-006,
    RUN-010 to RUN-012.
    """
    root, on = opened.folders.root, ready.on
    edition = edition_id(ready.papers, on)
    folder = folder_of(root, edition)
    held = locks.take(folder.parent / ".lock")
    if held is None:
        raise fail("REL-004", Place(manifests.FOLDER))
    with held:
        sweep_unfinished(root)
        _check_known(root, edition)
        stage("rendering")
        made = compose_content(ready.exhibits, ready.papers, edition, on)
        stage("searching")
        scratch = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
        try:
            content = _searched(scratch, opened, ready, audience, made, edition)
            issued = _issued(opened, ready, _read(content), content)
            _check_unchanged(opened, ready.sha256)
            _name(scratch, folder, content)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        _note(root, folder, issued)
    return folder


def examine(
    opened: Evaluation, ready: Ready, audience: Audience, problems: Problems, stage: Stage = quiet
) -> None:
    """Search what would go out though something else stands against it: every reason is told at once."""
    scratch = opened.folders.private / TRIAL
    on = ready.on or as_of().isoformat()
    edition = edition_id(ready.papers, on)
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        stage("rendering")
        made = compose_content(ready.exhibits, ready.papers, edition, on)
        stage("searching")
        _searched(scratch, opened, ready, audience, made, edition)
    except AvisError as error:
        problems.extend(error.problems)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_known(root: Path, edition: str) -> None:
    """Hold that folders and register agree before there is one more.

    Errors: REL-017 the register knows this edition, REL-053 a folder that it does not know.
    """
    problems = Problems()
    known = read_register(root, problems)
    if edition in known:
        problems.add("REL-017", Place(f"{manifests.FOLDER}/{edition}"), id=edition)
    for folder in sorted((root / manifests.FOLDER).iterdir()):
        if manifests.ID.fullmatch(folder.name) and folder.name not in {*known, edition}:
            problems.add("REL-053", Place(f"{manifests.FOLDER}/{folder.name}"))
    problems.raise_errors()


def _check_unchanged(opened: Evaluation, sha256: str) -> None:
    """A withdrawal removes the exhibits: what was composed before it must not appear after it."""
    path = opened.folders.exhibits
    if not path.is_file() or hash_file(path) != sha256:
        raise fail("REL-009", Place(path.name))


def _searched(
    scratch: Path,
    opened: Evaluation,
    ready: Ready,
    audience: Audience,
    made: Mapping[str, bytes],
    edition: str,
) -> dict[str, bytes]:
    """Write a folder, search it, and let its manifest tell what was searched for; gives all its files."""
    manifest = manifest_of(ready.exhibits, made, audience, edition, ready.on, ready.sha256)
    try:
        for name, data in {**made, manifests.NAME: encode_manifest(manifest)}.items():
            write_whole(scratch / name, data, shared=True)
    except OSError as error:
        raise cannot_write(Path(edition), error) from None
    problems = Problems()
    scanned = scan_edition(scratch, opened, ready.exhibits, ready.papers, problems)
    problems.raise_errors()
    told = encode_manifest(msgspec.structs.replace(manifest, scan=scanned))
    write_whole(scratch / manifests.NAME, told, shared=True)
    return {**made, manifests.NAME: told}


def _read(content: Mapping[str, bytes]) -> Manifest:
    return msgspec.json.decode(content[manifests.NAME], type=Manifest)


def _name(scratch: Path, folder: Path, content: Mapping[str, bytes]) -> None:
    """Let all files appear at once, under the edition's name."""
    try:
        if not os.path.lexists(folder):
            scratch.rename(folder)
        elif not _same(folder, content):
            raise fail("REL-017", Place(f"{manifests.FOLDER}/{folder.name}"), id=folder.name)
    except OSError as error:
        raise cannot_write(Path(folder.name), error) from None


def _same(folder: Path, content: Mapping[str, bytes]) -> bool:
    """Tell whether a folder that the register does not know holds this very edition."""
    return files_of(folder) == set(content) and all(
        hash_file(folder / name) == hashlib.sha256(data).hexdigest() for name, data in content.items()
    )


def _note(root: Path, folder: Path, issued: Issued) -> None:
    """Note the edition in the register; where that fails, its folder loses its name again."""
    try:
        append(root, [issued])
    except BaseException:
        if folder.name in read_register(root, Problems()):
            raise  # it was noted before what went wrong
        back = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
        folder.rename(back)
        shutil.rmtree(back, ignore_errors=True)
        raise


def manifest_of(
    exhibits: Exhibits, made: Mapping[str, bytes], audience: Audience, edition: str, on: str, sealed: str
) -> Manifest:
    """Describe the files of an edition; `sealed` is the sha256 of the exhibits that it was made from.

    Where a name is withheld, neither that hash nor the sums of the audit: another edition, which bears the
    name, tells the same.
    """
    setting, verdict = exhibits.setting, exhibits.verdict
    files = tuple(_listed(name, data) for name, data in made.items())
    return Manifest(
        edition=edition,
        on=on,
        audience=audience,
        languages=tuple(dict.fromkeys(one.language for one in files if one.language)),
        title=setting.title,
        organisation=setting.organisation,
        fictional=setting.fictional,
        files=files,
        exhibits="" if setting.withheld else sealed,
        audit=None
        if setting.withheld
        else Audited(
            passed=verdict.passed,
            threshold=verdict.threshold,
            cells=verdict.cells,
            hidden=verdict.hidden,
            checks=verdict.checks,
        ),
        rules={"threshold": str(verdict.threshold), "workbench": workbench()},
        software=software(),
    )


def software() -> dict[str, str]:
    """Name the versions of what decides the bytes of an edition."""
    found = {"avis": __version__, "python": sys.version.split()[0]}
    for name in MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _listed(name: str, data: bytes) -> Listed:
    """Documents tell their kind and language by their name; tables and descriptors hold several."""
    found, sha256 = DOCUMENT.fullmatch(name), hashlib.sha256(data).hexdigest()
    if found is None:
        return Listed(name=name, sha256=sha256)
    return Listed(name=name, sha256=sha256, language=found["language"], document=found["document"])


def _issued(opened: Evaluation, ready: Ready, manifest: Manifest, content: Mapping[str, bytes]) -> Issued:
    root, audience = opened.folders.root, manifest.audience
    files = [SentFile(name=one.name, sha256=one.sha256, language=one.language) for one in manifest.files]
    own = hashlib.sha256(content[manifests.NAME]).hexdigest()
    return Issued(
        edition=manifest.edition,
        on=manifest.on,
        audience=audience,
        files=(*files, SentFile(name=manifests.NAME, sha256=own)),
        held=held_by(ready.exhibits, audience, opened.folders, make_key(root)),  # type: ignore[arg-type]
        verdict=ready.sha256,
        tables=tables_of(opened.folders, ready.sha256),
    )
