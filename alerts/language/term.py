"""Parse one item of a term list: a spelling, a phrase without quotes, or @another."""

from alerts.language.complaint import Complaint
from alerts.language.parser import Parsed
from alerts.language.spelling import check_short, check_words, typed_tokens
from alerts.language.syntax import ListRef, Phrase, Word


def parse_term(text: str) -> Parsed:
    """Return the item's tree; it means something only when the result is usable."""
    stripped = text.strip().strip('"“”')
    offset = text.find(stripped) if stripped else 0
    span = (offset, offset + len(stripped))
    if stripped.startswith("@") and typed_tokens(stripped):
        return Parsed(tree=ListRef(name=stripped[1:], span=span), complaints=())
    found = check_words(stripped, offset)
    if not typed_tokens(stripped):
        found.append(Complaint(code="E113", offset=0, message="empty term"))
    for sign in (" AND ", " OR ", " NOT ", "(", ")", '"'):
        if sign in stripped:
            at = offset + stripped.index(sign)
            message = f"a term list holds spellings only, not {sign.strip()}"
            hint = "one spelling per item; write operators in match:"
            found.append(Complaint(code="E102", offset=at, message=message, hint=hint))
            break
    if typed_tokens(stripped):
        found += check_short(stripped, offset)
    made = Phrase if " " in stripped else Word
    return Parsed(tree=made(text=stripped, span=span), complaints=tuple(found))
