"""Make the folded texts of an article that the search index holds."""

from dataclasses import dataclass

from storage.article import Article
from storage.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The texts a search looks in, already folded."""

    headline: str
    body: str
    rest: str  # standfirst, captions, credits, byline, citations, section, tags


def fold_article(article: Article) -> Folded:
    """Fold everything a rule can look at into the three columns of the index."""
    images = (article.lead_image, *article.images) if article.lead_image else article.images
    rest = [article.summary, article.section, *article.tags, *article.authors]
    rest += [f"{image.caption}\n{image.credit}" for image in dict.fromkeys(images)]
    rest += [f"{cited.name}\n{cited.phrase}" for cited in article.attributions]
    return Folded(
        headline=fold(article.headline),
        body=fold(article.text),
        rest=fold("\n".join(text for text in rest if text)),
    )
