"""What goes with a release so that others can check it: the site as one file, its parts, and a sum of every file.

The list of parts is CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), made from the lock, which names every package
with the hashes that installing it demands.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from scripts.content.model import Site
from scripts.environment import FULL_LOCK, LOCK
from scripts.exports import PREFIX
from scripts.exports.archive import zipped

SITE = f"{PREFIX}-published-site.zip"
PARTS = f"{PREFIX}-sbom.cdx.json"
SUMS = "SHA256SUMS"
_PACKAGE = re.compile(r"^([\w.-]+)==([^\s;\\]+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+)", re.MULTILINE)


def write(site: Path, into: Path, about: Site) -> list[str]:
    """Writes the three files beside the packages; returns their names. `sha256sum --check SHA256SUMS` verifies the
    packages, and every file of the site once its archive is unpacked there."""
    pages = {f"site/{p.relative_to(site).as_posix()}": p.read_bytes() for p in site.rglob("*") if p.is_file()}
    (into / SITE).write_bytes(zipped(pages))
    (into / PARTS).write_text(
        parts(about, LOCK.read_text(encoding="utf-8"), FULL_LOCK.read_text(encoding="utf-8")), encoding="utf-8"
    )
    taken = {p.name: p.read_bytes() for p in into.iterdir() if p.is_file() and p.name != SUMS}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted((taken | pages).items())]
    (into / SUMS).write_text("".join(lines), encoding="utf-8")
    return [SITE, PARTS, SUMS]


def parts(about: Site, lock: str, full_lock: str) -> str:
    """The list of parts. What only packages and tests need is `optional`: the site is built without it."""
    needed = {name for name, _, _ in _PACKAGE.findall(lock)}
    edition = about.edition
    whole = f"{PREFIX}@{edition.version}"
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "scope": "required" if name in needed else "optional",
            "purl": f"pkg:pypi/{name}@{version}",
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{name}/{version}/",
                    "hashes": [
                        {"alg": "SHA-256", "content": one} for one in sorted(re.findall(r"sha256:(\w{64})", hashes))
                    ],
                }
            ],
        }
        for name, version, hashes in _PACKAGE.findall(full_lock)
    ]
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": f"{edition.date}T00:00:00Z",
            "component": {
                "type": "application",
                "bom-ref": whole,
                "name": about.title.en,
                "version": edition.version,
                "licenses": [{"license": {"id": "CC-BY-4.0"}}, {"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": whole, "dependsOn": [one["bom-ref"] for one in components]}],
    }
    return json.dumps(bom, ensure_ascii=False, indent=1) + "\n"
