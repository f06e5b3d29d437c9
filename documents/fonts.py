"""Which font serves which role of an official document, and which characters can be printed.

GB/T 9704-2012 names fonts that are proprietary and may not be shipped. An office puts its own into
the folders of `DOC_FONT_DIRS`; they come first. Noto Serif SC and Noto Sans SC (SIL OFL) from the
package `pylopdf-fonts-zh-cn` serve what is missing; between them stands what `script/fonts` fetched.
System fonts are never used, so that the same document gives the same bytes on every machine of an office.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

REGULAR = 400
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"


class Role(StrEnum):
    """The typefaces GB/T 9704-2012 asks for."""

    FANG = "fang"  # 仿宋: body
    HEI = "hei"  # 黑体: first-level headings
    KAI = "kai"  # 楷体: second-level headings
    SONG = "song"  # 小标宋: issuer and title
    NUMBER = "number"  # 宋体: page numbers


# Families are tried in the order official, free, shipped.
OFFICIAL: dict[Role, tuple[str, ...]] = {
    Role.FANG: (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "STFangsong",
        "FZFangSong-Z02S",
    ),
    Role.HEI: ("SimHei", "黑体", "STHeiti", "FZHei-B01S"),
    Role.KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03S"),
    Role.SONG: (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
        "STZhongsong",
    ),
    Role.NUMBER: ("SimSun", "宋体", "NSimSun", "STSong"),
}
FREE: dict[Role, tuple[str, ...]] = {
    Role.FANG: ("FandolFang R", "FandolFang", "Zhuque Fangsong (technical preview)"),
    Role.HEI: ("FandolHei", "WenQuanYi Zen Hei"),
    Role.KAI: ("FandolKai", "LXGW WenKai Light", "AR PL UKai CN"),
    Role.SONG: ("FandolSong",),
    Role.NUMBER: ("FandolSong",),
}
SHIPPED = {role: SANS if role is Role.HEI else SERIF for role in Role}


@dataclass(frozen=True)
class RoleFont:
    """The font that serves a role here.

    Attributes:
        official: whether it is one that GB/T 9704-2012 names (or its usual successor).
        file: name of the font file, without its folder.
    """

    role: Role
    family: str
    file: str
    official: bool


@dataclass(frozen=True)
class FontSet:
    """Everything the renderers know about fonts, read once in a process.

    Attributes:
        handle: the fonts as Typst holds them.
        stacks: family names by role, best first.
        characters: code points that at least one font can print.
        missing_folders: folders of `DOC_FONT_DIRS` that cannot be read.
        digest: SHA-256 over the font files; with the Typst version it fixes the bytes of a PDF.
    """

    handle: typst.Fonts
    roles: tuple[RoleFont, ...]
    stacks: dict[str, list[str]]
    characters: frozenset[int]
    missing_folders: tuple[str, ...]
    digest: str

    @property
    def light(self) -> list[str]:
        """Roles whose shipped font is lighter than the typeface it stands for."""
        return [r.role.value for r in self.roles if r.family in (SERIF, SANS)]


def font_set() -> FontSet:
    """Return the fonts of the office, the fetched and the shipped ones (0.3 s at first, then at once)."""
    fetched = [settings.FETCHED_FONTS] if Path(settings.FETCHED_FONTS).is_dir() else []
    return _read(tuple(str(folder) for folder in (*settings.DOC_FONT_DIRS, *fetched)))


@lru_cache(maxsize=4)
def _read(folders: tuple[str, ...]) -> FontSet:
    present = [folder for folder in folders if Path(folder).is_dir()]
    shipped = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    handle = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[*present, shipped],
    )
    by_weight = sorted(handle.fonts(), key=lambda info: abs(info.weight - REGULAR), reverse=True)
    files = {info.family: Path(info.path) for info in by_weight if info.path}
    roles = tuple(_serve(role, files) for role in Role)
    sources = {(Path(info.path), info.index) for info in handle.fonts() if info.path}
    return FontSet(
        handle=handle,
        roles=roles,
        stacks={role.role.value: _stack(role) for role in roles},
        characters=frozenset().union(*(_characters(path, index) for path, index in sources)),
        missing_folders=tuple(folder for folder in folders if folder not in present),
        digest=_digest({path for path, _index in sources}),
    )


def _serve(role: Role, files: dict[str, Path]) -> RoleFont:
    by_name = {family.casefold(): family for family in files}
    for candidate in (*OFFICIAL[role], *FREE[role], SHIPPED[role]):
        if family := by_name.get(candidate.casefold()):
            official = candidate in OFFICIAL[role]
            return RoleFont(role, family, files[family].name, official)
    raise LookupError(f"The shipped font {SHIPPED[role]} is missing: reinstall the requirements.")


def _stack(served: RoleFont) -> list[str]:
    """The chosen family, then the shipped ones for characters it lacks."""
    return list(dict.fromkeys((served.family, SHIPPED[served.role], SERIF, SANS)))


def _characters(path: Path, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


def _digest(paths: set[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
