"""Fill templates: the one module that knows jinja2 and css-inline.

Ours lie beside this file; a template of the same name in the operator's folder takes its place.
They run in a sandbox, everything is escaped, and an unknown name is an error, not a blank.
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, FileSystemLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from alerts.delivery.difference import Piece, difference
from alerts.notification import ChangeNote
from alerts.plain import (
    FIRST_STRONG,
    POP,
    as_written,
    is_rtl,
    isolate,
    one_line,
    safe_link,
    shorten,
    shorten_around,
    shown_host,
)

# Read as we start: under a daemon that runs for months its files may become those of another
# version. What an operator wrote is read when it is used, so that an edit shows.
OWN = {
    path.name: path.read_text("utf-8")
    for path in (Path(__file__).parents[1] / "templates").iterdir()
}
COLUMNS = 78
PAGE_MOST = 2_000_000  # characters
MANY = 1_000_000  # from here on numbers are no longer small


class TemplateProblem(Exception):  # noqa: N818 - says what it is
    """An operator's template cannot be filled; the message says which and why."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which arithmetic cannot fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply small numbers; refuse long repetitions and powers."""
        small = all(
            isinstance(each, int | float) and abs(each) < MANY for each in (left, right)
        )
        if operator == "**" or not small:
            raise SecurityError(f"{operator} is for small numbers here")
        return super().call_binop(context, operator, left, right)


class Templates:
    """Every template, the operator's first."""

    def __init__(self, folder: Path | None = None) -> None:
        loaders: list[BaseLoader] = [DictLoader(OWN)]
        if folder is not None:
            loaders.insert(0, FileSystemLoader(folder))
        self._pages = _environment(ChoiceLoader(loaders), autoescape=True)
        self._texts = _environment(ChoiceLoader(loaders), autoescape=False)

    def page(self, name: str, **values: Any) -> str:
        """Fill an HTML template; styles go into the elements, media queries stay."""
        page = self._fill(self._pages, name, values)
        try:
            return inline(page)
        except css_inline.InlineError as error:
            raise TemplateProblem(f"{name}: its styles cannot be read: {error}") from error

    def text(self, name: str, **values: Any) -> str:
        """Fill a plain text template; never more than two line ends in a row."""
        lines = [line.rstrip() for line in self._fill(self._texts, name, values).splitlines()]
        kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
        return "\n".join(kept).strip() + "\n"

    def _fill(
        self, environment: ImmutableSandboxedEnvironment, name: str, values: dict[str, Any]
    ) -> str:
        try:
            return "".join(_in_bounds(environment.get_template(name).generate(**values)))
        except Exception as error:  # a template can raise whatever Python can
            raise TemplateProblem(f"{name}: {type(error).__name__}: {error}") from error


def _in_bounds(pieces: Iterable[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > PAGE_MOST:
            raise SecurityError(f"a page of more than {PAGE_MOST} characters")
        yield piece


def inline(html: str) -> str:
    """Write the style sheet into the elements; nothing is loaded from anywhere."""
    return _inliner().inline(html)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=True, load_remote_stylesheets=False, minify_css=True
    )


def _environment(loader: BaseLoader, *, autoescape: bool) -> ImmutableSandboxedEnvironment:
    environment = _Sandbox(
        loader=loader,
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=50,
    )
    environment.filters.update(
        line=one_line,
        as_written=as_written,
        isolated=lambda text: isolate(one_line(text)),
        link=safe_link,
        host=shown_host,
        direction=lambda text: "rtl" if is_rtl(text) else "ltr",
        wrapped=wrapped,
        marked=marked,
        around=around,
        sides=sides,
        piece=piece,
        short=lambda text, most: shorten(one_line(text), most),
        clock=clock,
    )
    return environment


def wrapped(text: str, indent: str = "", hang: str | None = None) -> str:
    """Break text into lines of 78 columns at most; hang: how those after the first begin."""
    isolated = FIRST_STRONG in text
    lines = textwrap.wrap(
        text,
        COLUMNS - 2 * isolated,  # room for the signs that a broken isolate needs
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_on_hyphens=False,
    )
    return "\n".join(_closed(lines) if isolated else lines)


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """End an isolate with its line and open it on the next: none reaches beyond a line."""
    is_open = False
    for line in lines:
        start = len(line) - len(line.lstrip(" *>"))
        whole = f"{line[:start]}{FIRST_STRONG}{line[start:]}" if is_open else line
        is_open = whole.rfind(FIRST_STRONG) > whole.rfind(POP)
        yield whole + POP if is_open else whole


def marked(sentence: str, words: str) -> Markup:
    """Escape a sentence and mark what matched: bold and underlined, not only yellow."""
    sentence, words = one_line(sentence), one_line(words)
    at = sentence.find(words) if words else -1
    if at < 0:
        return escape(sentence)
    before, after = sentence[:at], sentence[at + len(words) :]
    hit = Markup('<b class="hit">{}</b>').format(words)
    return escape(before) + hit + escape(after)


def around(sentence: str, words: str, most: int) -> Markup:
    """Cut a long sentence so that the words that matched stay in it, and mark them."""
    return marked(shorten_around(sentence, words, most), words)


def sides(change: ChangeNote) -> tuple[Piece, Piece]:
    """Return both sides of a change, cut to what differs."""
    return difference(one_line(change.before), one_line(change.after))


def piece(side: Piece) -> Markup:
    """Escape one side of a change and mark the words that changed."""
    changed = Markup("<b>{}</b>").format(side.changed) if side.changed else Markup("")
    return escape(side.before) + changed + escape(side.after)


def clock(at: datetime) -> str:
    """Write a time of day."""
    return at.strftime("%H:%M")
