"""Lines that speak to the reader, and lines of articles that begin almost like them."""

import re

import pytest

from crawler.extract.byline_leads import has_lead
from crawler.extract.openings import ByLetter, Openings
from crawler.extract.phrases import announces, pleads


@pytest.mark.parametrize(
    "line",
    [
        "Read also: the ferry was late", "You may also like", "Lesen Sie auch: die Fähre",
        "Mehr zum Thema", "Lire aussi", "À lire également", "Lea también: la barca",
        "Te puede interesar", "Leia também", "Leggi anche", "Ti potrebbe interessare",
        "Lees ook:", "Läs också", "Les også", "Læs også:", "Lue myös", "Lestu einnig",
        "Czytaj też:", "Zobacz także", "Mohlo by vás zajímat", "Čítajte aj", "Pročitajte još",
        "Прочитајте још", "Прочетете още", "Читайте также:", "Читайте також",
        "Citește și:", "Kapcsolódó cikkek", "Διαβάστε επίσης", "İlgili haberler",
        "Həmçinin oxuyun", "اقرأ أيضاً", "بیشتر بخوانید", "קראו גם", "यह भी पढ़ें", "関連記事",
        "延伸閱讀", "相关新闻", "관련기사", "Baca juga", "Xem thêm", "ข่าวที่เกี่ยวข้อง",
        "Publicidad", "Reklama", "Anzeige", "請繼續往下閱讀...", "▶ 관련 영상",
    ],
)  # fmt: skip
def test_a_line_announces_other_articles(line: str) -> None:
    assert announces(line)


@pytest.mark.parametrize(
    "line",
    [
        "By signing up you agree to our terms.", "Please enter a valid email address.",
        "You must be logged in to comment.", "We apologize, but this video has failed to load.",
        "An dieser Stelle finden Sie externe Inhalte.", "Bitte melden Sie sich an.",
        "Ich bin damit einverstanden, dass mir Inhalte angezeigt werden.",
        "Inscrivez-vous à notre lettre.", "Suscríbete a nuestro boletín.", "Prenumerera här",
        "Inscreva-se no canal", "Iscriviti alla newsletter", "Meld je aan voor de nieuwsbrief",
        "Tilmeld dig nyhedsbrevet", "Zaloguj się, aby czytać", "Přihlaste se k odběru",
        "Iezīmējiet tekstu un spiediet Ctrl+Enter!", "Выделите текст и нажмите CTRL + ENTER",
        "Подписывайтесь на наш канал", "Підписуйтесь на канал", "Abone ol",
        "会員登録が必要です", "Tags: bridge, river", "Теги: мост", "Etiquetas: puente", "Temas",
        "Schlagwörter: Brücke", "Mots-clés : pont", "Не пропустите главное",
        "Yuk, simak video ini",
        "For more on bridges and ferries please visit our pages.",
        "This column does not necessarily reflect the opinion of the board.",
        "You have read your 2 free articles this month.",
        "You’ve reached your limit of free texts.",
        "Bu habere tepkiniz?",
        "This slideshow requires JavaScript.", "Get access to all of our reports.",
    ],
)  # fmt: skip
def test_a_line_asks_something_of_the_reader(line: str) -> None:
    assert pleads(line) or announces(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tags on the birds were found in May.", "This video does not show the bridge.",
        "For more on the bank, he said, he had no time.", "Get well soon, they wrote.",
        "Terms of the deal were not disclosed.", "Already a champion at twenty, she ran on.",
        "“We use the ferry every day,” said the baker.", "Ihre Zustimmung gab die Kanzlerin.",
        "Sie müssen nun früher aufstehen.", "Um den Strom zu nutzen, braucht es Leitungen.",
        "Der Beitrag wird im Januar steigen.", "Pour accéder au pont, il faut attendre.",
        "Recibe el premio en Madrid.", "Para acceder a la isla hay una barca.",
        "För att se till att bron håller stängs den.", "Du må være tålmodig, sier han.",
        "Takip eden araçlar durdu.", "سجل المنتخب هدفين في المباراة.",
        "انضم اللاعب إلى الفريق.",
        "Ontvangen werd hij door de burgemeester.", "Thank you, he said, and left the room.",
        "Your house may be at risk, the council said.", "Reading is on the Thames.",
        "You have read your book to the end, he said, and what then?",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_alike_does_not(line: str) -> None:
    assert not pleads(line)
    assert not announces(line)


def test_openings_are_the_patterns_whatever_they_begin_with() -> None:
    openings = Openings(("(?:a|b(?:c|d)) x", "(?:the )?end", "[№#] \\d", "q{2}"))
    lines = ("A x", "bc x", "bd x", "THE END", "end", "№ 5", "«qq»"[1:], "— end")
    assert all(map(openings.begin, lines))
    assert not any(map(openings.begin, ("b x", "the", "q", "", "....... end", "№")))


def test_a_letters_pattern_is_compiled_when_a_text_begins_with_it() -> None:
    known = ByLetter({"a": "and", "記": "記者"}, re.IGNORECASE)
    assert len(known) == 0
    assert [known[letter] is None for letter in ("a", "b", "", "記", "者")] == [
        *(False, True, True, False, True)
    ]
    assert "者" not in known  # of all signs without a pattern only the common are remembered


def test_every_row_of_words_is_a_pattern() -> None:
    for letter in filter(str.isalpha, map(chr, range(0x10000))):
        assert not any(tell(f"{letter}\0") for tell in (has_lead, announces, pleads))
