"""Tell from the first bytes whether a body can be text at all.

What a server calls it counts for little: PDFs come as text/html and feeds as octet-stream.
"""

_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"RIFF": "a RIFF file (WebP, WAV, AVI)",
    b"ID3": "an MP3 file",
    b"OggS": "an Ogg file",
    b"fLaC": "a FLAC file",
    b"\x1aE\xdf\xa3": "a Matroska file",
    b"\x00\x00\x01\x00": "an icon",
    b"\x7fELF": "a program",
    b"Rar!\x1a": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\x1f\x8b": "a gzip file inside a gzip file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"wOFF": "a font",
    b"wOF2": "a font",
}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_FIRST_BYTES = frozenset(magic[:1] for magic in _MAGIC)
_ISO_MEDIA = (b"ftyp", b"moov", b"mdat")  # at byte 4: MP4, MOV, AVIF, HEIC
_LOOKED_AT = 512
# Control characters that no text has (ESC stands in ISO-2022-JP, FF and NUL in sloppy HTML).
_CONTROL = bytes({*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)})
_CONTROL_SHARE = 0.05  # random bytes have 0.1
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def is_picture(body: bytes) -> bool:
    """Tell whether the body is a picture of a kind that every mail program shows."""
    return body.startswith(_PICTURES) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")


def binary_kind(body: bytes, content_type: str | None = None) -> str | None:
    """Return what the body is if it cannot be a page, a feed or a sitemap; None if it can."""
    start = body[:_LOOKED_AT]
    if start[:1] in _FIRST_BYTES:  # nearly every page starts with "<" and is spared the list
        for magic, kind in _MAGIC.items():
            if start.startswith(magic):
                return kind
    if start[4:8] in _ISO_MEDIA:
        return "a video or image file"
    if start.startswith(_UTF_16) or "utf-16" in (content_type or "").lower():
        return None
    text = start.translate(None, _CONTROL)
    many = len(start) - len(text) > len(start) * _CONTROL_SHARE
    if many or start.count(0) > len(start) // 2:  # UTF-16 is half of zeros, and yet is text
        return "not text"
    return None
