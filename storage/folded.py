"""Fold an article for the full-text index, in the worker that read its page."""

from storage.article import Article
from storage.folding import fold
from storage.whole import whole


def fold_article(article: Article) -> str:
    """Fold everything a rule can look at into one text, as SQLite can hold it."""
    images = (article.lead_image, *article.images) if article.lead_image else article.images
    parts = [article.headline, article.text, article.summary, article.section]
    parts += [*article.tags, *article.authors]
    parts += [f"{image.caption}\n{image.credit}" for image in dict.fromkeys(images)]
    parts += [f"{cited.name}\n{cited.phrase}" for cited in article.attributions]
    folded = fold("\n".join(part for part in parts if part))
    if folded.isascii() and "\0" not in folded:
        return folded
    return whole(folded).replace("\0", " ")  # which would end it
