"""What is asked for before a pattern is tried never hides what the pattern would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.boilerplate import SOURCES, speaks_of_outlet, without_reading
from crawler.extract.byline_leads import has_lead, is_lead
from crawler.extract.credit import split_credit
from crawler.extract.labels import (
    _PUBLISHED,
    _UPDATED,
    PUBLISHED,
    UPDATED,
    Labels,
    beginnings_of,
)
from crawler.extract.month_names import fold_date, month_number, month_pattern, stems
from crawler.extract.names import read_names
from crawler.extract.title_words import fold_title
from crawler.extract.walls import _ROWS, walls_among


@pytest.mark.parametrize(("labels", "rows"), [(UPDATED, _UPDATED), (PUBLISHED, _PUBLISHED)])
def test_every_label_is_found_before_a_stamp(labels: Labels, rows: str) -> None:
    words = [word.strip() for line in rows.splitlines() for word in line.split("|")]
    for word in filter(None, words):
        folded = fold_date(f"(12:30) {word}: 24.7.2024")
        assert labels.stand_in(folded), word
        assert labels.spans(folded, beginnings_of(folded)), word


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter", "Subscribe today", "Delivered to your inbox",
        "Follow Ann Lee on X", "Have a tip?", "Read our comment policy", "E-mail her at x",
        "Ann Lee contributed to this story",
        "Download our app", "Join the conversation", "Jetzt abonnieren",
        "Hat Ihnen dieser Artikel gefallen", "Unterstützen Sie uns", "Inscrivez-vous",
        "Abonnez-vous", "Réservé aux abonnés", "Suscríbete", "Síguenos", "Iscriviti", "Seguici",
        "Inscreva-se", "Siga-nos", "Abonneer nu", "Prenumerera", "Подписывайтесь на нас",
        "Підписуйтесь", "Abunə ol", "Abone ol", "会員登録",
    ],
)  # fmt: skip
def test_what_speaks_of_the_outlet_is_known(text: str) -> None:
    assert speaks_of_outlet(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "The newsletterish man", "They signed upwards", "We reached him at noon",
        "A follower on Friday", "She joined the channel",
    ],
)  # fmt: skip
def test_what_only_holds_a_sign_of_it_is_not(text: str) -> None:
    assert not speaks_of_outlet(text.lower())


@pytest.mark.parametrize(
    "text", ["Additional reporting by Ann Lee", "Mit Agenturmaterial", "(with agencies)"]
)
def test_where_an_outlet_has_its_news_from_is_told_by_the_beginning(text: str) -> None:
    assert SOURCES.match(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "By", "Written by", "— Story by", "Von", "Ein Bericht von", "Propos recueillis par",
        "Par", "Scritto di", "Autorin:", "Автор:", "Подготовила", "به قلم", "文", "글",
        "Text de",
    ],
)  # fmt: skip
def test_every_lead_in_is_found_by_its_first_letter(text: str) -> None:
    assert has_lead(f"{text} Anna Berg")
    assert is_lead(text)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Anna Berg", ("Anna Berg",)),
        ("Anna Maria Berg", ("Anna Maria Berg",)),
        ("By Anna Berg", ("Anna Berg",)),
        ("Anna Berg Reporter", ("Anna Berg",)),
        ("Anna Berg Updated", ("Anna Berg",)),
        ("Share Facebook", ()),
    ],
)
def test_a_plain_name_is_told_from_one_that_something_hangs_on(
    byline: str, names: tuple[str, ...]
) -> None:
    assert read_names(byline) == names


@pytest.mark.parametrize("language", ["", "hr", "id"])
def test_every_month_is_found_by_its_first_letter(language: str) -> None:
    pattern = re.compile(month_pattern(language))
    for stem, month in stems(language).items():
        found = pattern.match(stem)
        assert found is not None, stem
        assert month_number(found[0], language) == month, stem


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_a_title_of_plain_letters_is_folded_as_any_other(text: str) -> None:
    assert fold_title(text) == re.sub(r"[\W_]+", " ", text.casefold()).strip()


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("A bridge over the Kura.", "A bridge over the Kura.", ""),
        ("A bridge. Tous droits réservés AFP", "A bridge.", "AFP"),
        ("A bridge. PHOTO: Ann Lee", "A bridge.", "Ann Lee"),
        ("A bridge. Picture by Ann Lee", "A bridge.", "Ann Lee"),
        ("A bridge Copyright Ann Lee", "A bridge", "Ann Lee"),
        ("A bridge. (AP Photo/Ann Lee)", "A bridge.", "AP Photo/Ann Lee"),
        ("橋を渡る人=共同", "橋を渡る人", "共同"),
        ("A bridge. Supplied", "A bridge.", "Supplied"),
        ("A bridge over the Kura. / Report", "A bridge over the Kura.", "Report"),
        ("A bridge over the Kura | Report", "A bridge over the Kura", "Report"),
    ],
)
def test_each_way_to_credit_is_still_tried(text: str, caption: str, credit: str) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    "time",
    [
        "5 min read", "Lesedauer: 4 Minuten", "LESEZEIT 4 MIN", "12 minutos", "4 мин", "5 ХВ",
        "3 dk", "3 dəq", "5分", "5분", "5 דק", "5 دقیقه", "5 دقائق",
    ],
)  # fmt: skip
def test_what_a_text_takes_to_read_is_cut_off_its_byline(time: str) -> None:
    assert without_reading(f"Anna Berg | {time}") == "Anna Berg"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue", "To continue reading, sign in", "For subscribers only",
        "Already a subscriber? Not yet subscribed", "Members only: for members only",
        "La suite est réservée aux abonnés", "Pour lire la suite", "Il vous reste 70% à lire",
        "Jetzt weiterlesen mit Plus", "Um weiterzulesen", "Bereits Digitalabo?",
        "Nur mit Heim-Abo",
        "Suscríbete para saber más", "Para seguir leyendo", "Exclusivo para assinantes",
        "Para continuar lendo", "Para continuar a ler", "Reservado para subscritores",
        "Per continuare a leggere", "Riservato agli abbonati", "Om verder te lezen",
        "För att läsa vidare", "For å lese videre", "Endast för prenumeranter",
        "Aby czytać dalej", "Tylko dla subskrybentów", "Csak előfizetőknek",
        "Pouze pro předplatitele", "Только для подписчиков", "Чтобы читать статью",
        "Чтобы прочесть дальше", "Щоб читати далі", "Тільки для передплатників",
        "Devamını okumak için", "Abonelere özel", "Abunəçilər üçün",
        "続きを読むには", "残り1234文字", "有料会員", "会員限定", "全文需订阅", "付费会员",
        "이어서 보시려면", "유료 기사", "구독자 전용",
        "للمتابعة اشترك", "للمشتركين فقط", "ویژه مشترکین", "ادامه مطلب با اشتراک",
    ],
)  # fmt: skip
def test_a_wall_is_found_by_its_signs(line: str) -> None:
    assert walls_among(["", line]) == [1]


def test_each_row_of_a_walls_signs_is_sought_by_what_all_of_it_hold() -> None:
    both = {"%", "全文"}  # the pattern asks for these beside the sign: "70 % remaining"
    rows = [(common, row) for common, row in _ROWS if common not in both]
    assert [sign for common, row in rows for sign in row if common not in sign] == []
