"""Choose who wrote the article: JSON-LD, meta, byline markup, or the line below the headline.

A person beats the outlet's own name, whichever fact gave it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from crawler.extract.agencies import is_agency
from crawler.extract.byline import Names
from crawler.extract.byline_lines import (
    MOST_JOINED,
    NEAR,
    handles_in_lines,
    in_lines,
    in_spans,
    signature,
    signed,
)
from crawler.extract.byline_markup import (
    BY_CLASS,
    HANDLE,
    OUTSIDE,
    in_links,
    in_markup,
)
from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.lines import Line, Lines
from crawler.extract.month_names import fold_date
from crawler.extract.names import MAX_NAME, is_personal
from crawler.extract.stated_authors import TYPED, described, in_card, in_json_ld, in_metas
from crawler.extract.title_tail import host_name
from crawler.extract.title_words import fold_title
from storage.article import Block, Provenance

_JUST_ABOVE: Final = 3  # lines


def read_authors(
    document: Document,
    lines: Callable[[], Lines],
    blocks: Sequence[Block],
    newsroom: str,
    *,
    explained: bool = False,
) -> Choice[tuple[str, ...]]:
    """Choose the authors; markup and lines are only asked where the head names no person.

    Where a line names one, classes could only tell what lost: they are asked to explain it.
    """
    outlet = _Outlet(fold_title(newsroom).removeprefix("the "), host_name(document.url))
    found = [*in_json_ld(document), *in_metas(document), *in_card(document)]
    if not any(_has_person(each, outlet) for each in found):
        near = lines()
        close = () if _says(found) else _close(near)
        shown = [*in_spans(document.outline, near), *in_lines(near)]
        classes = explained or not _decides(shown, outlet)
        marked = list(in_markup(document, close, classes=classes))
        found += _on_page(marked, shown, near, blocks)
        if not any(_has_person(each, outlet) for each in found):
            found += signature(document.outline, near)
        found += [*signed([block.text for block in blocks[-2:]]), *described(document)]
        found += in_metas(document, handles=True)
        beside = (*near.head, *near.above[-NEAR:], *near.below[:NEAR])
        if _links_names(beside) and not any(_has_person(each, outlet) for each in found):
            linked = in_links(document, beside)
            places = _places(near, blocks)
            found = [*(_near(each, places) for each in linked), *found]
        if not _says(found):
            found += [
                *handles_in_lines(near),
                *(each for each in marked if each.note == HANDLE),
            ]
    found = [_without_outlet(each, outlet) for each in found if each.value]
    return choose(found, (), _best(found, outlet))


def _says(found: Sequence[Names]) -> bool:
    return any(each.value for each in found)


def _decides(shown: Sequence[Names], outlet: "_Outlet") -> bool:
    """Say whether of these one is chosen before whatever comes later."""
    rest = [_without_outlet(each, outlet) for each in shown]
    return any(
        _has_person(each, outlet) and not all(map(is_agency, each.value)) for each in rest
    )


def _on_page(
    marked: list[Names], shown: list[Names], lines: Lines, blocks: Sequence[Block]
) -> list[Names]:
    """Return who is marked or shown near the headline, then who is marked elsewhere."""
    outside = [each for each in marked if each.note == OUTSIDE]
    marked = [each for each in marked if each.value and each.note not in {OUTSIDE, HANDLE}]
    places = _places(lines, blocks) if marked else ()
    near = [_near(each, places) for each in marked]
    return [
        *(each for each in near if each.note != BY_CLASS),
        *shown,
        *(each for each in near if each.note == BY_CLASS),
        *outside,
        *(_first(each) for each, kept in zip(marked, near, strict=True) if not kept.value),
    ]


def _close(lines: Lines) -> frozenset[str]:
    """Return the short lines below the headline, and right above it."""
    near = (*lines.above[-_JUST_ABOVE:], *lines.head[:NEAR])
    return frozenset(line.text for line in near if len(line.text) <= MAX_NAME)


def _links_names(lines: Iterable[Line]) -> bool:
    """Say whether a line that is a link may be a name: few pages are asked for links then."""
    return any(line.linked and " " in line.text and line.text.istitle() for line in lines)


def _best(found: Sequence[Names], outlet: "_Outlet") -> int:
    """Return the first that names a person; of what the page shows, before any agency.

    "Times" and "News" make an agency of an outlet whose name the page states nowhere.
    """
    named = [n for n, each in enumerate(found) if _has_person(each, outlet)]
    first = next(iter(named), 0)
    if not named or found[first].provenance is not Provenance.PAGE:
        return first
    people = (n for n in named if not all(map(is_agency, found[n].value)))
    return next(people, first)


class _Outlet(NamedTuple):
    """What the outlet is called, so that it is not taken for a person."""

    name: str  # folded
    host: str

    def is_named(self, name: str) -> bool:
        """Tell whether a byline's name is the outlet's: "USA Today" of usatoday.com."""
        folded = fold_title(name)
        if folded == self.name or fold_date(folded).replace(" ", "") == self.host:
            return True
        return " " in self.name and f" {self.name} " in f" {folded} "


def _has_person(found: Names, outlet: _Outlet) -> bool:
    typed = found.note == TYPED
    return any(
        (is_personal(name) or is_agency(name) or typed) and not outlet.is_named(name)
        for name in found.value
    )


def _places(lines: Lines, blocks: Sequence[Block]) -> tuple[str, str]:
    """Return what stands near the headline, and what stands around, folded."""
    head = [*(line.text for line in lines.head), *(block.text for block in blocks[:2])]
    around = [line.text for line in (*lines.above[-NEAR:], *lines.below[:NEAR])]
    return "\n".join(head).casefold(), "\n".join(around).casefold()


def _near(found: Names, places: Iterable[str]) -> Names:
    """Keep the names that stand near the headline or else right below the text."""
    for whole in places:
        if names := tuple(name for name in found.value if name.casefold() in whole):
            return found._replace(value=names)
    return found._replace(value=())


def _first(found: Names) -> Names:
    """Return who is marked apart from the article; of a list of articles the first."""
    return found._replace(value=found.value[:1]) if len(found.value) > MOST_JOINED else found


def _without_outlet(found: Names, outlet: _Outlet) -> Names:
    """Drop the outlet's own name where a person's stands beside it."""
    others = tuple(name for name in found.value if not outlet.is_named(name))
    if not any(map(is_personal, others)):
        return found
    return Found(others, found.provenance, found.note)
