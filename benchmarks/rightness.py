"""Say which share of the newsroom's articles a contestant has right."""

from statistics import mean

from benchmarks.newsroom import Served
from benchmarks.scoring import Answer, score

Answers = dict[str, Answer]  # by address


def shares(every: list[Served], answers: Answers, port: int) -> dict[str, float]:
    """Return the shares of articles whose headline, date and body are right.

    Right: the headline word for word, the day, the body with F1 ≥ 0.9 of its 4-grams (or, where
    the truth is a list of segments, all that must and none that must not be there). An article
    that is missing has nothing right.
    """
    marks: dict[str, list[float]] = {"headline": [], "date": [], "body": [], "all": []}
    for each in every:
        values = score(
            each.page, answers.get(each.url(port), Answer(title="", dates=True))
        ).values
        found = {
            "headline": values.get("title"),
            "date": values.get("day"),
            "body": body_mark(values),
        }
        stated = {name: mark for name, mark in found.items() if mark is not None}
        for name, mark in stated.items():
            marks[name].append(mark)
        if stated:
            marks["all"].append(float(all(stated.values())))
    return {name: mean(values) if values else 0.0 for name, values in marks.items()}


def body_mark(values: dict[str, float]) -> float | None:
    """Return 1 for a right body, 0 for a wrong one; None: the truth does not state it."""
    if "under 0.9" in values:
        return 1.0 - values["under 0.9"]
    if "_found" in values:
        return float(not values["_missed"] and not values["_noise"])
    return None
