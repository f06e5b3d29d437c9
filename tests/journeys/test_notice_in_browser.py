"""A clerk composes a notice, has it approved, issues it and serves it on two who are reached differently.

One of them signs for express mail, the other refuses and it is left in; every receipt is filed.
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from cases.models import Case, Proposal
from notices.models import Document, Service
from tests.journeys.test_announcement_in_browser import Office
from tests.notices.matters import MINIMAL_PDF, filed_case
from tests.notices.serving import confirm, party_of
from tests.support.browser import check_page, give_password
from tests.support.days import on

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RECEIPT = {"name": "送达回证.pdf", "mimeType": "application/pdf", "buffer": MINIMAL_PDF}
PHOTO = {"name": "留置.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0photo"}


@pytest.fixture
def office(chromium_browser, site, cast):
    for name in ("handler", "clerk", "head", "chief"):
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        yield Office(chromium_browser, site, cast, stack)


@pytest.fixture
def case(committed_db, cast) -> Case:
    """A filed case with a company that confirmed its address and a person who did not."""
    with on(2026, 6, 24):
        case = filed_case(cast)
        confirm(cast, party_of(cast, case, name="某云计算有限公司"), recipient="李法务")
        party_of(cast, case, name="张三", kind="person")
    return case


def composed(office, case: Case) -> Document:
    """The clerk begins the notice, completes what the record does not know, and makes it final."""
    clerk = office["clerk"]
    clerk.begin_document(case.key, "D-20")
    clerk.fill(
        addressee="某云计算有限公司、张三",
        what="服务器租用合同和付款凭证\n登录日志、访问日志",
        deadline="收到本通知书之日起七日内",
    )
    clerk.fill_what_is_missing("为查明案件事实。")
    check_page(clerk.page)
    clerk.press("button[name=finalise]")
    return Document.objects.get(pk=clerk.document())


def approved(office, document: Document) -> None:
    """The handler proposes it; department head and chief approve."""
    handler = office["handler"]
    handler.open(f"/documents/{document.pk}/propose/")
    handler.fill(reasons="查明事实需要。")
    handler.press()
    path = Proposal.objects.get(document_id=document.pk, subject="document").get_absolute_url()
    office["head"].approve(path)
    office["chief"].approve(path)


def issued(office, document: Document) -> None:
    clerk = office["clerk"]
    clerk.open(f"/documents/{document.pk}/issue/")
    clerk.press()
    document.refresh_from_db()
    assert (document.status, document.number) == (
        "issued",
        f"{document.office.short_name}检民公调〔2026〕1号",
    )


def sent_to_both(office, document: Document) -> tuple[Service, Service]:
    """Both are chosen at once; the record proposes express mail for one and direct service for the other."""
    clerk = office["clerk"]
    clerk.open(f"/documents/{document.pk}/services/split/")
    for name in ("某云计算有限公司", "张三"):
        clerk.page.get_by_label(name).check()
    clerk.press()
    check_page(clerk.page)
    clerk.press()
    mail, direct = Service.objects.order_by("id")
    assert (mail.method, direct.method) == ("postal", "direct")
    return mail, direct


def outcome(office, service: Service, result: str, **facts) -> None:
    clerk = office["clerk"]
    clerk.open(f"/services/{service.pk}/outcome/")
    clerk.fill(result=result, day="2026-06-26", proof=RECEIPT, **facts)
    clerk.press()


def left_in(office, document: Document) -> None:
    """What was refused is left in before witnesses, with a photograph."""
    clerk = office["clerk"]
    clerk.open(f"/documents/{document.pk}/services/new/?method=leave_in")
    clerk.page.locator("#id_party").select_option(label="张三")
    clerk.press()
    service = Service.objects.latest("id")
    outcome(office, service, "served", witnesses="居委会王某、赵某", recording=PHOTO)
    check_page(clerk.page)


def test_a_notice_goes_from_the_blank_page_to_the_receipts_of_two_addressees(office, case):
    office.on(2026, 6, 26, 10, 0)
    document = composed(office, case)
    approved(office, document)
    issued(office, document)
    mail, direct = sent_to_both(office, document)
    outcome(office, mail, "served", receiver="entity_staff", receiver_name="前台李某")
    refused = {"reason": "拒绝签收。", "witnesses": "居委会王某"}
    outcome_without_service(office, direct, **refused)
    left_in(office, document)
    assert case.events.filter(kind="document_served").count() == 2
    assert case.events.filter(kind="service_failed").count() == 1
    clerk = office["clerk"]
    clerk.open(f"/services/of/{case.key}/")
    check_page(clerk.page)
    assert clerk.page.get_by_text(document.number).count() >= 2


def outcome_without_service(office, service: Service, **facts) -> None:
    """A refusal is no service: the page says so and offers another method."""
    clerk = office["clerk"]
    clerk.open(f"/services/{service.pk}/outcome/")
    clerk.fill(result="refused", day="2026-06-26", proof=RECEIPT, **facts)
    clerk.page.locator("main form button.primary, main form button.danger").first.click()
    clerk.page.wait_for_load_state()
    assert not Service.objects.get(pk=service.pk).document.voided_at
    assert service.outcome.result == "refused"
