"""Read a document in a process of its own, which may die without taking the workbench along.

Run by `apart`: a file on standard input, the JSON of `blocks.Body` on standard output. Exit status: 0 read,
3 not readable, 4 protected by a password, 5 too large.
"""

import json
import sys

from avis.errors import Place, Problems
from avis.files.archives import open_archive
from avis.files.delimited import decode
from avis.files.kinds import sniff
from avis.files.limits import DEFINES, NOT_READABLE, PASSWORD, TOO_LARGE, limit
from avis.sources.notes.blocks import Body
from avis.sources.notes.etherpad import read_pad
from avis.sources.notes.opendocument import read_fodt, read_odt
from avis.sources.notes.webpage import read_page
from avis.sources.notes.word import read_word

_STATUSES = {"SRC-003": NOT_READABLE, "SRC-005": PASSWORD, "SRC-212": DEFINES}


def read_document(data: bytes, problems: Problems) -> Body | None:
    """Read a document by its content. Errors: SRC-003 damaged, SRC-005 password, SRC-007 too large."""
    kind, place = sniff(data), Place()
    if kind in ("docx", "odt"):
        archive = open_archive(data, place, problems)
        if archive is None:
            return None
        return read_word(archive) if kind == "docx" else read_odt(archive)
    if kind == "fodt":
        return read_fodt(data, place, problems)
    if kind == "etherpad":
        return read_pad(data, place, problems)
    return read_page(decode(data, place, problems)[0], place, problems)


def main(arguments: list[str]) -> int:
    """Read standard input under the limits given: memory in bytes, seconds."""
    data = sys.stdin.buffer.read()
    limit(int(arguments[0]), int(arguments[1]))
    problems = Problems()
    try:
        body = read_document(data, problems)
    except (MemoryError, RecursionError):
        return TOO_LARGE
    if body is None or problems.errors:
        return _STATUSES.get(problems.errors[0].code, TOO_LARGE)
    sys.stdout.buffer.write(json.dumps(body.to_json(), ensure_ascii=False).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
