"""D-42: log of replies to the announcement (Rules 93)."""

from __future__ import annotations

from documents.model import Block, Column, OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, full_stop, text_of
from notices.bodies.parts import side_by_side
from notices.bodies.reports import internal
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

# The record of the answers alone; what the other bodies are told of is the announcement itself.
TITLE = "公告答复记录"
# The four contents of each reply, side by side in one row, with the share of the width each takes.
COLUMNS = (
    (Column("回复日期", 3), "when"),
    (Column("回复主体", 4), "who"),
    (Column("回复内容", 7), "content"),
    (Column("处理意见", 5), "decision"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the log (D-42; Rules 93): the announcement, and a row for each reply, one a line."""
    announcement = text_of(values, "announcement")
    lead = f"本院公告：{announcement}" if announcement else "本院诉前公告发布后的答复情况如下"
    blocks: tuple[Block, ...] = (Paragraph(full_stop(lead)), *side_by_side(values, COLUMNS))
    return internal(kind, frame, values, blocks, name=TITLE)


TYPE = DocumentType(
    code="D-42",
    title_zh="回复告知/答复记录",
    title_en="Log of replies to the announcement",
    stage="P4",
    machines=("case",),
    article="Rules 93",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("announcement", "所答复的公告", "Announcement", required=False, kind=Kind.LINE),
        Content("who", "回复主体（每行一条）", "Who, one a line", "Rules 93"),
        Content("when", "回复日期（每行一条）", "Date, one a line", "Rules 93"),
        Content("content", "回复内容（每行一条）", "Content, one a line", "Rules 93"),
        Content("decision", "处理意见（每行一条）", "Decision, one a line", "Rules 93"),
        Content("day", "记录日期", "Date of the log", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
