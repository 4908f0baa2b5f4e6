"""Zip archives (XLSX, ODS, DOCX, ODT, LSA, QDPX) under limits: no bomb is unpacked."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass

from avis.errors import Place, Problems

MAX_UNPACKED = 400 * 2**20
"""Bytes an archive may hold once unpacked: 200 000 rows of a 32-column survey take about 300 MB of XML."""
MAX_RATIO = 200
"""How much smaller than its content an archive may be: honest XML packs 5 to 60 times, bombs 1 000."""
SMALL_UNPACKED = 20 * 2**20
"""Below this a high ratio is harmless, and normal for a sheet that repeats itself."""
MAX_MEMBERS = 10_000
"""Files in an archive; a project of a coding tool holds one for each document."""
_CHUNK = 2**20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""All that zipfile raises over a broken archive: it has no error of its own for most of them."""


@dataclass(frozen=True)
class Archive:
    """An archive that keeps to the limits."""

    zip: zipfile.ZipFile
    place: Place
    problems: Problems

    @property
    def names(self) -> list[str]:
        """The members, in their order; folders left out."""
        return [name for name in self.zip.namelist() if not name.endswith("/")]

    def is_whole(self) -> bool:
        """Read every member once, against its checksum: calamine does not compare them.

        Errors: SRC-003 damaged, SRC-005 password, SRC-212 a DTD of its own, in a member that is XML.
        """
        for info in self.zip.infolist():
            if info.flag_bits & 1:
                self.problems.add("SRC-005", self.place)
                return False
            try:
                refused = self._refused(info)
            except DAMAGED:
                refused = "SRC-003"
            if refused:
                self.problems.add(refused, self.place)
                return False
        return True

    def _refused(self, info: zipfile.ZipInfo) -> str:
        """Read a member to its end; XML in UTF-16, or with definitions of its own, is refused by a code.

        Nobody writes sheets in UTF-16, and calamine reads them as empty without a word.
        """
        before, found, is_xml = b"", False, info.filename.endswith((".xml", ".rels"))
        with self.zip.open(info) as member:
            while part := member.read(_CHUNK):
                if is_xml and not before and (part[:2] in _UTF16 or b"\0" in part[:4]):
                    return "SRC-003"
                looked_at = before + part
                found = found or b"<!DOCTYPE" in looked_at or b"<!ENTITY" in looked_at
                before = part[-9:]
        return "SRC-212" if found and is_xml else ""

    def start(self, name: str, most: int = 4096) -> bytes:
        """Read the first bytes of a member; what cannot be read has none (`read` says why)."""
        try:
            with self.zip.open(name) as member:
                return member.read(most)
        except (KeyError, *DAMAGED):
            return b""

    def read(self, name: str, most: int = MAX_UNPACKED) -> bytes | None:
        """Read a member whole. Errors: SRC-003 damaged, SRC-005 password, SRC-007 more than `most` bytes."""
        try:
            info = self.zip.getinfo(name)
            if info.flag_bits & 1:
                self.problems.add("SRC-005", self.place)
                return None
            with self.zip.open(info) as member:  # what the header says may be a lie: count while reading
                data = member.read(most + 1)
        except (KeyError, *DAMAGED):
            self.problems.add("SRC-003", self.place)
            return None
        if len(data) > most:
            self.problems.add("SRC-007", self.place, size=len(data) // 2**20)
            return None
        return data


_END, _END64, _ENTRY = b"PK\x05\x06", b"PK\x06\x06", b"PK\x01\x02"
"""The end of a zip, the end of a large one, and one of the members that it names."""


def count_members(data: bytes) -> int:
    """Count the members of an archive before `zipfile` makes an object of each: two million take 900 MB.

    The number that an archive says of itself may be a lie, so the entries of its directory are counted.
    """
    ends = {len(data) - 22, data.rfind(_END, max(len(data) - 65_557, 0))}
    return max((_entries(data, end) for end in ends if data[max(end, 0) :].startswith(_END)), default=0)


def _entries(data: bytes, end: int) -> int:
    size = int(struct.unpack_from("<L", data, end + 12)[0]) if end + 16 <= len(data) else 0
    large = end - 76  # its 56 bytes, then 20 that tell where they are
    if large >= 0 and data[large : large + 4] == _END64:
        end, size = large, max(size, int(struct.unpack_from("<Q", data, large + 40)[0]))
    return data.count(_ENTRY, max(end - size, 0), end)


def open_archive(data: bytes, place: Place, problems: Problems) -> Archive | None:
    """Open an archive that keeps to the limits. Errors: SRC-003 damaged, SRC-007 bomb, SRC-411 too many."""
    count = count_members(data)
    if count > MAX_MEMBERS:
        problems.add("SRC-411", place, members=count, most=MAX_MEMBERS)
        return None
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        members = opened.infolist()
    except DAMAGED:
        problems.add("SRC-003", place)
        return None
    unpacked = sum(member.file_size for member in members)
    high = unpacked > SMALL_UNPACKED and unpacked > len(data) * MAX_RATIO
    if unpacked > MAX_UNPACKED or high:
        problems.add("SRC-007", place, size=unpacked // 2**20)
        return None
    return Archive(opened, place, problems)
