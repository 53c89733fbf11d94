"""Write an article as the columns of the row that keeps it."""

import json
from datetime import datetime
from typing import Any

from storage.prepared import Imprint, Prepared
from storage.stamp import stamp_to_text, to_text


def said(article: Imprint) -> dict[str, Any]:
    """Return the columns that hold what an article says."""
    published = article.published_at
    return {
        "published_at": None if published is None else stamp_to_text(published),
        "language": article.language,
        "origins": json.dumps(article.origins) if article.origins else "",
    }


def columns_of(prepared: Prepared, now: datetime) -> dict[str, Any]:
    """Return the columns that each version of an article writes anew."""
    return said(prepared.imprint) | {
        "now": to_text(now),
        "fingerprint": prepared.signature.fingerprint,
        "signature": prepared.signed,
        "content": prepared.content,
        "folded": prepared.folded,
    }
