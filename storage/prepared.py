"""Do for an article whatever can be done before the database is asked.

Pure, and the dearer half of storing: it belongs into the worker that read the page, so that
the one writer has little left to do.
"""

from dataclasses import dataclass

from storage.article import Article
from storage.folded import fold_article
from storage.packing import deflate
from storage.record import to_plain, to_record
from storage.signature import Signature, pack, sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article with everything that follows from it alone."""

    article: Article
    signature: Signature
    signed: bytes  # the signature as it is stored
    content: bytes  # the article as it is stored
    text: str  # all its words folded: what the search index holds, and rules look at first
    folded: bytes  # the same, compressed against its JSON


def prepare(article: Article) -> Prepared:
    """Sign, fold and compress an article."""
    signature = sign(article)
    plain = to_plain(article)
    text = fold_article(article)
    return Prepared(
        article=article,
        signature=signature,
        signed=pack(signature),
        content=to_record(plain),
        text=text,
        folded=deflate(text.encode(), plain),
    )
