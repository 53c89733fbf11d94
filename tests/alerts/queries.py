"""Draw random queries and articles for property tests, in five scripts."""

from hypothesis import strategies as st

from alerts.language import syntax
from storage.article import Article, Block, BlockKind, Image

# Few words, so that random queries and texts meet; forms that fold together stand side by side.
WORDS = [
    "Baku", "BAKU", "Bakı", "Iran", "İRAN", "Iranian", "corridor", "Report", "report", "the",
    "Zəngəzur", "ZƏNGƏZUR", "dəhlizi", "Баку", "визит", "визита", "Ёлка", "елка",
    "ایران", "كريدور", "کریدور", "زنگه‌زور", "بازدید", "Երևան", "այց", "თბილისი", "ვიზიტი",
]  # fmt: skip
SPELLINGS = [
    *WORDS, "Iran*", "Rep?rt", "corr*", "виз*", "Амир-Иран", "Baku-Iran", "تهر*", "ایران",
    "Zəng*", "თბი*", "այց", "B?ku",
]  # fmt: skip
LISTS = {
    "places": ["Baku", "Bakı", "Баку", "Zəngəzur corridor", "თბილისი"],
    "iran": ["Iran*", "ایران", "İran", "the Iranian"],
}

spellings = st.sampled_from(SPELLINGS)
word_nodes = st.builds(syntax.Word, text=spellings)
phrase_nodes = st.builds(
    lambda parts: syntax.Phrase(text=" ".join(parts)),
    st.lists(spellings, min_size=1, max_size=3),
)
list_nodes = st.builds(syntax.ListRef, name=st.sampled_from(sorted(LISTS)))
terms = st.one_of(word_nodes, phrase_nodes, list_nodes)


def either(nodes: st.SearchStrategy[syntax.Query]) -> st.SearchStrategy[syntax.Query]:
    return st.builds(
        lambda arms: syntax.Or(operands=tuple(arms)), st.lists(nodes, min_size=2, max_size=3)
    )


sides = st.recursive(
    terms, lambda n: st.one_of(either(n), st.builds(syntax.Case, operand=n)), max_leaves=4
)
near = st.one_of(
    st.builds(
        syntax.Near,
        left=sides,
        right=sides,
        within=st.sampled_from([1, 2, 3, 5, 20, 100]),
        ordered=st.booleans(),
    ),
    st.builds(syntax.Same, left=sides, right=sides, unit=st.sampled_from("SP")),
)
close = st.one_of(near, st.builds(syntax.Away, near=near))
facts = st.one_of(
    st.builds(
        syntax.Filter, kind=st.just("lang"), values=st.sampled_from([("ru",), ("en", "az")])
    ),
    st.builds(
        syntax.Length, comparison=st.sampled_from(["<", ">", "<=", ">="]), count=st.just(8)
    ),
)


def conjunction(nodes: st.SearchStrategy[syntax.Query]) -> st.SearchStrategy[syntax.Query]:
    negated = st.builds(syntax.Not, operand=nodes)
    return st.builds(
        lambda first, others: syntax.And(operands=(first, *others)),
        nodes,
        st.lists(st.one_of(nodes, negated), min_size=1, max_size=2),
    )


def wrapped(nodes: st.SearchStrategy[syntax.Query]) -> st.SearchStrategy[syntax.Query]:
    return st.one_of(
        either(nodes),
        conjunction(nodes),
        st.builds(syntax.Case, operand=nodes),
        st.builds(syntax.AtLeast, count=st.integers(2, 4), operand=nodes),
    )


def fielded(nodes: st.SearchStrategy[syntax.Query]) -> st.SearchStrategy[syntax.Query]:
    return st.builds(
        syntax.InField, field=st.sampled_from(sorted(syntax.TEXT_FIELDS)), operand=nodes
    )


inner = st.recursive(st.one_of(terms, close), wrapped, max_leaves=5)
queries = st.recursive(st.one_of(inner, fielded(inner), facts), wrapped, max_leaves=5)

marks = st.sampled_from([" ", " ", " ", " ", ". ", ", ", "! ", "؟ ", "’s ", " - ", "-"])
texts = st.lists(st.tuples(st.sampled_from(WORDS), marks), max_size=9).map(
    lambda pieces: "".join(word + mark for word, mark in pieces)
)
articles = st.builds(
    lambda headline, summary, body, captions, tags, section, language: Article(
        url="https://x.example/a",
        headline=headline,
        summary=summary,
        body=tuple(Block(kind=kind, text=text) for kind, text in body),
        images=tuple(Image(caption=one, credit=two) for one, two in captions),
        tags=tuple(tags),
        section=section,
        language=language,
    ),
    texts,
    texts.map(lambda text: text and "Iran " + text),
    st.lists(st.tuples(st.sampled_from([*BlockKind]), texts), max_size=4),
    st.lists(st.tuples(texts, texts), max_size=2),
    st.lists(texts, max_size=2),
    texts,
    st.sampled_from(["en", "ru", "fa"]),
)
