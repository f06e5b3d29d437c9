"""One document for many cases or addressees: tried, made one by one, refused by name, tried again."""

from __future__ import annotations

import io
import uuid
import zipfile
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from cases.models import Case
from cases.registries import inbox
from cases.services.parties import add_party
from notices import services as documents
from notices.batch import downloads, selectors, services
from notices.batch.checking import trial
from notices.batch.planning import MOST_ITEMS, kinds, plan_of
from notices.catalogue import TYPES, Layout
from notices.models import BatchItem, Document, DocumentBatch, ItemState
from tests.notices.batches import PLAN_TEXTS, cases_of, investigating, one_case, plans_for, start

pytestmark = pytest.mark.django_db
# A character no font of the office holds.
UNPRINTABLE = "\U00013000"


@pytest.fixture
def cases(june, cast) -> list[Case]:
    return cases_of(cast, 3)


def _counted() -> list[int]:
    return [m.objects.count() for m in (Document, DocumentBatch, BatchItem, AuditEvent)]


def _states(batch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


# --- the plan ------------------------------------------------------------------------------------


def test_a_batch_drafts_what_is_made_here_for_a_case_and_nothing_else(cases, monkeypatch):
    assert {kind.code for kind in kinds()} >= {"D-09", "D-20", "D-41", "D-45"}
    elsewhere = replace(TYPES["D-45"], body=None, layout=Layout.FILED)
    monkeypatch.setitem(TYPES, "D-45", elsewhere)
    for code in ("D-45", "D-01", "D-99"):
        with pytest.raises(Invalid):
            plan_of(code=code, cases=cases)


def test_what_cannot_be_planned_is_refused_with_its_field(cases):
    one = cases[:1]
    wrong = [
        ({"cases": []}, "cases"),
        ({"cases": cases, "addressees": ["甲"], "code": "D-20"}, "addressees"),
        ({"cases": one, "addressees": ["甲"]}, "addressees"),
        ({"cases": one, "addressees": ["甲" * 201], "code": "D-20"}, "addressees"),
        ({"cases": one, "make_final": True, "code": "D-20"}, "make_final"),
        ({"cases": one, "texts": {"no_such": "x"}}, "no_such"),
        ({"cases": one, "texts": {"day": "morgen"}}, "day"),
        ({"cases": one, "code": "D-20", "addressees": ["甲"], "texts": {"addressee": "乙"}},
         "addressee"),
        ({"cases": one, "code": "D-20", "addressees": [str(n) for n in range(MOST_ITEMS + 1)]},
         "cases"),
    ]  # fmt: skip
    for how, field in wrong:
        with pytest.raises(Invalid) as refused:
            plan_of(**{"code": "D-09"} | how)
        assert list(refused.value.errors) == [field], how


def test_a_case_and_an_addressee_named_twice_are_one_document(cases):
    assert len(plans_for([*cases, cases[0]]).targets) == 3
    plan = plan_of(code="D-20", cases=cases[:1], addressees=["甲公司", " 甲公司 ", "", "乙"])
    assert [target.addressee for target in plan.targets] == ["甲公司", "乙"]


# --- the trial -----------------------------------------------------------------------------------


def test_the_trial_says_row_by_row_what_is_missing_and_what_cannot_be_made_and_writes_nothing(
    cases, case, cast
):
    documents.draft_document(actor=cast.handler, matter=cases[1], code="D-09")
    others = one_case(cast, handler=cast.colleague)
    moved = investigating(case, cast)
    before = _counted()
    rows = trial(cast.handler, plans_for([*cases, others, moved]))
    assert _counted() == before
    assert rows[0].refusal == rows[2].refusal == ""
    assert rows[0].missing
    assert "already" in rows[1].refusal
    assert "Only the handling team" in rows[3].refusal
    # The plan of an investigation is made until it is closed; it stands already.
    assert rows[4].refusal


def test_a_batch_begins_what_the_picker_begins_and_says_where_it_belongs(cases, cast):
    plan = plan_of(code="D-20", cases=cases[:1], addressees=["甲公司"])
    (row,) = trial(cast.handler, plan)
    assert row.refusal == ""
    assert row.caution == (
        "“Notice to provide evidence” belongs to “P2 Investigation”; the case is now “Filed”."
    )
    batch = start(cast.handler, plan)
    services.sweep()
    assert _states(batch) == ["done"]
    one = documents.draft_document(actor=cast.handler, matter=cases[1], code="D-20")
    assert one.code == batch.items.get().document.code


def test_nothing_is_said_of_what_belongs_to_the_state_or_to_none(cases, cast):
    for code in ("D-09", "D-10", "D-71"):
        (row,) = trial(cast.handler, plan_of(code=code, cases=cases[:1]))
        assert (row.refusal, row.caution) == ("", ""), code


def test_the_trial_refuses_a_character_that_cannot_be_printed(cases, cast):
    plan = plans_for(cases[:1], texts={"approach": UNPRINTABLE})
    (row,) = trial(cast.handler, plan)
    assert "cannot be printed" in row.refusal


def test_of_a_document_that_does_not_repeat_only_the_first_addressee_gets_one(cases, cast):
    once = replace(plan_of(code="D-20", cases=cases[:1], addressees=["甲", "乙"]),
                   kind=replace(TYPES["D-20"], repeats=False, stage="any"))  # fmt: skip
    rows = trial(cast.handler, once)
    assert [bool(row.refusal) for row in rows] == [False, True]


# --- making --------------------------------------------------------------------------------------


def test_a_batch_makes_a_draft_a_case_and_says_of_each_refused_one_why(cases, cast):
    documents.draft_document(actor=cast.handler, matter=cases[1], code="D-09")
    batch = start(cast.handler, plans_for(cases, texts={"approach": "同一方案。"}))
    assert _states(batch) == ["waiting"] * 3
    assert services.sweep() == 3
    assert _states(batch) == ["done", "refused", "done"]
    items = list(batch.items.order_by("position"))
    for item, case in zip(items[::2], cases[::2], strict=True):
        assert item.document.case == case
        assert item.document.status == "draft"
        assert item.document.values["approach"] == "同一方案。"
        assert item.document.content["approach"]["source"] == "person"
        assert item.document.created_by == cast.handler
    # In the language of whoever started it.
    assert items[1].sentence.startswith("已有“调查方案”")
    assert services.sweep() == 0


def test_a_batch_makes_final_what_lacks_nothing_and_leaves_the_rest_a_draft(cases, cast):
    plan = plans_for(cases[:1], texts=PLAN_TEXTS, make_final=True)
    (row,) = trial(cast.handler, plan)
    assert row.missing == ()
    whole = start(cast.handler, plan)
    half = start(cast.handler, plans_for(cases[1:2], make_final=True))
    services.sweep()
    assert whole.items.get().document.status == "final"
    assert whole.items.get().document.sha256
    assert half.items.get().document.status == "draft"
    assert not AuditEvent.objects.filter(
        action__in=("document.issued", "document.approved")
    ).exists()


def test_many_addressees_of_one_case_get_a_document_each(case, cast):
    investigating(case, cast)
    add_party(
        actor=cast.handler, case=case, facts={"role": "violator", "kind": "person", "name": "张三"}
    )
    plan = plan_of(code="D-20", cases=[case], addressees=["张三", "某科技公司", "某银行"])
    assert [row.refusal for row in trial(cast.handler, plan)] == ["", "", ""]
    batch = start(cast.handler, plan)
    services.sweep()
    assert _states(batch) == ["done"] * 3
    named = [item.document.values["addressee"] for item in batch.items.order_by("position")]
    assert named == ["张三", "某科技公司", "某银行"]


def test_the_same_form_sent_twice_is_one_batch(cases, cast):
    token = uuid.uuid4()
    first = start(cast.handler, plans_for(cases), token=token)
    assert start(cast.handler, plans_for(cases), token=token) == first
    assert DocumentBatch.objects.count() == 1


def test_who_works_on_none_of_the_cases_starts_nothing(cases, cast):
    for person in (cast.stranger, cast.head, cast.auditor):
        with pytest.raises(NotPermitted):
            start(person, plans_for(cases))
    assert DocumentBatch.objects.count() == 0


def test_the_rights_are_those_of_the_moment_at_which_a_document_is_made(cases, cast):
    batch = start(cast.handler, plans_for(cases[:2]))
    cases[0].team.update(user=cast.colleague)
    services.make_next()
    cast.handler.is_active = False
    cast.handler.save()
    services.make_next()
    sentences = list(batch.items.order_by("position").values_list("sentence", flat=True))
    assert all(sentences)
    assert _states(batch) == ["refused", "refused"]


def test_a_fault_at_one_document_keeps_no_other_waiting(cases, cast, monkeypatch):
    batch = start(cast.handler, plans_for(cases))
    make = services.create_draft

    def fail_at_the_second(**given):
        document = make(**given)
        if given["matter"] == cases[1]:
            raise RuntimeError("out of order")
        return document

    monkeypatch.setattr(services, "create_draft", fail_at_the_second)
    services.sweep()
    assert _states(batch) == ["done", "refused", "done"]
    assert not Document.objects.filter(case=cases[1]).exists()
    monkeypatch.undo()
    assert services.try_again(actor=cast.handler, batch=batch) == 1
    services.sweep()
    assert _states(batch) == ["done"] * 3
    with pytest.raises(Conflict):
        services.try_again(actor=cast.handler, batch=batch)


def test_what_was_refused_waits_in_the_inbox_until_it_is_made_or_left_at_that(cases, cast):
    documents.draft_document(actor=cast.handler, matter=cases[1], code="D-09")
    batch = start(cast.handler, plans_for(cases))

    def waiting(person=cast.handler):
        rows = inbox["documents"](person)
        return [row.title for row in rows if row.link == batch.get_absolute_url()]

    services.make_next()
    services.make_next()
    assert waiting() == []  # still being made
    services.sweep()
    assert len(waiting()) == 1
    assert "1" in waiting()[0]
    assert waiting(cast.colleague) == waiting(cast.stranger) == []
    services.settle(actor=cast.handler, batch=batch)
    assert waiting() == []
    with pytest.raises(Conflict):
        services.settle(actor=cast.handler, batch=batch)
    services.try_again(actor=cast.handler, batch=batch)
    assert waiting() == []
    services.sweep()
    assert len(waiting()) == 1


def test_a_batch_without_refused_documents_cannot_be_left_at_that(cases, cast):
    batch = start(cast.handler, plans_for(cases))
    services.sweep()
    with pytest.raises(Conflict):
        services.settle(actor=cast.handler, batch=batch)
    assert inbox["documents"](cast.handler)  # the drafts alone
    assert selectors.unsettled_of(cast.handler).count() == 0


def test_a_short_batch_does_not_wait_for_the_end_of_a_long_one(cases, cast):
    start(cast.handler, plans_for(cases[:2]))
    short = start(cast.handler, plans_for(cases[2:]))
    services.make_next()
    services.make_next()
    assert _states(short) == ["done"]


def test_a_batch_is_seen_by_nobody_but_who_started_it(cases, cast):
    batch = start(cast.handler, plans_for(cases))
    assert selectors.get_batch(cast.handler, batch.pk) == batch
    for person in (cast.assistant, cast.head, cast.chief, cast.stranger, cast.auditor):
        with pytest.raises(NotVisible):
            selectors.get_batch(person, batch.pk)


# --- what the database holds -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"state": ItemState.DONE}, "batch_item_done_names_its_document"),
        ({"state": ItemState.REFUSED}, "refused_batch_item_says_why"),
        ({"state": "lost"}, "batch_item_state_is_known"),
        ({"position": 2}, "one_batch_item_per_place"),
    ],
)
def test_the_database_refuses_an_item_that_cannot_be(cases, cast, facts, constraint):
    batch = start(cast.handler, plans_for(cases))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        batch.items.filter(position=1).update(**facts)


def test_the_database_refuses_a_second_item_of_a_case_and_addressee(cases, cast):
    batch = start(cast.handler, plans_for(cases))
    with pytest.raises(IntegrityError, match="one_batch_item_per_addressee"), transaction.atomic():
        BatchItem.objects.create(batch=batch, position=9, case=cases[0])


# --- downloads -------------------------------------------------------------------------------------


def test_the_merged_pdf_has_the_pages_of_all_drafts_and_final_documents(cases, cast):
    long = "一段很长的调查步骤。\n" * 80
    start(cast.handler, plans_for(cases[:1], texts=PLAN_TEXTS | {"steps": long}, make_final=True))
    batch = start(cast.handler, plans_for(cases[1:]))
    first = DocumentBatch.objects.order_by("pk").first()
    services.sweep()
    for each in (first, batch):
        items = selectors.made_by(cast.handler, each)
        pages = [len(PdfReader(io.BytesIO(downloads._pdf_of(item))).pages) for item in items]
        whole = PdfReader(io.BytesIO(downloads.merged_pdf(items)))
        assert len(whole.pages) == sum(pages)
    assert first.items.get().document.pages > 1


def test_the_zip_holds_a_file_each_with_a_name_every_disk_takes(case, cast):
    investigating(case, cast)
    names = ["../../甲/乙:公司*", "丙" * 200, "丁‮gpj.exe"]
    batch = start(cast.handler, plan_of(code="D-20", cases=[case], addressees=names))
    services.sweep()
    items = selectors.made_by(cast.handler, batch)
    assert len(items) >= 2
    with downloads.zipped(items) as made, zipfile.ZipFile(made) as packed:
        found = packed.namelist()
        assert packed.testzip() is None
        assert all(packed.read(name).startswith(b"%PDF-") for name in found)
    assert len(set(found)) == len(items)
    for name, item in zip(found, items, strict=True):
        assert name.startswith(f"{item.position:04d} {case.key} 调取证据通知书")
        assert not set(name) & set('/\\:*?"<>|\u202e')
        assert len(name.encode()) <= 255


def test_a_void_document_is_taken_along_no_more(cases, cast):
    batch = start(cast.handler, plans_for(cases[:2]))
    services.sweep()
    document = batch.items.get(position=1).document
    documents.void_document(actor=cast.handler, document=document, reason="重复")
    assert [item.position for item in selectors.made_by(cast.handler, batch)] == [2]


def test_before_anything_is_made_there_is_nothing_to_take(cases, cast):
    batch = start(cast.handler, plans_for(cases))
    for make in (downloads.merged_pdf, downloads.zipped):
        with pytest.raises(Conflict):
            make(selectors.made_by(cast.handler, batch))
