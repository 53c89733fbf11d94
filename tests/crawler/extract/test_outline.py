"""The outline's numbers say of a frame what a walk over the page would."""

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.extract.outline import Outline, read_outline

_TAGS = ("div", "p", "ul", "li", "article", "span", "a", "h1", "figure", "nav", "table", "td")


def _markup() -> st.SearchStrategy[str]:
    leaf = st.sampled_from(["words", " ", "<br>", "<img src=a.png>", "<script>x</script>", ""])
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(_TAGS),
            st.lists(inner, max_size=4),
        ),
        max_leaves=30,
    )


def _outline(html: str) -> Outline:
    return read_outline(LexborHTMLParser(html))


@given(_markup())
def test_a_frame_ends_where_the_next_one_outside_it_begins(html: str) -> None:
    outline = _outline(html)
    for frame in range(len(outline.frames)):
        others = range(frame + 1, len(outline.ups))
        end = next((each for each in others if outline.ups[each] < frame), len(outline.ups))
        assert outline.ends[frame] == end


@given(_markup())
def test_the_passages_within_a_frame_are_those_of_the_frames_inside_it(html: str) -> None:
    outline = _outline(html)
    for frame, end in enumerate(outline.ends):
        assert list(outline.within(frame)) == [
            passage for passage, place in enumerate(outline.places) if frame <= place < end
        ]


@given(_markup())
def test_a_mark_stands_behind_the_passages_that_end_before_it(html: str) -> None:
    outline = _outline(html)
    for mark in outline.marks.get("h1", []):
        assert outline.number(mark.node) == mark.frame
        assert outline.firsts[mark.frame] == mark.before
