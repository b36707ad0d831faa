"""Fetch the pinned front-end libraries and copy the files we serve, with licences and checksums (`make vendor`)."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent
SVG = "http://www.w3.org/2000/svg"

# The whole set of pictures of the interface; each has one meaning, so the list grows rarely.
ICONS = (HERE / "icons.txt").read_text(encoding="utf-8").split()


class Library(NamedTuple):
    """One npm package: its licence file, files we serve (source path to own name), licences inside it.

    Without a licence file of its own, the text is PACKAGE.LICENSE beside this script.
    """

    package: str
    licence_file: str
    files: dict[str, str]
    also: str = ""  # licence of a part inside, with a file PART.LICENSE that we keep beside this script
    part: str = ""

    @property
    def name(self) -> str:
        """Package name without its scope."""
        return self.package.rpartition("/")[2]


def _font(family: str) -> Library:
    names = [f"{family}-{script}-wght-normal.woff2" for script in ("latin", "latin-ext", "vietnamese")]
    return Library(f"@fontsource-variable/{family}", "LICENSE", {f"files/{name}": name for name in names})


LIBRARIES = [
    _font("bricolage-grotesque"),
    _font("hanken-grotesk"),
    Library("@picocss/pico", "LICENSE.md", {"css/pico.min.css": "pico.min.css"}),
    Library("htmx.org", "LICENSE", {"dist/htmx.min.js": "htmx.min.js"}),
    Library("lucide-static", "LICENSE", {}, also="MIT"),  # icons from Feather; the text is in the same file
    Library("qrcode-generator", "", {"dist/qrcode.mjs": "qrcode.js"}),
    Library("uplot", "LICENSE", {"dist/uPlot.iife.min.js": "uPlot.iife.min.js", "dist/uPlot.min.css": "uPlot.min.css"}),
    Library(
        "zxing-wasm",
        "LICENSE",
        {"dist/iife/reader/index.js": "zxing_reader.js", "dist/reader/zxing_reader.wasm": "zxing_reader.wasm"},
        also="Apache-2.0",  # the wasm is compiled from ZXing-C++
        part="zxing-cpp",
    ),
]


def install(folder: Path) -> Path:
    """Install exactly what the lock names into `folder`, without running any package's scripts; return node_modules."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"


def symbol(name: str, svg: str) -> str:
    """Turn one icon file into a `<symbol id="i-NAME">`; colour and stroke come from the style sheet."""
    shapes = []
    for element in ElementTree.fromstring(svg):  # nosec B314  # a file of a pinned package
        tag = element.tag.replace(f"{{{SVG}}}", "")
        shapes.append(f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in element.attrib.items()) + "/>")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def sprite(folder: Path, version: str) -> str:
    """Return the sprite of all `ICONS`, read from the folder of single files."""
    symbols = [symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in ICONS]
    note = f"<!-- Lucide {version}, ISC and MIT, see vendor/lucide-static-{version}/LICENSE -->"
    return "\n".join([f'<svg xmlns="{SVG}">{note}', *symbols, "</svg>"]) + "\n"


def copy(library: Library, modules: Path) -> dict[str, object]:
    """Copy one library's files and licence into its versioned folder; return its entry of vendor.lock.json."""
    source = modules / library.package
    about = json.loads((source / "package.json").read_text(encoding="utf-8"))
    target = HERE / f"{library.name}-{about['version']}"
    target.mkdir()
    written = []
    licence = source / library.licence_file if library.licence_file else HERE / f"{library.name}.LICENSE"
    for origin, own_name in [(licence, "LICENSE"), *((source / path, name) for path, name in library.files.items())]:
        written.append(target / own_name)
        shutil.copyfile(origin, written[-1])
    if library.part:
        written.append(target / f"{library.part}.LICENSE")
        shutil.copyfile(HERE / f"{library.part}.LICENSE", written[-1])
    if library.package == "lucide-static":
        written.append(STATIC / "icons.svg")
        written[-1].write_text(sprite(source / "icons", about["version"]), encoding="utf-8")
    hashes = {path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in written}
    return {
        "name": library.package,
        "version": about["version"],
        "licence": " AND ".join(filter(None, [about["license"], library.also])),
        "licence_file": (target / "LICENSE").relative_to(STATIC).as_posix(),
        "files": hashes,
    }


def main() -> int:
    """Replace all vendored folders and the lock file; return the exit code."""
    if shutil.which("npm") is None:
        print("npm is missing; only `make vendor` needs it (Debian: apt install npm)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        modules = install(Path(temporary))
        for old in HERE.iterdir():
            if old.is_dir() and re.search(r"-\d+\.\d+\.\d+$", old.name):
                shutil.rmtree(old)
        entries = [copy(library, modules) for library in LIBRARIES]
    (HERE / "vendor.lock.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    print(f"{len(entries)} libraries in {HERE}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
