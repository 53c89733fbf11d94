"""The demo shows everything with nothing but what it brings, and says what is odd about it."""

from pathlib import Path

from crawler.demo.show import show
from tests.making import EXAMPLE


async def test_the_demo_shows_alert_update_webhook_and_digest(tmp_path: Path) -> None:
    said: list[str] = []
    folder = await show(said.append, tmp_path)
    told = "\n".join(said)
    assert "stamped up to 60 min ahead" in told
    assert "Every address ended in one state: 8 stored, 1 rejected" in told
    assert "presswatch.alert" in told
    assert "presswatch.update" in told
    assert (folder / "received" / "digest.html").exists()
    ours = (folder / "config" / "rules" / "caspian.yaml").read_text(encoding="utf-8")
    assert ours == (EXAMPLE / "rules" / "caspian.yaml").read_text(encoding="utf-8")
