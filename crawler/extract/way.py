"""Write where a frame of a page stands, as a selector that an engineer can paste."""

import re
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.outline import Outline

_NAME: Final = re.compile(r"[A-Za-z][\w-]*")
_LONGEST: Final = 4  # steps


def way_to(outline: Outline, frame: int) -> str:
    """Return the last steps of the way to a frame, up to one with an id of its own."""
    steps: list[str] = []
    while frame >= 0 and len(steps) < _LONGEST:
        step = _step(outline.frames[frame])
        steps.append(step)
        if "#" in step:
            break
        frame = outline.ups[frame]
    return " > ".join(reversed(steps))


def _step(node: LexborNode) -> str:
    """Return tag, id and first class, where a selector can spell them."""
    tag, attributes = node.tag or "*", node.attributes
    name = attributes.get("id") or ""
    if _NAME.fullmatch(name):
        return f"{tag}#{name}"
    classes = (
        each for each in (attributes.get("class") or "").split() if _NAME.fullmatch(each)
    )
    return f"{tag}.{first}" if (first := next(classes, "")) else tag
