"""Text as people read it: without soft hyphens, zero-width characters, direction marks and icons of
private fonts, in normal form NFC.

Decoding bytes is for decode.py; folding white space is for the callers.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

_SHAPELESS = (
    "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\u3164\ufe0e\ufeff\uffa0\ufff9-\ufffc"
    "\ue000-\uf8ff\U000f0000-\U0010ffff"
)
_TAGS = "\U000e0000-\U000e007f"
_UNSEEN = re.compile(f"[{_SHAPELESS}]|(?<![\U0001f3f4\U000e0020-\U000e007f])[{_TAGS}]{{1,30}}")
"""Characters without a shape of their own: controls, hints for breaking lines, direction marks,
fillers, icons, and tags behind anything but the flag that they are made for.
"""

_JOINERS = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u0e80-\u0fff\u1000-\u109f"
    "\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc])"
    "\u200c"
    "|(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f"
    "\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])"
    "\u200d"
)
"""Zero-width joiners where they are no spelling: Persian and Indian scripts write with them, and
emoji are made of them.
"""

_SUSPECT = re.compile(f"[{_SHAPELESS}{_TAGS}\u200c\u200d]")
"""Any character that those two patterns drop. One set is searched much faster than they are, and
most texts have none.
"""

DENSE_SCRIPT = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A letter of a script that writes without spaces: it is a word or a syllable."""


def normal_text(text: str) -> str:
    """Return a text without unseen characters, composed (NFC); white space stays as it is."""
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text):
        text = _JOINERS.sub("", _UNSEEN.sub("", text))
    return text if is_normalized("NFC", text) else normalize("NFC", text)
