"""What names a person is masked before publication, listed, and looked for once more in the print."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Office
from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from documents.model import OfficialDocument, Paragraph
from documents.typst_renderer import render_pdf
from notices import services
from notices.catalogue import TYPES
from notices.masking.exposed import exposed, require_clean_print
from notices.masking.patterns import find, mask, masked
from notices.masking.services import mask_document, masked_in
from notices.models import Document
from notices.services.drafting import create_draft
from tests.notices.golden_files import ISSUED
from tests.support.documents import filled

VICTIM = "张三丰（身份证号码330106199003071234，手机138 1234 5678）"


@pytest.fixture(autouse=True)
def reader(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


# --- what is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("330106199003071234", "identity", "330************234"),
        ("33010619900307123X", "identity", "330************23X"),
        ("３３０１０６１９９００３０７１２３４", "identity", None),  # full-width digits
        ("330106 19900307 1234", "identity", "330************234"),
        ("330106900307123", "identity", "330*********123"),
        ("13812345678", "mobile", "138*****678"),
        ("138-1234-5678", "mobile", "138*****678"),
        ("0571-87654321", "telephone", "057******321"),
        ("zhang.san@example.com", "mail", "z***@example.com"),
        ("E12345678", "passport", "E1*****78"),
        ("浙A12345", "plate", "浙A***45"),
        ("浙AD12345", "plate", "浙A****45"),
    ],
)
def test_a_number_of_a_person_is_found_in_a_sentence_and_masked(text, kind, shown):
    (found,) = find(f"其中{text}，已被公开。")
    assert (found.kind, found.text) == (kind, text)
    if shown is not None:
        assert found.masked == shown


def test_a_bank_card_is_known_by_its_check_digit():
    valid = next(
        f"622202000000000000{digit}"
        for digit in range(10)
        if find(f"卡{622202000000000000}{digit}")
    )
    assert find(f"卡号{valid}。")[0].kind == "card"
    wrong = f"{valid[:-1]}{(int(valid[-1]) + 1) % 10}"
    assert find(f"卡号{wrong}。") == []


@pytest.mark.parametrize(
    "written",
    [
        "6222020000000000000",
        "6222 0200 0000 0000 000",
        "6222-0200-0000-0000-000",
        "4111111111111111",
    ],
)
def test_a_bank_card_of_sixteen_to_nineteen_digits_is_found_however_it_is_grouped(written):
    for after in ("。", " 25日"):
        (found,) = find(f"卡号{written}{after}")
        assert (found.kind, found.text) == ("card", written)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("bank-card number", "number plate", "home addresses", "WeChat")),
        ("zh-hans", ("银行卡号", "车牌号", "家庭住址", "微信")),
    ],
)
def test_the_page_says_what_is_looked_for_and_what_is_not(client, draft, cast, language, words):
    client.cookies["django_language"] = language
    client.force_login(cast.handler)
    page = client.get(reverse("document_masking", args=[draft.pk])).content.decode()
    for word in words:
        assert word in page


@pytest.mark.parametrize(
    "text",
    [
        "涉及1200000条信息、834名自然人",
        "江云检民公告〔2026〕12号",
        "330106-2026-00012",
        "2026年11月29日至2026年12月29日",
        "91330106MA2XXXXX0U",  # a company's credit code is public
        "罚款100000元，共计12345678901234元",
        "《中华人民共和国个人信息保护法》第七十条",
    ],
)
def test_what_names_nobody_is_left_alone(text):
    assert find(text) == []


def test_names_are_masked_as_typed_the_longer_first():
    clean, found = masked("张三丰与张三在场。", ["张三丰", "张三"])
    assert clean == "张某某与张某在场。"
    assert [item.kind for item in found] == ["name", "name"]


def test_of_a_long_name_no_more_than_its_beginning_is_left():
    assert mask("name", "欧阳某某某") == "欧某某"


# --- a document for the public ------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast, case):
    announcement = create_draft(kind=TYPES["D-41"], matter=case, actor=cast.handler)
    return filled(
        announcement,
        cast.handler,
        harm_facts=f"被公开的有{VICTIM}等八百余人。",
        telephone="0571-87654321",
    )


def test_a_draft_that_names_a_victim_does_not_become_final(cast, draft):
    with pytest.raises(Refusal) as refused:
        services.finalise_document(actor=cast.handler, document=draft)
    assert [item.code for item in refused.value.unmet] == ["masking:harm_facts"] * 2
    assert "330106199003071234" not in str([str(item.message) for item in refused.value.unmet])
    assert refused.value.unmet[0].link == f"/documents/{draft.pk}/masking/"


def test_masked_it_becomes_final_and_the_list_names_nobody(cast, draft):
    done = mask_document(
        actor=cast.handler, document=draft, version=draft.version, names=["张三丰"]
    )
    assert done.values["harm_facts"] == (
        "被公开的有张某某（身份证号码330************234，手机138*****678）等八百余人。"
    )
    assert masked_in(done) == [
        ("harm_facts", "name", "张某某"),
        ("harm_facts", "identity", "330************234"),
        ("harm_facts", "mobile", "138*****678"),
    ]
    final = services.finalise_document(actor=cast.handler, document=done)
    assert final.status == "final"


def test_how_the_office_is_reached_is_meant_to_be_read(cast, draft):
    done = mask_document(actor=cast.handler, document=draft, version=draft.version)
    assert done.values["telephone"] == "0571-87654321"
    assert exposed(done) == []


def test_the_list_stays_whatever_is_typed_later(cast, draft):
    done = mask_document(actor=cast.handler, document=draft, version=draft.version)
    changed = services.edit_document(
        actor=cast.handler, document=done, values={"harm_facts": "另写。"}, version=done.version
    )
    assert [kind for _, kind, _ in masked_in(changed)] == ["identity", "mobile"]


def test_the_print_is_read_once_more_with_its_properties(draft):
    """Whatever way a number took into the file: the text layer, the title, the author."""
    for made in (
        OfficialDocument("某院", "公告", (Paragraph("电话13812345678"),)),
        OfficialDocument("某院13812345678", "公告", (Paragraph("正文"),)),
    ):
        pdf = render_pdf(made, issued_at=ISSUED)
        with pytest.raises(Refusal) as refused:
            require_clean_print(draft, pdf.content)
        assert refused.value.code == "print_names_a_person"
        assert "13812345678" not in str(refused.value.message)
    own = OfficialDocument("某院", "公告", (Paragraph("联系电话：0571-87654321"),))
    require_clean_print(draft, render_pdf(own, issued_at=ISSUED).content)


def test_what_came_into_the_print_past_the_contents_keeps_it_from_becoming_final(cast, draft):
    done = mask_document(actor=cast.handler, document=draft, version=draft.version)
    Office.objects.filter(pk=done.office_id).update(name="某院13812345678")
    fresh = Document.objects.get(pk=done.pk)
    with pytest.raises(Refusal) as refused:
        services.finalise_document(actor=cast.handler, document=fresh)
    assert refused.value.code == "print_names_a_person"
    fresh.refresh_from_db()
    assert (fresh.status, fresh.sha256) == ("draft", "")


def test_a_draft_that_names_a_victim_is_not_issued_either(cast, draft):
    with pytest.raises(Refusal) as refused:
        services.issue_document(actor=cast.clerk, document=draft, signer=cast.chief)
    assert [line.code for line in refused.value.unmet].count("masking:harm_facts") == 2


def test_a_document_of_the_file_may_name_people(cast, decision):
    named = filled(decision, cast.handler, facts=VICTIM)
    assert exposed(named) == []
    with pytest.raises(Invalid) as refused:
        mask_document(actor=cast.handler, document=named, version=named.version)
    assert refused.value.code == "not_public"


@pytest.mark.parametrize("names", [["张"], ["张" * 21], [str(n) * 3 for n in range(201)]])
def test_what_is_no_name_is_refused(cast, draft, names):
    with pytest.raises(Invalid) as refused:
        mask_document(actor=cast.handler, document=draft, version=draft.version, names=names)
    assert set(refused.value.errors) == {"names"}


def test_only_the_team_masks_only_a_draft_and_only_what_is_there(cast, draft):
    with pytest.raises(NotPermitted):
        mask_document(actor=cast.colleague, document=draft, version=draft.version)
    with pytest.raises(Conflict):
        mask_document(actor=cast.handler, document=draft, version=1)
    done = mask_document(actor=cast.handler, document=draft, version=draft.version)
    with pytest.raises(Invalid) as nothing:
        mask_document(actor=cast.handler, document=done, version=done.version)
    assert nothing.value.code == "nothing"


def test_the_page_shows_masks_and_lists(cast, client, draft):
    client.force_login(cast.handler)
    address = f"/documents/{draft.pk}/masking/"
    page = client.get(address).content.decode()
    assert "2 passages name a person by number." in page
    assert "Names a person" in client.get(draft.get_absolute_url()).content.decode()
    assert client.post(address, {"version": draft.version, "names": "张"}).status_code == 400
    given = {"version": draft.version, "names": "张三丰\n"}
    assert client.post(address, given).status_code == 302
    page = client.get(address).content.decode()
    assert "Nothing is left of what is looked for." in page
    assert "张某某" in page
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/documents/{draft.pk}/masking/").status_code == 404


def test_a_program_reads_and_masks(cast, client, draft, decision):
    client.force_login(cast.handler)
    address = f"/api/v1/documents/{draft.pk}/masking/"
    assert [row["shown"] for row in client.get(address).json()["exposed"]] == [
        "330************234",
        "138*****678",
    ]
    given = {"version": draft.version, "names": ["张三丰"]}
    answer = client.post(address, given, content_type="application/json").json()
    assert (answer["exposed"], len(answer["masked"])) == ([], 3)
    assert client.get(f"/documents/{decision.pk}/masking/").status_code == 404
