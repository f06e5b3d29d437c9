"""What a document says in a case against an authority, where its civil form names violator or announcement.

Law 7.2 names each of these types once; the number of a row stands for both forms. The version of the body
begins with a letter of its own, so that a document tells which form it has.
"""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import case_before, led, to_court
from notices.bodies.frame import Frame, Values, full_stop, led_by, text_of
from notices.bodies.official import official
from notices.bodies.parts import items, part
from notices.bodies.statutes import JI_ZH, RULES_ZH
from notices.catalogue.announcement.d40_closing_report import TYPE as D40
from notices.catalogue.announcement.d43_review_report import TYPE as D43
from notices.catalogue.announcement.d45_complaint import TYPE as D45
from notices.catalogue.contents import DAY
from notices.catalogue.court.d55_withdrawal_of_suit import TYPE as D55
from notices.catalogue.leads.d06_filing_decision import TYPE as D06
from notices.declaration import Addressee, Content, DocumentType, Kind

VERSION = "A"


def _retitled(kind: DocumentType, **contents: Content) -> tuple[Content, ...]:
    """Return the contents of a type, those named here in the form given."""
    return tuple(contents.get(item.name, item) for item in kind.contents)


# --- D-06: the decision to file -------------------------------------------------------------------


def _filing(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision to file against an authority (D-06; Rules 67-70)."""
    authority = text_of(values, "violator")
    blocks = (
        *led_by(
            f"本院在履行公益诉讼检察职责中发现，{authority}可能违法行使职权或者不作为。",
            full_stop(values.get("facts", "")),
        ),
        *led_by("社会公共利益因此受到侵害：", full_stop(values.get("harm", ""))),
        Paragraph(
            f"根据{text_of(values, 'basis')}的规定，本院决定{full_stop(values.get('decision', ''))}"
        ),
    )
    return official(kind, frame, values, blocks, addressee=authority)


FILING_DECISION = replace(
    D06,
    article="Rules 28-30, 67-70",
    addressee=Addressee.AUTHORITY,
    contents=_retitled(
        D06,
        violator=Content("violator", "行政机关", "Authority", "Rules 67, 69", kind=Kind.LINE),
        facts=Content(
            "facts",
            "监督管理职责和可能不依法履行职责的事实",
            "Its duty and how it may have failed",
            "Rules 67",
            sourced=True,
        ),
        harm=Content(
            "harm",
            "社会公共利益受到侵害的情况",
            "Harm to the public interest",
            "Rules 67",
            sourced=True,
        ),
        basis=Content("basis", "法律依据", "Legal basis", "Rules 67"),
    ),
    template=f"{VERSION}1",
    body=_filing,
)


# --- D-40 and D-43: the two reports ---------------------------------------------------------------

CLOSING_REPORT = replace(
    D40,
    article="Rules 71-73",
    contents=(
        Content(
            "course",
            "案件来源及调查经过",
            "Source and course of the investigation",
            required=False,
        ),
        Content("authority", "行政机关的基本情况", "The authority", "Rules 71", sourced=True),
        Content(
            "harm",
            "社会公共利益受到侵害的事实",
            "Harm to the public interest",
            "Rules 71",
            sourced=True,
        ),
        Content(
            "duty", "行政机关的监督管理职责", "Duty of the authority", "Rules 71", sourced=True
        ),
        Content(
            "failure",
            "行政机关不依法履行职责的行为",
            "Failure of the authority",
            "Rules 71",
            sourced=True,
        ),
        Content(
            "causation",
            "不依法履行职责与公益受侵害之间的关联性",
            "Link between failure and harm",
            "Rules 71",
            sourced=True,
        ),
        Content("consultation", "磋商情况", "Consultation", "Rules 70", required=False),
        Content("law", "法律适用分析", "Law", "Rules 73"),
        Content(
            "proposal",
            "处理意见（终结案件或者提出检察建议）",
            "Proposal: terminate or recommend",
            "Rules 73",
        ),
        DAY,
    ),
    template=f"{VERSION}1",
)
REVIEW_REPORT = replace(
    D43,
    article="Rules 79",
    contents=(
        Content(
            "course",
            "案件来源及审查经过",
            "Source and course of the review",
            required=False,
        ),
        Content(
            "recommendation",
            "检察建议及行政机关回复情况",
            "Recommendation and reply",
            "Rules 75, 77; JI 21",
            sourced=True,
        ),
        Content(
            "facts",
            "行政机关整改和履行职责的情况及证据",
            "What the authority has done, with evidence",
            "Rules 77, 79",
            sourced=True,
        ),
        Content(
            "persistence",
            "公益受侵害的现状",
            "Present state of the harm",
            "Rules 79, 81",
            sourced=True,
        ),
        Content("law", "法律适用分析", "Law", "Rules 79"),
        Content(
            "proposal",
            "处理意见（终结案件、提起行政公益诉讼或者移送）",
            "Proposal: terminate, sue or transfer",
            "Rules 79",
        ),
        DAY,
    ),
    template=f"{VERSION}1",
)


# --- D-45 and D-55: the suit ----------------------------------------------------------------------

COMPLAINT = replace(
    D45,
    title_zh="行政公益诉讼起诉书",
    title_en="Administrative public-interest complaint",
    article="Rules 46, 81-83; JI 22",
    contents=_retitled(
        D45,
        suit=replace(D45.contents[0], article="Rules 81"),
        defendant=Content("defendant", "被告行政机关", "Defendant authority", "Rules 46, 81"),
        claims=Content(
            "claims", "诉讼请求（每行一项）", "Claims, one a line", "Rules 46, 83; JI 22"
        ),
        course=Content(
            "course",
            "案件来源及诉前程序",
            "Source of the case and pre-suit procedure",
            "JI 21, 22",
            sourced=True,
        ),
        facts=Content("facts", "事实", "Facts", "Rules 46, 82", sourced=True),
        evidence=Content(
            "evidence",
            "证据和证据来源（每行一项）",
            "Evidence and its source, one a line",
            "JI 22",
        ),
        reasons=Content("reasons", "理由", "Reasons", "Rules 46, 82"),
        basis=Content("basis", "法律依据", "Legal basis", "Rules 46"),
        court=Content("court", "受诉人民法院", "Court", "JI 5", kind=Kind.LINE),
        attachments=Content("attachments", "附件（每行一项）", "Enclosures, one a line", "JI 22"),
    ),
    template=f"{VERSION}1",
)


def _withdrawal(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision to withdraw the suit against an authority (D-55; Rules 84; JI 24)."""
    defendant = text_of(values, "defendant")
    against = f"，系本院对{defendant}提起的行政公益诉讼案件" if defendant else ""
    blocks: tuple[Block, ...] = (
        Paragraph(f"{case_before(values)}{against}。"),
        *part("诉讼请求的实现情况", items(values.get("realised", ""))),
        *led("审理过程中，", values.get("reason", "")),
        Paragraph(
            "被告已经依法履行职责，本案诉讼请求已经全部实现。根据"
            f"{JI_ZH}第二十四条、"
            f"{RULES_ZH}第八十四条的规定，本院决定撤回起诉，请你院依法准许。"
        ),
    )
    return to_court(kind, frame, values, blocks)


WITHDRAWAL = replace(
    D55,
    article="Rules 84; JI 24",
    contents=tuple(
        replace(
            item, article=item.article.replace("Rules 99", "Rules 84").replace("JI 19", "JI 24")
        )
        for item in D55.contents
    ),
    template=f"{VERSION}1",
    body=_withdrawal,
)

TYPES = (FILING_DECISION, CLOSING_REPORT, REVIEW_REPORT, COMPLAINT, WITHDRAWAL)
