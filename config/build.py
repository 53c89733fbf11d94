"""Build the frozen values of a rules file from its shape; defaults of the file go in here.

Pure. Every other file's shape is built by `config.shape.finish`.
"""

from config.rule import (
    Alerting,
    DigestPlace,
    Per,
    RuleTest,
    RuleText,
    Score,
    TermList,
)
from config.shape import finish
from config.shapes import (
    AlertShape,
    DefaultsShape,
    Digested,
    RulesFile,
    RuleShape,
    ScoreShape,
    TestShape,
)


def build_terms(file: RulesFile) -> tuple[TermList, ...]:
    """Return the file's term lists."""
    return tuple(
        TermList(name=place.value, place=place, terms=terms)
        for place, terms in file.terms.items()
    )


def build_rules(file: RulesFile, timezone: str) -> tuple[RuleText, ...]:
    """Return the file's rules; the timezone holds where the file names none."""
    return tuple(_rule(shape, file.defaults, file.timezone or timezone) for shape in file.rules)


def _rule(shape: RuleShape, defaults: DefaultsShape, timezone: str) -> RuleText:
    return RuleText(
        id=shape.id.value,
        place=shape.id,
        name=shape.name or shape.id.value.replace("-", " ").capitalize(),
        owner=defaults.owner if shape.owner is None else shape.owner,
        severity=shape.severity or defaults.severity,
        match=shape.match,
        exclude=shape.not_,
        where=finish(shape.where),
        score=_score(shape.score) if shape.score else None,
        threshold=finish(shape.threshold),
        alert=_alert(shape.alert, defaults),
        digest=_digest(shape.digest or defaults.digest),
        events=shape.events or defaults.events,
        timezone=timezone,
        mute_until=shape.mute_until,
        expires=shape.expires,
        tests=tuple(_test(test) for test in shape.tests),
    )


def _score(shape: ScoreShape) -> Score:
    return Score(threshold=shape.threshold, weights=tuple(shape.weights.items()))


def _alert(shape: AlertShape, defaults: DefaultsShape) -> Alerting:
    cooldown = defaults.cooldown if shape.cooldown is None else shape.cooldown
    plain = Alerting()
    return Alerting(
        channels=shape.channels or defaults.channels,
        cooldown=plain.cooldown if cooldown is None else cooldown,
        per=shape.per or defaults.per or Per.STORY,
        escalate_after=shape.escalate_after,
    )


def _digest(shape: Digested) -> DigestPlace | None:
    return finish(shape.place) if shape.wanted else None


def _test(shape: TestShape) -> RuleTest:
    text = shape.match or shape.no_match
    assert text is not None  # noqa: S101 - the shape let no test through without one
    return RuleTest(text=text, fires=shape.match is not None, field=shape.field)
