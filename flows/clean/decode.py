"""Bytes to text: whatever was declared, the letters come out right or the page is flagged.

Here: charset labels, the choice of a codec, mixed and doubly encoded bytes. Not here: what the text
says.
"""

from __future__ import annotations

import codecs
import re

RARE = ("bs4.dammit", "ftfy")
"""Modules that few pages need: importing them takes 0.1 s, so it waits for such a page."""

BINARY_MAGIC = (
    b"%PDF-",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"OggS",
    b"ID3",
    b"RIFF",
)
"""First bytes of the formats that servers most often send where a page was asked for."""

MAX_DECLARATION = 4096
"""A charset declaration stands in the first 1,024 bytes by the HTML standard; pages that break it
are common.
"""

MAX_GUESSED = 50_000
"""Bytes shown to the encoding guesser, whose cost grows with them."""

MIN_LOST_LETTERS = 3
"""Replacement characters from which a page is flagged: letters were lost before it came to us. One
or two stand in stray scripts.
"""

# What browsers take these labels to mean (WHATWG Encoding Standard): supersets that decode the same
# pages and more.
BROWSER_MEANING = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
GUESSES_TAKEN = re.compile(
    r"(cp|windows-)125\d|iso-?8859-\d+|koi8|gb|big5|euc|shift|cp9\d\d|utf|johab"
)
_HEADER_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.I)
MAX_HEADER_CHARACTERS = 1000

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*(?:["']\s*)?([\w.:-]{2,40})""", re.I)
# UTF-8 read as windows-1252: a lead byte's letter and what its second byte became
_MOJIBAKE = re.compile(
    "â€[\x80-\x9d™œžšœ“”˜¦¢¡]|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]|ï¿½"
)
_MOJIBAKE_STARTS = "âÃÂï"
"""The letters with which all of these begin: most pages have few of them, which is quick to see."""

_TEXT_CONTROLS = b"\t\n\v\f\r\x1b"
_CONTROLS = bytes(byte for byte in range(32) if byte not in _TEXT_CONTROLS)

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_C1_TO_CP1252 = {c: bytes([c]).decode("cp1252", "ignore") or chr(c) for c in range(0x80, 0xA0)}


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode error handler: the bytes that are no UTF-8 are read as windows-1252, the rest of the
    page is not touched.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("latin-1").translate(_C1_TO_CP1252), error.end


codecs.register_error("newsduck.cp1252", _as_cp1252)


def is_binary(content: bytes) -> bool:
    """Whether the bytes are no text in any encoding: an image, an archive, a PDF."""
    head = content[:MAX_DECLARATION]
    if head.startswith(BINARY_MAGIC):
        return True
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) / 20


def decode(content: bytes, *, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Return (text, flags) for the bytes of a page; never raises.

    `declared` is the charset of the HTTP header, where there is one. A declaration in the page is
    read here. Bytes that are valid UTF-8 are UTF-8, whatever was declared. Flags:
    `encoding_repaired` (mixed or doubly encoded bytes were repaired), `mojibake` (garbled letters
    remain that could not be repaired for certain).
    """
    text, is_repaired = _decode(content, declared)
    text, garbled, unwound = repair_mojibake(text)
    garbled = garbled or text.count("\ufffd") >= MIN_LOST_LETTERS
    flags = (["encoding_repaired"] if is_repaired or unwound else []) + (
        ["mojibake"] if garbled else []
    )
    if b"\x00" in content:  # quicker to see than in a text of wide characters
        text = text.replace("\x00", "")
    return text, tuple(flags)


def charset_of(content_type: str | None) -> str | None:
    """Return the first charset that a Content-Type names and that exists; None without one. Some
    servers send the header twice, or spaces around the equals sign.
    """
    named = _HEADER_CHARSET.findall((content_type or "")[:MAX_HEADER_CHARACTERS])
    return next((name for name in named if _codec(name)), None)


def repair_mojibake(text: str) -> tuple[str, bool, bool]:
    """Return (text, whether garbled letters are left, whether some were repaired), line by line
    where ftfy is certain.
    """
    if text.isascii() or not any(_has_mojibake(text, start) for start in _MOJIBAKE_STARTS):
        return text, False, False
    from ftfy import fix_encoding

    lines = [fix_encoding(line) if _MOJIBAKE.search(line) else line for line in text.split("\n")]
    fixed = "\n".join(lines)
    return fixed, len(_MOJIBAKE.findall(fixed)) > 1, fixed != text


def _has_mojibake(text: str, start: str) -> bool:
    """Whether garbled letters that begin with `start` stand in a text. Looking for the one letter
    is much faster than searching the expression.
    """
    at = text.find(start)
    while at >= 0:
        if _MOJIBAKE.match(text, at):
            return True
        at = text.find(start, at + 1)
    return False


def c1_to_letters(text: str) -> str:
    """Replace C1 control characters by what windows-1252 means by them, as browsers do with
    `&#146;`.
    """
    return text.translate(_C1_TO_CP1252)


def _decode(content: bytes, declared: str | None) -> tuple[str, bool]:
    for bom, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(bom):
            return content[len(bom) :].decode(
                codec, "newsduck.cp1252" if codec == "utf-8" else "replace"
            ), False
    if wide := _wide(content[:MAX_DECLARATION]):
        return content.decode(wide, "replace"), False
    if b"\x1b$" in content and "iso2022_jp" in _named(content, declared):
        return content.decode("iso2022_jp", "replace"), False
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    named = _named(content, declared)
    if _mostly_utf8(content):
        return content.decode("utf-8", "newsduck.cp1252"), True
    for codec in (*(codec for codec in named if codec != "utf-8"), _guess(content)):
        try:
            return content.decode(codec), False
        except UnicodeDecodeError:
            if codec in named and codec != "cp1252":
                return content.decode(codec, "replace"), False
    return content.decode("latin-1").translate(_C1_TO_CP1252), False


def _wide(head: bytes) -> str | None:
    """Name UTF-16 without a byte order mark by its zero bytes; they stand in every second place of
    mostly Latin text.
    """
    if len(head) < 8 or head.count(0) < len(head) / 4:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _named(content: bytes, declared: str | None) -> list[str]:
    """The codecs that the header and the page name."""
    labels = [label for label in (declared, _declaration(content)) if label]
    return [codec for codec in map(_codec, labels) if codec]


def _declaration(content: bytes) -> str | None:
    found = _CHARSET.search(content, 0, MAX_DECLARATION)
    return found[1].decode("ascii", "ignore") if found else None


def _codec(label: str) -> str | None:
    """Python's name of the codec that browsers use for a label; None where the label names no text
    codec.
    """
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name.startswith(
        ("utf-16", "utf-32", "utf-7", "idna", "punycode")
    ):
        return None
    if "escape" in info.name or info.name == "undefined":
        return None
    return BROWSER_MEANING.get(info.name, info.name)


def _mostly_utf8(content: bytes) -> bool:
    """Whether at least half of the bytes beyond ASCII form valid UTF-8 sequences: a UTF-8 page with
    foreign bytes pasted in.
    """
    high = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    return sum(map(len, _MULTIBYTE.findall(content))) * 2 >= high


def _guess(content: bytes) -> str:
    """The guesser's codec where it names one that web pages use, else windows-1252, the web's
    default.
    """
    from bs4.dammit import UnicodeDammit

    high = re.search(rb"[\x80-\xff]", content)
    start = max(0, high.start() - 1000) if high else 0
    guess = UnicodeDammit(content[start : start + MAX_GUESSED]).original_encoding or ""
    codec = _codec(guess)
    return codec if codec and codec != "utf-8" and GUESSES_TAKEN.match(codec) else "cp1252"
