"""What a digest saw is read again from what is kept of it, whatever it was."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest

from alerts.digest.facts import CanaryFact, DeliveryFact, GapFact, Health, Silence, SourceFact
from alerts.digest.observed import Observed, observed_again, to_plain
from alerts.precision import Precision
from alerts.promise import Clock, Kept, Spread, Stage
from tests.making import NOW

LATE = Kept(
    stage=Stage.SEEN,
    objective_s=600.0,
    spread=Spread(count=7, p50=1.5, p95=900.25),
    late=3,
    burn=2.5,
    broken=True,
    channel="duty",
)
SEEN = [
    Observed(),
    Observed(
        sources=(
            SourceFact(name="Well", health=Health.WELL),
            SourceFact(name="Down", health=Health.DOWN, since=NOW, error="no such host"),
            SourceFact(
                name="Silent",
                health=Health.SILENT,
                silence=Silence(
                    lasts=timedelta(days=2, microseconds=5), usual=timedelta(hours=3)
                ),
            ),
            SourceFact(name="Late", health=Health.LATE, kept=LATE),
            SourceFact(
                name="Clock",
                health=Health.CLOCK,
                clock=Clock(ahead=True, by_s=3600.0, articles=3, of=5),
            ),
            SourceFact(name="Layout", health=Health.LAYOUT, share=0.75),
        )
    ),
    Observed(
        gaps=(GapFact(source="Report", start=NOW, end=NOW + timedelta(hours=1)),),
        precisions=(Precision(rule_id="ports", judged=5, useful=3, low=0.2, high=0.9),),
        delivery=(DeliveryFact(channel="duty", dead=2, failing_since=NOW, reason="550"),),
        canary=CanaryFact(came_at=None),
        rejected="config/rules/a.yaml:3: unknown key",
    ),
    Observed(canary=CanaryFact(came_at=NOW)),
]


@pytest.mark.parametrize("seen", SEEN)
def test_all_that_is_written_down_is_read_again(seen: Observed) -> None:
    assert observed_again(json.loads(json.dumps(to_plain(seen)))) == seen


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param({"weather": "fair"}, id="a fact that is no more"),
        pytest.param({"sources": [{"name": "Silent", "quiet": [2, 0, 5]}]}, id="another field"),
        pytest.param({"sources": [{"name": "A", "health": "sleepy"}]}, id="another value"),
        pytest.param(None, id="nothing was kept"),
    ],
)
def test_what_another_version_kept_is_not_guessed_at(
    plain: Mapping[str, object] | None,
) -> None:
    assert observed_again(plain) is None
