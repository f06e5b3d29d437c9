"""`script/fonts`: fetch the free typefaces of Debian that stand nearest to those of GB/T 9704-2012.

They lie in a package that would bring a whole TeX system along, so it is fetched and unpacked, never
installed. apt checks its signature.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.operations.speech import say

PACKAGE = "texlive-lang-chinese"
# 仿宋, 楷体, 黑体, and 宋体 for titles and numbers; the package's other fonts serve no role here.
FONTS = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Regular.otf",
    "FandolSong-Bold.otf",
)
# GPL 3 with the font exception asks that its text goes along.
LICENCE = ("COPYING", "COPYING.gz", "README")
FOLDER = "fonts"


def run(arguments: Sequence[str]) -> int:
    """Fetch the package, keep its fonts in the home folder and say where they are."""
    for program in ("apt-get", "dpkg"):
        if shutil.which(program) is None:
            raise CannotRun(
                f"{program} is not here: the fonts come as a Debian package. Put font files into a folder "
                "yourself and name it in DOC_FONT_DIRS (docs/fonts.md)."
            )
    target = Home.open().path / FOLDER
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        # apt gives up its rights to fetch: the folder is open to its own user.
        place.chmod(0o755)
        say(f"Fetching {PACKAGE} (48 MB) …")
        _call(["apt-get", "download", PACKAGE], place)
        package = next(place.glob(f"{PACKAGE}_*.deb"), None)
        if package is None:
            raise CannotRun(f"apt fetched no {PACKAGE}: look at its message above.")
        _call(["dpkg", "-x", package.name, "unpacked"], place)
        kept = _keep(place / "unpacked", target)
    say(f"{len(kept)} fonts are in {target}: {', '.join(kept)}. Restart to use them.")
    return 0


def _call(command: list[str], place: Path) -> None:
    try:
        subprocess.run(command, cwd=place, check=True)
    except subprocess.CalledProcessError as error:
        raise CannotRun(
            f"“{' '.join(command)}” failed: check the connection to the Debian mirror, run "
            "“apt-get update”, and start again."
        ) from error


def _keep(unpacked: Path, target: Path) -> list[str]:
    found = {path.name: path for path in unpacked.rglob("*") if path.is_file()}
    missing = [name for name in FONTS if name not in found]
    if missing:
        raise CannotRun(
            f"The package holds no {', '.join(missing)}: it changed. Copy the fonts you want into a "
            "folder and name it in DOC_FONT_DIRS (docs/fonts.md)."
        )
    target.mkdir(mode=0o755, exist_ok=True)
    for name in (*FONTS, *(name for name in LICENCE if name in _beside_fandol(found))):
        shutil.copyfile(found[name], target / name)
        (target / name).chmod(0o644)
    return list(FONTS)


def _beside_fandol(found: dict[str, Path]) -> set[str]:
    return {name for name, path in found.items() if "fandol" in str(path)}
