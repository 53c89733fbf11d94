"""Do for an article whatever can be done before the database is asked.

Pure, and the dearer half of storing: it belongs into the worker that read the page, so that
the one writer has little left to do. What goes from the worker to the daemon is what is stored,
and the little that is asked of every article; the article itself is read from its record by
whoever needs it, which is when a rule fires or a version is compared.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from storage.article import Access, Article, Stamp
from storage.folded import fold_article
from storage.packing import deflate
from storage.record import from_plain, to_plain, to_plain_again, to_record
from storage.signature import Signature, pack, sign, unpack_own


class Imprint(NamedTuple):
    """What is asked of every article, matched or not."""

    source_id: str
    url: str
    canonical_url: str
    language: str
    published_at: Stamp | None
    access: Access
    not_article: str  # as the article says it
    origins: tuple[str, ...]  # agencies that it cites


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An article with everything that follows from it alone."""

    imprint: Imprint
    signed: bytes  # the signature as it is stored
    content: bytes  # the article as it is stored
    text: str  # all its words folded: what the search index holds, and rules look at first
    folded: bytes  # the same, compressed against its JSON

    @cached_property
    def article(self) -> Article:
        """Return the article, without the values that lost."""
        return from_plain(to_plain_again(self.content))

    @cached_property
    def signature(self) -> Signature:
        """Return by what it is compared with others."""
        return unpack_own(self.signed)


def prepare(article: Article, plain: bytes | None = None) -> Prepared:
    """Sign, fold and compress an article; plain: its JSON, where that is written already."""
    plain = plain or to_plain(article)
    text = fold_article(article)
    return Prepared(
        imprint=imprint(article),
        signed=pack(sign(article)),
        content=to_record(plain),
        text=text,
        folded=deflate(text.encode(), plain),
    )


def prepared_again(content: bytes) -> Prepared:
    """Return a stored article as rules read it: it is neither signed nor packed once more."""
    article = from_plain(to_plain_again(content))
    return Prepared(
        imprint=imprint(article),
        signed=b"",
        content=content,
        text=fold_article(article),
        folded=b"",
    )


def imprint(article: Article) -> Imprint:
    """Return what is asked of every article."""
    return Imprint(
        source_id=article.source_id,
        url=article.url,
        canonical_url=article.canonical_url,
        language=article.language,
        published_at=article.published_at,
        access=article.access,
        not_article=article.not_article,
        origins=tuple(dict.fromkeys(c.name for c in article.attributions if c.agency)),
    )
