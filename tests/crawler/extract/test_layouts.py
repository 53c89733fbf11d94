"""Pages of our own on which no name tells the body from what stands beside it, or within it."""

import pytest

# ruff: noqa: E501 - pages are easier to read unbroken
from crawler.extract import extract_article

TITLE = "Bridge over the Tamar to be rebuilt"
DATED = "<meta property=og:type content=article><meta property=article:published_time content=2026-11-23>"
P1 = "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring."
P2 = "Engineers had warned for years that its northern pier was sinking, a report said in May."
P3 = "Work is to begin in January, and the ferry will run twice an hour until it is finished."
LONG = [
    f"{text} So it was written in the minutes of the town, page {page}, and signed by all."
    for page, text in enumerate((P1, P2, P3, P1), 1)
]
NEWS = [
    "Ferry captain retires after forty years",
    "Harbour office expects fewer ships",
    "Two bakers share one oven until spring",
    "Library opens its reading room again",
    "Tram driver returns wallet with money",
    "Pupils plant ninety trees by the river",
]
WORDS = "After {} years on the river he goes home for good, he told this paper on Sunday."
CARDS = "".join(
    f"<div><a href=/{n}><img src=/{n}.jpg><h3>{title}</h3></a><p>{WORDS.format(n)}</p></div>"
    for n, title in enumerate(NEWS)
)
LINKS = "".join(
    f"<p><a href=/{n}>{title}</a></p><p>{WORDS.format(n)}</p>" for n, title in enumerate(NEWS)
)
ROWS = "".join(
    f"<div class=row><div><a href=/{n}><img src={n}.jpg></a></div><div><small>World | 11:2{n}</small><br>"
    f"<a href=/{n}><b>{title}</b></a><div>The drivers of {n} towns wait at their gates…</div></div></div>"
    for n, title in enumerate(NEWS)
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(markup: str, title: str = TITLE) -> list[str]:
    page = f"<!doctype html><title>{title}</title>{DATED}<body><h1>{title}</h1>{markup}"
    page = page if "<h1>" not in markup else page.replace(f"<h1>{title}</h1>", "", 1)
    article = extract_article(page.encode(), "https://post.test/2026/bridge-to-be-rebuilt")
    assert not article.not_article
    return [block.text for block in article.body]


@pytest.mark.parametrize(
    "teasers",
    [
        pytest.param(f"<aside>{CARDS}</aside>", id="cards in an aside"),
        pytest.param(f"<div>{CARDS}</div>", id="cards"),
        pytest.param(f"<div>{LINKS}</div>", id="links in paragraphs"),
    ],
)
def test_an_item_of_two_sentences_is_not_the_teasers_beside_it(teasers: str) -> None:
    item = (
        f"<div><h1>{TITLE}</h1><div>24.11.2026 10:15</div><div>{paragraphs(P1, P3)}</div></div>"
    )
    assert read(f"<main>{item}{teasers}</main>") == [P1, P3]


def test_rows_of_a_picture_and_a_line_that_lead_to_one_page_are_no_text() -> None:
    text = f"<div><h1>{TITLE}</h1></div><div>{paragraphs(P1, P2, P3)}</div>"
    assert read(f"<main>{text}<h3>Oxşar xəbərlər</h3><div>{ROWS}</div></main>") == [P1, P2, P3]


def test_a_list_of_links_below_the_headline_is_the_text_where_it_is_all_there_is() -> None:
    page = f"<div><h1>{TITLE}</h1></div><div>{LINKS}</div><p>More of it in this old book.</p>"
    assert WORDS.format(3) in read(page)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param("<span>anna{}</span> <span>2 hours ago</span>", "Reply", id="a button"),
        pytest.param("<span>anna{}</span>", "Ответить", id="in another language"),
        pytest.param("<div>anna{} says:</div>", "", id="anna says"),
    ],
)
def test_readers_comments_are_told_by_what_stands_on_each(above: str, below: str) -> None:
    comments = "".join(
        f"<div><div>{above.format(n)}</div><p>I said so {n} years ago, and nobody has listened to"
        f" me in this town. But who reads this anyway?</p><div><a href=#>{below}</a></div></div>"
        for n in range(30)
    )
    article = f"<div><h1>{TITLE}</h1></div><div>{paragraphs(*LONG)}</div>"
    assert read(f"<div>{article}<div>{comments}</div></div>") == LONG


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(
            "<h2>We value your privacy</h2>"
            + paragraphs(
                *(
                    f"With your permission our {n} partners may look at what you read, and remember it."
                    for n in (900, 847, 312)
                )
            ),
            id="a question about cookies",
        ),
        pytest.param(CARDS, id="teasers"),
    ],
)
@pytest.mark.parametrize("around", ["<div>{}</div>", "{}"])
def test_what_stands_above_the_headline_is_no_text_even_if_there_is_more_of_it(
    above: str, around: str
) -> None:
    page = f"<main>{around.format(above)}<h1>{TITLE}</h1>{paragraphs(P1, P2, P3)}</main>"
    assert read(page) == [P1, P2, P3]


def test_a_title_in_the_foot_does_not_make_what_stands_above_it_a_preface() -> None:
    page = f"<div>{paragraphs(*LONG)}</div><div><h1>{TITLE}</h1><p>{P1}</p></div>"
    assert read(page) == LONG


@pytest.mark.parametrize(
    "caption",
    [
        "The old bridge in Hale, on Monday, Nov. 23, 2026. (AP Photo/Ann Berg)",
        "The bridge that will be torn down. Photo: Ann Berg / Tamar Post",
        "Die alte Brücke über den Tamar. Foto: Anna Berg/dpa",
        "The northern pier of the bridge in winter | © Ann Berg via Getty Images",
    ],
)
def test_a_caption_among_the_paragraphs_is_told_by_its_credit(caption: str) -> None:
    assert read(f"<div>{paragraphs(LONG[0], caption, *LONG[1:])}</div>") == LONG


@pytest.mark.parametrize(
    "text",
    [
        "Ask it about anything in the city (throw in some images and a question).",
        "The county said that it would pay its share of the bridge. (Reuters)",
        "He has kept each picture of the bridge, and each photo: there are nine hundred of them.",
    ],
)
def test_a_paragraph_that_speaks_of_pictures_is_none(text: str) -> None:
    body = [LONG[0], text, *LONG[1:]]
    assert read(f"<div>{paragraphs(*body)}</div>") == body


def test_pictures_that_are_most_of_the_text_are_the_text() -> None:
    body = [f"{text} Photo: Ann Berg" for text in LONG]
    assert read(f"<div>{paragraphs(*body)}</div>") == body


@pytest.mark.parametrize("indent", ["\u3000", "&nbsp;&nbsp;&nbsp;", "&nbsp; &nbsp;", "&emsp;"])
def test_a_new_line_that_is_set_in_begins_a_paragraph(indent: str) -> None:
    assert read(f"<div>{'<br>'.join(indent + text for text in LONG)}</div>") == LONG


def test_thai_sentences_end_without_a_mark() -> None:
    body = [
        "สภาเมืองลงมติเมื่อวันอังคารให้สร้างสะพานเก่าข้ามแม่น้ำทามาร์ขึ้นใหม่ภายในฤดูใบไม้ผลิหน้า",
        "วิศวกรเตือนมาหลายปีแล้วว่าตอม่อด้านเหนือกำลังทรุดตัว รายงานระบุเมื่อเดือนพฤษภาคม",
        "ค่าใช้จ่ายเพิ่มขึ้นเป็นสองเท่า",
    ]
    assert read(f"<div>{paragraphs(*body)}</div>", "สร้างสะพานข้ามแม่น้ำทามาร์ใหม่") == body
