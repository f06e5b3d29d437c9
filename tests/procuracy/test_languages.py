"""Chinese and English are both complete: in the catalogues and on every page."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.articles import SOURCES_ZH
from procuracy.management.commands import makemessages
from procuracy.management.commands.makemessages import LOCALES, compiled
from tests.procuracy.reading import Said, read
from tests.procuracy.tour import visit

ROOT = Path(__file__).resolve().parents[2]
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w+}")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# An article under the short name the code knows its source by.
_ARTICLE = re.compile(r"\b(?:" + "|".join(set(SOURCES_ZH) - {"law"}) + r") ?\d")
# One word that is no name: a code somebody forgot to translate.
_WORD = re.compile(r"[a-z]{3,}")


def entries(locale: str) -> dict[str, str]:
    """Return what the application reads: key (with its context and plural number) to translation."""
    with compiled(locale).open("rb") as file:
        found = gettext.GNUTranslations(file)._catalog
    return {
        key if isinstance(key, str) else f"{key[0]}\0{key[1]}": text for key, text in found.items()
    }


CHINESE, ENGLISH = entries("zh_Hans"), entries("en")
# What an English reader sees, where a Chinese one sees something else.
KEYS = {
    key.split("\x04")[-1].split("\0")[0] for key, text in CHINESE.items() if key and key != text
}
KEYS -= set(CHINESE.values())
# What only a Chinese reader should see, unless it is marked as Chinese: names and titles of matters are.
CHINESE_TEXTS = {text for key, text in CHINESE.items() if key and _HAN.search(text)}
# The same in every language.
NAMES = {"English", "docx"}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_string_is_empty_fuzzy_or_obsolete(locale):
    assert makemessages.unfinished(locale) == []


def test_an_unfinished_string_is_found(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    path = makemessages.catalogue("en")
    path.parent.mkdir(parents=True)
    entry = (
        '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n'
    )
    path.write_text(
        makemessages.HEADER.format(language="en", plural="nplurals=2; plural=(n != 1);")
        + "\n"
        + entry
    )
    assert makemessages.unfinished("en") == ["1 fuzzy", "1 untranslated", "obsolete entries"]


def test_english_says_its_keys_in_singular_and_plural():
    assert ENGLISH["%(count)d day\x000"] == "%(count)d day"
    assert ENGLISH["%(count)d day\x001"] == "%(count)d days"
    single = {key: text for key, text in ENGLISH.items() if key and "\0" not in key}
    assert all(text == key.split("\x04")[-1] for key, text in single.items())


def test_every_placeholder_stands_in_both_languages():
    for key, text in CHINESE.items():
        if key and "\0" not in key:
            assert sorted(_PLACEHOLDER.findall(key)) == sorted(_PLACEHOLDER.findall(text)), key


def test_both_catalogues_hold_the_same_strings():
    plain = [{key.split("\0")[0] for key in found} for found in (CHINESE, ENGLISH)]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_read_is_what_was_translated(locale, tmp_path, monkeypatch):
    makemessages.compile_catalogue(locale, tmp_path / "django.mo")
    now = entries(locale)
    monkeypatch.setattr(f"{__name__}.compiled", lambda _locale: tmp_path / "django.mo")
    assert entries(locale) == now


@pytest.mark.slow
def test_gathering_the_strings_again_changes_no_file(tmp_path):
    """In a copy, so that nobody at work in this folder is disturbed."""
    copy = tmp_path / "copy"
    left_out = shutil.ignore_patterns(".*", "tests", "docs", "static", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=left_out)
    command = [sys.executable, "manage.py", "makemessages", "--check"]
    result = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_gettext_is_called_by_names_the_gathering_knows():
    """A string under another name would be shown in English and missed by every other test here."""
    for package in ROOT.glob("*/__init__.py"):
        for path in package.parent.rglob("*.py"):
            found = re.findall(r"gettext\w* as (\w+)", path.read_text(encoding="utf-8"))
            assert set(found) <= {"_", "translate"}, path


def strange(said: list[Said], language: str) -> list[str]:
    """Return the texts of a page that a reader of `language` was not meant to see in another one."""
    if language == "en":
        return [s.text for s in said if s.language == "en" and s.text in CHINESE_TEXTS]
    here = [s.text for s in said if s.language == "zh-Hans" and s.text not in NAMES]
    marks = (_ENGLISH.search, _WORD.fullmatch, _ARTICLE.search)
    return [text for text in here if text in KEYS or any(mark(text) for mark in marks)]


def test_a_text_in_the_wrong_language_is_found():
    page = '<html lang="zh-Hans"><p>Save</p><p>保存</p><i lang="en">Not here</i><b title="Not at all"></b>（CPL 58）'
    assert strange(read(page), "zh-Hans") == ["Save", "Not at all", "（CPL 58）"]
    assert strange(read('<html lang="en"><p>保存</p><p lang="zh-Hans">陈一鸣</p>'), "en") == [
        "保存"
    ]


@pytest.mark.slow
def test_every_page_speaks_the_language_of_its_reader(client, furniture):
    faults = []
    for stop, language, page in visit(client, furniture.stops):
        said = read(page)
        if f'<html lang="{language}"' not in page:
            faults.append(f"{stop.name} in {language} says it is in another language")
        faults += [f"{stop.name} in {language}: {text}" for text in strange(said, language)]
    assert not faults, "\n".join(faults)
