"""Bad files with the notice of a year: each a clear sentence with the line, and nothing changed (norm C125)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from audit.errors import Invalid
from deadlines.calendar import notices
from deadlines.models import CalendarNotice
from deadlines.notice_file import HEADER, MOST_BYTES, MOST_FAULTS, decoded, rows_of
from tests.deadlines.test_publishing import LINES, SOURCE, SOURCE_EN, without
from tests.support.api import program_of

pytestmark = pytest.mark.norm("C125")
FIRST = ",".join(HEADER)
WHOLE = "\n".join([FIRST, *LINES])


def told(text: str, year: int = 2027) -> list[str]:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        rows_of(text, year, notices())
    assert "nothing is changed" in str(refused.value.message)
    return [str(text) for text in refused.value.errors["file"]]


def lines(*rows: str) -> str:
    return "\n".join([FIRST, *rows])


def test_the_notices_of_all_years_pass_as_files():
    """So that no rule here refuses what was ever announced; 2020 had two festivals on one day."""
    for notice in notices():
        rows = [
            f"{day},{kind},{festival.name},{festival.name_en}"
            for festival in notice.festivals
            for kind, days in (("off", festival.off), ("work", festival.work))
            for day in days
        ]
        text = lines(*rows)
        if notice.year == 2020:
            assert told(text, 2020) == [
                "中秋节 has no day off. Name its days; where two festivals fall together, name both, "
                "such as 国庆节、中秋节."
            ]
            text = text.replace("国庆节", "国庆节、中秋节")
        assert len(rows_of(text, notice.year, notices())) == len(rows), notice.year


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # The same day twice and overlapping days.
        (lines(*LINES, LINES[0]), "Line 17: 2027-01-01 is named twice."),
        (
            lines(*LINES, "2027-05-08,off,劳动节,Labour Day"),
            "Line 17: 2027-05-08 is named twice.",
        ),
        (
            lines(*LINES, "2027-01-09,work,春节,Spring Festival"),
            "Line 17: 2027-01-09 is named twice.",
        ),
        # Missing days.
        (lines(*without("2027-01-01")), "2027-01-01 (元旦) is missing among the days off."),
        (lines(*without("2027-10-01")), "2027-10-01 (国庆节) is missing among the days off."),
        (
            lines(*without("2027-02-06")),
            "春节 has no day off. Name its days; where two festivals fall together, name both, such as "
            "国庆节、中秋节.",
        ),
        (
            lines(*LINES, "2027-09-04,work,抗战胜利纪念日,Victory Day"),
            "抗战胜利纪念日 has make-up working days and no day off. Name its days off.",
        ),
        (
            lines(
                *LINES, "2027-10-06,off,国庆节,National Day", "2027-10-05,off,国庆节,National Day"
            ),
            "2027-10-04 is missing: it lies between days off of 国庆节. Name it as off, or give what comes "
            "after it a name of its own.",
        ),
        # Wrong days.
        (
            lines(*LINES, "2027-02-10,work,春节,Spring Festival"),
            "Line 17: the make-up working day 2027-02-10 is neither a Saturday nor a Sunday.",
        ),
        (
            lines(*LINES, "2027-02-29,off,春节,Spring Festival"),
            "Line 17: “2027-02-29” is no day such as 2027-01-01.",
        ),
        (
            lines(*LINES, "20270207,off,春节,Spring Festival"),
            "Line 17: “20270207” is no day such as 2027-01-01.",
        ),
        (
            lines(*LINES, "2027/2/7,off,春节,Spring Festival"),
            "Line 17: “2027/2/7” is no day such as 2027-01-01.",
        ),
        (
            lines(*LINES, "2026-02-07,off,春节,Spring Festival"),
            "Line 17: 2026-02-07 does not belong to the notice of 2027.",
        ),
        # Wrong columns and names.
        (
            lines("2027-01-01,off,元旦"),
            "Line 2: four values are needed: day, kind, name, English name.",
        ),
        ("day;kind;name;name_en\n", f"The first line must be {FIRST}."),
        ("\n".join(LINES), f"The first line must be {FIRST}."),
        (
            lines(*LINES, "2027-02-07,off,春节,Chinese New Year"),
            "Line 17: 春节 is called “Chinese New Year” here and “Spring Festival” above.",
        ),
        # Nothing.
        ("", f"The file is empty. Begin with the line {FIRST} and name the days below."),
        (
            "\ufeff\n \n,,\n".lstrip("\ufeff"),
            f"The file is empty. Begin with the line {FIRST} and name the days below.",
        ),
        # Quotation marks that let a line run on: the number is that of the line of the file.
        (
            lines('2027-01-01,off,"元\n旦",New Year', "2027-13-01,off,元旦,New Year"),
            "Line 4: “2027-13-01” is no day such as 2027-01-01.",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(text, sentence):
    assert told(text) == [sentence]


def test_a_file_with_the_first_line_alone_names_every_holiday_that_is_missing():
    sentences = told(FIRST)
    assert len(sentences) == 6 + 4
    assert all("missing" in text or "has no day off" in text for text in sentences)


def test_what_is_wrong_from_top_to_bottom_is_not_read_back_line_by_line():
    sentences = told(lines(*["x"] * 50))
    assert len(sentences) == MOST_FAULTS + 1
    assert sentences[-1] == "30 more faults are not listed."


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(ending):
    assert rows_of(WHOLE.replace("\n", ending), 2027, notices()) == rows_of(WHOLE, 2027, notices())


def test_a_line_that_is_no_csv_is_named():
    cell = "x" * 140_000
    assert told(f"{FIRST}\n2027-01-01,off,{cell},y") == [
        "Line 2 is no line of CSV. Save the table anew as CSV in UTF-8."
    ]


def test_days_come_in_order_and_the_mark_of_the_encoding_is_not_read():
    rows = rows_of(decoded(b"\xef\xbb\xbf" + WHOLE.encode()), 2027, notices())
    assert rows[0] == (date(2027, 1, 1), "off", "元旦", "New Year's Day")
    assert rows == sorted(rows)


BAD_BYTES = {
    "GBK, as Excel saves it": (WHOLE.encode("gbk"), "The file is no UTF-8 text."),
    "UTF-16": (WHOLE.encode("utf-16"), "The file is no UTF-8 text."),
    "a spreadsheet": (b"PK\x03\x04\xff\xfe\x00", "The file is no UTF-8 text."),
    "huge": (WHOLE.encode() + b"\n" * MOST_BYTES, "The file is too long"),
    "nothing": (b"", "empty"),
    "line ends alone": (b"\r\n\r\n", "The file is empty."),
    "another table": (b"id,name\r\n1,x\r\n", "The first line must be"),
    "a fault in a line": (lines("2027-02-30,off,x,y").encode(), "Line 2:"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD_BYTES)
def test_a_bad_file_is_refused_by_page_and_by_api_alike_and_changes_nothing(cast, as_user, name):
    content, sentence = BAD_BYTES[name]
    admin = cast.system_administrator
    program = program_of(admin)

    def given(**more: str) -> dict[str, object]:
        file = SimpleUploadedFile("2027.csv", content, "text/csv")
        return {"year": 2027, "source": SOURCE, "source_en": SOURCE_EN, "file": file} | more

    answers = [
        as_user(admin).post(reverse("calendar_publish"), given()),
        program.send("calendar/preview/", given(), format="multipart"),
        program.send("calendar/publish/", given(digest="0" * 64), format="multipart"),
    ]
    for answer in answers:
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert not CalendarNotice.objects.exists()
