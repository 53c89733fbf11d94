"""What people write among the keys of a rule that stands elsewhere, or is called otherwise."""

from types import MappingProxyType

_ALERT = (
    "who is told, and how often, stands under alert:  "
    "alert: {channels: [duty-mail], cooldown: 6h}"
)
_WHERE = "what an article must be stands under where:  where: {langs: [en, az], max_age: 48h}"
_MUTE = "a rule is silent until a day:  mute_until: 2026-12-01"
_QUERY = "the query stands under match:"
_PEOPLE = (
    "people are told by channels: name them in channels.yaml (to:), "
    "and the channel here:  alert: {channels: [duty-mail]}"
)

OF_A_RULE = MappingProxyType(
    {
        **dict.fromkeys(("channel", "channels", "cooldown", "escalate_after", "per"), _ALERT),
        **dict.fromkeys(("email", "emails", "mail", "recipients", "tell", "to"), _PEOPLE),
        **dict.fromkeys(("lang", "langs", "language", "languages"), _WHERE),
        **dict.fromkeys(("max_age", "min_words", "source", "sources"), _WHERE),
        **dict.fromkeys(("active", "disabled", "enabled", "mute", "muted", "snooze"), _MUTE),
        **dict.fromkeys(("expression", "keyword", "keywords", "query", "search"), _QUERY),
        **dict.fromkeys(("exclude", "without"), "what must not be there stands under not:"),
        "section": "the digest's section stands under digest:  digest: {section: Transport}",
    }
)

# What a word stands for that was written where keys are wanted.
OF_A_MAP = MappingProxyType(
    {
        "alert": _PEOPLE,
        "digest": OF_A_RULE["section"],
        "where": _WHERE,
        "quiet": 'hours in a zone:  quiet: {start: "23:00", end: "06:30", timezone: Asia/Baku}',
        "mail": "the server's name stands under host:  mail: {host: mail.example.org}",
        "status": "status: {port: 8080}",
        "retention": "retention: {articles: 730d}",
        "threshold": "threshold: {count: 10, within: 1h}",
    }
)
