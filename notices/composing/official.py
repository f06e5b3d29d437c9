"""Documents in the name of the office: D-02, D-03, D-06, D-07, D-41 and D-66."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.catalogue import DocumentType
from notices.composing.frame import Frame, Values, closing, full_stop, led_by, section


def _official(
    kind: DocumentType, frame: Frame, values: Values, blocks: tuple[Block, ...], addressee: str = ""
) -> OfficialDocument:
    return OfficialDocument(
        issuer=frame.office,
        name=kind.title_zh,
        blocks=blocks,
        number=frame.number,
        number_draft=frame.number_draft,
        addressee=addressee,
        closing=closing(kind, frame, values),
        annotation=frame.correction,
    )


def notice_of_transfer(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice to the competent office of the same level (D-02; Rules 26)."""
    blocks = (
        Paragraph(
            "根据《人民检察院公益诉讼办案规则》的规定，现将下列公益诉讼案件线索移送你院办理。"
        ),
        *section("一、移送的线索", values.get("lead", "")),
        *section("二、移送理由", values.get("reason", "")),
        *section("三、管辖依据", values.get("ground", "")),
        *section("四、移送材料清单", values.get("materials", "")),
    )
    return _official(kind, frame, values, blocks, values.get("addressee", "").strip())


def opinion_to_superior(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion that the superior office should take the lead (D-03; Rules 26)."""
    blocks = (
        Paragraph(
            "根据《人民检察院公益诉讼办案规则》的规定，"
            "我院认为下列公益诉讼案件线索应当由你院管辖，现报请移送。"
        ),
        *section("一、报请移送的线索", values.get("lead", "")),
        *section("二、由上级人民检察院管辖的理由", values.get("ground", "")),
        *section("三、材料清单", values.get("materials", "")),
    )
    return _official(kind, frame, values, blocks, values.get("addressee", "").strip())


def filing_decision(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision to file (D-06; Rules 28-30, 85; PIPL 70)."""
    violator = values.get("violator", "").strip()
    finding = f"{violator}可能实施了侵害众多个人的个人信息权益的违法行为。"
    blocks = (
        *led_by(f"本院在履行公益诉讼检察职责中发现，{finding}", full_stop(values.get("facts", ""))),
        *led_by("上述行为致使社会公共利益受到损害：", full_stop(values.get("harm", ""))),
        Paragraph(
            f"根据{values.get('basis', '').strip()}的规定，"
            f"本院决定{full_stop(values.get('decision', ''))}"
        ),
    )
    return _official(kind, frame, values, blocks)


def refusal_to_file(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision not to file (D-07; Rules 30)."""
    blocks = (
        *led_by("本院对下列案件线索进行了评估：", full_stop(values.get("lead", ""))),
        *led_by("经审查，", full_stop(values.get("reason", ""))),
        Paragraph("根据《人民检察院公益诉讼办案规则》第三十条的规定，本院决定不立案。"),
    )
    return _official(kind, frame, values, blocks)


def announcement(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the pre-suit announcement with its five items (D-41; Rules 91; norm C037)."""
    basis = values.get("basis", "").strip()
    ground = f"根据{basis}的规定，现予公告。" if basis else "现予公告。"
    period = values.get("period", "").strip()
    blocks = (
        *led_by("本院在履行公益诉讼检察职责中发现，", full_stop(values.get("harm_facts", ""))),
        Paragraph(ground),
        *paragraphs(full_stop(values.get("suit_notice", ""))),
        *((Paragraph(f"公告期间为{period}，自公告发布之日起计算。"),) if period else ()),
        *_contact(values),
    )
    # The announcing unit closes it alone: nobody signs a publication by name.
    unit = values.get("announcing_unit", "").strip() or frame.office
    end = closing(kind, replace(frame, office=unit, signature=None), values)
    return replace(_official(kind, frame, values, blocks), closing=end)


def _contact(values: Values) -> tuple[Paragraph, ...]:
    lines = (
        ("联系人", values.get("contact_person", "")),
        ("联系电话", values.get("telephone", "")),
        ("联系地址", values.get("address", "")),
    )
    return tuple(Paragraph(f"{label}：{text.strip()}") for label, text in lines if text.strip())


def urging_letter(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter that urges the court to transfer to enforcement (D-66; JI 12; CPL 247)."""
    decision = values.get("decision", "").strip()
    basis = values.get("basis", "").strip()
    blocks = (
        Paragraph(f"你院{decision}的裁判，下列履行事项期限届满，义务人未履行："),
        *paragraphs(values.get("items", "")),
        Paragraph(f"根据{basis}的规定，请你院依职权移送执行，并将有关情况告知本院。"),
    )
    return _official(kind, frame, values, blocks, values.get("addressee", "").strip())
