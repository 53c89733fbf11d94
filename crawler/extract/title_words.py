"""The words of a title: cleaned as they are kept, folded as two spellings compare."""

import html
import re
from functools import lru_cache
from typing import Final

_FOLD: Final = re.compile(r"[\W_]+")
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
MAX_HEADLINE: Final = 500


@lru_cache(maxsize=256)
def fold_title(text: str) -> str:
    """Return a title as two spellings of it compare: letters and digits only."""
    if text.isascii():
        return " ".join(text.lower().translate(_BLANKS).split())  # a fifth of what follows
    return _FOLD.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=64)
def clean_title(text: str) -> str:
    """Unescape entities (twice: pages escape the escaped) and fold white space."""
    plain_text = html.unescape(html.unescape(text)) if "&" in text else text
    plain_text = plain_text.replace("\u00ad", "")
    if "<" in plain_text:
        plain_text = _TAG.sub("", plain_text)
    return " ".join(plain_text.split())[:MAX_HEADLINE]
