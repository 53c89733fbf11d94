"""Write what a release is made of: CycloneDX JSON from requirements.lock alone.

    python .ci/sbom.py > sbom.cdx.json

Names, versions and hashes are the lock's; licences are those of the installed packages. The
same lock gives the same bytes, and no host is named: a package URL says which, not where from.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: *; *([^\\]+?))? *\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> Iterator[dict[str, Any]]:
    """Yield one component for each package of a lock."""
    found: dict[str, Any] = {}
    for line in lock.splitlines():
        if match := LOCKED.match(line):
            if found:
                yield found
            found = component(*match.groups())
        elif found:
            digests = [{"alg": "SHA-256", "content": each} for each in HASH.findall(line)]
            found["hashes"] += digests
    if found:
        yield found


def component(name: str, version: str, marker: str | None) -> dict[str, Any]:
    """Describe one package; its hashes, one for each file it comes as, follow."""
    purl = f"pkg:pypi/{name.lower()}@{version}"
    described: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [],
    }
    if licence := licence_of(name):
        described["licenses"] = [{"license": {"name": licence}}]
    if marker:
        described["properties"] = [{"name": "presswatch:marker", "value": marker.strip()}]
    return described


def licence_of(name: str) -> str:
    """Return the licence that an installed package names; empty: it names none in a line."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    named = about.get("License-Expression") or about.get("License") or ""
    if not named or "\n" in named or len(named) > 80:
        classes = about.get_all("Classifier") or []
        named = " / ".join(
            each.rpartition(" :: ")[2] for each in classes if each.startswith("License ::")
        )
    return str(named)


def bill(lock: str, version: str) -> dict[str, Any]:
    """Return the bill of materials of a release."""
    parts = list(components(lock))
    own = f"pkg:pypi/presswatch@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, version + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "presswatch",
                "version": version,
                "purl": own,
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [each["bom-ref"] for each in parts]}],
    }


def main() -> None:
    """Write the bill of this tree to standard output."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    json.dump(bill(lock, project["version"]), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
