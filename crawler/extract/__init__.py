"""Read a page into an article.

Pure: bytes come in, a value comes out; nothing is fetched or saved.
"""

from crawler.extract.article import explain_article, extract_article

__all__ = ["explain_article", "extract_article"]
