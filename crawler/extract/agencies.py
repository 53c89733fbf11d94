# ruff: noqa: E501 - rows of names
"""Know a news agency or outlet by its name, or by the words that stand with it."""

import re
from typing import Final

_KNOWN: Final = """
report, report.az, trend, turan, apa, azertac, azertag, azərtac, interfax, azernews, caliber,
caliber.az, day.az, 1news.az, news.az, haqqin.az, minval, oxu.az, qafqazinfo, modern.az, reuters,
ap, associated press, afp, agence france-presse, bloomberg, dpa, efe, ansa, kyodo, xinhua, yonhap,
tass, itar-tass, ria, ria novosti, sputnik, rbc, rbk, kommersant, izvestia, vedomosti, irna, isna,
mehr, tasnim, fars, ilna, iqna, press tv, presstv, al mayadeen, khabaronline, iran international,
radio farda, anadolu, aa, dha, iha, ntv, trt, cnn, cnn türk, bbc, nbc, abc, cbs, npr, pbs, cnbc,
al jazeera, al arabiya, euronews, dw, deutsche welle, france 24, rfe/rl, radio free europe,
voice of america, voa, politico, axios, guardian, the guardian, economist, le monde, spiegel,
der spiegel, die welt, haaretz, armenpress, news.am, civilnet, hetq, panarmenian, 1lurer,
interpressnews, rustavi 2, civil.ge, kazinform, tengrinews, akipress, uzdaily, ukrinform, unian,
тасс, риа, риа новости, интерфакс, рбк, коммерсант, коммерсантъ, известия, ведомости, sputnik,
спутник, азертадж, тренд, туран, арменпресс, анадолу, рейтер, рейтерс, reuters, ассошиэйтед пресс,
би-би-си, блумберг, казинформ, укринформ, haber7, hürriyet, sabah, milliyet, cumhuriyet, sözcü,
ایرنا, ایسنا, مهر, تسنیم, فارس, ایلنا, میزان, ایکنا, ریانووستی, تاس, رویترز, آسوشیتدپرس, شینهوا,
آناتولی, اسپوتنیک, الجزیره, العالم, المیادین, صداوسیما, بلومبرگ, ترند, رپورت, آذرتاج
"""
_WORDS: Final = re.compile(
    r"(?<![^\W_])(?:news|agency|tv|radio|times|post|daily|newspaper|channel|herald|tribune|gazette|"
    r"telegraph|journal|magazine|weekly|agentli\w+|telekanal\w*|qəzet\w*|"
    r"агентств\w*|информагентств\w*|телеканал\w*|газет\w*|издани\w*|"
    r"ajans\w*|gazete\w*|televizyon\w*|خبرگزاری|شبکه|روزنامه|وبگاه)(?![^\W_])|"
    r"\.(?:az|com|ru|ir|am|ge|tr|net|org|info|kz)$",
    re.IGNORECASE,
)
KNOWN: Final = frozenset(" ".join(name.split()) for name in _KNOWN.split(","))


def is_agency(name: str, words_around: str = "") -> bool:
    """Say whether a name is an agency's or outlet's; the words around may call it one."""
    return bare_name(name) in KNOWN or _WORDS.search(f"{words_around} {name}") is not None


def bare_name(name: str) -> str:
    """Return a name as the lists have it: in small letters, without quotes and article."""
    return name.casefold().replace("i̇", "i").strip(" \"'«»“”„").removeprefix("the ")
