"""Signs of crime or of a breach of duty are handed over with a document (Rules 31; norm C033)."""

from __future__ import annotations

import pytest

from audit import clock
from audit.errors import Refusal
from notices import services
from notices.catalogue.administrative import d76_transfer_of_lead_to_crime as d76
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.notices.matters import approve_text, issue
from tests.notices.serving import end, send
from tests.support.documents import filled

pytestmark = pytest.mark.django_db


@pytest.mark.norm("C033")
@pytest.mark.parametrize(
    ("option", "to"),
    [(0, "江州市公安局云山区分局"), (1, "江州市云山区监察委员会")],
)
def test_a_lead_to_crime_or_to_a_breach_of_duty_is_handed_over_and_that_is_on_record(
    cast, option, to
):
    which = d76.TYPE.content("which").options[option]
    with clock.frozen(moment(3, 10)):
        case = scenes.filed_case(cast)
        draft = services.draft_document(actor=cast.handler, matter=case, code="D-76")
        with pytest.raises(Refusal) as empty:
            services.finalise_document(actor=cast.handler, document=draft)
        assert "Rules 31" in {line.law for line in empty.value.unmet}
        ready = filled(
            draft, cast.handler, which=which, addressee=to, facts="涉嫌非法出售个人信息。"
        )
        approve_text(ready, cast)
        paper = issue(cast, ready)
        sent = send(cast, paper, actor=cast.handler, name=to, started_on=moment(3, 10).date())
        end(cast, sent, day=moment(3, 10).date())
    served = case.events.get(kind="document_served")
    assert served.facts["code"] == "D-76"
    assert paper.signer == cast.chief
    assert paper.values["which"] == which
