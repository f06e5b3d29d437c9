"""Contents that documents of several groups have in common."""

from __future__ import annotations

from notices.declaration import Content, Kind

CASE = Content("case", "案件名称", "Case", kind=Kind.LINE)
CONTACT = (
    Content("contact_person", "联系人", "Contact person", required=False, kind=Kind.LINE),
    Content("telephone", "联系电话", "Telephone", required=False, kind=Kind.LINE),
    Content("address", "联系地址", "Address", required=False, kind=Kind.LINE),
)
ENCLOSURES = Content("attachments", "附件（每行一项）", "Enclosures, one a line", required=False)
# The day of what is signed in the name of the office, and of what the handler signs or files.
ISSUED_DAY = Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True)
DAY = Content("day", "日期", "Date", kind=Kind.DAY)
