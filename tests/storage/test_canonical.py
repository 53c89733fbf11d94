"""Addresses have one form to fetch and one identity, and both are stable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.canonical import UnusableUrl, canonical_url, identity, identity_key, same_site

HOME = "https://newsroom.example/world/2026/11/a-story"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://newsroom.example/world/2026/11/a-story", id="scheme"),
        pytest.param("https://www.newsroom.example/world/2026/11/a-story", id="www"),
        pytest.param("https://m.newsroom.example/world/2026/11/a-story", id="mobile host"),
        pytest.param("https://amp.newsroom.example/world/2026/11/a-story", id="AMP host"),
        pytest.param(f"{HOME}/amp", id="AMP path"),
        pytest.param(f"{HOME}/amp/", id="AMP path with a slash"),
        pytest.param("https://newsroom.example/amp/world/2026/11/a-story", id="AMP first"),
        pytest.param(f"{HOME}.amp.html", id="AMP suffix"),
        pytest.param(f"{HOME}?amp=1", id="AMP parameter"),
        pytest.param(f"{HOME}/", id="slash at the end"),
        pytest.param(f"{HOME}/index.html", id="index file"),
        pytest.param(f"{HOME}#comments", id="fragment"),
        pytest.param(f"{HOME}?utm_source=rss&utm_medium=feed", id="utm"),
        pytest.param(f"{HOME}?fbclid=x&gclid=y&yclid=z", id="click ids"),
        pytest.param(f"{HOME};jsessionid=0A1B?PHPSESSID=7&source=rss", id="session ids"),
        pytest.param("HTTPS://NEWSROOM.example:443/world/2026/11/a-story", id="capitals, port"),
        pytest.param("https://newsroom.example/world/x/../2026/11/a-story", id="dots"),
        pytest.param("https://user:word@newsroom.example/world/2026/11/a-story", id="user"),
        pytest.param(f"  {HOME}\n", id="spaces around"),
        pytest.param("https:\\\\newsroom.example\\world\\2026\\11\\a-story", id="backslashes"),
    ],
)
def test_row_46_two_dresses_of_one_page_are_one(url: str) -> None:
    assert identity(url) == identity(HOME)
    assert identity_key(url) == identity_key(HOME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(f"{HOME}?id=1", f"{HOME}?id=2", id="a number"),
        pytest.param(HOME, "https://newsroom.example/world/2026/11/a-stori", id="another path"),
        pytest.param(
            HOME, "https://az.newsroom.example/world/2026/11/a-story", id="an edition"
        ),
        pytest.param(
            HOME, "https://newsroom.example/World/2026/11/a-story", id="path in capitals"
        ),
        pytest.param("https://m.example/a", "https://www.m.example/b", id="two pages"),
    ],
)
def test_two_pages_are_two(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_row_46_the_order_of_parameters_does_not_count_for_the_identity_alone() -> None:
    assert identity(f"{HOME}?b=2&a=1") == identity(f"{HOME}?a=1&b=2")
    assert canonical_url(f"{HOME}?b=2&a=1") == f"{HOME}?b=2&a=1"


@pytest.mark.parametrize(
    ("url", "base", "canonical"),
    [
        pytest.param("/a", "https://x.example/b/c", "https://x.example/a", id="from the root"),
        pytest.param(
            "a?utm_id=1", "https://x.example/b/c", "https://x.example/b/a", id="beside"
        ),
        pytest.param("//y.example/a", "https://x.example/", "https://y.example/a", id="host"),
        pytest.param("https://x.example", "", "https://x.example/", id="a front page"),
        pytest.param(
            "https://пример.example/путь?q=я",
            "",
            "https://xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C?q=%D1%8F",
            id="letters of the world",
        ),
        pytest.param(
            "http://u:p@x.example/a#b", "", "http://x.example/a", id="no user, no place"
        ),
    ],
)
def test_an_address_is_brought_to_the_form_to_fetch(
    url: str, base: str, canonical: str
) -> None:
    assert canonical_url(url, base) == canonical


@pytest.mark.parametrize(
    ("url", "why"),
    [
        pytest.param("javascript:alert(1)", "not http", id="script"),
        pytest.param("mailto:a@b.example", "not http", id="mail"),
        pytest.param("file:///etc/passwd", "not http", id="file"),
        pytest.param("nonsense", "no address", id="no address"),
        pytest.param("http://", "no address", id="no host"),
        pytest.param("http://a b/", "no address", id="a space in the host"),
        pytest.param("https://x.example/" + "a" * 2083, "longer", id="too long"),
        pytest.param("https://x.example/\ud800", "", id="half a character"),
    ],
)
def test_an_address_no_article_can_stand_under_says_why(url: str, why: str) -> None:
    if why:
        with pytest.raises(UnusableUrl, match=why):
            canonical_url(url)
    assert isinstance(identity_key(url), int)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("https://a.example/x", "http://www.a.example/y", True, id="www"),
        pytest.param(
            "https://az.apa.example/x", "https://en.apa.example/", True, id="editions"
        ),
        pytest.param("https://a.example/", "https://b.example/", False, id="two houses"),
        pytest.param("https://a.co.uk/", "https://b.co.uk/", False, id="two of one shelf"),
        pytest.param("https://news.a.com.az/", "https://a.com.az/", True, id="below a shelf"),
        pytest.param("https://a.blogspot.com/", "https://b.blogspot.com/", False, id="tenants"),
        pytest.param("http://127.0.0.1:1/", "http://127.0.0.1:2/", True, id="one address"),
        pytest.param("http://127.0.0.1/", "http://127.0.0.2/", False, id="two addresses"),
        pytest.param("https://a.example/", "nonsense", False, id="no address"),
        pytest.param(
            "https://a.example/", "https://a.example.b.example/", False, id="dressed up"
        ),
    ],
)
def test_row_48_only_one_house_may_speak_for_itself(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


parts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=0, max_size=12
)
urls = st.builds(
    lambda scheme, host, path, query, end: (
        f"{scheme}://{host}/{'/'.join(path)}?{'&'.join(query)}{end}"
    ),
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["www.a.example", "m.a.example", "a.example:8080", "amp.m.a.co.uk", "[::1]"]
    ),
    st.lists(parts | st.sampled_from(["amp", "..", "index.html", "a.amp"]), max_size=5),
    st.lists(parts | st.sampled_from(["utm_source=x", "id=1", "b=2", "amp", "="]), max_size=4),
    st.sampled_from(["", "#x", "/"]),
)


@settings(max_examples=300, deadline=None)
@given(urls)
def test_the_canonical_form_of_a_canonical_form_is_itself(url: str) -> None:
    try:
        once = canonical_url(url)
    except UnusableUrl:
        return
    assert canonical_url(once) == once
    assert identity(once) == identity(url)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_identity(text: str) -> None:
    assert isinstance(identity_key(text), int)
