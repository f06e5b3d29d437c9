"""Names of files from outside."""

from __future__ import annotations

import pytest

from documents.names import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\证据（一）.pdf", "证据（一）.pdf"),
        ("发票\u202egpj.exe", "发票gpj.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('<img src=x onerror="alert(1)">.png', "_img src=x onerror=_alert(1)__.png"),
        ("  两 个  空格 .txt. ", "两 个 空格 .txt"),
        (".bashrc", "bashrc"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("\u202e\x00", "unnamed"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(given, kept):
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending():
    name = safe_name("长" * 400 + ".docx")
    assert len(name) == 255
    assert name.endswith("长.docx")
