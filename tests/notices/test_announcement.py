"""The pre-suit announcement: five items, its period from the rulebook, its number after approval."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from audit.errors import Invalid, Refusal
from cases.registries import requirements
from cases.services import corrections, proposals
from deadlines.rulebook import in_force
from documents.store import open_blob
from notices import services
from notices.catalogue import TYPES
from notices.models import Document
from notices.prefill import announcement_period_zh
from notices.services.approving import approval_of
from notices.services.registering import Filing
from tests.notices.matters import always, approve_text, investigated_case, upload
from tests.support.days import on
from tests.support.documents import filled, final
from tests.support.matters import approve, propose

pytestmark = pytest.mark.django_db
# What makes the five items of Rules 91, but for the period, which nobody types.
NAMES = (
    "harm_facts",
    "suit_notice",
    "contact_person",
    "telephone",
    "announcing_unit",
    "announcing_day",
)
EVERYTHING = (*NAMES, "period")


def _verdict(case):
    return requirements["announcement_five_items"].check(case, {})


def _announcement(case, cast, **values):
    return filled(
        services.draft_document(actor=cast.handler, matter=case, code="D-41"),
        cast.handler,
        telephone=values.pop("telephone", "0571-87654321"),
        **values,
    )


@pytest.mark.norm("C037")
def test_without_a_final_announcement_the_guard_is_unmet(case, cast):
    assert not _verdict(case).met
    draft = _announcement(case, cast)
    assert _verdict(case).link == draft.get_absolute_url()
    services.finalise_document(actor=cast.handler, document=draft)
    assert _verdict(case).met


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.norm("C037")
def test_an_announcement_that_lacks_one_of_the_five_items_is_not_made_final(case, cast, name):
    draft = _announcement(case, cast)
    lacking = services.edit_document(
        actor=cast.handler, document=draft, values={name: ""}, version=draft.version
    )
    with pytest.raises(Refusal) as caught:
        services.finalise_document(actor=cast.handler, document=lacking)
    (line,) = caught.value.unmet
    assert line.code == f"content:{name}"
    assert line.law.startswith("Rules 91(")


@pytest.mark.norm("C037")
@pytest.mark.parametrize("name", EVERYTHING)
def test_an_uploaded_announcement_lacks_each_item_that_nobody_confirmed(case, cast, name):
    filing = Filing(
        code="D-41",
        signed_day=case.filed_on,
        number="江云检民公告〔2026〕1号",
        signer=cast.chief,
        confirmed=tuple(item for item in EVERYTHING if item != name),
    )
    services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    verdict = _verdict(case)
    assert not verdict.met
    assert str(TYPES["D-41"].content(name).label) in verdict.why


@pytest.mark.norm("C037")
def test_an_announcement_that_lacks_an_item_is_not_issued(case, cast):
    draft = _announcement(case, cast)
    lacking = services.edit_document(
        actor=cast.handler, document=draft, values={"telephone": ""}, version=draft.version
    )
    with pytest.raises(Refusal) as caught:
        services.issue_document(actor=cast.clerk, document=lacking, signer=cast.chief)
    assert "content:telephone" in {line.code for line in caught.value.unmet}
    lacking.refresh_from_db()
    assert (lacking.status, lacking.number) == ("draft", "")


@pytest.mark.norm("C037")
@pytest.mark.parametrize("name", NAMES)
def test_an_announcement_that_lacks_one_of_the_five_items_is_not_sent_for_approval(
    case, cast, name
):
    lacking = filled(_announcement(case, cast), cast.handler, **{name: ""})
    with pytest.raises(Refusal) as caught:
        services.submit_document(actor=cast.handler, document=lacking, reasons="请审批")
    assert [line.code for line in caught.value.unmet] == [f"content:{name}"]
    assert not case.proposals.filter(subject="document").exists()


@pytest.mark.norm("C037")
def test_no_approval_lets_an_announcement_without_telephone_out(case, cast):
    draft = _announcement(case, cast)
    approve_text(draft, cast)
    # As if a fault had taken it out after the approval; no service does that.
    emptied = draft.content | {"telephone": {"value": "", "source": "person"}}
    Document.objects.filter(pk=draft.pk).update(content=emptied)
    with pytest.raises(Refusal) as caught:
        services.issue_document(actor=cast.clerk, document=draft, signer=cast.chief)
    assert [line.code for line in caught.value.unmet] == ["content:telephone"]


@pytest.mark.norm("C037")
def test_an_uploaded_announcement_counts_only_with_each_item_confirmed(case, cast):
    everything = tuple(name for name in EVERYTHING if name != "telephone")
    filing = Filing(
        code="D-41",
        signed_day=case.filed_on,
        number="江云检民公告〔2026〕1号",
        signer=cast.chief,
        confirmed=everything,
    )
    services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    verdict = _verdict(case)
    assert not verdict.met
    assert "(4)" in verdict.why
    services.void_document(
        actor=cast.handler, document=Document.objects.get(code="D-41"), reason="重新登记"
    )
    again = Filing(
        code="D-41",
        signed_day=case.filed_on,
        number="江云检民公告〔2026〕2号",
        signer=cast.chief,
        confirmed=(*everything, "telephone"),
    )
    services.register_document(actor=cast.clerk, matter=case, filing=again, upload=upload())
    assert _verdict(case).met


@pytest.mark.norm("C037")
def test_the_period_is_that_of_the_rulebook_and_cannot_be_typed(case, cast):
    assert str(in_force(case.filed_on).periods["P-01"].length) == "P30D"
    assert announcement_period_zh(case) == "三十日"
    draft = _announcement(case, cast, period="五日")
    assert draft.values["period"] == "三十日"
    assert draft.content["period"]["source"] == "law"
    assert "公告期间为三十日" in str(draft.composed)


@pytest.mark.norm("C037")
@pytest.mark.norm("C038")
def test_the_announcement_is_approved_with_its_act_then_numbered_then_published(
    june, cast, monkeypatch
):
    case = investigated_case(cast, monkeypatch)
    final(case, "D-40", cast.handler)
    draft = _announcement(case, cast)
    with pytest.raises(Refusal) as caught:
        propose(case, "T12", {"medium_planned": "检察日报"}, cast.handler)
    assert {item.code for item in caught.value.unmet} == {
        "announcement_five_items",
        "document:D-41",
    }
    services.finalise_document(actor=cast.handler, document=draft)
    proposal = proposals.submit_proposal(
        actor=cast.handler, proposal=case.proposals.get(status="draft")
    )
    with pytest.raises(Refusal):
        services.issue_document(actor=cast.clerk, document=draft, signer=cast.chief)
    approve(proposal, cast.head, cast.chief)
    with on(2026, 6, 25), pytest.raises(Refusal) as caught:
        proposals.carry_out(
            actor=cast.clerk,
            proposal=proposal,
            data={"legal_day": "2026-06-25", "medium": "检察日报", "national_influence": "on"},
            files={"proof": SimpleUploadedFile("报纸.txt", b"x")},
        )
    assert [item.code for item in caught.value.unmet] == ["announcement_issued"]
    with on(2026, 6, 25):
        issued = services.issue_document(actor=cast.clerk, document=draft, signer=cast.chief)
        assert issued.number == "江云检民公告〔2026〕1号"
        assert issued.approval == proposal
    sheet = str(issued.composed)
    for name in ("contact_person", "telephone", "announcing_unit"):
        assert issued.values[name] in sheet, name
    assert issued.values["announcing_day"] == "2026-06-25"
    assert "2026-06-25" in sheet
    with on(2026, 6, 25):
        facts = {"legal_day": "2026-06-25", "medium": "检察日报", "national_influence": "on"}
        with pytest.raises(Refusal) as caught:
            proposals.carry_out(actor=cast.clerk, proposal=proposal, data=facts)
        assert [item.code for item in caught.value.unmet] == ["publication_proven"]
        image = b"\x89PNG\r\n\x1a\n" + b"0" * 20
        page = SimpleUploadedFile("报纸.png", image)
        event = proposals.carry_out(
            actor=cast.clerk, proposal=proposal, data=facts, files={"proof": page}
        )
    case.refresh_from_db()
    assert case.state == event.to_state == "announcing"
    digest = hashlib.sha256(image).hexdigest()
    assert event.facts["proofs"] == [digest] == [proof.sha256 for proof in event.proofs.all()]
    assert open_blob(digest).read() == image
    assert case.deadlines.get(rule="P-01").nominal_day.isoformat() == "2026-07-25"


@pytest.mark.norm("C038")
@pytest.mark.norm("C039")
def test_the_event_keeps_the_day_and_the_address_of_the_publication_and_not_those_of_its_entry(
    june, cast, monkeypatch
):
    case = investigated_case(cast, monkeypatch)
    final(case, "D-40", cast.handler)
    draft = _announcement(case, cast)
    services.finalise_document(actor=cast.handler, document=draft)
    proposal = propose(case, "T12", {"medium_planned": "检察日报"}, cast.handler)
    approve(proposal, cast.head, cast.chief)
    services.issue_document(actor=cast.clerk, document=draft, signer=cast.chief)
    facts = {"legal_day": "2026-06-25", "medium": "检察日报", "national_influence": "on"}
    carried_out = {
        "actor": cast.clerk,
        "proposal": proposal,
        "files": {"proof": SimpleUploadedFile("报纸.txt", b"x")},
    }
    with on(2026, 6, 29):
        with pytest.raises(Invalid) as caught:
            proposals.carry_out(**carried_out, data=facts | {"url": "javascript:alert(1)"})
        assert list(caught.value.errors) == ["url"]
        address = "https://www.jcrb.com/gonggao/1.html"
        event = proposals.carry_out(**carried_out, data=facts | {"url": address})
    assert (event.legal_day.isoformat(), event.facts["url"]) == ("2026-06-25", address)
    row = case.deadlines.get(rule="P-01")
    assert (row.start_day.isoformat(), row.nominal_day.isoformat()) == ("2026-06-25", "2026-07-25")


def test_what_was_annulled_covers_no_announcement_any_more(june, cast, monkeypatch):
    case = investigated_case(cast, monkeypatch)
    final(case, "D-40", cast.handler)
    first = final(case, "D-41", cast.handler)
    case.refresh_from_db()
    proposal = approve(
        propose(case, "T12", {"medium_planned": "检察日报"}, cast.handler), cast.head, cast.chief
    )
    assert approval_of(first) == proposal
    # As if the guard had not been there when it was published.
    guard = requirements["announcement_issued"]
    monkeypatch.setitem(requirements._entries, "announcement_issued", always(guard))
    facts = {"medium": "检察日报", "national_influence": "on"}
    event = proposals.carry_out(
        actor=cast.clerk,
        proposal=proposal,
        data=facts | {"legal_day": clock.today().isoformat()},
        files={"proof": SimpleUploadedFile("报纸.txt", b"x")},
    )
    assert approval_of(first) == proposal
    corrections.annul_transition(actor=cast.chief, event=event, reason="误录")
    assert approval_of(first) is None
    with pytest.raises(Refusal):
        services.issue_document(actor=cast.clerk, document=first, signer=cast.chief)
