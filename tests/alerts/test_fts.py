"""The full-text index narrows: it never leaves out what the matcher accepts."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from alerts import syntax
from alerts.compiling import Compiler
from alerts.fts import fts_query
from alerts.hits import Hits
from alerts.reading import Reading, read_article
from alerts.termlists import read_lists
from alerts.vocabulary import Vocabulary
from storage.article import Article
from tests.alerts.queries import LISTS, articles, queries
from tests.making import make_article, make_terms

TERMS = [make_terms(name, *spellings) for name, spellings in LISTS.items()]
SPELLINGS = read_lists(TERMS).spellings
TABLE = """
CREATE VIRTUAL TABLE page
 USING fts5(headline, body, rest, detail=column, tokenize='unicode61 remove_diacritics 0')
"""


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(TABLE)
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, reading: Reading, expression: str) -> bool:
    index.execute("DELETE FROM page")
    index.execute("INSERT INTO page VALUES (?, ?, ?)", reading.columns())
    row = index.execute("SELECT 1 FROM page WHERE page MATCH ?", (expression,)).fetchone()
    return row is not None


@settings(max_examples=300, deadline=None)
@given(query=queries, article=articles)
def test_what_the_matcher_accepts_the_index_finds(
    index: sqlite3.Connection, query: syntax.Query, article: Article
) -> None:
    vocabulary = Vocabulary()
    clause = Compiler(vocabulary=vocabulary, lists=SPELLINGS).compile(query)
    reading = read_article(article)
    expression = fts_query(query, SPELLINGS)
    if clause.holds(Hits(vocabulary, reading)) and expression:
        assert finds(index, reading, expression)


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("Baku AND Iran*", '("baku" AND "iran"*)'),
        ('"Shah Deniz" OR TANAP', '(("shah" AND "deniz") OR "tanap")'),
        ("headline:CASE(Report) AND NOT bank", '"report"'),
        ("ATLEAST3(wom?n) AND lang:en", '"wom"*'),
        (
            "Baku NEAR/5 @iran",
            '("baku" AND ("iran"* OR "ایران" OR "iran" OR ("the" AND "iranian")))',
        ),
        ("Əliyev AND /x+/", '"eliyev"'),
        ("Baku OR /x+/", ""),
        ("lang:ru", ""),
        ("AT&T", '("at" AND "t")'),
    ],
)
def test_a_query_is_narrowed_to_quoted_words(query: str, expression: str) -> None:
    assert fts_query(query, SPELLINGS) == expression


@pytest.mark.parametrize("word", ["NEAR", "col:x", 'a"b', "x*y", "-x", "^x", "(x", "rowid"])
def test_row_65_nothing_is_ever_read_as_syntax(index: sqlite3.Connection, word: str) -> None:
    reading = read_article(make_article(f"before {word} after"))
    expression = fts_query(syntax.Phrase(text=word))
    assert expression
    assert finds(index, reading, expression)
