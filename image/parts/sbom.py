"""The image's bill of materials: sbom.py MANIFEST FOLDER VERSION COMMIT TIME > SPDX.json

SPDX 2.3 in JSON (https://spdx.github.io/spdx-spec/v2.3/): every Debian package that mkosi installed, with its version
and package URL, our own program by its commit, and every file of the root with its SHA-1 (which the format asks for)
and SHA-256. FOLDER holds the lists that mkosi.finalize.d/20-list-files wrote; TIME is the commit's, in seconds.
"""

import datetime
import hashlib
import json
import re
import sys
from pathlib import Path
from urllib.parse import quote


def debian_package(entry: dict) -> dict:
    name, version, architecture = entry["name"], entry["version"], entry["architecture"]
    return {
        "SPDXID": "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", f"{name}-{architecture}"),
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{quote(name, safe='')}@{quote(version, safe='')}?arch={architecture}",
            }
        ],
    }


def own_package(version: str, commit: str) -> dict:
    return {
        "SPDXID": "SPDXRef-Package-portico-kiosk",
        "name": "portico-kiosk",
        "versionInfo": f"{version}+{commit}",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
    }


def checksums(list_file: Path) -> dict[str, str]:
    found = {}
    for line in list_file.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        digest, name = line.split(maxsplit=1)
        # A name with a backslash is written with two, behind a leading one (sha256sum(1)).
        if digest.startswith("\\"):
            digest, name = digest[1:], name.replace("\\\\", "\\")
        found[name] = digest
    return found


def files_of(folder: Path) -> list[dict]:
    sha1, sha256 = checksums(folder / "files.sha1"), checksums(folder / "files.sha256")
    if sha1.keys() != sha256.keys():
        raise ValueError("files.sha1 and files.sha256 list different files")
    return [
        {
            "SPDXID": "SPDXRef-File-" + hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:32],
            "fileName": name.encode(errors="surrogateescape").decode(errors="replace"),
            "checksums": [
                {"algorithm": "SHA1", "checksumValue": sha1[name]},
                {"algorithm": "SHA256", "checksumValue": sha256[name]},
            ],
        }
        for name in sorted(sha1)
    ]


def main() -> int:
    manifest_file, folder, version, commit, time = sys.argv[1:]
    manifest = json.loads(Path(manifest_file).read_text(encoding="utf-8"))
    packages = [debian_package(entry) for entry in manifest["packages"] if entry["type"] == "deb"]
    if not packages:
        print(f"sbom.py: {manifest_file} names no package", file=sys.stderr)
        return 1
    packages.append(own_package(version, commit))
    files = files_of(Path(folder))
    described = [one["SPDXID"] for one in packages]
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"portico-kiosk-{version}",
        "documentNamespace": "https://spdx.org/spdxdocs/portico-kiosk-" + commit,
        "creationInfo": {
            "created": datetime.datetime.fromtimestamp(int(time), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: portico-image-build"],
        },
        "documentDescribes": described,
        "packages": packages,
        "files": files,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": one}
            for one in described
        ],
    }
    json.dump(document, sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0


sys.exit(main())
