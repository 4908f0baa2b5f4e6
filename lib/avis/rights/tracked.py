"""Words in the objects of git: every version of every file, those that no branch reaches any more too.

git runs without asking anybody for anything, and no word of a file ever stands on its command line.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from avis.decoding.texts import MOST_BYTES
from avis.folders import in_repository
from avis.rights.searching import Matcher, is_repository

_SECONDS = 600
_AT_ONCE = 2000
_STALE = (
    *("ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"),
    *("COMMIT_EDITMSG", "MERGE_MSG", "SQUASH_MSG", "TAG_EDITMSG"),
)
"""What git writes beside its branches and never rewrites."""


class GitFailed(Exception):
    """git refused or is not there: nothing is known of what its objects hold."""


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", os.fspath(root), "-c", "core.hooksPath=/dev/null", *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env=environment | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        raise GitFailed from None
    return done.stdout


def work_tree(root: Path) -> Path | None:
    """Give the work tree that a folder lies in; none where no git follows it."""
    if not in_repository(root):
        return None
    return Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel")).rstrip("\n"))


def remotes(root: Path) -> list[str]:
    """Name the places that this repository is sent to: each keeps its own copies."""
    return _git(root, "remote").decode("utf-8", "replace").split()


def repositories_below(root: Path) -> list[Path]:
    """Give what git keeps in a folder of its own below another: submodules, copies, bare repositories.

    Not the one of `root` itself, which `work_tree` leads to.
    """
    found = []
    for here, folders, files in os.walk(root):
        path = Path(here)
        if is_repository(folders, files):
            found.append(path)
            folders.remove("objects")
        folders[:] = sorted(name for name in folders if not (path / name).is_symlink())
    return [path for path in found if path != root / ".git"]


def objects_with(root: Path, matcher: Matcher, known: set[str] | None = None) -> list[str]:
    """Give the ids of the blobs, commits and tags in which the words stand, reachable or not.

    Those in `known` were looked into before and hold none; it takes in the others in which none stand.
    """
    if not matcher.wanted:
        return []
    clean, found = set[str]() if known is None else known, list[str]()
    for id, data in _objects(root, frozenset(clean)):
        if matcher.holds_any(data)[0]:
            found.append(id)
        else:
            clean.add(id)
    return found


def _objects(root: Path, known: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Read every blob, commit and tag, some at a time; what is larger than a file may be is passed over."""
    form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
    some: list[str] = []
    size = 0
    for line in _git(root, "cat-file", "--batch-all-objects", form).decode("ascii").splitlines():
        id, kind, bytes_of = line.split()
        if kind == "tree" or int(bytes_of) > MOST_BYTES or id in known:
            continue
        some.append(id)
        size += int(bytes_of)
        if size > MOST_BYTES or len(some) >= _AT_ONCE:
            yield from _read(root, some)
            some, size = [], 0
    yield from _read(root, some)


def _read(root: Path, ids: list[str]) -> Iterator[tuple[str, bytes]]:
    given = "".join(f"{id}\n" for id in ids).encode("ascii")
    data, at = _git(root, "cat-file", "--batch", given=given) if ids else b"", 0
    while at < len(data):
        end = data.index(b"\n", at)
        id, _, size = data[at:end].decode("ascii").split()
        yield id, data[end + 1 : end + 1 + int(size)]
        at = end + int(size) + 2


def still_there(root: Path, ids: Iterable[str]) -> list[str]:
    """Tell which objects git still has."""
    wanted = list(ids)
    if not wanted:
        return []
    told = _git(root, "cat-file", "--batch-check", given="\n".join(wanted).encode() + b"\n")
    return [id for id, line in zip(wanted, told.splitlines(), strict=False) if not line.endswith(b"missing")]


def rewrite(root: Path, ids: Iterable[str], cleaned: Callable[[bytes], bytes]) -> None:
    """Rewrite the history of every branch and tag, with some blobs cleaned, and drop what is left behind.

    The files of the work tree stay as they are; what was staged is no longer. Raises `GitFailed` where git
    refuses, or where something set aside (a stash, another work tree) would be lost.
    """
    top = work_tree(root)
    if top is None:
        return
    changed = frozenset(ids)
    if _git(top, "for-each-ref", "refs/stash") or len(_git(top, "worktree", "list").splitlines()) > 1:
        raise GitFailed
    ways = ("--show-original-ids", "--signed-tags=strip", "--reencode=no")
    stream = _git(top, "fast-export", "--all", *ways)
    _git(top, "fast-import", "--force", "--quiet", given=b"".join(_filtered(stream, changed, cleaned)))
    _git(top, "reset", "--mixed", "--quiet")
    folder = Path(os.fsdecode(_git(top, "rev-parse", "--absolute-git-dir")).rstrip("\n"))
    for name in _STALE:
        (folder / name).unlink(missing_ok=True)
    _git(top, "reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    _git(top, "gc", "--prune=now", "--quiet")


def _filtered(stream: bytes, ids: frozenset[str], cleaned: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Go through a stream of fast-export, and write anew the data of the objects that are named."""
    at, original = 0, ""
    while at < len(stream):
        end = stream.index(b"\n", at) + 1
        line = stream[at:end]
        at = end
        if line.startswith(b"original-oid "):
            original = line.split()[1].decode("ascii")
        elif line.startswith(b"data "):
            size = int(line[5:])
            data, at = stream[at : at + size], at + size
            data = cleaned(data) if original in ids else data
            yield b"data %d\n" % len(data) + data
            continue
        else:
            original = "" if line.startswith((b"blob", b"commit", b"reset", b"tag ")) else original
        yield line
