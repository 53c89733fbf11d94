"""What is asked for before a pattern is tried never hides what the pattern would find."""

import pytest

from crawler.extract.boilerplate import CALLS, CALLS_SIGNS
from crawler.extract.credit import split_credit
from crawler.extract.labels import _PUBLISHED, _UPDATED, PUBLISHED, UPDATED, Labels
from crawler.extract.month_names import fold_date


@pytest.mark.parametrize(("labels", "rows"), [(UPDATED, _UPDATED), (PUBLISHED, _PUBLISHED)])
def test_every_label_is_found_before_a_stamp(labels: Labels, rows: str) -> None:
    words = [word.strip() for line in rows.splitlines() for word in line.split("|")]
    for word in filter(None, words):
        folded = fold_date(f"(12:30) {word}: 24.7.2024")
        assert labels.stand_in(folded), word
        assert labels.spans(folded), word


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
def test_what_speaks_of_the_outlet_holds_a_sign(text: str) -> None:
    assert CALLS.search(text)
    assert any(sign in text.lower() for sign in CALLS_SIGNS)


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
