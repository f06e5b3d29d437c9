"""Numbers that exist already: registered with their document, or entered as void (C116)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Lead
from notices import services
from notices.models import Document, NumberRegister
from notices.services.approving import approval_of
from notices.services.registering import Filing
from tests.notices.matters import filed_case, issue, register, upload


@pytest.mark.norm("C116")
def test_a_registered_number_is_passed_over_by_the_next_issue(decision, case, cast):
    document = register(cast, case, "江云检民公立〔2026〕1号")
    assert (document.status, document.uploaded, document.number) == (
        "issued",
        True,
        "江云检民公立〔2026〕1号",
    )
    assert issue(cast, decision).number == "江云检民公立〔2026〕2号"


@pytest.mark.norm("C116")
def test_a_number_used_twice_is_refused_and_its_bearer_named(decision, case, cast):
    issued = issue(cast, decision)
    other = filed_case(cast)
    with pytest.raises(Conflict) as caught:
        register(cast, other, issued.number)
    assert caught.value.code == "number_taken"
    assert caught.value.details == {"number": issued.number, "document": issued.pk}
    assert issued.type.title in str(caught.value.message)
    assert not Document.objects.filter(code="D-06", case=other, uploaded=True).exists()


@pytest.mark.norm("C116")
def test_a_number_bears_the_year_of_its_signature(decision, case, cast):
    with pytest.raises(Invalid) as caught:
        register(cast, case, "江云检民公立〔2025〕1号")
    assert caught.value.code == "number_of_other_year"
    assert list(caught.value.errors) == ["number"]


@pytest.mark.norm("C159")
def test_a_decision_that_stands_is_corrected_and_not_filed_a_second_time(decision, case, cast):
    first = register(cast, case, "江云检民公立〔2026〕7号")
    with pytest.raises(Conflict) as caught:
        register(cast, case, "江云检民公立〔2026〕8号")
    assert caught.value.code == "decision_exists"
    again = register(cast, case, "江云检民公立〔2026〕8号", corrects=first)
    assert again.corrects == first
    assert approval_of(first) is not None
    assert approval_of(again) is None, "the first decision does not cover its correction"
    with pytest.raises(Conflict) as caught:
        register(cast, case, "江云检民公立〔2026〕9号", corrects=first)
    assert caught.value.code == "correction_exists"


@pytest.mark.norm("C159")
def test_a_filed_correction_is_of_the_same_type_and_matter(decision, case, cast):
    first = register(cast, case, "江云检民公立〔2026〕7号")
    filing = Filing(
        code="D-44",
        signed_day=date(2026, 6, 24),
        number="江云检民公终〔2026〕1号",
        signer=cast.chief,
        corrects=first,
    )
    refusals = []
    with pytest.raises(Invalid) as caught:
        services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    refusals.append(caught.value.code)
    with pytest.raises(Invalid) as caught:
        register(cast, filed_case(cast), "江云检民公立〔2026〕8号", corrects=first)
    refusals.append(caught.value.code)
    assert refusals == ["wrong_correction"] * 2
    assert not first.corrections.exists()


def test_no_paper_of_the_office_is_older_than_what_it_puts_into_words(case, cast):
    for code, number in (("D-06", "江云检民公立〔2026〕9号"), ("D-24", "江云检民公委〔2026〕9号")):
        filing = Filing(code=code, signed_day=date(2026, 1, 4), number=number, signer=cast.chief)
        with pytest.raises(Invalid) as caught:
            services.register_document(
                actor=cast.clerk, matter=case, filing=filing, upload=upload()
            )
        assert (caught.value.code, list(caught.value.errors)) == (
            "day_out_of_order",
            ["signed_day"],
        )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"number": "粤A12345"}, "number_pattern", marks=pytest.mark.norm("C116")),
        pytest.param({"number": ""}, "number_missing", marks=pytest.mark.norm("C116")),
        ({"number": "江云检民公立〔2026〕9号", "signed_day": date(2026, 6, 25)}, "future_day"),
        pytest.param(
            {"number": "江云检民公立〔2026〕9号", "signer": None},
            "signer_missing",
            marks=pytest.mark.norm("C119"),
        ),
        pytest.param(
            {"number": "江云检民公立〔2026〕9号", "signer": None, "signer_name": "某检察官"},
            "signer_missing",
            marks=pytest.mark.norm("C119"),
        ),
    ],
)
def test_a_finished_document_is_filed_only_as_it_could_have_been(case, cast, facts, code):
    filing = Filing(
        **({"code": "D-06", "signed_day": date(2026, 6, 24), "signer": cast.chief} | facts)
    )
    with pytest.raises(Invalid) as caught:
        services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
    assert caught.value.code == code


@pytest.mark.norm("C119")
def test_a_finished_document_of_an_unauthorised_signer_is_refused(case, cast):
    filing = Filing(
        code="D-06",
        signed_day=date(2026, 6, 24),
        number="江云检民公立〔2026〕9号",
        signer=cast.handler,
    )
    with pytest.raises(NotPermitted):
        services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())


def test_a_document_from_before_the_chief_is_recorded_names_its_signer(case, cast):
    Lead.objects.filter(pk=case.lead_id).update(received_on=date(2019, 5, 1))
    case.lead.refresh_from_db()
    filing = Filing(code="D-33", signed_day=date(2019, 6, 1), signer_name="前任检察长")
    document = services.register_document(
        actor=cast.clerk, matter=case, filing=filing, upload=upload()
    )
    assert document.signer_name == "前任检察长"


def test_an_empty_file_and_a_hostile_name_do_no_harm(case, cast):
    filing = Filing(code="D-22", signed_day=date(2026, 6, 1))
    with pytest.raises(Invalid):
        services.register_document(
            actor=cast.clerk, matter=case, filing=filing, upload=upload(content=b"")
        )
    document = services.register_document(
        actor=cast.clerk, matter=case, filing=filing, upload=upload("../../etc/pass\u202ewd<b>.pdf")
    )
    assert document.file_name == "pass" + "wd_b_.pdf"


@pytest.mark.norm("C116")
def test_an_unused_number_is_entered_as_void_and_never_comes_back(decision, case, cast):
    services.void_unused_number(
        actor=cast.case_manager, code="D-06", number="江云检民公立〔2026〕1号", reason="纸张作废"
    )
    assert issue(cast, decision).number == "江云检民公立〔2026〕2号"
    with pytest.raises(Conflict):
        register(cast, case, "江云检民公立〔2026〕1号")


@pytest.mark.norm("C116")
def test_a_number_that_was_given_is_not_entered_as_unused(decision, cast):
    issued = issue(cast, decision)
    entry = {"actor": cast.case_manager, "code": "D-06"}
    with pytest.raises(Conflict) as caught:
        services.void_unused_number(**entry, number=issued.number, reason="纸张作废")
    assert (caught.value.code, caught.value.law) == ("number_taken", "PRR 7")
    with pytest.raises(Invalid) as refused:
        services.void_unused_number(**entry, number="江云检民公立〔2026〕2号", reason=" ")
    assert list(refused.value.errors) == ["reason"]
    assert NumberRegister.objects.get().state == "given"


@pytest.mark.norm("C116")
def test_the_settings_show_the_number_that_is_given_next(client, decision, case, cast):
    def shown() -> str:
        page = client.get(reverse("number_settings")).content.decode()
        table = page[page.index('aria-labelledby="counters"') :]
        (row,) = re.findall("<td[^>]*>民公立</td>(.*?)</tr>", table, re.DOTALL)
        return re.findall("<td[^>]*>(.*?)</td>", row)[-1]

    cast.chief.language = "en"
    cast.chief.save()
    client.force_login(cast.chief)
    services.set_first_number(actor=cast.chief, code="D-06", year=2026, first=5)
    assert shown() == "5"
    register(cast, case, "江云检民公立〔2026〕5号")
    services.void_unused_number(
        actor=cast.chief, code="D-06", number="江云检民公立〔2026〕6号", reason="纸张作废"
    )
    services.void_unused_number(
        actor=cast.chief, code="D-06", number="江云检民公立〔2026〕8号", reason="纸张作废"
    )
    assert shown() == "7"
    assert issue(cast, decision).number == "江云检民公立〔2026〕7号"
    assert shown() == "9"
