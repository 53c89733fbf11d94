"""Bodies of pages of our own, one for each way in which extractors fail on the press."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# ruff: noqa: E501 - pages are easier to read unbroken
from crawler.extract import extract_article
from storage.article import Access, Article, BlockKind

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
P1 = "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring."
P2 = "Engineers had warned for years that its northern pier was sinking, a report said in May."
P3 = "Work is to begin in January, and the ferry will run twice an hour until it is finished."
P4 = "The mayor called the vote a relief, although the cost has doubled since the first plan."
P5 = "Shop owners on the northern bank fear for their trade and have asked the city for help."
BODY = [P1, P2, P3, P4, P5]


def paragraphs(*texts: str, tag: str = "p", inside: str = "") -> str:
    return "".join(f"<{tag}{inside}>{text}</{tag}>" for text in texts)


def read(markup: str, head: str = "") -> Article:
    page = f"""<!doctype html><html lang=en><head><title>Bridge to be rebuilt</title>
    <meta property="og:title" content="Bridge to be rebuilt">{head}</head><body>
    <nav><ul><li><a href=/>Home</a></li><li><a href=/sport>Sport</a></li></ul></nav>
    {markup}<footer><p>All contents of this site belong to the Tamar Post, founded in 1871.</p>
    </footer></body></html>"""
    return extract_article(
        page.encode(), "https://post.test/2026/bridge-to-be-rebuilt", now=NOW
    )


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


TEASER = (
    "<div><h3><a href=/x>Ferry captain retires</a></h3><p>After forty years on the river he"
    " goes home for good.</p></div>"
)
ALL = paragraphs(*BODY)
LINKS = paragraphs(*(f"<a href=/{n}>Page {n}</a>" for n in range(30)))
FOOT = "The Tamar Post is the oldest paper of the valley and is printed at the mill by its readers."


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<article><h1>Bridge to be rebuilt</h1>{ALL}</article>", id="plain"),
        pytest.param(
            f"<div><h1>Bridge to be rebuilt</h1><div class=story-widgets>{ALL}</div></div><article>"
            "<h2>Winter in the harbour</h2>"
            + paragraphs(
                *(
                    f"In the year {n} the harbour office counted more ships." * 4
                    for n in range(1990, 1995)
                )
            )
            + "</article>",
            id="a name that would rule out most of what stands with the headline, more text below",
        ),
        pytest.param(
            f"<div class='without-sidebar tag-newsletter'><div class='post-share-container'>{ALL}"
            "</div></div>",
            id="a name that would rule out most of the body rules out nothing",
        ),
        pytest.param(f"<form>{ALL}</form>", id="a form round the whole page"),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<div class=newsletter-box><p>Get our best stories every"
            f" morning, free of charge and before breakfast.</p></div>{paragraphs(P3, P4, P5)}"
            "</article>",
            id="a newsletter box inside",
        ),
        *(
            pytest.param(
                f"<article>{paragraphs(P1, P2)}<div class='{names}'><p>Should the ferry be paid for"
                " by the town, by the region or by all who take it?</p></div>"
                f"{paragraphs(P3, P4, P5)}</article>",
                id=f"a box inside, named {names}",
            )
            for names in (
                "not-prose mb-12",
                "Article_elementPoll__0I_DP",
                "_poll_1x2y3_14",
                "ReaderPoll-sc-1abc23-0 kXyZq",
                "Pullquote-quote",
                "mc4wp-form",
                "ez-toc-container",
            )
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<p>Read also: <a href=/x>Why the ferry was late on"
            f" Monday</a></p>{paragraphs(P3, P4, P5)}</article>",
            id="read also",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<p>Lesen Sie auch</p><p><a href=/x>Warum die Fähre"
            f" ausfiel</a></p>{paragraphs(P3, P4, P5)}</article>",
            id="a label and its link",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}{TEASER}{paragraphs(P3, P4, P5)}{TEASER}</article>",
            id="teaser cards",
        ),
        pytest.param(
            f"<main><article><h1>Bridge to be rebuilt</h1>{ALL}</article><article><h2><a href=/y>"
            f"Second</a></h2>{paragraphs(*(text + ' Again.' for text in BODY))}</article></main>",
            id="a second article below",
        ),
        pytest.param(
            f"<main><article><h1>Bridge to be rebuilt</h1>{ALL}</article><section class=comments>"
            + paragraphs(
                *(f"I have said so for {n} years, and nobody listened." for n in range(99))
            )
            + "</section></main>",
            id="more comments than article",
        ),
        pytest.param(
            f"<div class=x1>{ALL}<h4>12 Comments</h4>"
            + paragraphs(
                *(f"I said so {n} years ago, and nobody listened to me." for n in range(99))
            )
            + "<p>Leave a Reply</p></div>",
            id="comments that no name tells",
        ),
        pytest.param(
            f"<div><div class=x1>{ALL}</div><div>{LINKS}</div><div><p>{FOOT}</p></div></div>",
            id="a note at the foot of the page, behind its links",
        ),
        pytest.param(
            f"<div><div>{LINKS}<p>{FOOT}</p></div><h1>Bridge to be rebuilt</h1>{ALL}</div>",
            id="a note at the head of the page",
        ),
        pytest.param(
            f"<article><p>Tamar</p><h2>New river crossing Bridge to be rebuilt at last</h2>{ALL}</article>",
            id="a second title with a kicker",
        ),
        pytest.param(
            f"<article><h1>Bridge to be rebuilt</h1><div>Updated on 07.01.2026 - 18:50 CET Reading time: 4 min"
            f"</div>{ALL}</article>",
            id="a stamp with what the text takes to read",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<div><div><div><img src=a.jpg></div><div>The old pier on a"
            f" November morning</div></div></div>{paragraphs(P3, P4, P5)}</article>",
            id="a line in one box with a picture",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<div>On foot.</div><div>By ferry.</div>"
            f"{paragraphs(P3, P4, P5)}<div>No machine wrote any of this.</div></article>",
            id="the answers of a poll, and a note, loose among paragraphs",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<p>Image: Anna Berg</p><p>Embed</p>{paragraphs(P3, P4, P5)}</article>",
            id="credits of pictures, and what is left of an embedded post",
        ),
        pytest.param(
            "<div class='elementor-widget elementor-widget-text-editor'>"
            + "".join(
                f"<div class=elementor-widget-container><p>{each}</p></div>" for each in BODY
            )
            + "</div><div class=elementor-widget-share-buttons><p>Tell your friends about this page"
            " before they hear of it elsewhere.</p></div>",
            id="a page builder's widgets",
        ),
        pytest.param(
            f"<article>{ALL}<p>This subject in the programme:</p><ul><li><a href=/r>Radio</a></li>"
            "</ul></article>",
            id="a line that leads to links",
        ),
        pytest.param(
            f"<article>{ALL}<p>The Post may earn a commission from what you buy there.</p></article>",
            id="how the outlet earns",
        ),
        pytest.param(
            "<div id=story>" + "<br><br>".join(BODY) + "</div>", id="a box with breaks"
        ),
        pytest.param(
            "<div id=story>" + "<span class='r12 br' data-n=2></span>".join(BODY) + "</div>",
            id="a box with spans for breaks",
        ),
        pytest.param(paragraphs(*BODY, tag="div"), id="boxes for paragraphs"),
        *(
            pytest.param(
                f"<div class='{name}'><div id=free>{paragraphs(P1)}</div><div id=metered>"
                f"{paragraphs(P2, P3, P4, P5)}</div></div>",
                id=f"the first paragraph stands apart, in {name}",
            )
            for name in (
                "article-body",
                "prose lg:prose-lg",
                "field--name-body",
                "c-RichText",
                "Article_body__60Liu",
                "cuerpo-noticia",
            )
        ),
        pytest.param(
            "".join(
                f"<div class='row text'>{paragraphs(text)}</div><div class=ad-slot>Ad</div>"
                for text in BODY
            ),
            id="rows with advertisements between",
        ),
        pytest.param(
            f"<article>{paragraphs(P1)}<figure><img src=a.jpg><figcaption>The old bridge in the"
            f" fog of a November morning.</figcaption></figure>{paragraphs(P2, P3, P4, P5)}"
            "</article>",
            id="a caption",
        ),
        pytest.param(
            f"<article>{paragraphs(P1)}<style>p {{ color: red }}</style><p>{P2}<script>track("
            f"'read')</script></p>{paragraphs(P3, P4, P5)}<noscript><p>Please switch on your"
            " scripts to see this page as it is meant.</p></noscript></article>",
            id="styles and scripts inside",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2, P3, P4, P5, inside=' class=paywall')}</article>",
            id="paragraphs that are named for the paywall",
        ),
        pytest.param(
            f"<article>{ALL}<p>Copyright © 2026 The Tamar Post. All rights reserved.</p>"
            "<p>Sign up for our newsletter and follow us on Facebook.</p></article>",
            id="rights and calls at the end",
        ),
        pytest.param(
            f"<article>{paragraphs(P1, P2)}<p>vor 3 Std.</p><p>Facebook Twitter Flipboard Send"
            f" Whatsapp</p><p>* * *</p>{paragraphs(P3, P4, P5)}<h2>(You may comment on this piece"
            " of news right below)</h2></article>",
            id="how long ago it was, a bar of buttons, a rule, a heading over nothing",
        ),
        pytest.param(
            f"<article><p>Anna Berg & Omar Khalil | Valley News | Updated: May 8, 2024, 13:47</p>{ALL}</article>",
            id="a byline with an agency and a stamp",
        ),
        pytest.param(
            f"<article>{ALL}<div class=company-news><a href=/w>How to choose a window</a>"
            "<p>Cold sills are known to us all. Begin with the glass, the masters say.</p></div></article>",
            id="what a company has to say",
        ),
        pytest.param(
            f"<article>{ALL}<p>Tags: bridge, river, council of the valley</p><p>Contributing: Anna Berg,"
            " Omar Khalil, agencies.</p><p>Do you live there? Get in touch with our desk by mail.</p>"
            "</article>",
            id="tags, sources and a call at the end",
        ),
        pytest.param(
            f"<article>{ALL.replace('river', '<a href=/r>river (öffnet im neuen Fenster)</a>')}"
            "</article>",
            id="what a link's sign says to those who do not see it",
        ),
        pytest.param(
            f"<article>{ALL.replace(P3, f'Work <a href=/w>{P3[5:]}</a>')}</article>",
            id="a sentence that is a link for the most part",
        ),
        pytest.param(
            f"<article>{paragraphs(*BODY[:2])}<div class=x7><h3>Every morning the news of the valley</h3>"
            "<p>Give us your address and miss nothing from your village.</p><form><input type=email>"
            f"</form><p>Read here how we keep it.</p></div>{paragraphs(*BODY[2:])}</article>",
            id="a form in the midst of the text, and what is said round it",
        ),
        pytest.param(
            f"<div class=itemBody><div class=itemIntroText><p>{P1}</p></div><div><div>Hot</div><ul>"
            "<li><a href=/1>Ferry captain retires</a></li></ul></div><div class=itemFullText>"
            f"{paragraphs(*BODY[1:])}</div></div>",
            id="an introduction in a box of its own",
        ),
        pytest.param(
            f"<article>{paragraphs(*BODY[:2])}<blockquote>{P1[4:38].upper()}</blockquote>"
            f"{paragraphs(*BODY[2:])}</article>",
            id="a brief quote in large letters",
        ),
        pytest.param(
            f"<article>{ALL}<p>ที่มา : สำนักข่าวทุ่งรวงทอง</p></article>",
            id="a source in another language",
        ),
        pytest.param(
            f"<div>{ALL}<div><h3>Մեկնաբանություններ</h3><div><h5>1. Anna</h5><p>Well said.</p></div>"
            "<div><h5>2. Omar</h5><p>It is not, as I have told you a hundred times.</p></div></div></div>",
            id="readers' comments under a word of another language",
        ),
    ],
)
def test_the_body_is_the_articles_own_paragraphs(markup: str) -> None:
    assert texts(read(markup)) == BODY


def test_parts_of_a_body_under_a_name_that_rules_out_are_text() -> None:
    first = [f"{text} So it says on page one." for text in BODY]
    parts = "".join(f"<div class=article-body>{paragraphs(text)}</div>" for text in first)
    article = read(f"<article><div class=teaser-content>{parts}</div>{ALL * 3}{ALL}</article>")
    assert texts(article) == first + BODY


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("<h2><div>What it costs</div></h2>", id="in a box"),
        pytest.param("<div class='x_subheadline'>What it costs</div>", id="a box of that name"),
        pytest.param("<h2>Bridge to be rebuilt</h2>", id="half of the headline"),
    ],
)
def test_a_sub_heading_is_known_by_tag_or_name(heading: str) -> None:
    head = '<meta property="og:title" content="Council decides: Bridge to be rebuilt at last">'
    title = "<h1>Council decides: Bridge to be rebuilt at last</h1>"
    page = f"<html><head>{head}</head><body><article>{title}{paragraphs(P1, P2)}{heading}"
    page += f"{paragraphs(P3, P4, P5)}</article></body></html>"
    article = extract_article(page.encode(), "https://post.test/bridge", now=NOW)
    assert [block.kind for block in article.body][2] is BlockKind.HEADING
    assert len(article.body) == 6


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["North bank: 12", "South bank: 7", "Ferry: 3"], 3),
        (["(Tamar Press)"], 0),
    ],
)
def test_lines_below_the_last_sentence_are_text_where_they_make_a_list(
    lines: list[str], kept: int
) -> None:
    article = read(f"<article>{ALL}{paragraphs(*lines)}</article>")
    assert texts(article) == BODY + lines[:kept]


def test_a_text_about_subscriptions_keeps_its_end() -> None:
    story = [f"{text} Then they subscribe to letter {n}." for n in range(2) for text in BODY]
    assert texts(read(f"<article>{paragraphs(*story)}</article>")) == story


def test_a_box_to_share_it_by_is_not_where_the_headline_stands() -> None:
    box = f"https://post.test/2026/bridge... {FOOT} {FOOT} {P1}"
    body = [f"{text} So it says on page {page}." for text in BODY for page in range(3)]
    page = f"""<html><head><title>"Bridge" to be rebuilt now - Tamar Post</title>
    <meta property="og:title" content='"Bridge" to be rebuilt now'></head><body><article>
    <div><div><h1>“Bridge” to be rebuilt\xa0now</h1></div><div>{paragraphs(*body)}</div></div>
    <div><div>"Bridge" to be rebuilt now</div><p>{box}</p></div></article></body></html>"""
    assert texts(extract_article(page.encode(), "https://post.test/bridge", now=NOW)) == body


def test_a_sub_heading_may_quote_what_is_said_below_it() -> None:
    quote = "“The northern pier was sinking all the while, we knew.”"
    article = read(f"<article>{paragraphs(P1)}<h3>{quote}</h3><p>{quote} He {P2}</p></article>")
    assert quote in texts(article)


def test_a_list_of_things_with_a_picture_each_is_text() -> None:
    rows = "".join(
        f"<div class=row><img src=/{n}.jpg><p>{text}</p></div>" for n, text in enumerate(BODY)
    )
    assert texts(read(f"<article>{rows}</article>")) == BODY


def test_kinds_are_kept() -> None:
    article = read(
        f"<article>{paragraphs(P1, P2)}<h2>What it costs</h2><ul><li>Nine million for the pier"
        f"</li><li>Four for the ferry</li></ul>{paragraphs(P3)}<blockquote><p>We should have"
        f" begun ten years ago.</p></blockquote>{paragraphs(P4)}</article>"
    )
    kinds = [block.kind for block in article.body]
    plain, item = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
    assert kinds == [
        *(plain, plain, BlockKind.HEADING, item, item, plain, BlockKind.QUOTE, plain),
    ]


def test_short_questions_and_answers_are_text() -> None:
    talk = [
        "Why now, Ms Berg?",
        "Because it sinks.",
        "Since when?",
        "For years.",
        P4,
        "Thanks.",
    ]
    assert (
        texts(read(f"<h1>Bridge to be rebuilt</h1><div>{paragraphs(*talk)}</div>")) == talk[:-1]
    )


def test_the_sentence_below_the_headline_is_the_summary_where_the_head_states_none() -> None:
    article = read(
        "<h1>Bridge to be rebuilt</h1><h2>The council decided late on Tuesday.</h2>"
        f"<div>By Anna Berg</div><div>{ALL}</div>"
    )
    assert article.summary == "The council decided late on Tuesday."
    assert texts(article) == BODY


def test_a_gallery_is_an_article_without_a_body() -> None:
    figures = "".join(
        f"<figure><img src={n}.jpg><figcaption>The bridge on day {n}. Photo: Anna Berg"
        "</figcaption></figure>"
        for n in range(6)
    )
    article = read(f"<h1>Bridge to be rebuilt</h1>{figures}")
    assert (article.body, article.access) == ((), Access.NO_BODY)
    assert len(article.images) == 6


def test_inline_markup_does_not_break_words_and_readings_need_brackets() -> None:
    article = read(
        f"<article><p>A <b>bri</b>dge<br>too <a href=/f>far</a>, said <ruby>漢<rt>かん</rt></ruby>"
        f" and <ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>, at length.</p>{ALL}</article>"
    )
    assert texts(article)[0] == "A bridge too far, said 漢 and 字(じ), at length."


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        pytest.param("گفت‌وگوهای دو کشور درباره راه‌آهن در باکو برگزار شد و ادامه دارد.", "fa"),
        pytest.param("Правительство одобрило проект нового моста через реку в четверг.", "ru"),
        pytest.param(
            "市議会は火曜日、老朽化した橋を来年春までに架け替えることを決めた。", "ja"
        ),
        pytest.param("시의회는 화요일에 낡은 다리를 내년 봄까지 다시 짓기로 결정했다.", "ko"),
        pytest.param(
            "Nazirlər Kabineti körpünün yenidən qurulması barədə qərar qəbul edib.", "az"
        ),
    ],
)
def test_other_scripts_are_read_as_well_as_latin(sentence: str, language: str) -> None:
    body = [f"{number} {sentence}" for number in range(6)]
    page = f"<html lang={language}><meta charset=utf-8><div class=menu><a href=/>x</a></div>"
    page += f"<article>{paragraphs(*body)}</article>"
    assert texts(extract_article(page.encode(), "https://post.test/a", now=NOW)) == body


def test_json_ld_finds_the_passages_where_the_markup_misleads() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(BODY)})
    loud = paragraphs(*(f"Comment {n}: this was to be expected, I think." for n in range(40)))
    article = read(
        f"<div>{paragraphs(*BODY[:3])}</div><aside>{paragraphs(*BODY[3:])}</aside><div>{loud}</div>",
        f"<script type=application/ld+json>{stated}</script>",
    )
    assert texts(article) == BODY


@pytest.mark.parametrize("end", ["</p>", "{/p}"])
def test_a_page_drawn_by_a_script_is_read_out_of_its_state(end: str) -> None:
    markup = paragraphs(*BODY).replace("</p>", end)
    state = json.dumps({"props": {"article": {"contentHtml": markup}}})
    article = read(f"<div id=app></div><script>window.__STATE__ = {state};</script>")
    assert texts(article) == BODY


@pytest.mark.parametrize(
    ("markup", "access"),
    [
        pytest.param(ALL, Access.OPEN, id="open"),
        pytest.param("<h1>Bridge to be rebuilt</h1>", Access.NO_BODY, id="no body"),
    ],
)
def test_access_says_how_much_is_shown(markup: str, access: Access) -> None:
    assert read(f"<article>{markup}</article>").access is access


@pytest.mark.parametrize(
    ("markup", "access"),
    [
        pytest.param(
            f"<article>{ALL}<h2>This post is for paying subscribers only</h2></article>",
            Access.PAYWALLED,
            id="a label below the text",
        ),
        pytest.param(
            f"<article>{ALL}<div class=x><b>Этот материал доступен только подписчикам</b><p>Чтобы "
            "прочитать статью полностью, оформите подписку.</p></div></article>",
            Access.PAYWALLED,
            id="a wall within the text, in Russian",
        ),
        pytest.param(
            "<article><h1>Bridge to be rebuilt</h1><p>Nur für Abonnenten</p>"
            f"{paragraphs(P1, P2, P3)}</article>",
            Access.PAYWALLED,
            id="a label above the text",
        ),
        pytest.param(
            f"<article>{ALL}<div><p>लेख</p><p>पूरी खबर पढ़ने के लिए मेंबरशिप लें</p></div></article>",
            Access.PAYWALLED,
            id="a wall in Hindi",
        ),
        pytest.param(
            f"<article>{ALL}<p>Pozostało jeszcze 68% treści.</p></article>",
            Access.PAYWALLED,
            id="how much is left, in Polish",
        ),
        pytest.param(
            f"<article>{ALL}<p>{P1} {P2[:60]}</p></article><div class=plusWall>Get the app</div>",
            Access.PAYWALLED,
            id="a text that breaks off above a box named for a wall",
        ),
        pytest.param(
            f"<article>{ALL}</article><div class=plusWall>Get the app</div>",
            Access.OPEN,
            id="a text that does not break off above one",
        ),
        pytest.param(
            f"<article>{ALL}<p><small>Copyright 2024 Post. For subscribers only under contract."
            "</small></p></article>",
            Access.OPEN,
            id="to whom a wire is sold",
        ),
        pytest.param(
            f"<article>{ALL}<p>{P1} {P2[:60]}</p></article><div class=box>Get the app</div>",
            Access.OPEN,
            id="a text that breaks off above another box",
        ),
        pytest.param(
            f"<article>{ALL}<p>补助资金分两次拨付：开工后拨付40%，经检验合格后拨付剩余60%。</p></article>",
            Access.OPEN,
            id="what is left to pay",
        ),
        pytest.param(
            f"<article>{ALL}<p>本文剩余60%内容需订阅后方可阅读，请先登录您的账户</p></article>",
            Access.PAYWALLED,
            id="what is left to read, in Chinese",
        ),
        pytest.param(
            "<div>Save it for later. A service for subscribers only</div>"
            f"<article>{ALL}</article>",
            Access.OPEN,
            id="a service of the page above the text",
        ),
        pytest.param(
            f"<ul><li><a href=/x>For subscribers only</a></ul><article>{ALL}</article>",
            Access.OPEN,
            id="a menu",
        ),
        pytest.param(
            f"<article>{ALL}</article><ul><li>For subscribers only "
            "<a href=/2>The secret auction</a></ul>",
            Access.OPEN,
            id="another article's label",
        ),
        pytest.param(
            f"<article>{ALL}</article>{'<p>Ferry late</p>' * 20}<p>For subscribers only under "
            "contract; no archiving.</p>",
            Access.OPEN,
            id="the foot of the page",
        ),
    ],
)
def test_a_wall_is_one_where_it_stands_at_the_text(markup: str, access: Access) -> None:
    article = read(markup)
    assert article.access is access
    assert not any("подпис" in text for text in texts(article))


def test_the_columns_beside_that_of_the_headline_are_no_text() -> None:
    column = f"<td><img src=ad.gif><br>Weather<br>{P1[::-1]}<br>- Mrs E. Dacre</td>"
    row = f"<td><b>Menu</b></td><td><b>Bridge to be rebuilt</b><br>24 November<br><br>{'<br><br>'.join(BODY)}</td>"
    article = read(
        f"<table><tr>{row}{column}</tr></table>",
        "<title>The Post - Bridge to be rebuilt</title>",
    )
    assert article.headline == "Bridge to be rebuilt"
    assert texts(article) == BODY


@pytest.mark.parametrize(
    "note",
    [
        "[ Print this page ] [ Send to a friend ] [ Back ]",
        "Использование материалов разрешено только при наличии гиперссылки на источник.",
        "Все новости каждый будний день в 8:00. Отписаться можно в любой момент.",
        "Bütün hüquqlar qorunur. Materiallardan istifadə edərkən istinad vacibdir.",
        "Riproduzione riservata",
        "후원해 주세요. 월 5천원이면 충분합니다.",
        "이준호 기자 lee@valley.test",
    ],
)
def test_what_a_page_says_below_every_text_is_no_part_of_it(note: str) -> None:
    assert texts(read(f"<article>{ALL}<p>{note}</p></article>")) == BODY


def test_a_text_set_in_fixed_width_is_parted_at_its_empty_lines() -> None:
    article = read(f"<h2>Bridge to be rebuilt</h2><pre>\n{P1}\n \n{P2}\n\n{P3}\n</pre>")
    assert texts(article) == [P1, P2, P3]


def test_a_teaser_of_a_page_that_is_not_free_is_paywalled() -> None:
    stated = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})
    article = read(
        f"<article>{paragraphs(P1, P2)}</article>",
        f"<script type=application/ld+json>{stated}</script>",
    )
    assert article.access is Access.PAYWALLED
    assert texts(article) == [P1, P2]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<p>{P1 * 20_000}</p>", id="one line"),
        pytest.param(paragraphs(*(f"{n} {P1}" for n in range(20_000))), id="many paragraphs"),
    ],
)
def test_row_35_a_very_long_text_is_cut_and_says_so(markup: str) -> None:
    article = read(markup)
    assert article.truncated
    assert 400_000 < sum(map(len, texts(article))) <= 500_000


SCRAPS = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<div class=related>",
                "</div>",
                "<article>",
                "<h1>",
                "<h2>",
                "<li>",
            ),
            *("<script>", "</script>", "<!--", "-->", "<table>", "<td>", "<svg>", "<template>"),
            *(
                "<frameset>",
                "<rt>",
                "<a href=",
                "<meta property=og:title content=",
                "&#x0;",
                ">",
            ),
            '<script type="application/ld+json">{"@type":["NewsArticle"],"articleBody":',
            *(
                "A sentence of some length, which is said to be true. ",
                "\x00",
                "\ud7ff",
                "世界",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), SCRAPS.map(str.encode)))
def test_any_bytes_give_an_article_or_a_reason(page: bytes) -> None:
    article = extract_article(page, "https://post.test/a", now=NOW)
    assert article.not_article or article.body or article.access is Access.NO_BODY


GALLERY = "".join(
    f"<li><h3>{n}/5 A ship of the line {n} leaves the port</h3><p>Hundreds of people have come to"
    f" see number {n} go, and the band of the port plays on the pier.</p></li>"
    for n in range(1, 6)
)


def test_a_gallery_inside_a_text_is_no_part_of_it() -> None:
    more = [f"{text} So it was said in the town on day {n}." for n, text in enumerate(BODY)]
    body = read(f"<article>{ALL}<ul>{GALLERY}</ul>{paragraphs(*more)}</article>").body
    assert [block.text for block in body] == [*BODY, *more]


def test_a_gallery_that_is_the_article_is_its_text() -> None:
    body = read(f"<article>{paragraphs(P1)}<ul>{GALLERY}</ul></article>").body
    assert sum("ship of the line" in block.text for block in body) == 5
