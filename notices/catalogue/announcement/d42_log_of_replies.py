"""D-42: log of replies to the announcement (Rules 93)."""

from __future__ import annotations

from itertools import zip_longest

from documents.model import Alignment, Block, Column, OfficialDocument, Paragraph, Table, paragraphs
from notices.bodies.frame import Frame, Values, full_stop, handler_closing, text_of
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
COLUMNS = {"when": 3, "who": 4, "content": 7, "decision": 5}


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the log (D-42; Rules 93): the announcement, and a row for each reply, one a line."""
    announcement = text_of(values, "announcement")
    lead = f"本院公告：{announcement}" if announcement else "本院诉前公告发布后的答复情况如下"
    blocks: tuple[Block, ...] = (Paragraph(full_stop(lead)), *_replies(kind, values))
    return OfficialDocument(
        issuer=frame.office,
        name=TITLE,
        blocks=blocks,
        number=frame.number or frame.number_draft,
        closing=handler_closing(kind, frame, values),
        annotation=frame.correction,
    )


def _replies(kind: DocumentType, values: Values) -> tuple[Table, ...]:
    told = [[line.text for line in paragraphs(values.get(name, ""))] for name in COLUMNS]
    rows = tuple(
        (str(count), *row) for count, row in enumerate(zip_longest(*told, fillvalue=""), start=1)
    )
    titles = [content.label_zh for name in COLUMNS if (content := kind.content(name))]
    columns = (Column(title, share) for title, share in zip(titles, COLUMNS.values(), strict=True))
    return (Table((Column("序号", 2, Alignment.CENTER), *columns), rows),) if rows else ()


TYPE = DocumentType(
    code="D-42",
    title_zh="回复告知/答复记录",
    title_en="Log of replies to the announcement",
    stage="P4",
    article="Rules 93",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content("announcement", "所答复的公告", "Announcement", required=False, kind=Kind.LINE),
        Content("who", "回复主体", "Who, one a line", "Rules 93"),
        Content("when", "回复日期", "Date, one a line", "Rules 93"),
        Content("content", "回复内容", "Content, one a line", "Rules 93"),
        Content("decision", "处理意见", "Decision, one a line", "Rules 93"),
        Content("day", "记录日期", "Date of the log", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
