"""`script/fonts` with an apt and a dpkg that stand for the Debian mirror, and the page that shows the fonts."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont

from documents.fonts import Role, font_set
from procuracy.embedded.errors import CannotRun
from procuracy.operations import fonts

APT = """#!/bin/sh
[ "$1 $2" = "download texlive-lang-chinese" ] || exit 9
echo package > texlive-lang-chinese_2022_all.deb
"""
DPKG = """#!/bin/sh
[ "$1" = "-x" ] || exit 9
mkdir -p "$3/usr/fandol"
for name in {names}; do cp "{font}" "$3/usr/fandol/$name"; done
echo licence > "$3/usr/fandol/COPYING"
mkdir -p "$3/usr/other"; echo other > "$3/usr/other/README"
"""


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """Programs on the path that give a font under every name the package has."""
    font = TTFont(pylopdf_fonts_zh_cn.sans_path())
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "FandolFang"
    font.save(tmp_path / "font.otf")
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    # The path of a socket is short.
    home = Path(tempfile.mkdtemp())
    monkeypatch.setenv("PROCURACY_HOME", str(home))

    def set_up(apt: str = APT, names: tuple[str, ...] = fonts.FONTS) -> Path:
        dpkg = DPKG.format(names=" ".join(names), font=tmp_path / "font.otf")
        for name, script in (("apt-get", apt), ("dpkg", dpkg)):
            (programs / name).write_text(script)
            (programs / name).chmod(0o755)
        return home / fonts.FOLDER

    yield set_up
    shutil.rmtree(home)


def test_the_fonts_are_kept_with_their_licence_and_serve_their_roles(mirror, capsys, settings):
    folder = mirror()
    assert fonts.run([]) == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted([*fonts.FONTS, "COPYING"])
    assert str(folder) in capsys.readouterr().out
    settings.FETCHED_FONTS = folder
    fang = next(served for served in font_set().roles if served.role is Role.FANG)
    assert (fang.family, fang.official) == ("FandolFang", False)
    assert font_set().missing_folders == ()


def test_a_mirror_that_does_not_answer_is_told_in_a_sentence(mirror):
    folder = mirror(apt="#!/bin/sh\nexit 100\n")
    with pytest.raises(CannotRun, match="check the connection to the Debian mirror"):
        fonts.run([])
    assert not folder.exists()


def test_a_package_without_its_fonts_leaves_nothing_behind(mirror):
    folder = mirror(names=fonts.FONTS[:2])
    with pytest.raises(CannotRun, match=r"holds no FandolHei-Regular\.otf"):
        fonts.run([])
    assert not folder.exists()


def test_where_there_is_no_apt_the_way_out_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRun, match="DOC_FONT_DIRS"):
        fonts.run([])


@pytest.mark.django_db
def test_the_page_says_which_font_serves_which_role_and_what_is_missing(
    client, cast, settings, mirror
):
    client.force_login(cast.clerk)
    client.cookies["django_language"] = "en"
    settings.DOC_FONT_DIRS = ["/nowhere/fonts"]
    page = client.get("/documents/fonts/").content.decode()
    assert "The body is printed in a Song face" in page
    assert "/nowhere/fonts" in page
    assert page.count("stand-in") == len(Role)
    mirror()
    fonts.run([])
    settings.DOC_FONT_DIRS, settings.FETCHED_FONTS = (
        [],
        Path(os.environ["PROCURACY_HOME"]) / "fonts",
    )
    page = client.get("/documents/fonts/").content.decode()
    assert "FandolFang-Regular.otf" in page or "Fandol" in page
    assert "The body is printed in a Song face" not in page
    assert "Free fonts stand in" in page
