"""Which font serves which role, and the office's own fonts come first."""

from __future__ import annotations

import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont

from documents.fonts import Role, font_set
from tests.documents.reading import letter, rendered, text


@pytest.fixture
def office_folder(tmp_path):
    """A folder with a font that bears the official name of 仿宋 and has a private glyph shape."""
    font = TTFont(pylopdf_fonts_zh_cn.sans_path())
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "FangSong_GB2312"
    font.save(tmp_path / "simfang.otf")
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    return tmp_path


def test_the_shipped_fonts_serve_every_role_without_an_office_folder():
    served = {font.role: font.family for font in font_set().roles}
    assert served[Role.HEI] == "Noto Sans SC"
    assert {served[role] for role in Role if role is not Role.HEI} == {"Noto Serif SC"}
    assert not any(font.official for font in font_set().roles)


def test_a_font_of_the_office_serves_its_role_and_changes_the_engine(office_folder, settings):
    shipped = rendered(letter("国"))
    settings.DOC_FONT_DIRS = [str(office_folder)]
    fang = next(font for font in font_set().roles if font.role is Role.FANG)
    assert (fang.family, fang.file, fang.official) == ("FangSong_GB2312", "simfang.otf", True)
    with_own = rendered(letter("国"))
    assert with_own.engine != shipped.engine
    assert "国" in text(with_own.content)


def test_a_missing_folder_is_reported_and_stops_nothing(settings):
    settings.DOC_FONT_DIRS = ["/nowhere/fonts"]
    assert font_set().missing_folders == ("/nowhere/fonts",)
    assert len(font_set().roles) == len(Role)
