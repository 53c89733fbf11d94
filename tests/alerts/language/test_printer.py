"""Printing a parsed query and parsing it again gives the same tree."""

import pytest
from hypothesis import given, settings

from alerts.language import syntax
from alerts.language.parser import parse, parse_query
from alerts.language.printer import print_query
from tests.alerts.queries import queries


@settings(max_examples=300, deadline=None)
@given(queries)
def test_a_printed_tree_parses_to_itself(query: syntax.Query) -> None:
    parsed = parse(print_query(query))
    codes = {complaint.code for complaint in parsed.complaints if not complaint.warning}
    assert parsed.tree == query
    assert codes <= {"E106", "E109"}  # exclusions alone, drawn at random, are refused


@pytest.mark.parametrize(
    "text",
    [
        "/\\b\\d+([.,]\\d+)?\\s?(cm|met(er|re)s)\\b/i AND source:(irna.ir OR presstv.ir)",
        'words:>=120 AND "met with" ONEAR/3 CASE(Report)',
        "ATLEAST3(headline:(a AND (b OR c)) OR @list)",
        "Rico NOT NEAR/3 Puerto AND (a OR b) NOT SAME/S c AND NOT d NOT ONEAR/5 e",
    ],
)
def test_a_text_in_its_printed_form_stays_as_it_is(text: str) -> None:
    assert print_query(parse_query(text)) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Baku NOT Iran", "Baku AND NOT Iran"),
        ("a W/5 b", "a NEAR/5 b"),
        ("a PRE/5 b", "a ONEAR/5 b"),
        ("a W/S b", "a SAME/S b"),
        ("a W/P b", "a SAME/P b"),
        ("a NOT W/5 b", "a NOT NEAR/5 b"),
        ("title:Baku", "headline:Baku"),
        ("hlp:Baku", "hlead:Baku"),
        ("by:Bayramli", "byline:Bayramli"),
        ("((Baku))", "Baku"),
        ("Baku # the capital\nAND Iran", "Baku AND Iran"),
        ("“Baku  port”", '"Baku port"'),
    ],
)
def test_what_means_the_same_prints_the_same(typed: str, printed: str) -> None:
    assert print_query(parse_query(typed)) == printed
