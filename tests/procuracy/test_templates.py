"""What no template may contain: the policy of the pages forbids it, or a reader could not read it."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))

FORBIDDEN = {
    "an inline style": r"<[^>]*\sstyle\s*=",
    "an inline event handler": r"<[^>]*\son[a-z]+\s*=",
    "a script without a source": r"<script(?![^>]*\ssrc=)[^>]*>",
    "a style element": r"<style\b",
    "a script in hx-on": r"\bhx-on\b",
    "a script in hx-vals": r"hx-(?:vals|headers)\s*=\s*['\"]\s*(?:js|javascript):",
    "a script as address": r"(?:href|src|action)\s*=\s*['\"]?\s*javascript:",
    "a foreign host": r"(?:href|src|action|hx-(?:get|post))\s*=\s*['\"]?\s*(?:https?:)?//",
    "text marked as safe": r"\|\s*safe\b(?!seq)|{%\s*autoescape\s+off",
}
# Django's own markup of a field's help text is written by the house, never by a person.
SAFE_TEXT = {"jinja2/django/forms/field.html"}

_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_COMMENTS = re.compile(r"{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", re.DOTALL)
_UNSPOKEN = re.compile(r"<(code|kbd|samp)\b.*?</\1>", re.DOTALL)
_ATTRIBUTES = re.compile(r"\b(?:placeholder|aria-label|title|alt)=(\"[^\"]*\"|'[^']*')")
_WORD = re.compile(r"[A-Za-z]{2,}")
# Names that are the same in every language.
NAMES = {
    "English",
    "API",
    "PDF",
    "DOCX",
    "SHA",
    "SM3",
    "MB",
    "kB",
    "IP",
    "iCalendar",
    "TOTP",
    "Excel",
    "CSV",
    "docx",
    "xlsx",
}


TEXTS = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in TEMPLATES
}


# One test looks into all templates: two and a half thousand tests of a millisecond take longer in the starting.
@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template_contains_what_the_policy_forbids(fault):
    allowed = SAFE_TEXT if fault == "text marked as safe" else set()
    found = {
        name: match.group()
        for name, text in TEXTS.items()
        if name not in allowed
        and (match := re.search(FORBIDDEN[fault], _COMMENTS.sub("", text), re.IGNORECASE))
    }
    assert not found, f"{fault} in {found}"


def _untranslated(text: str) -> list[str]:
    text = _TRANSLATED.sub("", _COMMENTS.sub("", text))
    spoken = [_TAGS.sub(" ", value) for value in _ATTRIBUTES.findall(text)]
    visible = re.sub(r"<[^>]*>", "\n", _UNSPOKEN.sub("", _TAGS.sub(" ", text)))
    words = _WORD.findall(visible + " ".join(spoken))
    return [word for word in words if word not in NAMES]


def test_every_word_a_person_reads_is_translated():
    shown = {name: words for name, text in TEXTS.items() if (words := _untranslated(text))}
    assert not shown, f"untranslated words: {shown}"


def test_an_untranslated_word_is_found():
    assert _untranslated('<p class="b">Save {{ name }}</p><input placeholder="Your name">') == [
        "Save",
        "Your",
        "name",
    ]
    assert not _untranslated('{% translate "Save" %}<kbd>Esc</kbd>')


def test_a_page_with_a_form_lists_its_errors_above_it():
    hiding = [
        name
        for name, text in TEXTS.items()
        if not name.startswith(("django/", "components/"))
        and re.search(r"{{\s*form\s*}}", text)
        and "components/error_summary.html" not in text
    ]
    assert not hiding, f"the errors of the whole form would be hidden: {hiding}"


def test_djlint_finds_no_fault():
    command = [sys.executable, "-m", "djlint", "templates", "--lint", "--quiet"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_the_style_sheets_stay_small_and_ask_no_foreign_host():
    sheets = [path.read_bytes() for path in STYLES]
    assert sum(len(gzip.compress(sheet, 9)) for sheet in sheets) <= 12_000
    for path, sheet in zip(STYLES, sheets, strict=True):
        assert not re.search(rb"@import|url\(\s*['\"]?(?:data|https?):", sheet), path.name


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_stays_small_and_evaluates_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert not re.search(r"\beval\(|new Function|document\.write|https?://", text)


def test_every_icon_a_template_names_exists():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{%\s*icon\s+"([\w-]+)"', path.read_text())
    }
    named |= {
        name for path in TEMPLATES for name in re.findall(r'picture="([\w-]+)"', path.read_text())
    }
    assert named <= sprite
