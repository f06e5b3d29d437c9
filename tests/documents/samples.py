"""Documents the tests of this room render."""

from __future__ import annotations

from datetime import date, datetime

from audit.clock import BEIJING
from documents.model import (
    Alignment,
    AttachmentList,
    Closing,
    Column,
    Copies,
    FormCell,
    FormDocument,
    FormRow,
    Heading,
    NumberedList,
    OfficialDocument,
    OpinionCell,
    OpinionSignature,
    Paragraph,
    Support,
    SupportKind,
    Table,
    fair_row,
)

ISSUED = datetime(2026, 4, 20, 10, 30, tzinfo=BEIJING)
OFFICE = "江州市云湖区人民检察院"

FACTS = (
    "经查，2024年6月至2026年2月间，该平台共处理云湖区12个小区、41,327名业主的个人信息，其中敏感个人信息"
    "（人脸特征值）38,905条。平台《隐私政策》未载明人脸识别信息的处理目的、处理方式和保存期限，亦未提供其他"
    "替代性通行方式。王喆、李祎、陈昇、刘珺玥等业主投诉后，平台仍未停止处理。"
)
OPENING = (
    "本院在履行公益诉讼检察职责中发现，辖区内“优享家”智慧社区平台运营者江州优享家网络科技有限公司"
    "（统一社会信用代码：91330106MA2XXXXX0U）在提供门禁通行、物业缴费服务过程中，未经单独同意收集业主人脸"
    "识别信息，并将业主姓名、身份证号码、房屋地址等个人信息提供给第三方营销机构，致使众多个人信息权益受到"
    "侵害，社会公共利益持续处于受侵害状态。本院于2026年3月2日立案，现已审查终结。"
)


def recommendation() -> OfficialDocument:
    """A recommendation of three pages with every kind of block."""
    return OfficialDocument(
        issuer=OFFICE,
        name="检察建议书",
        number="江云检行公建〔2026〕17号",
        addressee="云湖区互联网信息办公室",
        blocks=(
            Paragraph(OPENING),
            Heading(1, "一、查明的事实"),
            Heading(2, "（一）违法处理个人信息的情况"),
            Paragraph(
                FACTS, rests_on=(Support(SupportKind.EXHIBIT, "E-003", "12-14", "平台数据库镜像"),)
            ),
            Table(
                (
                    Column("项目", 3),
                    Column("数量", 1, Alignment.RIGHT),
                    Column("证据", 2, Alignment.CENTER),
                ),
                (("业主个人信息", "41,327", "证据三"), ("人脸特征值", "38,905", "证据三、证据五")),
                caption="受侵害个人信息统计",
            ),
            Heading(2, "（二）行政监管情况"),
            Paragraph(
                "2025年9月，你单位收到群众举报后，仅对该公司进行口头提醒，未依法采取约谈、责令改正等监督管理措施，"
                "也未对其整改情况进行跟踪核查。上述事实有以下证据证实："
            ),
            NumberedList(
                (
                    "电子数据。平台后台数据库镜像、接口日志及《电子数据检查笔录》；",
                    "书证。群众举报登记表、口头提醒记录；",
                    "证人证言。王喆、李祎的询问笔录。",
                )
            ),
            Heading(1, "二、建议内容"),
            Heading(3, "1.依法调查处理"),
            Paragraph(FACTS),
            Heading(4, "（1）督促整改"),
            Paragraph(
                "请你单位在收到本检察建议书后两个月内依法履行职责，并将办理情况书面回复本院。"
            ),
            AttachmentList(("证据目录", "相关法律条文")),
        ),
        closing=Closing(OFFICE, date(2026, 4, 20)),
        annotation="联系人：赵检察官，电话：0570-1234567",
        copies=Copies(
            ("云湖区人民政府", "江州市人民检察院"), f"{OFFICE}办公室", date(2026, 4, 20), 8
        ),
    )


def filing_decision() -> OfficialDocument:
    """A filing decision of one page, its number still to come."""
    return OfficialDocument(
        issuer=OFFICE,
        name="立案决定书",
        number_draft="江云检民公立〔2026〕__号",
        blocks=(
            Paragraph(FACTS),
            Paragraph(
                "根据《人民检察院公益诉讼办案规则》第八十五条的规定，决定对江州优享家网络科技有限公司侵害个人信息"
                "公益诉讼案立案。"
            ),
        ),
        closing=Closing(OFFICE, date(2026, 4, 20)),
    )


def approval_form() -> FormDocument:
    """A filing approval form with one opinion still to be written."""
    return FormDocument(
        issuer=OFFICE,
        name="立案审批表",
        number="云检公益线索2026-00012",
        rows=(
            FormRow(
                (FormCell("案件名称", "江州优享家网络科技有限公司侵害个人信息民事公益诉讼案"),)
            ),
            fair_row(FormCell("线索来源", "群众举报"), FormCell("受理日期", "2026年2月10日")),
            fair_row(
                FormCell("承办人", "张检察官"),
                FormCell("部门", "第五检察部"),
                FormCell("电话", "0570-1234"),
            ),
            FormRow((FormCell("案情摘要", FACTS, lines=8),)),
            FormRow(
                (
                    FormCell(
                        "法律依据",
                        "《人民检察院公益诉讼办案规则》第二十九条、第三十条、第八十五条",
                        lines=2,
                    ),
                )
            ),
            FormRow(
                (
                    OpinionCell(
                        "承办人意见",
                        "建议立案。",
                        (OpinionSignature("承办人", "张检察官", day=date(2026, 2, 27)),),
                    ),
                )
            ),
            FormRow(
                (
                    OpinionCell(
                        "部门负责人意见",
                        "同意承办人意见。",
                        (OpinionSignature("部门负责人", "李主任", "王主任", date(2026, 2, 28)),),
                    ),
                )
            ),
            FormRow((OpinionCell("检察长意见", "", (OpinionSignature("检察长"),)),)),
        ),
        notes=("注：本表一式两份，一份存检察卷，一份存内卷。",),
    )
