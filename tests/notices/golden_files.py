"""What every composed document says in print, in Word and on the screen: `python -m tests.notices.golden_files` after a wanted change."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path

from django.utils import translation
from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from audit.clock import BEIJING
from documents.docx_renderer import render_docx
from documents.html_renderer import render_html
from documents.model import Document as Composed
from documents.model import SignatureLine
from documents.typst_renderer import render_pdf
from notices.bodies.frame import Frame
from notices.catalogue import AGAINST_AUTHORITY as OWN_FORMS
from notices.catalogue import TYPES, DocumentType, Kind, compose
from tests.documents.reading import text
from tests.notices import (
    samples_administrative,
    samples_against_authority,
    samples_court,
    samples_investigation,
    samples_leads,
)

# Every type that is made here, in the order of its code.
COMPOSED = sorted(code for code, kind in TYPES.items() if kind.composed)
# In a case against an authority: the forms of their own, and the decision to end it, which has one for both.
AGAINST_AUTHORITY = {f"{code}-A": OWN_FORMS.get(code, TYPES[code]) for code in ("D-44", *OWN_FORMS)}
ALL = [*COMPOSED, *sorted(AGAINST_AUTHORITY)]
FOLDER = Path(__file__).parent / "golden"
ISSUED = datetime(2024, 6, 24, 15, 30, tzinfo=BEIJING)
FRAME = Frame(
    office="江州市云山区人民检察院",
    reference="330106-2024-00012",
    day=date(2024, 6, 24),
    signature=SignatureLine("检察长", "林检察长"),
)
# The public case of 2024: three channels on a foreign messenger.
FACTS = (
    "行为人在境外即时通讯软件上建立三个频道，未经同意收集并公开他人的姓名、身份证件号码、"
    "住址、电话号码等个人信息一千二百余条，涉及八百余人，累计浏览四百余万次。"
)
VALUES = {
    "D-06": {
        "violator": "频道管理者",
        "facts": FACTS,
        "harm": "众多个人的个人信息权益受到侵害，公开状态仍在持续，社会公共利益受到损害。",
        "basis": "《中华人民共和国个人信息保护法》第七十条、《人民检察院公益诉讼办案规则》第三十条",
        "decision": "对“开盒”侵害公民个人信息民事公益诉讼案立案",
        "decision_day": "2024-06-24",
    },
    "D-41": {
        "harm_facts": FACTS,
        "basis": "《中华人民共和国个人信息保护法》第七十条、"
        "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第十三条、"
        "《人民检察院公益诉讼办案规则》第九十一条",
        "suit_notice": (
            "法律规定的消费者组织和由国家网信部门确定的组织等适格主体，"
            "可以就上述行为依法向人民法院提起民事公益诉讼。"
            "拟提起诉讼的，请在公告期间内将有关情况书面告知本院。"
        ),
        "period": "三十日",
        "contact_person": "陈一鸣",
        "telephone": "0571-87654321",
        "address": "江州市云山区法治路1号",
        "announcing_unit": "江州市云山区人民检察院",
        "announcing_day": "2024-06-24",
    },
}
NUMBERS = {
    "D-02": "江云检民公移〔2024〕3号",
    "D-06": "江云检民公立〔2024〕12号",
    "D-07": "江云检民公不立〔2024〕5号",
    "D-41": "江云检民公告〔2024〕2号",
}
VALUES |= samples_leads.VALUES
VALUES |= samples_court.VALUES
NUMBERS |= samples_court.NUMBERS
VALUES |= samples_investigation.VALUES
NUMBERS |= samples_investigation.NUMBERS
VALUES |= samples_administrative.VALUES
NUMBERS |= samples_administrative.NUMBERS
VALUES |= samples_against_authority.VALUES
NUMBERS |= samples_against_authority.NUMBERS


def kind_of(code: str) -> DocumentType:
    """Return the type of a sample, in its form against an authority where the code says so."""
    return AGAINST_AUTHORITY.get(code) or TYPES[code]


def made(code: str) -> Composed:
    """Return the sample of a type as the structured document."""
    kind = kind_of(code)
    values = {item.name: _value(item) for item in kind.contents} | VALUES.get(code, {})
    frame = replace(FRAME, number=NUMBERS.get(code, ""))
    if not kind.issued:
        frame = replace(frame, signature=SignatureLine("承办检察官", "陈一鸣"))
    return compose(kind, frame, values)


def sample(code: str) -> str:
    """Return the text of the PDF of a sample, page count first."""
    pdf = render_pdf(made(code), issued_at=ISSUED)
    return f"{pdf.pages}\n{text(pdf.content)}\n"


def word(code: str) -> str:
    """Return the Word file of a sample: each paragraph and each cell with the name of its style."""
    file = open_docx(io.BytesIO(render_docx(made(code), issued_at=ISSUED)))
    lines = []
    for element in file.element.body.iter(qn("w:p")):
        paragraph = DocxParagraph(element, file)
        if paragraph.text.strip():
            lines.append(f"{paragraph.style.name}｜{paragraph.text.strip()}")
    return "\n".join(lines) + "\n"


def screen(code: str) -> str:
    """Return what the sheet on the screen says, one line a block."""
    with translation.override("zh-hans"):
        page = re.sub(r"</(?:p|h\d|td|th|li|div)>", "\n", render_html(made(code)))
    lines = (" ".join(line.split()) for line in unescape(re.sub(r"<[^>]+>", " ", page)).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _value(content) -> str:
    if content.kind is Kind.DAY:
        return "2024-06-24"
    if content.kind is Kind.CHOICE:
        return content.options[0]
    return f"（{content.label_zh}的样例文字）"


# The folder of each renderer below the golden files, and what is kept there.
RENDERERS = {".": sample, "word": word, "screen": screen}


def read(code: str, renderer: str = ".") -> str:
    return (FOLDER / renderer / f"{code}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
    django.setup()
    for folder, render in RENDERERS.items():
        (FOLDER / folder).mkdir(exist_ok=True)
        for one in ALL:
            (FOLDER / folder / f"{one}.txt").write_text(render(one), encoding="utf-8")
