"""The pages: both languages, everybody in his place, nothing lost, nothing run that was typed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Docx

from accounts.models import Role
from accounts.selectors import roles_of
from audit.errors import Invalid
from audit.models import AuditEvent
from cases.models import Lead, Recusal
from cases.selectors.rights import works_somewhere
from notices import selectors, services
from notices.masking.filed import PRINT
from notices.models import Document, NumberRegister
from notices.services.registering import Filing
from tests.notices.matters import (
    MINIMAL_PDF,
    approve_text,
    assigned_lead,
    filed_case,
    issue,
    upload,
)
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import assign, make_lead, stand_aside
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


def _login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def _of_document(document):
    names = ("detail", "edit", "preview", "issue", "void", "correct", "submit", "pdf", "docx")
    return [reverse(f"document_{name}", args=[document.pk]) for name in names] + [
        reverse("document_page", args=[document.pk, 1])
    ]


def _of_matter(matter):
    names = ("document_list", "document_create", "document_register")
    return [reverse(name, args=[matter.key]) for name in names]


def test_a_document_begins_at_one_of_the_leads_and_cases_one_works_on(client, case, cast):
    mine, other = assigned_lead(cast), assign(cast, make_lead(cast), cast.colleague)
    begin = reverse("document_begin")
    page = _login(client, cast.handler).get(begin).content.decode()
    for matter in (case, mine):
        assert reverse("document_create", args=[matter.key]) in page
        assert reverse("document_register", args=[matter.key]) in page
    assert other.key not in page
    # A filed lead goes on as its case.
    assert reverse("document_create", args=[case.lead.key]) not in page
    narrowed = client.get(begin, {"q": case.key}).content.decode()
    assert mine.key not in narrowed
    assert reverse("document_create", args=[case.key]) in narrowed
    assert "has these words" in client.get(begin, {"q": "没有的字"}).content.decode()
    assert client.get(begin, {"q": "x" * 101}).status_code == 400
    for person in (cast.chief, cast.head, cast.stranger, cast.auditor):
        empty = _login(client, person).get(begin).content.decode()
        assert "You work on no open lead or case." in empty, person.name


@pytest.mark.parametrize("name", ["handler", "assistant", "clerk", "intake", "head", "stranger"])
def test_the_matters_listed_are_those_whose_documents_one_makes(case, cast, name):
    person = getattr(cast, name)
    leads = [assigned_lead(cast), make_lead(cast), make_lead(cast, confidential=True)]
    for matter in (case, *leads):
        rows = (
            selectors.leads_worked_on(person)
            if isinstance(matter, Lead)
            else selectors.cases_worked_on(person)
        )
        assert rows.filter(pk=matter.pk).exists() == selectors.may_work(person, matter), matter
    listed = (
        selectors.leads_worked_on(person).exists() or selectors.cases_worked_on(person).exists()
    )
    assert works_somewhere(person, roles_of(person)) == listed


def test_who_is_recused_from_all_he_works_on_is_offered_no_document(case, cast):
    assert works_somewhere(cast.assistant, {Role.ASSISTANT})
    stand_aside(cast, case, cast.assistant)
    assert not works_somewhere(cast.assistant, {Role.ASSISTANT})


def test_a_recusal_from_the_lead_counts_for_its_case_too(case, cast):
    stand_aside(cast, case.lead, cast.assistant)
    assert not works_somewhere(cast.assistant, {Role.ASSISTANT})


WRITES = ("edit", "preview", "finalise", "reopen", "issue", "void", "correct", "submit")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_both_languages(client, decision, case, cast, language):
    _login(client, cast.clerk, language)
    general = [reverse(name) for name in ("document_list", "document_type_list", "number_register")]
    filing = f"{reverse('document_register', args=[case.key])}?code=D-44"
    plan = services.draft_document(actor=cast.handler, matter=case, code="D-09")
    skipped = [reverse("document_pdf", args=[row.pk]) for row in (decision, plan)]
    pages = (*general, *_of_matter(case), filing, *_of_document(decision), *_of_document(plan))
    for address in pages:
        if address not in skipped:
            assert client.get(address).status_code == 200, address
    assert _login(client, cast.chief, language).get(reverse("number_settings")).status_code == 200


def test_the_stranger_and_the_recused_find_nothing(client, decision, case, cast):
    from cases.models import TeamMember

    recused = make_user(cast.office, Role.DEPARTMENT_HEAD, department=cast.department)
    TeamMember.objects.create(case=case, user=recused, position="handler")
    Recusal.objects.create(
        case=case,
        person=recused,
        applicant="当事人",
        grounds="近亲属",
        received_on=case.filed_on,
        decision="granted",
        decided_on=case.filed_on,
        decided_by=cast.chief,
        created_by=cast.clerk,
    )
    for person in (cast.stranger, recused, cast.auditor, cast.system_administrator):
        _login(client, person)
        for address in (*_of_matter(case), *_of_document(decision)):
            assert client.get(address).status_code == 404, (person.name, address)
        for name in WRITES:
            address = reverse(f"document_{name}", args=[decision.pk])
            assert client.post(address, {}).status_code == 404, (person.name, address)
        assert decision.title not in client.get(reverse("document_list")).content.decode()
    decision.refresh_from_db()
    assert decision.status == "draft"


def test_nobody_without_casework_reads_the_register_of_numbers(client, case, cast):
    for person in (cast.auditor, cast.system_administrator):
        assert _login(client, person).get(reverse("number_register")).status_code == 404
    for person in (cast.handler, cast.clerk):
        assert _login(client, person).get(reverse("number_settings")).status_code == 404


def test_the_clerk_completes_and_issues_in_the_browser(client, decision, cast):
    _login(client, cast.clerk)
    edit = reverse("document_edit", args=[decision.pk])
    page = client.get(edit).content.decode()
    assert "江云检民公立〔2026〕__号" in page
    values = decision.values | {"version": decision.version, "facts": "<b>查明</b>的事实"}
    assert client.post(edit, values).status_code == 302
    page = client.get(edit).content.decode()
    assert "&lt;b&gt;查明&lt;/b&gt;" in page
    assert "<b>查明</b>" not in page
    issue = reverse("document_issue", args=[decision.pk])
    assert "never changes" in client.get(issue).content.decode()
    refused = client.post(issue, {"signer": cast.chief.pk, "signed_day": "2026-06-24"})
    assert refused.status_code == 409
    assert "changed since the decision" in refused.content.decode()
    detail = reverse("document_detail", args=[decision.pk])
    assert "changed since the decision" in client.get(detail).content.decode()
    approve_text(decision, cast)
    answer = client.post(issue, {"signer": cast.chief.pk, "signed_day": "2026-06-24"})
    assert answer.status_code == 302
    decision.refresh_from_db()
    assert decision.number == "江云检民公立〔2026〕1号"
    page = client.get(reverse("document_detail", args=[decision.pk])).content.decode()
    assert decision.number in page
    assert decision.sha256 in page


def test_missing_contents_stand_on_top_and_keep_what_was_typed(client, decision, cast):
    _login(client, cast.clerk)
    edit = reverse("document_edit", args=[decision.pk])
    values = decision.values | {"version": 1, "harm": "", "facts": "新写的事实", "finalise": "1"}
    answer = client.post(edit, values)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rules 85(1)" in page
    assert "新写的事实" in page
    again = client.post(edit, values | {"version": 2, "harm": "损害", "finalise": ""})
    assert again.status_code == 302


def test_a_chinese_reader_is_told_what_is_missing_with_the_article_in_chinese(
    client, decision, cast
):
    client.force_login(cast.clerk)
    client.cookies["django_language"] = "zh-hans"
    values = decision.values | {"version": 1, "harm": "", "finalise": "1"}
    page = client.post(reverse("document_edit", args=[decision.pk]), values).content.decode()
    assert "公益诉讼办案规则第85条（1）" in page
    assert "Rules 85" not in page


def test_a_lost_update_shows_both_values_on_a_page(client, decision, cast):
    services.edit_document(
        actor=cast.handler, document=decision, values={"facts": "先保存的"}, version=1
    )
    _login(client, cast.clerk)
    values = decision.values | {"version": 1, "facts": "后保存的"}
    answer = client.post(reverse("document_edit", args=[decision.pk]), values)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先保存的" in page
    assert "后保存的" in page


def test_the_preview_shows_what_is_typed_and_saves_nothing(client, decision, cast):
    _login(client, cast.clerk)
    address = reverse("document_preview", args=[decision.pk])
    values = decision.values | {"version": 1, "facts": "正在写的<i>事实</i>\U0001f4a9"}
    whole = client.post(address, values)
    part = client.post(address, values, headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "正在写的&lt;i&gt;事实" in page
        assert "U+1F4A9" in page
    assert "<html" not in part.content.decode()
    decision.refresh_from_db()
    assert "正在写的" not in decision.values["facts"]


def test_the_file_of_record_and_the_editable_copy_are_sent_and_recorded(client, decision, cast):
    _login(client, cast.clerk)
    pdf = reverse("document_pdf", args=[decision.pk])
    assert client.get(pdf).status_code == 409
    issued = issue(cast, decision)
    answer = client.get(pdf)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    assert len(content) == issued.size
    assert "attachment" in answer["Content-Disposition"]
    copy = client.get(reverse("document_docx", args=[decision.pk]))
    assert issued.number in "".join(p.text for p in Docx(BytesIO(copy.content)).paragraphs)
    image = client.get(reverse("document_page", args=[decision.pk, 1]))
    assert image.content.startswith(b"\x89PNG")
    assert client.get(reverse("document_page", args=[decision.pk, 9])).status_code == 404
    actions = AuditEvent.objects.filter(object_id=str(issued.pk)).values_list("action", flat=True)
    assert {"document.pdf", "document.docx", "document.issued"} <= set(actions)


@pytest.mark.norm("C131")
def test_every_look_at_a_document_and_every_copy_of_it_leaves_a_trace(client, decision, cast):
    issued = issue(cast, decision)
    _login(client, cast.head)
    pages = {"document_detail": "viewed", "document_pdf": "pdf", "document_docx": "docx"}
    for name, action in pages.items():
        assert client.get(reverse(name, args=[issued.pk])).status_code == 200
        entry = AuditEvent.objects.get(action=f"document.{action}", actor_id=cast.head.pk)
        assert (entry.object_id, entry.case_id) == (str(issued.pk), issued.case_id)
        assert entry.scope.startswith("read:")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This day lies in the future. Enter the day on which it really happened."),
        ("zh-hans", "该日期晚于今天，请填写实际发生的日期。"),
    ],
)
def test_the_day_of_a_finished_document_that_has_not_come_is_refused_at_its_field(
    client, case, cast, language, sentence
):
    _login(client, cast.handler, language)
    address = f"{reverse('document_register', args=[case.key])}?code=D-41"
    answer = client.post(address, {"signed_day": "2026-06-25", "file": upload()})
    assert answer.status_code == 400
    assert answer.context["form"].errors["signed_day"] == [sentence]
    filing = Filing(code="D-41", signed_day=date(2026, 6, 25), signer=cast.chief)
    with pytest.raises(Invalid) as refused:
        services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    assert list(refused.value.errors) == ["signed_day"]


def test_a_finished_document_is_filed_in_the_browser_and_comes_back_as_it_was(client, case, cast):
    _login(client, cast.clerk)
    address = f"{reverse('document_register', args=[case.key])}?code=D-41"
    facts = {
        "signed_day": "2026-06-24",
        "number": "江云检民公告〔2026〕7号",
        "signer": cast.chief.pk,
        "file": SimpleUploadedFile("公告<b>.pdf", MINIMAL_PDF),
        "confirmed": ["harm_facts", "period"],
    }
    wrong = client.post(
        address, facts | {"number": "第7号", "file": SimpleUploadedFile("a.pdf", MINIMAL_PDF)}
    )
    assert wrong.status_code == 400
    assert "does not have the pattern" in wrong.content.decode()
    assert client.post(address, facts).status_code == 302
    document = Document.objects.get(code="D-41")
    assert set(document.content) - {PRINT} == {"harm_facts", "period"}
    answer = client.get(reverse("document_pdf", args=[document.pk]))
    assert b"".join(answer.streaming_content) == MINIMAL_PDF
    again = client.post(address, facts | {"file": SimpleUploadedFile("b.pdf", MINIMAL_PDF)})
    assert again.status_code == 409
    assert document.type.title in again.content.decode()


@pytest.mark.norm("C159")
def test_whoever_edits_an_issued_document_is_refused_and_offered_its_correction(
    client, decision, cast
):
    offer = reverse("document_correct", args=[decision.pk])
    detail = reverse("document_detail", args=[decision.pk])
    _login(client, cast.clerk)
    assert offer not in client.get(detail).content.decode()
    issued = issue(cast, decision)
    address = reverse("document_edit", args=[issued.pk])
    answer = client.post(address, {"version": issued.version, "facts": "改"})
    assert answer.status_code == 409
    assert "Correct it by a new version" in answer.content.decode()
    opened = client.get(address)
    assert opened.status_code == 409
    assert "Correct it by a new version" in opened.content.decode()
    page = client.get(detail).content.decode()
    assert (offer in page, address in page) == (True, False)
    assert Document.objects.get(pk=issued.pk).values == issued.values


@pytest.mark.norm("C159")
def test_void_and_correct_ask_first_and_need_a_reason(client, decision, cast):
    issued = issue(cast, decision)
    _login(client, cast.handler)
    for name in ("document_void", "document_correct"):
        address = reverse(name, args=[issued.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"reason": " "}).status_code == 400
    correct = client.post(reverse("document_correct", args=[issued.pk]), {"reason": "笔误"})
    draft = Document.objects.get(corrects=issued)
    assert correct.url == reverse("document_edit", args=[draft.pk])
    client.post(reverse("document_void", args=[issued.pk]), {"reason": "<script>作废</script>"})
    page = client.get(reverse("document_detail", args=[issued.pk])).content.decode()
    assert "&lt;script&gt;作废" in page
    register = client.get(reverse("number_register")).content.decode()
    assert "江云检民公立〔2026〕1号" in register
    assert "&lt;script&gt;作废" in register


def test_the_register_hides_what_a_colleague_may_not_see(client, decision, cast):
    issued = issue(cast, decision)
    page = _login(client, cast.colleague).get(reverse("number_register")).content.decode()
    assert issued.number in page
    assert reverse("document_detail", args=[issued.pk]) not in page


def test_numbers_are_set_in_the_browser(client, case, cast):
    _login(client, cast.case_manager)
    address = reverse("number_settings")
    first = {"part": "first", "first-code": "D-41", "first-year": "2026", "first-first": "12"}
    assert client.post(address, first).status_code == 302
    wrong = {
        "part": "pattern",
        "pattern-code": "D-41",
        "pattern-type": "告",
        "pattern-template": "{n}",
    }
    assert client.post(address, wrong).status_code == 400
    unused = {
        "part": "unused",
        "unused-code": "D-41",
        "unused-number": "江云检民公告〔2026〕3号",
        "unused-reason": "纸张作废",
    }
    assert client.post(address, unused).status_code == 302
    assert NumberRegister.objects.get().state == "void"


def test_the_inbox_shows_what_waits_for_the_team_and_for_nobody_else(decision, case, cast):
    from cases.registries import inbox

    items = inbox["documents"]
    titles = {item.link: item.title for item in items(cast.clerk)}
    assert "Approved, to be issued" in titles[decision.get_absolute_url()]
    assert decision.get_absolute_url() not in {item.link for item in items(cast.head)}
    draft = services.draft_document(actor=cast.handler, matter=case, code="D-09")
    assert (
        "Draft to complete"
        in {i.link: i.title for i in items(cast.handler)}[draft.get_absolute_url()]
    )
    issue(cast, decision)
    assert decision.get_absolute_url() not in {item.link for item in items(cast.clerk)}


def test_timeline_panel_and_search_show_issued_documents(decision, case, cast):
    from cases.registries import panels, search, timeline

    issued = issue(cast, decision)
    (entry,) = [row for row in timeline["documents"](case, cast.head) if row.text == issued.number]
    assert entry.link == issued.get_absolute_url()
    assert issued in panels["documents"].context(case, cast.head)["documents"]
    assert list(search["documents"].find(cast.head, "公立〔2026〕1号")) == [issued]
    assert not search["documents"].find(cast.stranger, "公立〔2026〕1号").exists()


def test_more_documents_cost_no_more_queries(client, case, cast):
    _login(client, cast.clerk)
    address = reverse("document_list", args=[case.key])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    queries()  # what is loaded once
    before = queries()
    for _index in range(5):
        filing = Filing(code="D-22", signed_day=case.filed_on)
        services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    assert queries() == before


def test_a_plan_is_made_from_the_offer_of_the_matter(client, case, cast):
    _login(client, cast.handler)
    address = reverse("document_create", args=[case.key])
    answer = client.post(address, {"code": "D-09"})
    document = Document.objects.get(code="D-09")
    assert answer.url == reverse("document_edit", args=[document.pk])
    assert client.post(address, {"code": "D-09"}).status_code == 409
    plan = final(case, "D-09", cast.handler)
    assert client.post(reverse("document_reopen", args=[plan.pk])).status_code == 302
    with on(2026, 6, 25):
        assert client.post(reverse("document_finalise", args=[plan.pk])).status_code == 302


def test_every_act_of_the_room_has_a_word_in_the_audit_record(decision, case, cast):
    from audit.vocabulary import word_for

    issued = issue(cast, decision)
    services.void_document(actor=cast.handler, document=issued, reason="作废")
    actions = set(
        AuditEvent.objects.filter(object_type="document").values_list("action", flat=True)
    )
    assert {"document.drafted", "document.issued", "document.voided"} <= actions
    assert all(word_for(action) != action for action in actions)


def test_people_in_the_same_draft_are_told_of_each_other(client, cast, case):
    draft = services.draft_document(actor=cast.handler, matter=case, code="D-41")
    address = reverse("document_edit", args=[draft.pk])
    _login(client, cast.clerk).get(address)
    assert cast.clerk.name in _login(client, cast.handler).get(address).content.decode()
    answer = client.post(reverse("document_presence", args=[draft.pk]))
    assert cast.clerk.name in answer.content.decode()
    assert cast.handler.name not in answer.content.decode()
    asked = _login(client, cast.head).post(reverse("document_presence", args=[draft.pk]))
    assert asked.status_code == 404


def test_a_number_used_twice_is_said_at_its_field_and_what_was_typed_stays(client, case, cast):
    decision = case.documents.get(code="D-06")
    issued = services.issue_document(actor=cast.clerk, document=decision, signer=cast.chief)
    other = filed_case(cast)
    _login(client, cast.clerk)
    address = f"{reverse('document_register', args=[other.key])}?code=D-06"
    typed = {
        "number": issued.number,
        "signed_day": "2026-06-24",
        "signer": cast.chief.pk,
        "title": "补录的立案决定书",
        "file": SimpleUploadedFile("决定书.pdf", MINIMAL_PDF),
    }
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "borne by" in page
    assert "补录的立案决定书" in page
    assert not other.documents.filter(uploaded=True).exists()
