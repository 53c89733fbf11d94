"""The house holds: floors import only downwards, no circles, one owner per edge library."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("config", "storage", "alerts", "crawler")
# These go out, and know nobody who must be told.
OUTSIDE = ("fetch", "discover", "extract", "workers")
# The rooms of a floor, and those each of them may know (docs/adr/0014-rooms-of-alerts.md,
# docs/adr/0018-rooms-of-crawler.md).
ROOMS: dict[str, dict[str, tuple[str, ...]]] = {
    "alerts": {
        "language": (),
        "importing": ("language",),
        "matching": ("language",),
        "explaining": ("language", "matching"),
        "routing": ("matching",),
        "delivery": ("routing", "digest"),
        "digest": ("matching", "explaining", "routing", "delivery"),
    },
    "crawler": {
        "fetch": (),
        "discover": ("extract",),
        "extract": (),
        "workers": ("discover", "extract"),
        "live": (),
        "pages": (),
        "watch": ("fetch", "discover", "workers", "live"),
        "replay": ("live", "watch"),
        "service": ("fetch", "live", "pages"),
    },
}
# They put rooms together, for the daemon and for one command.
COMPOSED = frozenset({"crawler.app", "crawler.once", "crawler.digesting"})
ABOVE = frozenset({"cli", "demo"})  # these know every room of crawler
BELOW = [(floor, room) for floor, rooms in ROOMS.items() for room in rooms]
OWNERS = {
    "apscheduler": {"crawler.service.scheduler"},
    "aiosqlite": {"storage.database"},
    "aiosmtplib": {"alerts.delivery.channels.smtp"},
    "yaml": {"config.parse", "config.syntax"},
    "pydantic": {
        "config.shape",
        "config.shapes",
        "config.complaints",
        "config.load",
        "crawler.pages.openapi",  # schemas only
    },
    "prometheus_client": {"crawler.pages.metrics"},
    "zlib_ng": {"crawler.fetch.decode"},
}
# Needed, and imported by none of us: zones where the machine has none, and the parser of
# requests that uvicorn is told to use.
UNSEEN = {"tzdata", "h11"}


def modules() -> Iterator[tuple[str, Path]]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


MODULES = dict(modules())
IMPORTS = {name: imports(path) for name, path in MODULES.items()}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_its_own_floor_and_those_below(name: str) -> None:
    floor = FLOORS.index(name.split(".")[0])
    above = [i for i in IMPORTS[name] if i.split(".")[0] in FLOORS[floor + 1 :]]
    assert not above, f"{name} looks up at {above}"


@pytest.mark.parametrize("room", OUTSIDE)
def test_what_goes_out_does_not_know_who_must_be_told(room: str) -> None:
    for name in MODULES:
        if name.startswith(f"crawler.{room}."):
            known = [i for i in IMPORTS[name] if i.startswith("alerts")]
            assert not known, f"{name} knows {known}"


@pytest.mark.parametrize("floor", ROOMS)
def test_every_room_of_a_floor_has_its_place(floor: str) -> None:
    rooms = {path.parent.name for path in (ROOT / floor).glob("*/__init__.py")}
    assert rooms - ABOVE == ROOMS[floor].keys()


@pytest.mark.parametrize(("floor", "room"), BELOW)
def test_a_room_knows_only_those_below_it(floor: str, room: str) -> None:
    below = ROOMS[floor][room]
    others = (ROOMS[floor].keys() | ABOVE) - {room, *below}
    barred = tuple(f"{floor}.{other}." for other in others)
    for name in MODULES:
        if name.startswith(f"{floor}.{room}."):
            known = [i for i in IMPORTS[name] if f"{i}.".startswith(barred)]
            assert not known, f"{name} knows {known}"


@pytest.mark.parametrize("floor", ROOMS)
def test_what_the_rooms_of_a_floor_share_knows_none_of_them(floor: str) -> None:
    rooms = tuple(f"{floor}.{room}." for room in ROOMS[floor])
    for name in MODULES:
        if not f"{name}.".startswith((f"{floor}.cli.", f"{floor}.demo.", *rooms)):
            inside = name.startswith(f"{floor}.") and name not in COMPOSED
            known = [i for i in IMPORTS[name] if f"{i}.".startswith(rooms)]
            assert not (inside and known), f"{name} knows {known}"


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_an_edge_library_has_one_owner(library: str) -> None:
    users = {
        name for name, found in IMPORTS.items() if library in {i.split(".")[0] for i in found}
    }
    assert users <= OWNERS[library], f"{library} is imported by {users - OWNERS[library]}"


def plain(distribution: str) -> str:
    """Return a distribution's name in the one form in which names are compared."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_library_that_comes_with_us_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        re.split(r"[^\w.-]", each)[0] for each in project["dependencies"] if ";" not in each
    }
    used = {name.split(".")[0] for found in IMPORTS.values() for name in found}
    bringers = packages_distributions()
    brought = {plain(each) for name in used for each in bringers.get(name, ())}
    assert {plain(each) for each in asked} - brought == UNSEEN


def test_there_are_no_circles() -> None:
    graph = {
        name: {i for i in found if i in MODULES and i != name}
        for name, found in IMPORTS.items()
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                # A module inside a package imports the package; that is no circle of ours.
                if not name.startswith(f"{other}."):
                    visit(other, (*way, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
