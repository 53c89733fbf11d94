"""Turn bytes into text, whatever they and their server say about their encoding.

Labels are looked up in a table (WHATWG Encoding Standard), never handed to Python's codecs,
which would run `zlib_codec` or `idna` if a page asked for it. Pure; never raises.
"""

import re
from typing import Final

import cchardet

_LABELS: Final = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595",
    "iso8859-6": "arabic asmo-708 csisolatinarabic ecma-114 iso-8859-6 iso-ir-127 iso8859-6",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso8859-7 iso88597",
    "iso8859-8": "csisolatinhebrew hebrew iso-8859-8 iso-8859-8-i iso-ir-138 iso8859-8 visual",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 win-1251 x-cp1251",
    # What calls itself Latin-1 or ASCII is read as windows-1252, as browsers do.
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
    "iso8859-1 iso88591 iso_8859-1 l1 latin1 us-ascii windows-1252 x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 l5 latin5 "
    "windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk "
    "iso-ir-58 x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
    "ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_CODECS: Final = {label: codec for codec, names in _LABELS.items() for label in names.split()}
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
)
# Valid UTF-8 by accident, because made of ASCII bytes and zeros: here the label decides.
_ALSO_UTF_8: Final = frozenset({"iso2022_jp", "utf-16-le", "utf-16-be"})
_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,>]{1,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_IN_HTML = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_ASCII: Final = bytes(range(0x80))
_MUCH: Final = 4  # broken signs to letters beyond ASCII: the label is wrong, not a byte
_HEAD = 4096  # how far a declaration may stand from the start (HTML: 1024, but pages do worse)


def codec_of(label: str) -> str | None:
    """Return Python's codec for a label; None: the label is not one a browser would know."""
    return _CODECS.get(label.strip().lower())


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the body as text without its BOM; what cannot be read becomes U+FFFD."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    codecs = _declared(body, content_type)
    declared = codecs[0] if codecs else None
    if (
        declared
        and declared in _ALSO_UTF_8
        and _is_utf_16(body) == declared.startswith("utf-16")
    ):
        return body.decode(declared, "replace")
    try:
        # Before any label: no other encoding's text of any length is valid UTF-8 by accident,
        # and many servers and re-saved pages carry a label that is wrong.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _by_label(body, codecs)


def _by_label(body: bytes, codecs: list[str]) -> str:
    """Return the text in the first encoding that is named.

    Where that breaks most of it, in the next that reads it all, or in what the bytes look like.
    """
    text = body.decode(codecs[0] if codecs else _detected(body), "replace")
    if not codecs or text.count("\ufffd") * _MUCH <= len(body.translate(None, _ASCII)):
        return text
    for codec in (*codecs[1:], _detected(body)):
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return text


def _is_utf_16(body: bytes) -> bool:
    """Return whether markup begins in UTF-16 without a byte order mark."""
    return body.startswith((b"<\x00", b"\x00<"))


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Return the codecs that header and declarations name, each once, the header's first."""
    head = body[:_HEAD]
    if _is_utf_16(head):
        return ["utf-16-le" if head.startswith(b"<\x00") else "utf-16-be"]
    labels = [match[1] for match in _LABEL.finditer(content_type or "")]
    labels += [m[1].decode("ascii") for p in (_IN_XML, _IN_HTML) for m in p.finditer(head)]
    codecs = (codec_of(label) for label in labels)
    return list(dict.fromkeys(codec for codec in codecs if codec))


def _detected(body: bytes) -> str:
    """Return the codec the bytes look like; UTF-8, with its broken bytes replaced, if none."""
    guess = cchardet.detect(body[:200_000]).get("encoding")
    return codec_of(guess or "") or "utf-8"
