"""Pairs of sentences as outlets changed them, each written for one kind of change.

Read by tests/storage/test_changes.py, which wants each told apart, and by
benchmarks/revisions.py, which prints how they are.
"""

from storage.change_kinds import ChangeKind

K = ChangeKind
PAIRS: dict[ChangeKind, list[tuple[str, str]]] = {
    K.NUMBER: [
        ("The blast killed 12 people.", "The blast killed 15 people."),
        ("Trade rose by 4.5 percent.", "Trade rose by 3.5 percent."),
        ("Three soldiers were wounded.", "Four soldiers were wounded."),
        ("The road is 55 kilometres long.", "The road is 5 kilometres long."),
        ("Погибли 12 человек.", "Погибли 15 человек."),
        ("Qəzada 3 nəfər ölüb.", "Qəzada 5 nəfər ölüb."),
        ("در این حادثه ۱۲ نفر کشته شدند.", "در این حادثه ۱۵ نفر کشته شدند."),
    ],
    K.NAME: [
        ("The envoy met Bayramov in Baku.", "The envoy met Mirzoyan in Baku."),
        ("Troops entered the town of Lachin.", "Troops entered the town of Meghri."),
        ("The talks with Hasanov ended.", "The talks with Hasanova ended."),
        ("Министр встретился с Байрамовым.", "Министр встретился с Мирзояном."),
        ("Nazir Bakıda Hacıyev ilə görüşüb.", "Nazir Bakıda Əliyev ilə görüşüb."),
    ],
    K.NEGATION: [
        ("The minister will attend the summit.", "The minister will not attend the summit."),
        ("The ministry confirmed the report.", "The ministry denied the report."),
        ("Troops crossed the border.", "No troops crossed the border."),
        ("She didn't sign the paper.", "She did sign the paper."),
        ("Министр приедет на саммит.", "Министр не приедет на саммит."),
        ("Sənəd imzalandı.", "Sənəd imzalanmadı."),
        ("این خبر درست است.", "این خبر درست نیست."),
    ],
    K.QUOTE: [
        ('He said: "We are ready to talk."', 'He said: "We are ready to fight."'),
        (
            "He said the ties are on the right track.",
            "He said the ties are “on the right track”.",
        ),
        ("Он сказал: «Мы готовы к миру».", "Он сказал: «Мы готовы к войне»."),
    ],
    K.ATTRIBUTION_REMOVED: [
        ("The convoy was stopped, according to Report.", "The convoy was stopped."),
        ("The bridge is closed, the ministry said.", "The bridge is closed."),
        ("По данным агентства, мост закрыт.", "Мост закрыт."),
        ("Report xəbər verir ki, körpü bağlıdır.", "Körpü bağlıdır."),
        ("به گزارش ایرنا، پل بسته شد.", "پل بسته شد."),
    ],
    K.CORRECTION: [
        ("", "Correction: the visit took place on Monday."),
        ("", "An earlier version of this story misstated the general's rank."),
        ("", "Исправлено: визит состоялся в понедельник."),
        ("", "Düzəliş: səfər bazar ertəsi olub."),
        ("", "اصلاحیه: این دیدار دوشنبه انجام شد."),
    ],
    K.ADDITION: [
        ("", "The two sides will meet again in the spring."),
        ("", "Стороны встретятся весной."),
        ("", "Tərəflər yazda yenidən görüşəcək."),
    ],
    K.REMOVAL: [
        ("The two sides will meet again in the spring.", ""),
        ("Стороны встретятся весной.", ""),
    ],
    K.WORDING: [
        ("The militants attacked the post.", "The gunmen attacked the post."),
        ("Police dispersed the angry crowd.", "Police dispersed the peaceful crowd."),
        ("Боевики атаковали пост.", "Ополченцы атаковали пост."),
    ],
    K.TYPO: [
        ("The minsters noted the importance.", "The ministers noted the importance."),
        ("They recieved a letter.", "They received a letter."),
        ("The Bayarmov visit was short.", "The Bayramov visit was short."),
        ("Стороны отмитили важность.", "Стороны отметили важность."),
    ],
    K.LAYOUT: [
        ("The talks, which began at dawn, ended.", "The talks – which began at dawn – ended."),
        ("Iran's minister left.", "Iran’s minister left."),
        ("The talks  ended.  They left.", "The talks ended; they left."),
    ],
}
