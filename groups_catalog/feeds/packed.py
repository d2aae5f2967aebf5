"""Gzip and zip, opened in memory only, with the size counted before and while it grows."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from groups_catalog.feeds.limits import MAX_BYTES, MAX_PARTS, MAX_RATIO, NotReadable

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""An .xls, or an .xlsx locked with a password."""
ENTRY = b"PK\x01\x02"
"""Begins each file's line in a zip's table of contents."""
BAND = zlib.MAX_WBITS | 16
"""Asks zlib for gzip."""
SMALL = 1024 * 1024
"""Below this a high ratio is only a very regular file."""
LOCKED = 0x1
LONG_TAG = re.compile(rb"<[^>]{65536}")


def gunzip(data: bytes) -> bytes:
    """One layer off."""
    unpacked = bytearray()
    while data:
        data = _one_member(data, unpacked)
    return bytes(unpacked)


def _one_member(data: bytes, unpacked: bytearray) -> bytes:
    """Adds one member of a gzip file to what is unpacked and returns what follows it."""
    member = zlib.decompressobj(BAND)
    try:
        unpacked += member.decompress(data, MAX_BYTES + 1 - len(unpacked))
    except zlib.error as error:
        raise NotReadable("gzip_broken") from error
    if len(unpacked) > MAX_BYTES:
        raise NotReadable("too_large_unpacked")
    if not member.eof:
        raise NotReadable("gzip_cut_off")
    # Tapes and some servers fill the last block with zeros.
    return member.unused_data.lstrip(b"\0")


def open_workbook(data: bytes) -> ZipFile:
    """A zip that is an .xlsx and no bomb. What it says of its sizes holds: zipfile reads no further than that."""
    if data.count(ENTRY) > MAX_PARTS:
        raise NotReadable("too_many_parts")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise NotReadable("zip_broken") from error
    _check_parts(archive.infolist())
    _check_size(archive.infolist(), len(data))
    return archive


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise NotReadable("zip_not_workbook")
    if len(names) != len(set(names)):
        raise NotReadable("zip_broken")
    if any(part.flag_bits & LOCKED for part in parts):
        raise NotReadable("locked")
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise NotReadable("zip_broken")


def _check_size(parts: list[ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_BYTES or unpacked > max(SMALL, packed * MAX_RATIO):
        raise NotReadable("too_large_unpacked")


def xml_part(archive: ZipFile, name: str) -> bytes:
    """One part's XML; empty where the workbook has no such part."""
    try:
        xml = archive.read(name)
    except KeyError:
        return b""
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
        raise NotReadable("zip_broken") from error
    # A parser holds a tag until it ends, so one with a million attributes is found here.
    if LONG_TAG.search(xml):
        raise NotReadable("workbook_too_complex")
    return xml
