"""What the suit is refused, by the pages and by the API alike, in both languages.

Each refusal names the requirement, its article and who can cure it, in the language of the person, and leaves
everything as it was: the state, the events, the audit record, the documents and the periods.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from audit.articles import written
from audit.models import AuditEvent
from cases.models import Case, Event, Lead, Proposal, RunningEntry
from cases.registries import requirements
from cases.services import corrections
from deadlines.models import Deadline
from litigation.models import Claim
from notices.models import Document
from tests.journeys.test_bad_input import Answer, Api, Pages
from tests.litigation import suit
from tests.litigation.scenes import judging
from tests.support import old_cases as old
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import (
    announced_case,
    approve,
    case_in_review,
    force,
    propose,
    upload,
)
from tests.support.tables import announced_row, filed_row, judged_row, papers_of, workbook

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")
Act = Callable[[], Answer]


def as_posted(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as the fields of a form are sent."""
    return {name: "on" if value is True else value for name, value in facts.items()}


class PagesOfTheSuit(Pages):
    """The forms of the browser, a step to a form."""

    def submission(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Act:
        """Save the draft of a proposal; return the act of submitting it."""
        body = as_posted(facts) | {"reasons": "理由充分。"}
        saved = self._post(person, reverse("proposal_create", args=[case.key, code]), body)
        assert saved.status == 302, saved.text
        draft = Proposal.objects.latest("pk")
        return lambda: self._post(person, reverse("proposal_submit", args=[draft.pk]), {})

    def draft(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Answer:
        body = as_posted(facts) | {"reasons": "理由充分。"}
        return self._post(person, reverse("proposal_create", args=[case.key, code]), body)

    def enter(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Answer:
        url = reverse("transition_record", args=[case.key, code])
        return self._post(person, url, as_posted(facts) | {"step": "record"})

    def carry_out(self, person: Any, proposal: Proposal, facts: dict[str, Any]) -> Answer:
        url = reverse("proposal_carry_out", args=[proposal.pk])
        return self._post(person, url, as_posted(facts))

    def annul(self, person: Any, event: Event) -> Answer:
        url = reverse("event_annul", args=[event.pk])
        return self._post(person, url, {"reason": "误录。"})

    def try_table(self, person: Any, body: dict[str, Any]) -> Answer:
        answer = self._post(person, reverse("running_import"), body)
        assert answer.status == 302, answer.text
        client = Client()
        client.force_login(person)
        shown = client.get(reverse("running_detail", args=[RunningEntry.objects.get().pk]))
        return Answer(shown.status_code, shown.content.decode())

    def ask(self, person: Any, entry: RunningEntry) -> Answer:
        return self._post(person, reverse("running_ask", args=[entry.pk]), {})

    def where_rows_are_said(self, shown: Answer, refused: Answer) -> Answer:
        """Return the page of the table; whoever asks all the same is sent to it."""
        return shown

    def expect(self, answer: Answer, line: Line) -> None:
        """Find what the requirement is called, its article and its cure on the page."""
        for words in (line.title, line.article, line.cure):
            assert escape(words) in answer.text, (words, answer.text)


class ApiOfTheSuit(Api):
    """The same acts of a program."""

    def submission(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Act:
        """Return the act of proposing and submitting at once."""
        return lambda: self.draft(person, case, code, facts)

    def draft(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Answer:
        body = {"transition": code, "facts": facts, "reasons": "理由充分。"}
        return self._post(person, f"cases/{case.key}/transitions/", body)

    def enter(self, person: Any, case: Case, code: str, facts: dict[str, Any]) -> Answer:
        body = {"transition": code} | _parts(facts)
        return self._post(person, f"cases/{case.key}/transitions/", body, "multipart")

    def carry_out(self, person: Any, proposal: Proposal, facts: dict[str, Any]) -> Answer:
        path = f"proposals/{proposal.pk}/carry-out/"
        return self._post(person, path, _parts(facts), "multipart")

    def annul(self, person: Any, event: Event) -> Answer:
        path = f"cases/{event.case.key}/events/{event.pk}/annul/"
        return self._post(person, path, {"reason": "误录。"})

    def try_table(self, person: Any, body: dict[str, Any]) -> Answer:
        answer = self._post(person, "running-cases/", body, "multipart")
        assert answer.status == 201, answer.text
        return answer

    def ask(self, person: Any, entry: RunningEntry) -> Answer:
        return self._post(person, f"running-cases/{entry.pk}/ask/", {})

    def where_rows_are_said(self, shown: Answer, refused: Answer) -> Answer:
        """Return the problem that names every fault of every row."""
        return refused

    def expect(self, answer: Answer, line: Line) -> None:
        """Find the requirement among the unmet ones of the problem."""
        unmet = {row["code"]: row for row in json.loads(answer.text)["unmet"]}
        found = unmet[line.code]
        assert line.title in found["message"]
        assert (found["law"], found["cure"]) == (line.law, line.cure)


def _parts(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts and files as a multipart request carries them."""
    files = {name: value for name, value in facts.items() if hasattr(value, "read")}
    stated = {name: value for name, value in facts.items() if name not in files}
    return files | {"facts": json.dumps(stated)}


@dataclass(frozen=True)
class Line:
    """What the answer must say of one unmet requirement, in one language."""

    code: str
    title: str
    law: str
    article: str
    cure: str

    @classmethod
    def of(cls, code: str, language: str) -> Line:
        entry = requirements[code]
        with translation.override(language):
            title = entry.title_en if language == "en" else entry.title_zh
            return cls(code, title, entry.article, written(entry.article), str(entry.cure))


@pytest.fixture(params=[PagesOfTheSuit, ApiOfTheSuit], ids=["pages", "api"])
def door(request):
    """A door in English."""
    return request.param("en")


@pytest.fixture(params=LANGUAGES)
def way(request, door):
    """A door in each language."""
    door.language = request.param
    return door


def all_of(case: Case) -> dict[str, Any]:
    """Return all that a refused act must leave as it is; the refusal itself is on record and not counted."""
    case.refresh_from_db()
    acts = AuditEvent.objects.exclude(action="request.refused")
    return {
        "state": case.state,
        "version": case.version,
        "events": list(case.events.order_by("pk").values_list("pk", "kind")),
        "audit": acts.count(),
        "documents": Document.objects.count(),
        "proposals": list(case.proposals.order_by("pk").values_list("pk", "status")),
        "deadlines": list(
            Deadline.objects.filter(case=case).order_by("pk").values_list("pk", "state")
        ),
        "claims": list(Claim.objects.filter(case=case).order_by("pk").values_list("pk", "status")),
    }


def expect_refused(way: Any, case: Case, act: Act, code: str) -> Answer:
    """Do what must be refused for one requirement alone; nothing may change but the record of the refusal."""
    before = all_of(case)
    refusals = AuditEvent.objects.filter(action="request.refused").count()
    answer = act()
    assert answer.status == 409, answer.text
    way.expect(answer, Line.of(code, way.language))
    assert all_of(case) == before
    assert AuditEvent.objects.filter(action="request.refused").count() == refusals + 1
    return answer


# --- the decision to sue -------------------------------------------------------------------------


@pytest.fixture
def reviewed(cast) -> Case:
    """A case whose review proposes the suit; its announcement was found to end only on 10 April 2026."""
    with on(2026, 4, 10):
        case = case_in_review(cast, date(2026, 3, 2))
        force(case, "S03", date(2026, 4, 9), actor=cast.handler, outcome="sue", conclusion="起诉")
        filed(case, "D-43", cast.handler, cast.chief)
        published = case.events.get(kind="announcement_published")
        corrections.correct_event(
            actor=cast.handler,
            event=published,
            data={
                "legal_day": "2026-03-11",
                "medium": "某全国性媒体",
                "national_influence": "on",
            },
            reason="见报日期录入有误",
        )
        case.refresh_from_db()
    return case


HARM = {"harm_found_on": "2026-04-10", "harm_finding": "信息仍可检索。"}


@pytest.mark.norm("C047")
def test_a_suit_on_the_last_day_of_the_announcement_is_refused(cast, reviewed, way):
    with on(2026, 4, 10):
        act = way.submission(cast.handler, reviewed, "T21", HARM)
        answer = expect_refused(way, reviewed, act, "announcement_elapsed")
        assert "2026-04-10" in answer.text


@pytest.mark.norm("C047")
def test_a_suit_while_the_announcement_still_stands_is_refused(cast, way):
    """On the last day the announcement has not expired, so the state itself is in the way: it says why."""
    with on(2026, 4, 1):
        case = announced_case(cast, date(2026, 3, 2))
        harm = HARM | {"harm_found_on": "2026-04-01"}
        act = partial(way.draft, cast.handler, case, "T21", harm)
        answer = expect_refused(way, case, act, "announcement_elapsed")
        assert "2026-04-01" in answer.text


# --- the complaint -------------------------------------------------------------------------------


@pytest.fixture
def decided(cast) -> Case:
    """A case the office has decided to sue in, with its claim, its complaint and its evidence."""
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        suit.claim(cast, case)
        for code in ("D-45", "D-46"):
            filed(case, code, cast.handler, cast.chief)
        case.refresh_from_db()
    return case


@pytest.mark.norm("C015", "C050")
def test_a_grassroots_office_before_an_intermediate_court_is_refused(cast, decided, way):
    plan = {"court": suit.intermediate_court().pk, "court_ground": "侵权行为地。"}
    with on(2026, 5, 6):
        act = way.submission(cast.handler, decided, "T22", plan)
        answer = expect_refused(way, decided, act, "office_matches_court")
    assert "T20" in answer.text
    assert "T65" in answer.text


@pytest.mark.norm("C049")
def test_a_complaint_for_two_defendants_in_one_copy_is_refused(cast, decided, way):
    with on(2026, 5, 6):
        suit.second_defendant(cast, decided)
        plan = {"court": suit.internet_court().pk, "court_ground": "侵权行为地。"}
        proposal = propose(decided, "T22", plan, cast.handler)
        approve(proposal, cast.head, cast.chief)
        delivery = {
            "legal_day": "2026-05-06",
            "copies": 1,
            "pieces": suit.PIECES,
        }
        act = partial(way.carry_out, cast.handler, proposal, delivery | {"receipt": upload()})
        expect_refused(way, decided, act, "package_complete")


# --- the trial -----------------------------------------------------------------------------------


@pytest.fixture
def tried(cast) -> Case:
    """A case in trial with two claims, none of them realised."""
    with on(2026, 6, 22):
        return suit.in_trial(cast)


@pytest.mark.norm("C066")
def test_a_withdrawal_with_a_claim_not_realised_is_refused(cast, tried, way):
    with on(2026, 6, 22):
        first = Claim.objects.filter(case=tried).earliest("pk")
        force(tried, "S16", date(2026, 6, 16), actor=cast.handler, claim=first.pk)
        filed(tried, "D-55", cast.handler, cast.chief)
        act = way.submission(cast.handler, tried, "T33", {"why": "已全部实现。"})
        answer = expect_refused(way, tried, act, "all_claims_realised")
    assert suit.MONEY_CLAIM["text"] in answer.text, "the claim that is left is named"


@pytest.mark.norm("C065")
def test_a_settlement_below_the_claim_is_refused(cast, tried, way):
    with on(2026, 6, 22):
        filed(tried, "D-59", cast.handler, cast.chief)
        owed = Claim.objects.get(case=tried, amount__isnull=False)
        [defendant] = suit.defendants(tried)
        terms = {"terms": "赔偿五万元。", f"claim_{owed.pk}_{defendant.pk}": "50000"}
        terms = suit.met(tried) | terms
        act = way.submission(cast.handler, tried, "T30", terms)
        answer = expect_refused(way, tried, act, "settlement_not_below_the_claims")
    assert suit.MONEY_CLAIM["text"] in answer.text
    assert "100000.00" in answer.text
    assert "50000" in answer.text


# --- the appeal ----------------------------------------------------------------------------------


@pytest.fixture
def served(cast) -> Case:
    """A case judged on 22 June and served on 24 June 2026: an appeal is in time until 9 July."""
    with on(2026, 6, 24):
        case = suit.judged(cast)
        suit.served(cast, case, date(2026, 6, 24))
    return case


@pytest.mark.norm("C069")
def test_an_appeal_of_the_office_after_its_period_is_refused(cast, served, way):
    with on(2026, 7, 8):
        filed(served, "D-60", cast.handler, cast.chief)
        plan = {"appealed_part": "第二项", "why": "赔偿数额不足。"}
        proposal = propose(served, "T37", plan, cast.handler)
        approve(proposal, cast.head, cast.chief)
    filing = {"legal_day": "2026-07-10", "through_original_court": True, "copy_to_superior": True}
    with on(2026, 7, 10):
        act = partial(way.carry_out, cast.handler, proposal, filing | {"receipt": upload()})
        answer = expect_refused(way, served, act, "appeal_in_time")
    assert "2026-07-09" in answer.text
    assert "CPL 86" in answer.text or "第86条" in answer.text


@pytest.mark.norm("C069")
def test_an_appeal_of_a_defendant_after_his_period_is_refused(cast, served, way):
    facts = {
        "legal_day": "2026-07-10",
        "received_on": "2026-07-10",
        "party": judging.first_party(served),
        "content": "请求改判。",
    }
    with on(2026, 7, 10):
        act = partial(way.enter, cast.handler, served, "T37-2", facts | {"paper": upload()})
        answer = expect_refused(way, served, act, "appeal_in_time")
    assert "2026-07-09" in answer.text


# --- annulling -----------------------------------------------------------------------------------

LATER_FIRST = "Only the last change of state can be annulled. Annul the later ones first."


def test_an_older_event_is_not_annulled_before_the_later_ones(cast, served, way):
    """No article decides it: the refusal names the design, and the way out stands in the sentence."""
    older = served.events.get(transition="T24")
    with on(2026, 6, 24):
        before = all_of(served)
        answer = way.annul(cast.chief, older)
        assert answer.status == 409
        with translation.override(way.language):
            assert translation.gettext(LATER_FIRST) in answer.text
            assert any(law in answer.text for law in (f"（{written('design 3')}）", '"design 3"'))
        assert all_of(served) == before


def test_the_page_of_an_older_event_says_so_before_anything_is_typed(cast, client, served):
    client.force_login(cast.chief)
    client.cookies["django_language"] = "en"
    older = served.events.get(transition="T24")
    with on(2026, 6, 24):
        page = client.get(reverse("event_annul", args=[older.pk])).content.decode()
        assert LATER_FIRST in page
        assert "（design 3）" in page
        assert '<textarea name="reason"' not in page


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.norm("C047")
def test_a_table_of_mixed_rows_enters_nothing_and_says_why_of_each(cast, settings, tmp_path, way):
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    early = {f"T21.on_{role}": "2020-09-04" for role in ("department_head", "chief")}
    rows = (
        announced_row(cast),
        filed_row(cast, **{"T06.legal_bases": "PIPL 70"}),
        judged_row(cast, **{"D-41.number": "江云检民公告〔2020〕4号"} | early),
        filed_row(cast, **{"T06.paper": "没有上传.pdf"}),
    )
    body = {
        "table": workbook(*rows),
        "papers": [paper for paper in papers_of(*rows) if paper.name != "没有上传.pdf"],
        "reason": old.REASON,
    }
    with on(2026, 6, 24):
        shown = way.try_table(cast.handler, body)
        entry = RunningEntry.objects.get()
        assert [verdict["met"] for verdict in entry.verdicts] == [True, False, False, False]
        assert "没有上传.pdf" in shown.text
        before = all_of_the_office()
        answer = way.ask(cast.handler, entry)
        assert answer.status == 409
        assert all_of_the_office() == before
    for code in ("legal_basis_in_force", "announcement_elapsed"):
        way.expect(way.where_rows_are_said(shown, answer), Line.of(code, way.language))
    entry.refresh_from_db()
    assert entry.status == "tried"


def all_of_the_office() -> dict[str, int]:
    """Return how much there is; the refusal itself is on record and not counted."""
    tables = (Lead, Case, Event, Document, Deadline, Proposal)
    acts = AuditEvent.objects.exclude(action="request.refused")
    return {model.__name__: model.objects.count() for model in tables} | {"audit": acts.count()}
