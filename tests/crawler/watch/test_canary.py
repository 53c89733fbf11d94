"""The canary comes in as a page and out as a mail, through the whole house."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.app import Ports, open_app
from crawler.places import Places
from storage.canaries import latest_canary
from tests.alerts.telling import Clock
from tests.crawler.workers.here_and_now import HereAndNow

FILES = {
    "settings.yaml": """
version: 1
alerts: {canary_channel: box, canary_at: '06:00', operator: [ops]}
""",
    "channels.yaml": """
version: 1
channels:
  - {id: box, kind: maildir}
  - {id: ops, kind: maildir, to: [ops@desk.test], default: true}
""",
    "sources/all.yaml": """
version: 1
sources:
  - {id: harbour, url: 'https://harbour.example', name: Harbour}
""",
    "digests.yaml": "version: 1\ndigests: []\n",
    "rules/all.yaml": "version: 1\nrules:\n  - {id: ports, match: 'ports'}\n",
}


def install(folder: Path) -> Places:
    for name, text in FILES.items():
        path = folder / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Places(config=folder / "config", data=folder / "data")


async def test_a_canary_goes_the_whole_way_and_its_loss_is_told(tmp_path: Path) -> None:
    places = install(tmp_path)
    clock = Clock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    async with open_app(places, {}, Ports(clock=clock, workers=HereAndNow())) as app:
        assert app.canary is not None
        for _ in range(3):
            await app.canary.step()
            await app.dispatcher.step()
            clock.forward(days=1)
        latest = await app.database.read(latest_canary)
        assert latest is not None
        assert latest.came_at == datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
        mails = sorted(path.name for path in places.mail.glob("*.eml"))
        assert len(mails) == 3
        assert all("presswatch-canary" in name for name in mails)

        await app.canary.step()  # the fourth day, and nobody delivers
        clock.now += timedelta(minutes=31)
        assert await app.canary.step() == 1
    alarms = [path for path in places.mail.glob("*.eml") if path.name not in mails]
    assert len(alarms) == 1
    assert b"the canary did not come out" in alarms[0].read_bytes()
