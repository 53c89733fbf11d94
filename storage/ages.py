"""Keep the stamps that a page told by its age, from the look that read them best.

"2 hours ago" is told against the moment of reading: a later look reads it worse ("yesterday"),
or not at all ("3 days ago"), and says nothing new by it. So the publication of the first look
stays, and of two updates the later one; whatever else the page states takes their place.
"""

from dataclasses import replace

from storage.article import Article, Provenance, Stamp
from storage.packing import deflate
from storage.prepared import Prepared, imprint
from storage.record import to_plain, to_record
from storage.stamp import instant

_FIELDS = ("published_at", "last_update")


def keep_ages(old: Article, new: Prepared) -> Prepared:
    """Return the article of a second look with the stamps that the first one knew better."""
    article = new.article
    kept = {name: getattr(old, name) for name in _FIELDS if _knew_better(name, old, article)}
    if all(getattr(article, name) == stamp for name, stamp in kept.items()):
        return new
    told = {name: old.provenance[name] for name in kept}
    article = replace(article, provenance={**article.provenance, **told}, **kept)
    plain = to_plain(article)
    return replace(
        new,
        imprint=imprint(article),
        content=to_record(plain),
        folded=deflate(new.text.encode(), plain),
    )


def _knew_better(name: str, old: Article, new: Article) -> bool:
    """Say whether one of the stamps is told by an age, and the older one is to stay."""
    was, now = old.provenance.get(name), new.provenance.get(name)
    if was is None or (now is not None and now is not Provenance.AGE):
        return False
    if now is None:
        return was is Provenance.AGE
    before: Stamp | None = getattr(old, name)
    after: Stamp | None = getattr(new, name)
    if before is None or after is None or name == "published_at":
        return before is not None
    return instant(before) >= instant(after)
