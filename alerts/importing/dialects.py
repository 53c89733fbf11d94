"""The products whose queries are read, each with its operators, fields and order of binding."""

import re
from typing import Any

from alerts.importing.dialect import Dialect, Op
from alerts.language.habits import FACTIVA_CODES, FACTIVA_FIELDS, LEXIS_FIELDS, LEXIS_TERMS

_ADDRESS = "an address is not searched here: write source:, or the words"
_PLACE = "where its writer is, nobody knows here: name the places"
_SOCIAL = "articles are watched here, not posts"
_STAMP = "an alert sees what is new; where: has max_age"
_WRITER = {"author": "byline", "byline": "byline"}
_TITLE = {"title": "headline", "headline": "headline", "intitle": "headline"}
_WHERE = {"source": "source", "site": "source", "country": "country"}
_TONGUE = {"lang": "lang", "language": "lang"}
_ADDRESSES = dict.fromkeys(("url", "inurl", "allinurl", "links", "link", "domainurl"), _ADDRESS)
_DATES = re.compile(r"(?:before|after|since|until|when|date|published):\S+", re.IGNORECASE)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = rf"(?:-?\d[\d/-]*(?:\s+{_MONTH}(?:\s+\d{{4}})?)?|{_MONTH}\s+\d[\d, ]*)"
_RECENT = r"date\s+(?:in\s+)?(?:the\s+)?(?:last|past|previous|current)\s+(?:\d+\s+)?[a-z]+"
FACTIVA = Dialect(
    name="factiva",
    title="Factiva",
    space="phrase",
    capitals=False,
    more_words=0,
    fields=FACTIVA_FIELDS,
    ordered=("adj", "pre", "w"),
    bare=frozenset({"same", "near", "adj"}),
    ands=False,
    square=True,
    lead="",
    late_stars=True,
    field_sign=re.compile(r"([a-z]{2,4})\s*(?==|>|<)=?", re.IGNORECASE),
    lost=FACTIVA_CODES,
    dates=re.compile(
        rf"(?:date|pd)\b\s*(?:after|before|on|from|[<>]=?|=)?\s*{_DAY}(?:\s+to\s+{_DAY})?"
        rf"|{_RECENT}"
        r"|date\s+(?:in\s+)?(?:today|yesterday|this\s+(?:week|month|year))\b",
        re.IGNORECASE,
    ),
)
# A name that LexisNexis does not have is a field only if no blank parts it from its ( ).
_SEGMENTS = "|".join(sorted({*LEXIS_FIELDS, *LEXIS_TERMS}, key=len, reverse=True))
_SEGMENT = (
    rf"(?:({_SEGMENTS})\s*(?=\(|[<>=]|(?:gt|lt|geq|leq|eq)\s)|([a-z]+(?:-[a-z]+)*)(?=\())"
)
_LEXIS: dict[str, Any] = {  # Cision writes as LexisNexis does
    "bare": frozenset({"near", "onear", "pre"}),
    "capitals": False,
    "more_words": 0,
    "signs": True,
    "fields": LEXIS_FIELDS,
    "lost": LEXIS_TERMS,
    "late_stars": True,
    "dates": re.compile(
        r"(?:load-)?date\s*(?:\((?:[^()]|\([^()]*\))*\)"
        r"|(?:geq|leq|eq|aft(?:er)?|bef(?:ore)?|is|[<>]=?|=)\s*\(?\s*[\w/-]*\d[\w/, -]*\)*)"
        rf"|{_RECENT}",
        re.IGNORECASE,
    ),
}
LEXIS = Dialect(
    name="lexis",
    title="LexisNexis",
    binding=(Op.NOT, Op.AND, Op.PROX, Op.OR),
    space="phrase",
    one_letter="*",
    endings="!",
    plurals=True,
    field_sign=re.compile(_SEGMENT, re.IGNORECASE),
    **_LEXIS,
)
CISION = Dialect(
    name="cision",
    title="Cision",
    quoted_stars=False,
    exact=re.compile(r"cs\s*(?=\()", re.IGNORECASE),
    field_sign=re.compile(rf"{_SEGMENT}|([a-z]\w*):\s*", re.IGNORECASE),
    **_LEXIS,
)
MELTWATER = Dialect(
    name="meltwater",
    title="Meltwater",
    bare=frozenset({"near", "onear"}),
    capitals=False,
    fields={**_TITLE, **_WRITER, **_WHERE, **_TONGUE, "ingress": "lead", "body": "body"},
    lost=_ADDRESSES,
)
BRANDWATCH = Dialect(
    name="brandwatch",
    title="Brandwatch",
    fields={**_TITLE, **_WRITER, **_WHERE, **_TONGUE},
    minus=True,
    tagged=True,
    exact=re.compile(r"raw:", re.IGNORECASE),
    braces=True,
    comment=re.compile(r"<<<.*?(?:>>>|\Z)", re.DOTALL),
    lost={**_ADDRESSES, **dict.fromkeys(("city", "state", "region", "location"), _PLACE)},
)
TALKWALKER = Dialect(
    name="talkwalker",
    title="Talkwalker",
    fields={
        **_TITLE, **_WRITER, **_WHERE, **_TONGUE, "content": "body", "sourcecountry": "country",
        "domain": "source", "domainurl": "source", "hosturl": "source", "wordcount": "words",
    },
    minus=True,
    tagged=True,
    unit_words={"SENTENCE": "w/s"},
    exact=re.compile(r"\+\+(?=[\w\"])"),
    lost={**_ADDRESSES, "sourcetype": "its kinds of sources are not ours: write source:"},
    dates=_DATES,
)  # fmt: skip
GOOGLE = Dialect(
    name="google",
    title="Google",
    binding=(Op.AND, Op.OR, Op.NOT, Op.PROX),
    fields={"intitle": "headline", "intext": "body", "site": "source", "source": "source"},
    ordered=(),
    minus=True,
    inflects="Google adds word forms and synonyms",
    whole={"allintitle": "headline", "allintext": "body"},
    lost={**_ADDRESSES, "location": "name the places, or write country:"},
    dates=_DATES,
)
_LUCENE: dict[str, Any] = {
    "field_sign": re.compile(r"([a-z_][\w.]*):", re.IGNORECASE),
    "minus": True,
    "plus": True,
    "moves": True,
    "fields": {
        **_TITLE, **_WRITER, **_WHERE, **_TONGUE, "article_title": "headline", "body": "body",
        "text": "body", "content": "body", "text_content": "body", "lead": "lead",
        "summary": "lead", "abstract": "lead", "caption": "caption", "section": "section",
        "category": "section", "tag": "tag", "tags": "tag", "keywords": "tag", "words": "words",
        "word_count": "words", "wordcount": "words", "domain": "source",
        "canonical_domain": "source", "media_name": "source",
    },
    "lost": {
        **_ADDRESSES, "_exists_": "whether a field is there, no rule asks",
        **dict.fromkeys(("date", "published", "publication_date", "publish_date"), _STAMP),
    },
}  # fmt: skip
LUCENE = Dialect(name="lucene", title="Lucene", space="OR", binding=(Op.PROX,), **_LUCENE)
MEDIACLOUD = Dialect(name="mediacloud", title="Media Cloud", **_LUCENE)
_READER: dict[str, Any] = {
    "fields": {**_TITLE, **_WRITER, **_WHERE, **_TONGUE, "content": "body", "tag": "tag"},
    "minus": True,
    "lost": _ADDRESSES,
    "dates": _DATES,
}
PROQUEST = Dialect(
    name="proquest",
    title="ProQuest",
    binding=(Op.NOT, Op.OR, Op.AND, Op.PROX),
    capitals=False,
    more_words=0,
    letters=True,
    bare=frozenset({"near", "pre"}),
    ordered=("pre",),
    inflects="ProQuest adds other spellings and forms of each word",
    fields={
        "ti": "headline", "title": "headline", "ab": "lead", "abstract": "lead", "au": "byline",
        "author": "byline", "la": "lang", "lang": "lang", "pub": "source", "su": "tag",
        "subject": "tag", "ft": "body", "fulltext": "body", "noft": "hlead",
        "ti,ab": "hlead", "ab,ti": "hlead",
    },
    field_sign=re.compile(r"([a-z]+(?:,[a-z]+|\.exact)*)(?=\()", re.IGNORECASE),
    lost={
        **dict.fromkeys(("pd", "yr", "ud"), _STAMP),
        **dict.fromkeys(("dtype", "stype", "rtype"), "its kinds of documents are not ours"),
        **dict.fromkeys(("co", "org", "gn", "loc", "per", "pn"), LEXIS_TERMS["terms"]),
    },
)  # fmt: skip
FEEDLY = Dialect(name="feedly", title="Feedly", **_READER)
INOREADER = Dialect(name="inoreader", title="Inoreader", **_READER)
X = Dialect(
    name="x",
    title="X",
    fields={"lang": "lang", "place_country": "country"},
    minus=True,
    tagged=True,
    lost={
        **_ADDRESSES,
        **dict.fromkeys(("from", "to", "is", "has", "filter", "min_faves", "list"), _SOCIAL),
        **dict.fromkeys(("near", "place", "geocode"), _PLACE),
    },
    dates=_DATES,
)
DIALECTS = {
    dialect.name: dialect
    for dialect in (
        FACTIVA, LEXIS, MELTWATER, GOOGLE, BRANDWATCH, TALKWALKER, CISION, MEDIACLOUD, LUCENE,
        PROQUEST, FEEDLY, INOREADER, X,
    )
}  # fmt: skip
ALSO_CALLED = {
    **dict.fromkeys(("lexisnexis", "nexis"), "lexis"),
    **dict.fromkeys(("elasticsearch", "opensearch", "solr", "kibana"), "lucene"),
    "google-alerts": "google",
    "google-news": "google",
    "media-cloud": "mediacloud",
    "twitter": "x",
}
