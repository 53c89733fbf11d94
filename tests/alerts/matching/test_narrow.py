"""The full-text index narrows: it never leaves out what the matcher accepts."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from alerts.language import syntax
from alerts.language.termlists import read_lists
from alerts.matching.compiling import Compiler
from alerts.matching.hits import Hits
from alerts.matching.narrow import narrow
from alerts.matching.reading import read_article
from alerts.matching.vocabulary import Vocabulary
from storage.article import Article
from storage.folded import fold_article
from storage.narrowing import Holds, Narrowing, expression, may_answer
from tests.alerts.queries import LISTS, articles, queries
from tests.making import make_article, make_terms

TERMS = [make_terms(name, *spellings) for name, spellings in LISTS.items()]
SPELLINGS = read_lists(TERMS).spellings
TABLE = """
CREATE VIRTUAL TABLE page
 USING fts5(words, detail=none, tokenize='unicode61 remove_diacritics 0')
"""


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(TABLE)
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, article: Article, narrowing: Narrowing) -> bool:
    """Say what the index finds; while an article waits for it, its text must say so, too."""
    folded = fold_article(article)
    index.execute("DELETE FROM page")
    index.execute("INSERT INTO page VALUES (?)", (folded,))
    match = (expression(narrowing),)
    found = index.execute("SELECT 1 FROM page WHERE page MATCH ?", match).fetchone() is not None
    assert may_answer(narrowing, folded) or not found
    return found


@settings(max_examples=300, deadline=None)
@given(query=queries, article=articles)
def test_what_the_matcher_accepts_the_index_finds(
    index: sqlite3.Connection, query: syntax.Query, article: Article
) -> None:
    vocabulary = Vocabulary()
    clause = Compiler(vocabulary=vocabulary, lists=SPELLINGS).compile(query)
    narrowing = narrow(query, SPELLINGS)
    if clause.holds(Hits(vocabulary, read_article(article))) and narrowing is not None:
        assert finds(index, article, narrowing)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param("500", "for 500₼ a head", id="the manat's sign"),
        pytest.param("500", "for 500₽ a head", id="the rouble's sign"),
        pytest.param("Baku", "\ue000Baku\uf0b7", id="signs of a page's own font"),
        pytest.param("中国", "新华社：中国外交部", id="Chinese"),
        pytest.param("iPhone", "新iPhone版", id="Latin letters amid Chinese"),
        pytest.param("пам'ят*", "памʼяті", id="an apostrophe that is a letter"),
        pytest.param("북한*", "북한은", id="two syllables and a star"),
    ],
)
def test_what_touches_a_word_does_not_hide_it_from_the_index(
    index: sqlite3.Connection, query: str, text: str
) -> None:
    narrowing = narrow(query)
    assert narrowing is not None
    assert finds(index, make_article(text), narrowing)


@pytest.mark.parametrize(
    ("query", "expected"),
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
def test_a_query_is_narrowed_to_quoted_words(query: str, expected: str) -> None:
    narrowing = narrow(query, SPELLINGS)
    assert (expression(narrowing) if narrowing else "") == expected


@pytest.mark.parametrize("word", ["NEAR", "col:x", 'a"b', "x*y", "-x", "^x", "(x", "rowid"])
def test_row_65_nothing_is_ever_read_as_syntax(index: sqlite3.Connection, word: str) -> None:
    narrowing = narrow(syntax.Phrase(text=word))
    assert narrowing is not None
    assert finds(index, make_article(f"before {word} after"), narrowing)


@pytest.mark.parametrize("word", ["हिन्दी", "ကမ္ဘာ", "\U0001e922\U0001e923", "baku\U0001e922"])
def test_row_65_what_sqlite_takes_for_a_sign_hides_nothing(
    index: sqlite3.Connection, word: str
) -> None:
    """SQLite cuts words at marks and at what is new in Unicode: it would look for a phrase."""
    narrowing = narrow(syntax.Word(text=word))
    assert narrowing is None or finds(index, make_article(f"before {word} after"), narrowing)


@pytest.mark.parametrize(
    ("word", "quoted"),
    [("NEAR", '"NEAR"'), ("x*", '"x*"'), ('a"b', '"a""b"'), ('x" OR "', '"x"" OR """')],
)
def test_row_65_whatever_word_is_asked_for_is_quoted(word: str, quoted: str) -> None:
    """What narrows a query lets letters and digits through; this must not depend on it."""
    assert expression(Holds(word)) == quoted
    assert expression(Holds(word, begins=True)) == f"{quoted}*"


@pytest.mark.parametrize("deep", [5, 45])
def test_row_65_clauses_within_clauses_are_read_by_the_index_however_deep(
    index: sqlite3.Connection, deep: int
) -> None:
    query: syntax.Query = syntax.Word(text="harbour")
    for level in range(deep):
        other = syntax.Word(text="port")
        query = (syntax.Or, syntax.And)[level % 2](operands=(other, query))
    narrowing = narrow(query)
    assert narrowing is None or finds(index, make_article("harbour and port"), narrowing)
