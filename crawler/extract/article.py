"""Read a page into an article: every field chosen apart, the body beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from config.source import Source
from crawler.extract.attributions import read_attributions
from crawler.extract.authors import read_authors
from crawler.extract.body import Body, read_body
from crawler.extract.canonical import read_canonical
from crawler.extract.choice import Choice, Found, candidate
from crawler.extract.controls import without_controls
from crawler.extract.dates import read_dates
from crawler.extract.document import Document, UnsafePageError, read_document
from crawler.extract.filed import Filing
from crawler.extract.furniture import without_biographies, without_furniture
from crawler.extract.images import read_images
from crawler.extract.language import read_language
from crawler.extract.lines import Lines, read_lines
from crawler.extract.newsroom import read_logo, read_newsroom
from crawler.extract.section import read_section, read_tags
from crawler.extract.selectors import Overrides, read_overrides
from crawler.extract.summary import read_summary
from crawler.extract.surroundings import Surroundings
from crawler.extract.title import read_title
from crawler.extract.way import way_to
from crawler.local_zone import local_zone, month_leads_here
from storage.article import Access, Article, Candidate, Image, Provenance


def extract_article(
    html: bytes,
    url: str,
    *,
    now: datetime | None = None,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    source: Source | None = None,
) -> Article:
    """Return what the page says as an article; never raises, whatever the bytes.

    A page that is none, or that the parser must not see, comes back with `not_article` set.
    A date later than `now` is doubted; without it, none lies ahead and no selector has expired.
    `fetched_at` is what "2 hours ago" on the page is told against; without it none is read.
    What each field won against is told by `explain_article` only.
    """
    reading = _begin(html, url, content_type, source, now, fetched_at)
    return reading.article() if isinstance(reading, _Reading) else reading


def explain_article(
    html: bytes,
    url: str,
    *,
    now: datetime | None = None,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    source: Source | None = None,
) -> tuple[Article, Mapping[str, str]]:
    """Return the article with its candidates, and which fact gave each field: "og:title"."""
    reading = _begin(html, url, content_type, source, now, fetched_at)
    if not isinstance(reading, _Reading):
        return reading, {}
    article = replace(reading.article(explained=True), candidates=reading.candidates())
    return without_controls(article), reading.notes()


def _begin(
    html: bytes,
    url: str,
    content_type: str | None,
    source: Source | None,
    now: datetime | None,
    fetched_at: datetime | None,
) -> "_Reading | Article":
    """Parse the page; one that the parser must not see is an article without a text."""
    try:
        document = read_document(html, url, content_type)
    except UnsafePageError as error:
        return Article(
            source_id=source.id if source else "",
            url=url,
            access=Access.NO_BODY,
            not_article=str(error),
        )
    return _Reading(document, source, now, fetched_at)


@dataclass(slots=True)
class _Chosen:
    """The fields chosen so far, with where they stood and what they won against."""

    overrides: Overrides
    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    lost: dict[str, Iterable[Found[Any]]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, choice: Choice[Any]) -> Any:
        choice = self.overrides.over(name, choice)
        self.values[name] = choice.value
        if choice.provenance is not None:
            self.provenance[name] = choice.provenance
        self.lost[name] = choice.lost
        if choice.note:
            self.notes[name] = choice.note
        return choice.value


class _Reading:
    """One page being read."""

    def __init__(
        self,
        document: Document,
        source: Source | None,
        now: datetime | None,
        fetched_at: datetime | None,
    ) -> None:
        self.document = document
        self.source = source
        self.now = now
        self.fetched_at = fetched_at
        told = (source.language if source else None) or document.language
        self.overrides = read_overrides(document, source, lambda: self._surroundings(told))
        self.chosen = _Chosen(self.overrides)
        self.headline = ""
        self.titles: tuple[str, ...] = ("",)

    def article(self, *, explained: bool = False) -> Article:
        document, take = self.document, self.chosen.take
        newsroom = take(
            "newsroom", read_newsroom(document, self.source.name if self.source else "")
        )
        self.headline = take("headline", read_title(document, newsroom))
        others = (each.value for each in self.chosen.lost["headline"])
        self.titles = (self.headline, *others)
        body = self.body
        text = "\n".join(block.text for block in body.blocks[:8]) or self.headline
        told = self.source.language if self.source else None
        language = take("language", read_language(document, text, told))
        authors = take(
            "authors",
            read_authors(document, self.lines, body.blocks, newsroom, explained=explained),
        )
        around = self._surroundings(language)
        dates = read_dates(document, self.lines, body.blocks, around, self.headline)
        take("published_at", dates.published)
        take("last_update", dates.updated)
        take("newsroom_logo", read_logo(document))
        take("canonical_url", read_canonical(document))
        take("summary", read_summary(document, self.headline, body.blocks, self.lines))
        filing = Filing(document, self.headline, newsroom, body.frame)
        take("section", read_section(document, newsroom, filing))
        take("tags", read_tags(document, filing))
        texts = frozenset([block.text for block in body.blocks])
        place = body.frame if body.frame is not None else document.outline.first("article")
        known = (*authors, *self.titles[1:])  # no captions, wherever they stand
        pictures = read_images(document, place, self.headline, texts, known)
        take("images", pictures.images)
        blocks = tuple([each for each in body.blocks if each.text not in pictures.captions])
        blocks = without_biographies(blocks, authors)
        if not blocks or len(blocks) < len(body.blocks):
            access = body.access if blocks else Access.NO_BODY
            body = replace(body, blocks=blocks, access=access)
        return without_controls(self._assemble(body, pictures.images.value, language))

    def candidates(self) -> Mapping[str, tuple[Candidate, ...]]:
        """Return what each field won against, for people to read."""
        told = ((name, tuple(map(candidate, lost))) for name, lost in self.chosen.lost.items())
        return {name: candidates for name, candidates in told if candidates}

    def notes(self) -> Mapping[str, str]:
        """Return which fact gave each field; the body's is the way to where its text stands."""
        notes = self.chosen.notes
        if "body" in self.overrides.values:
            return {**notes, "body": self.overrides.css["body"]}
        frame = self.body.frame
        return (
            notes if frame is None else {**notes, "body": way_to(self.document.outline, frame)}
        )

    def _assemble(self, body: Body, images: tuple[Image, ...], language: str) -> Article:
        attributions = read_attributions(body.blocks, language)
        provenance = self.chosen.provenance
        lead: Choice[Image | None] = Choice(value=None)
        if images:
            lead = Choice(value=images[0], provenance=provenance["images"])
        self.chosen.take("lead_image", lead)
        self._take_words()
        if body.blocks:
            inside = body.frame is not None
            provenance["body"] = Provenance.PAGE if inside else Provenance.JSON_LD
        if "body" in self.overrides.values:
            provenance["body"] = Provenance.SELECTOR
        elif note := self.overrides.notes.get("body"):
            self.chosen.lost["body"] = (note,)
        if attributions:
            provenance["attributions"] = provenance["body"]
        return Article(
            source_id=self.source.id if self.source else "",
            url=self.document.url,
            body=body.blocks,
            attributions=attributions,
            access=body.access,
            not_article=body.not_article,
            truncated=body.truncated,
            provenance=provenance,
            **self.chosen.values,
        )

    def _take_words(self) -> None:
        """Let the selectors of caption and credit have their say on the lead image."""
        words = {
            name: self.overrides.values[name]
            for name in ("caption", "credit")
            if name in self.overrides.values
        }
        if words:
            lead = self.chosen.values["lead_image"] or Image()
            self.chosen.values["lead_image"] = replace(lead, **words)
            self.chosen.provenance["lead_image"] = Provenance.SELECTOR

    @cached_property
    def body(self) -> Body:
        body = read_body(self.document, self.titles)
        if blocks := self.overrides.values.get("body"):
            return replace(body, blocks=blocks, access=Access.OPEN, not_article="")
        kept = without_furniture(body.blocks)
        return body if len(kept) == len(body.blocks) else replace(body, blocks=kept)

    @cached_property
    def _lines(self) -> Lines:
        return read_lines(self.document, self.headline, self.body.blocks, self.body.frame)

    def lines(self) -> Lines:
        return self._lines

    def _surroundings(self, language: str) -> Surroundings:
        source, url = self.source, self.document.url
        return Surroundings(
            now=self.now,
            fetched_at=self.fetched_at,
            zone=local_zone(source, url, language),
            language=language,
            month_first=month_leads_here(source, url, self.document.language),
        )
