"""Explain a rule on an article: the words that made it fire, or how far it was from firing."""

from dataclasses import dataclass, replace
from datetime import datetime

from alerts.explaining.reason import Reason, because
from alerts.explaining.relaxing import Failure, Relaxer
from alerts.language.patterns import BUDGET, PatternTooSlowError
from alerts.language.printer import print_query
from alerts.language.syntax import Or, Query
from alerts.matching.compiling import Compiler, Lists
from alerts.matching.evidence import Evidence
from alerts.matching.hits import Hits
from alerts.matching.reading import Reading
from alerts.matching.rule import Rule, RuleTrees, compile_rule, is_from, midnight
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from config.counting import count
from config.rule import RuleText, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a rule fires on an article, or why not."""

    rule_id: str
    fires: bool
    evidence: tuple[Evidence, ...] = ()
    score: int | None = None  # None: the rule has no score
    failures: tuple[Failure, ...] = ()  # what kept it from firing, the first first
    relaxed: RuleTrees | None = None  # the rule with every relaxation applied; it fires

    @property
    def near_miss(self) -> bool:
        """Tell whether exactly one clause kept it from firing."""
        return len(self.failures) == 1

    @property
    def nothing_left(self) -> bool:
        """Tell whether all that asks for words failed: to leave that out is no advice."""
        left = self.relaxed
        return left is not None and left.match is None and left.text.score is None


class UnknownRuleError(Exception):
    """There is no rule of that name."""


def why(rules: RuleSet, rule_id: str, reading: Reading, *, now: datetime) -> Explanation:
    """Explain one rule on one article; raises UnknownRuleError."""
    for trees in rules.trees:
        if trees.text.id == rule_id:
            return explain(trees, rules.lists, reading, now=now)
    raise UnknownRuleError(rule_id)


def explain(trees: RuleTrees, lists: Lists, reading: Reading, *, now: datetime) -> Explanation:
    """Explain a rule whose trees are at hand."""
    compiler = Compiler(vocabulary=Vocabulary(), lists=lists)
    rule = compile_rule(trees, compiler)
    hits = Hits(compiler.vocabulary, reading)
    try:
        rule.fires(hits, now)
    except PatternTooSlowError as slow:
        return Explanation(rule_id=trees.text.id, fires=False, failures=(_too_slow(slow),))
    failures, relaxed = _relax_rule(rule, Relaxer(compiler, hits), now)
    score = None if trees.text.score is None else rule.score(hits)
    if failures:
        return Explanation(
            rule_id=trees.text.id, fires=False, score=score, failures=failures, relaxed=relaxed
        )
    evidence = rule.evidence(hits)
    return Explanation(rule_id=trees.text.id, fires=True, evidence=evidence, score=score)


def _too_slow(slow: PatternTooSlowError) -> Failure:
    return Failure(
        clause=f"/{slow}/",
        why=because("too_slow", n=round(BUDGET * 1000)),
        relaxation="write a simpler expression",
    )


def _relax_rule(
    rule: Rule, relaxer: Relaxer, now: datetime
) -> tuple[tuple[Failure, ...], RuleTrees]:
    trees = rule.trees
    failures: list[Failure] = []
    match = trees.match
    if match is not None:
        relaxed = relaxer.relax(match)
        failures += relaxed.failures
        match = relaxed.query
    excluded, exclude = _exclusion(trees.exclude, relaxer)
    found, text = _filters(trees.text, relaxer.hits.reading, now)
    if text.score is not None:
        score = rule.score(relaxer.hits)
        if score < text.score.threshold:
            found.append(_low_score(rule, relaxer.hits, score))
            text = replace(text, score=replace(text.score, threshold=score))
    everything = (*failures, *found, *excluded)
    return everything, replace(trees, text=text, match=match, exclude=exclude)


def _exclusion(exclude: Query | None, relaxer: Relaxer) -> tuple[list[Failure], Query | None]:
    """Return what of the not: key holds, and what of it may stay."""
    if exclude is None or not relaxer.holds(exclude, relaxer.compiler):
        return [], exclude
    arms = exclude.operands if isinstance(exclude, Or) else (exclude,)
    holding = [arm for arm in arms if relaxer.holds(arm, relaxer.compiler)]
    kept = tuple(arm for arm in arms if arm not in holding)
    failures = [_excluded(arm, relaxer.excluded(arm, relaxer.compiler)) for arm in holding]
    if not kept:
        return failures, None
    return failures, kept[0] if len(kept) == 1 else Or(operands=kept)


def _excluded(arm: Query, why_not: Reason) -> Failure:
    clause = f"not: {print_query(arm)}"
    return Failure(clause=clause, why=why_not, relaxation=f"leave out {clause}")


def _low_score(rule: Rule, hits: Hits, score: int) -> Failure:
    threshold = rule.text.score.threshold if rule.text.score else 0
    added = ", ".join(
        f"{weight:+d} {print_query(query)}"
        for (query, weight), (clause, _) in zip(rule.trees.weights, rule.weights, strict=True)
        if clause.holds(hits)
    )
    none = because("score_none", n=score, of=threshold)
    return Failure(
        clause=f"score: {threshold}",
        why=because("score", n=score, of=threshold, what=added) if added else none,
        relaxation=f"write threshold: {score}",
    )


def _filters(text: RuleText, reading: Reading, now: datetime) -> tuple[list[Failure], RuleText]:
    """Return what of where: and expires: fails, and the rule without that."""
    failures: list[Failure] = []
    where, blank = text.where, Where()
    langs = {lang.lower() for lang in where.langs}
    if langs - {"*"} and reading.language and reading.language not in langs:
        failures.append(
            _filter("langs", where.langs, because("language", what=reading.language))
        )
        where = replace(where, langs=blank.langs)
    names = tuple(name.lower() for name in where.sources)
    if names and "*" not in names and not is_from(reading, names):
        known = ", ".join(sorted(reading.names))
        failures.append(_filter("sources", where.sources, because("source", what=known)))
        where = replace(where, sources=blank.sources)
    if reading.words < where.min_words:
        failures.append(
            _filter("min_words", where.min_words, because("words", n=reading.words))
        )
        where = replace(where, min_words=reading.words)
    age = reading.age(now)
    if where.max_age is not None and age is not None and age > where.max_age:
        failures.append(_filter("max_age", where.max_age, because("age", span=age)))
        where = replace(where, max_age=None)
    if text.expires is not None and now >= midnight(text.expires, text.timezone):
        failures.append(_filter("expires", text.expires, because("expired")))
        text = replace(text, expires=None)
    return failures, replace(text, where=where)


def _filter(name: str, value: object, why: Reason) -> Failure:
    shown = f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else value
    return Failure(clause=f"{name}: {shown}", why=why, relaxation=f"leave out {name}:", cost=3)


def render_explanation(explanation: Explanation) -> str:
    """Write an explanation for a person."""
    if explanation.fires:
        score = "" if explanation.score is None else f", score {explanation.score}"
        rows = [f"{explanation.rule_id} fires{score}"]
        for piece in explanation.evidence:
            rows.append(f"  {piece.place} [{piece.start}:{piece.end}] “{piece.words}”")
            rows.append(f"      {piece.sentence}")
        return "\n".join(rows)
    clauses = count(len(explanation.failures), "clause")
    rows = [f"{explanation.rule_id} does not fire: {clauses} failed"]
    for failure in explanation.failures:
        rows.append(f"  {failure.clause}")
        rows.append(f"      {failure.why}")
        if not (explanation.nothing_left and failure.relaxation.startswith("leave out")):
            rows.append(f"      it would hold if you {failure.relaxation}")
    return "\n".join(rows)


def explanation_to_dict(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as values that JSON knows."""
    return {
        "rule": explanation.rule_id,
        "fires": explanation.fires,
        "score": explanation.score,
        "evidence": [evidence_to_dict(piece) for piece in explanation.evidence],
        "failures": [
            {"clause": each.clause, "why": str(each.why), "relaxation": each.relaxation}
            for each in explanation.failures
        ],
    }


def evidence_to_dict(piece: Evidence) -> dict[str, object]:
    """Return a piece of evidence as values that JSON knows."""
    return {
        "field": piece.field,
        "block": piece.block,
        "start": piece.start,
        "end": piece.end,
        "words": piece.words,
        "sentence": piece.sentence,
    }
