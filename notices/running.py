"""The papers of a running case: each filed under its code with the number and the day it bears."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from audit.errors import Invalid
from cases.registries import EntryColumn, EntryPart, EntryRow, entry_parts
from notices.catalogue import TYPES, Numbering
from notices.services.registering import Filing, register_document

# Which paper is entered where; its guards ask for it there.
BEFORE = {
    **{"D-05": "T06", "D-09": "T08", "D-40": "T12", "D-41": "T12"},
    **{"D-43": "T21", "D-45": "T22", "D-46": "T22"},
}
AFTER = {"D-06": "T06"}


def columns_of(code: str) -> Callable[[], Sequence[EntryColumn]]:
    """Return the columns of one paper; the opinion on which a case is filed stands in every row."""
    kind = TYPES[code]
    zh, en = kind.title_zh, kind.title_en
    required = code == "D-05"
    found = [
        EntryColumn(f"{code}.file", f"{zh}：文件", f"{en}: file", "file", required),
        EntryColumn(f"{code}.day", f"{zh}：日期", f"{en}: day", "day", required),
    ]
    if kind.numbering is Numbering.WORD:
        found.append(EntryColumn(f"{code}.number", f"{zh}：文号", f"{en}: number"))
    if kind.signed_by_chief:
        found.append(
            EntryColumn(f"{code}.signer", f"{zh}：签发人", f"{en}: signer", "person", required)
        )
    if kind.contents:
        title, title_en = f"{zh}：已核对内容齐全", f"{en}: contents read and complete"
        found.append(EntryColumn(f"{code}.read", title, title_en, "yes"))
    return lambda: found


def file_paper(code: str) -> Callable[[EntryRow], None]:
    """Return what files one paper of a row; its contents count when the row says that they were read."""

    def enter(row: EntryRow) -> None:
        upload = row.upload(f"{code}.file")
        day = row.day(f"{code}.day")
        if upload is None and day is None:
            return
        if upload is None or day is None:
            sentence = _("A paper is entered with its file and its day.")
            raise Invalid(sentence, errors={f"{code}.file": [sentence]}, code="cell")
        filing = Filing(
            code=code,
            signed_day=day,
            number=row.text(f"{code}.number"),
            signer=row.person(f"{code}.signer"),
            confirmed=[item.name for item in TYPES[code].contents if row.yes(f"{code}.read")],
        )
        try:
            register_document(actor=row.actor, matter=row.matter, filing=filing, upload=upload)
        except Invalid as refusal:
            refusal.errors = {_cell(code, name): texts for name, texts in refusal.errors.items()}
            raise

    return enter


def _cell(code: str, field: str) -> str:
    """Return the cell in which a field of the register of papers stands."""
    return f"{code}.{'day' if field == 'signed_day' else field}"


def register() -> None:
    """Hand the papers to the table of running cases."""
    for place, papers in (("before", BEFORE), ("after", AFTER)):
        for code, step in papers.items():
            part = EntryPart(columns_of(code), file_paper(code), **{place: step})
            entry_parts.register(f"paper:{code}", part)
