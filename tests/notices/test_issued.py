"""An issued document stays: it is corrected by a new version or voided, never changed (C159)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from notices import services
from notices.models import NumberRegister
from notices.slots import Slots
from tests.notices.matters import approve_text, filing_of, issue, upload
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import approve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notices_document SET title = 'x' WHERE id = %s",
        "UPDATE notices_document SET status = 'draft' WHERE id = %s",
        "UPDATE notices_document SET sha256 = repeat('0', 64) WHERE id = %s",
        "UPDATE notices_document SET content = '{}' WHERE id = %s",
        "UPDATE notices_document SET status = 'void', void_reason = 'x', voided_at = now(), number = ''"
        " WHERE id = %s",
        "DELETE FROM notices_document WHERE id = %s",
    ],
)
@pytest.mark.norm("C159")
def test_the_database_refuses_to_change_an_issued_document(decision, cast, change):
    issued = issue(cast, decision)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, [issued.pk])


@pytest.mark.norm("C159")
def test_an_edit_of_an_issued_document_is_refused_and_its_correction_keeps_the_old_one(
    decision, cast
):
    issued = issue(cast, decision)
    with pytest.raises(Conflict, match="Correct it by a new version") as caught:
        services.edit_document(
            actor=cast.clerk, document=issued, values={"facts": "改"}, version=issued.version
        )
    assert (caught.value.code, caught.value.law) == ("document_status", "CPL 86; CSR 129")
    for act in (services.reopen_document, services.finalise_document):
        with pytest.raises(Conflict, match="Correct it by a new version"):
            act(actor=cast.handler, document=issued)
    draft = services.correct_document(actor=cast.clerk, document=issued, reason="当事人名称有误")
    assert draft.values == issued.values
    with pytest.raises(Refusal):
        issue(cast, draft)
    proposal = services.submit_document(actor=cast.handler, document=draft, reasons="更正笔误")
    approve(proposal, cast.head, cast.chief)
    draft.refresh_from_db()
    assert draft.status == "final"
    with on(2026, 7, 1):
        corrected = issue(cast, draft)
    assert corrected.number == "江云检民公立〔2026〕2号"
    assert "本文书更正江云检民公立〔2026〕1号：当事人名称有误" in str(corrected.composed)
    issued.refresh_from_db()
    assert issued.status == "issued"
    assert [row.pk for row in Slots().documents(issued.matter, "D-06")] == [corrected.pk]


@pytest.mark.parametrize(
    "change",
    ["title = 'x'", "status = 'issued'", "void_reason = 'y'", "content = '{}'", "number = ''"],
)
@pytest.mark.norm("C159")
def test_the_database_refuses_to_change_a_void_document(decision, cast, change):
    issued = issue(cast, decision)
    services.void_document(actor=cast.handler, document=issued, reason="打印错误")
    with (
        pytest.raises(IntegrityError, match="a void document never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE notices_document SET {change} WHERE id = %s", [issued.pk])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("correction_reason = ''", "correction_of_document_has_a_reason"),
        ("corrects_id = NULL", "document_keeps_its_matter"),
        ("code = 'D-07'", "document_keeps_its_matter"),
        ("corrects_id = id", "document_keeps_its_matter"),
    ],
)
@pytest.mark.norm("C159")
def test_the_database_keeps_what_a_correction_corrects_and_why(decision, cast, change, rule):
    issued = issue(cast, decision)
    draft = services.correct_document(actor=cast.clerk, document=issued, reason="笔误")
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE notices_document SET {change} WHERE id = %s", [draft.pk])
    assert refused.value.__cause__.diag.constraint_name == rule


@pytest.mark.norm("C159")
def test_the_database_holds_one_correction_of_a_document_at_a_time(decision, cast):
    issued = issue(cast, decision)
    twin = services.correct_document(actor=cast.clerk, document=issued, reason="笔误")
    twin.pk = None
    with (
        pytest.raises(IntegrityError, match="one_correction_per_document"),
        transaction.atomic(),
    ):
        twin.save(force_insert=True)


@pytest.mark.norm("C159")
@pytest.mark.parametrize("change", ["title = 'x'", "digest = repeat('0', 64)"])
def test_the_database_changes_no_final_document_that_was_not_opened_again(case, cast, change):
    plan = final(case, "D-09", cast.handler)
    with (
        pytest.raises(IntegrityError, match="reopened before it changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE notices_document SET {change} WHERE id = %s", [plan.pk])


@pytest.mark.norm("C159")
def test_an_issued_document_stands_until_its_correction_is_issued_and_has_one_at_a_time(
    decision, cast
):
    issued = issue(cast, decision)
    draft = services.correct_document(actor=cast.clerk, document=issued, reason="当事人名称有误")
    assert (draft.status, draft.corrects) == ("draft", issued)
    standing = Slots().documents(issued.matter, "D-06")
    assert [(row.pk, row.final) for row in standing] == [(issued.pk, True), (draft.pk, False)]
    verdict = Slots().check(issued.matter, "D-06")
    assert (verdict.met, verdict.link) == (True, issued.get_absolute_url())
    with pytest.raises(Conflict) as caught:
        services.correct_document(actor=cast.handler, document=issued, reason="再次更正")
    assert (caught.value.code, caught.value.details) == (
        "correction_exists",
        {"document": draft.pk},
    )
    services.void_document(actor=cast.handler, document=draft, reason="无须更正")
    assert services.correct_document(actor=cast.clerk, document=issued, reason="确需更正").pk


@pytest.mark.norm("C159")
def test_a_correction_begins_with_what_the_issued_document_says_and_not_with_the_record(
    decision, cast
):
    edited = services.edit_document(
        actor=cast.clerk, document=decision, values={"facts": "更详细的事实。"}, version=1
    )
    approve_text(edited, cast)
    issued = issue(cast, edited)
    draft = services.correct_document(actor=cast.clerk, document=issued, reason="金额有误")
    assert draft.values["facts"] == "更详细的事实。"
    assert draft.correction_reason == "金额有误"
    assert draft.digest != issued.digest, "an approval covers what is corrected"


@pytest.mark.norm("C159")
def test_a_correction_says_what_it_corrects_and_is_begun_by_the_team(decision, cast):
    issued = issue(cast, decision)
    with pytest.raises(Invalid):
        services.correct_document(actor=cast.clerk, document=issued, reason=" ")
    for outsider in (cast.colleague, cast.head, cast.stranger):
        with pytest.raises(NotPermitted):
            services.correct_document(actor=outsider, document=issued, reason="笔误")
    assert not issued.corrections.exists()


@pytest.mark.norm("C159")
def test_neither_a_draft_nor_a_filed_paper_is_corrected_by_a_draft(decision, case, cast):
    with pytest.raises(Conflict):
        services.correct_document(actor=cast.clerk, document=decision, reason="笔误")
    filed = services.register_document(
        actor=cast.clerk,
        matter=case,
        filing=filing_of("D-44", number="江云检民公终〔2026〕1号", signer=cast.chief),
        upload=upload(),
    )
    with pytest.raises(Invalid) as caught:
        services.correct_document(actor=cast.clerk, document=filed, reason="笔误")
    assert caught.value.code == "uploaded"
    with pytest.raises(Conflict) as caught:
        services.reopen_document(actor=cast.clerk, document=filed)
    assert (caught.value.code, caught.value.details) == ("document_status", {"status": "issued"})


@pytest.mark.norm("C116")
def test_a_void_document_keeps_its_number(decision, case, cast):
    issued = issue(cast, decision)
    with pytest.raises(Invalid):
        services.void_document(actor=cast.handler, document=issued, reason=" ")
    with pytest.raises(NotPermitted):
        services.void_document(actor=cast.clerk, document=issued, reason="作废")
    services.void_document(actor=cast.handler, document=issued, reason="打印错误")
    entry = NumberRegister.objects.get()
    assert (entry.state, entry.text, entry.void_reason) == ("void", issued.number, "打印错误")
    again = services.draft_document(actor=cast.clerk, matter=case, code="D-06")
    assert issue(cast, again).number == "江云检民公立〔2026〕2号"
