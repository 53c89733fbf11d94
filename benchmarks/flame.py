"""Draw a small flame graph from collapsed stacks, as `py-spy record -f raw` writes them.

    python -m benchmarks.flame STACKS FILE.svg

Frames below one per cent are left out, and so is others' machinery between ours (asyncio, the
import system and so on): what remains fits on a page and in a repository.
"""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

WIDE, ROW, LEAST = 1200, 17, 0.01
OTHERS = re.compile(
    r"asyncio/|click/|runpy|frozen importlib|threading\.py|functools|contextlib"
    r"|cli/(group|run|places)"
)
COLOURS = {"crawler": "#f6c177", "storage": "#9ccfd8", "alerts": "#c4a7e7", "config": "#a3be8c"}


@dataclass
class Frame:
    """A function, the samples in it, and what it called."""

    samples: int = 0
    calls: "defaultdict[str, Frame]" = field(default_factory=lambda: defaultdict(Frame))


def gather(stacks: str) -> Frame:
    """Sum the stacks into one tree; lines of one function are one frame."""
    root = Frame()
    for line in stacks.splitlines():
        stack, _, count = line.rpartition(" ")
        root.samples += int(count)
        frame = root
        for name in map(shorten, stack.split(";")):
            if name and not OTHERS.search(name):
                frame = frame.calls[name]
                frame.samples += int(count)
    return root


def shorten(name: str) -> str:
    """Name a process by its part, a function without its line."""
    if name.startswith("process"):
        return "worker (crawler.workers.workbench)" if "workbench" in name else "daemon"
    return re.sub(r":\d+\)$", ")", name)


def draw(frame: Frame, whole: int, left: float, depth: int) -> list[str]:
    """Draw what a frame called, side by side, and so on upwards."""
    parts = []
    for name, call in sorted(frame.calls.items(), key=lambda pair: -pair[1].samples):
        share = call.samples / whole
        if share < LEAST:
            continue
        wide, y = share * WIDE, depth * ROW
        colour = next((c for part, c in COLOURS.items() if f"({part}/" in name), "#d8d8d8")
        text = name.partition(" (")[0][: int(wide / 6.2)]
        parts.append(
            f'<g><title>{escape(name)}: {share:.1%}</title><rect x="{left:.1f}" y="{y}"'
            f' width="{max(wide - 0.5, 0.5):.1f}" height="{ROW - 1}" fill="{colour}"/>'
            f'<text x="{left + 2:.1f}" y="{y + 12}">{escape(text)}</text></g>'
        )
        parts += draw(call, whole, left, depth + 1)
        left += wide
    return parts


def main() -> None:
    """Read stacks, write the picture."""
    root = gather(Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace"))
    parts = draw(root, root.samples, 0.0, 0)
    high = (
        max(int(y) for part in parts for y in re.findall(r'<rect [^>]*y="(\d+)"', part)) + ROW
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}"'
        ' font-family="monospace" font-size="10">'
        f'<rect width="{WIDE}" height="{high}" fill="#fff"/>'
    )
    Path(sys.argv[2]).write_text("\n".join([head, *parts, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
