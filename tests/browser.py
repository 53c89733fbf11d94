"""Open pages in headless Chromium and hand back what they look like, as facts and as pictures.

Each page is laid out in a frame of its width; a script in it says what it finds.
"""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--hide-scrollbars",
    "--no-first-run",
]
DARK = "--blink-settings=preferredColorScheme=0"
MEASURE = Path(__file__).with_name("measure.js")


def measure(
    pages: Mapping[str, str], folder: Path, *, widths: tuple[int, ...], dark: bool = False
) -> dict[tuple[str, int], dict[str, Any]]:
    """Return what pages look like at widths: overflow, faint text, links without text."""
    script = f"<script>(() => {{ {MEASURE.read_text(encoding='utf-8')} }})()</script>"
    frames = [
        f'<iframe name="{name} {width}" style="width:{width}px;height:900px;border:0" '
        f'srcdoc="{html.escape(page.replace("</body>", f"{script}</body>"))}"></iframe>'
        for name, page in pages.items()
        for width in widths
    ]
    sheet = folder / "measured.html"
    sheet.write_text(_head(dark) + "".join(frames), encoding="utf-8")
    dom = _run(folder, sheet, "--dump-dom", "--virtual-time-budget=5000", dark=dark)
    found = re.findall(
        r'<pre class="facts" data-name="(.*?) (\d+)">(.*?)</pre>', dom, re.DOTALL
    )
    facts = {(name, int(width)): json.loads(html.unescape(text)) for name, width, text in found}
    assert len(facts) == len(frames), "a page ran no script"
    return facts


def picture(
    page: str, folder: Path, path: Path, *, width: int, height: int, dark: bool = False
) -> None:
    """Write a picture of a page."""
    sheet = folder / "pictured.html"
    # In a frame, for a window of Chromium's is never narrower than 500.
    frame = f'<iframe style="width:{width}px;height:{height}px;border:0;display:block" '
    sheet.write_text(
        f'{_head(dark)}<body style="margin:0">{frame} srcdoc="{html.escape(page)}"></iframe>',
        encoding="utf-8",
    )
    size = f"--window-size={width},{height}"
    _run(folder, sheet, f"--screenshot={path.resolve()}", size, dark=dark)


def _head(dark: bool) -> str:
    """Begin a sheet of frames: a frame's page prefers the colours of the element around it."""
    scheme = f"<style>:root {{ color-scheme: {'dark' if dark else 'light'} }}</style>"
    return f"<!DOCTYPE html><meta charset=utf-8>{scheme}"


def _run(folder: Path, page: Path, *wishes: str, dark: bool) -> str:
    profile = f"--user-data-dir={folder / 'profile'}"
    look = (DARK,) if dark else ()
    command = [CHROMIUM, *QUIET, profile, *look, *wishes, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603 - our own browser, our own page
    return done.stdout
