"""Which text a file's bytes are: UTF-8 with or without its mark, UTF-16, or what old Excels write (cp1252)."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4096
_FEWEST = 4
"""Characters that show anything at all."""
_MOSTLY = 0.3
"""Share of zero bytes at even or odd places from which a text is UTF-16 without its mark."""


def decode(content: bytes, *, cut: bool = False) -> str | None:
    """The text, or None where the bytes are none (they hold zeros). `cut`: the last character may be incomplete."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _utf16(content)
    if encoding is not None and "16" in encoding:
        return content[: len(content) // 2 * 2].decode(encoding, "replace")
    try:
        text: str = codecs.getincrementaldecoder(encoding or "utf-8")().decode(content, final=not cut)
    except UnicodeDecodeError:
        text = _mixed(content)
    return None if "\0" in text else text


def _mixed(content: bytes) -> str:
    """Text that is not all UTF-8. Lines pasted from elsewhere are read by themselves, where others show that it is.

    What reads as UTF-8 and holds more than ASCII is UTF-8: in other encodings its bytes would be `Ã©` and the like.
    """
    lines = content.split(b"\n")
    utf8 = [_utf8(line) for line in lines]
    if not any(line is not None and not line.isascii() for line in utf8):
        return _old(content)
    return "\n".join(_old(line) if plain is None else plain for line, plain in zip(lines, utf8, strict=True))


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _old(content: bytes) -> str:
    # Five bytes mean nothing in cp1252: there, Latin-1 keeps at least the rest of the text.
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _utf16(content: bytes) -> str | None:
    """UTF-16 told by its zeros: Latin text has one in every second byte, always on the same side."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < _FEWEST:
        return None
    if odd > half * _MOSTLY and not even:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MOSTLY and not odd else None
