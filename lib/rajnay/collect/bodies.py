"""What servers send, read within bounds: no more bytes than asked for, however they are packed."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import AsyncIterator, Iterator

# What a page says of its own letters stands near its top.
_HEAD = 4096
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Latin-1 is what browsers read as Windows-1252.
_LATIN = frozenset(("iso8859-1", "ascii"))
# Characters among which one may be broken: pages cut their own summaries amid a letter.
_BROKEN = 1000
_PIECE = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class BodyError(ValueError):
    """What is wrong with what a server sent, in one line."""


def unpacked(coding: str, most: int) -> Unpacked:
    """Return what takes the packing off a body.

    Args:
        coding: the Content-Encoding header; only gzip was asked for.
        most: bytes beyond which reading ends, counted after unpacking.

    Raises:
        BodyError: it is packed in a way that was not asked for.
    """
    name = coding.strip().lower().removeprefix("x-")
    if name not in ("", "identity", "gzip", "deflate"):
        raise BodyError(f"sent as {name!r}, though gzip was asked for")
    return Unpacked(most, None if name in ("", "identity") else zlib.decompressobj(47))


class Unpacked:
    """A body as it comes in, counted in bytes after unpacking, so that a small packet cannot grow
    beyond all bounds.
    """

    def __init__(self, most: int, unpack: zlib._Decompress | None) -> None:
        self.most, self.size, self._unpack = most, 0, unpack

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Yield what a piece of the body holds; raises BodyError where that is broken or too
        much.
        """
        while packed:
            piece, packed = self._piece(packed)
            self.size += len(piece)
            if self.size > self.most:
                raise BodyError(f"more than {self.most / 1e6:,.1f} MB, which is no article or feed")
            yield piece

    def _piece(self, packed: bytes) -> tuple[bytes, bytes]:
        if self._unpack is None:
            return packed, b""
        try:
            piece = self._unpack.decompress(packed, _PIECE)
        except zlib.error as error:
            raise BodyError(f"broken gzip ({error})") from None
        return piece, b"" if self._unpack.eof else self._unpack.unconsumed_tail

    def check_end(self) -> None:
        """Raise BodyError if the body ended before it was whole."""
        if self._unpack is not None and not self._unpack.eof:
            raise BodyError("broken gzip (it ends too early)")


async def body(chunks: AsyncIterator[bytes], coding: str, most: int) -> bytes:
    """Return a whole body; raises BodyError where it is broken or too long."""
    reader, found = unpacked(coding, most), bytearray()
    async for chunk in chunks:
        for piece in reader.pieces(chunk):
            found += piece
    reader.check_end()
    return bytes(found)


def gunzipped(data: bytes, most: int) -> bytes:
    """Return a file that may be packed by gzip, as sitemaps are; raises BodyError where it is
    broken or too long.

    >>> import gzip
    >>> gunzipped(gzip.compress(b"a"), 10), gunzipped(b"b", 10)
    (b'a', b'b')
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    reader = unpacked("gzip", most)
    whole = b"".join(reader.pieces(data))
    reader.check_end()
    return whole


def text_of(data: bytes, content_type: str = "") -> str:
    """Return a page's bytes as text.

    What is UTF-8 is read as that, whatever the server calls it; a letter broken here and there is
    shown as broken.

    Args:
        data: the page.
        content_type: what the server says it is.

    Raises:
        BodyError: it is in no encoding that it names.

    >>> text_of("caf\\u00e9".encode(), "text/html; charset=iso-8859-1")
    'caf\\xe9'
    >>> text_of("caf\\u00e9".encode("cp1252"), "text/html; charset=iso-8859-1")
    'caf\\xe9'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(content_type.encode()) or _CHARSET.search(data[:_HEAD])
    said = named[1].decode("ascii", "replace") if named else "utf-8"
    try:
        name = codecs.lookup(said).name
        if name != "utf-8":
            return data.decode("cp1252" if name in _LATIN else name)
    except (LookupError, UnicodeDecodeError):
        raise BodyError(f"its letters are not {said}, which it says they are") from None
    found = data.decode("utf-8", "replace")
    if found.count("\ufffd") * _BROKEN > len(found):
        raise BodyError("its letters are not UTF-8, and it names nothing else")
    return found
