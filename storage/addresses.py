"""Know under which addresses an article is known, and which article an address is of.

What became of a link stands in the ledger; article_urls holds only what that does not say.
"""

from collections.abc import Iterable, Mapping

from storage.canonical import identity_key, is_front_page, same_site
from storage.prepared import Imprint
from storage.transaction import Row, Transaction

OF_URL = """
    SELECT (SELECT article_id FROM article_urls WHERE identity = :key) AS own,
           (SELECT article_id FROM ledger WHERE identity = :key) AS told,
           EXISTS (SELECT 1 FROM ledger WHERE identity = :key) AS linked
"""
# Before the ledger says where an address led: what was known of the address itself.
KEEP_URL = """
    INSERT OR IGNORE INTO article_urls (identity, article_id)
    SELECT identity, coalesce(article_id, 0) FROM ledger WHERE identity = ?
"""
ADD_URL = """
    INSERT INTO article_urls (identity, article_id) VALUES (?, ?)
    ON CONFLICT (identity) DO UPDATE SET article_id = excluded.article_id WHERE article_id = 0
"""

_NOWHERE = 0  # for an article: the address has none of its own


def identities(article: Imprint) -> tuple[int, ...]:
    """Return the keys of the article's addresses, the fetched one first.

    A page may name another address for itself only within its own house, and no front page.
    """
    own, canonical = article.url, article.canonical_url
    if not canonical or not same_site(own, canonical) or is_front_page(canonical):
        return (identity_key(own),)
    return tuple(dict.fromkeys((identity_key(own), identity_key(canonical))))


def known_addresses(tx: Transaction, keys: Iterable[int]) -> dict[int, Row]:
    """Return what is known of each address, by its key."""
    return {key: tx.fetch(OF_URL, {"key": key})[0] for key in keys}


def article_of(known: Row) -> int | None:
    """Return the article that an address is known to be of; None: it is of none."""
    article_id: int | None = known["told"] if known["own"] is None else known["own"]
    return None if article_id == _NOWHERE else article_id


def note_addresses(tx: Transaction, own: Mapping[int, Row], article_id: int, link: str) -> None:
    """Write down which article the addresses are of, but for a link of which the ledger tells.

    A link that led to the article of another address, or to a text that stays away, is none of
    its addresses. A canary is fetched under a link that no way led to.
    """
    noted = list(own)
    if link:
        key = identity_key(link)
        if key in own and _will_tell(own[key], article_id):
            noted.remove(key)
        else:
            tx.execute(KEEP_URL, (key,))
    if noted:
        tx.executemany(ADD_URL, [(key, article_id) for key in noted])


def _will_tell(known: Row, article_id: int) -> bool:
    """Say whether an address's row in the ledger, once settled, is all that is said of it."""
    alone = known["linked"] and known["own"] is None
    return bool(alone) and known["told"] in (None, article_id)
