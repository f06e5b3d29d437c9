"""A walk through the house: something on every page, and for each page somebody who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import product
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import services as accounts
from accounts.models import (
    Absence,
    Delegation,
    Department,
    Office,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from administrative.models import Body, GovernanceRecommendation, Measure
from audit.models import AuditEvent
from cases.models import (
    Attachment,
    Case,
    Event,
    Lead,
    Party,
    Proposal,
    Recusal,
    RunningEntry,
    SavedFilter,
    Tag,
    Task,
)
from cases.running import services as running
from cases.services import acts, recusals, tags, work
from cases.services.parties import add_party
from cases.services.proposals import draft_proposal
from cases.services.tasks import add_task
from deadlines.models import Deadline, OfficePeriod
from deadlines.services import manual
from enforcement.models import Obligation
from evidence import services as evidence
from evidence.models import Exhibit, FactLink
from exchange.models import Paper
from exchange.services import register_paper
from litigation.models import CaseTransfer, Court, EligibleSubject
from notices import services as notices
from notices.batch import services as batches
from notices.batch.planning import plan_of
from notices.models import Document, DocumentBatch, Service
from tests.administrative import track
from tests.administrative.governance import scenes as governance
from tests.deadlines.own_periods import enter_period
from tests.notices.matters import assigned_lead, filed_case, final, issue
from tests.notices.serving import confirm, send
from tests.support.browser import give_password
from tests.support.matters import (
    approve,
    ask_to_stand_aside,
    force,
    meeting_held,
    propose,
    send_case_to,
)
from tests.support.people import Cast
from tests.support.tables import filed_row, papers_of, workbook

# The rows an address may name, by how it begins, with what each gives to the address.
ROWS: dict[str, tuple[type[Model], dict[str, str]]] = {
    "audit/": (AuditEvent, {"pk": "pk"}),
    "offices/<int:pk>/departments/<int:department>": (
        Department,
        {"pk": "office_id", "department": "pk"},
    ),
    "offices/": (Office, {"pk": "pk"}),
    "me/sessions/": (UserSession, {"pk": "pk"}),
    "people/<int:pk>/sessions/<int:session>": (UserSession, {"pk": "user_id", "session": "pk"}),
    "people/<int:pk>/roles/<int:grant>": (RoleGrant, {"pk": "user_id", "grant": "pk"}),
    "people/": (User, {"pk": "pk"}),
    "assignment/load/": (User, {"pk": "pk"}),
    "delegations/": (Delegation, {"pk": "pk"}),
    "absences/": (Absence, {"pk": "pk"}),
    "signing/": (SigningAuthorisation, {"pk": "pk"}),
    "tags/": (Tag, {"pk": "pk"}),
    "leads/filters/": (SavedFilter, {"pk": "pk"}),
    "cases/filters/": (SavedFilter, {"pk": "pk"}),
    "deadlines/filters/": (SavedFilter, {"pk": "pk"}),
    "leads/": (Lead, {"key": "key"}),
    "proposals/": (Proposal, {"pk": "pk"}),
    "recusals/": (Recusal, {"pk": "pk"}),
    "tasks/": (Task, {"pk": "pk"}),
    "attachments/": (Attachment, {"pk": "pk"}),
    "events/": (Event, {"pk": "pk"}),
    "transfers/": (CaseTransfer, {"pk": "pk"}),
    "bodies/": (Body, {"pk": "pk"}),
    "courts/": (Court, {"pk": "pk"}),
    "eligible-subjects/": (EligibleSubject, {"pk": "pk"}),
    "papers/": (Paper, {"pk": "pk"}),
    "running-cases/": (RunningEntry, {"pk": "pk"}),
    "deadlines/<int:pk>": (Deadline, {"pk": "pk"}),
    "deadlines/own-periods/": (OfficePeriod, {"pk": "pk"}),
    "deadlines/calendar/<int:year>": (Case, {"year": "year"}),
    "documents/<int:pk>": (Document, {"pk": "pk"}),
    "documents/batches/<int:pk>": (DocumentBatch, {"pk": "pk"}),
    "cases/<str:key>/parties/<int:pk>": (Party, {"key": "case__key", "pk": "pk"}),
    "cases/<str:key>/facts/<int:pk>": (FactLink, {"key": "case__key", "pk": "pk"}),
    "cases/<str:key>/obligations/<int:number>": (
        Obligation,
        {"key": "case__key", "number": "number"},
    ),
    "cases/<str:key>/recommendation/measures/<int:pk>": (
        Measure,
        {"key": "recommendation__case__key", "pk": "pk"},
    ),
    "cases/<str:key>/governance/<int:number>": (
        GovernanceRecommendation,
        {"key": "case__key", "number": "number"},
    ),
    "cases/<str:key>/exhibits/<int:number>": (Exhibit, {"key": "case__key", "number": "number"}),
    "statistics/": (Office, {}),
    "services/of/": (Case, {"key": "key"}),
    "services/<int:pk>": (Service, {"pk": "pk"}),
    "": (Case, {"key": "key"}),
}
# Arguments that name no row.
CHOICES = {
    "code": ["T02", "T03", "T04", "T06", "T07", "T08", "T10", "T11", "T12", "T60", "M01"],
    "kind": ["period_begun"],
    "content": ["facts", "act"],
    "position": [0],
    "figure": ["items.leads_registered", "pressure.overdue"],
}
# Who opens a page first, by the beginning of its name; the handler when nothing is said.
WHO = {
    "account_login": "",
    "audit_": "auditor",
    "calendar_publish": "system_administrator",
    "confirmation_list": "head",
    "office_": "system_administrator",
    "office_period_": "chief",
    "department_": "system_administrator",
    "user_": "system_administrator",
    "absence_": "head",
    "delegation_": "system_administrator",
    "role_grant_": "security_administrator",
    "signing_": "chief",
    "number_settings": "chief",
    "route_": "chief",
    "recusal_": "chief",
    "minutes_permit": "chief",
    "event_annul": "chief",
    "lead_create": "intake",
    "assignment": "head",
    "tag_": "head",
    "lead_assign_marked": "head",
    "case_assign_marked": "head",
    "hand_over": "head",
    "load_": "head",
    "matter_handlers": "head",
    "person_tasks": "head",
    "case_team": "head",
    "proposal_decide": "head",
    "proposal_paper": "clerk",
    "transfer_": "intake",
    "court_": "system_administrator",
    "subject_": "system_administrator",
    "paper_": "handler",
    "running_decide": "head",
    "statistics": "chief",
}
DAY = date(2026, 6, 24)
LANGUAGES = (("zh-Hans", "zh-hans"), ("en", "en"))
# Acts and files.
NO_PAGES = {
    *("set_theme", "set_language", "healthz", "readyz", "metrics"),
    *("audit_verify", "own_sessions_end", "notification_read", "notification_read_all"),
    *("deadline_close", "deadline_confirm", "deadline_export", "deadline_register_paper"),
    *("exhibit_check", "exhibit_withdraw"),
    *("card_check", "card_workbook", "card_json"),
    *("document_finalise", "document_reopen", "document_presence"),
    *("recommendation_export", "administrative_figures_export"),
    *("statistics_export", "statistics_block_export"),
    *(
        "lead_export",
        "case_export",
        "case_pdf",
        "attachment_download",
        "exhibit_download",
        "paper_file",
    ),
    *("proposal_print", "document_pdf", "document_docx", "document_page", "archive_manifest"),
    "document_working_copy",
    *("batch_again", "batch_settle", "batch_merged", "batch_zip"),
    *("service_receipt", "party_address_file", "service_envelope", "service_express_form"),
    *("service_certificate", "document_certificate", "document_envelopes", "document_labels"),
    *("body_import_enter", "body_template"),
    *("running_template", "calendar_feed", "feed_revoke", "deadline_file", "deadline_matter_file"),
}
EXHIBIT = {
    "name": "数据库镜像",
    "kind": "electronic",
    "source": "某科技有限公司机房",
    "obtained_on": DAY,
    "original": True,
}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

GROUPS = ("violator", "act", "harm", "causation", "fault", "exemption", "other")


def furnish(cast: Cast) -> None:
    """Put a row of every kind a page tells of into the house (24 June 2026)."""
    enter_period(cast.chief, valid_from=DAY)
    lead = assigned_lead(cast)
    draft_proposal(
        actor=cast.handler,
        matter=lead,
        code="T07",
        data={"reason": "不属于公益诉讼案件范围。"},
        reasons="理由充分。",
    )
    final(proposed := assigned_lead(cast, major=True), "D-05", cast.handler)
    propose(proposed, "T07", {"reason": "不属于公益诉讼案件范围。"}, cast.handler)
    case = filed_case(cast)
    for matter in (lead, case):
        _talk(cast, matter)
    _meet(cast, case)
    _label(cast, lead, case)
    _enter_parties(cast, case)
    manual.set_manual(actor=cast.handler, matter=case, title="核对镜像", day=date(2026, 7, 1))
    _investigate(cast, case)
    _announce(cast, case)
    send_case_to(cast)
    _recommend(cast)
    _perform(cast)
    _recommend_governance(cast, case)
    _bring_papers(cast, case, lead)
    _try_tables(cast)
    _make_batch(cast, case)
    _grant_rights(cast)


def _talk(cast: Cast, matter: Case | Lead) -> None:
    """Leave a task, what people say of the matter, and an application for a recusal."""
    add_task(actor=cast.handler, matter=matter, title="核对", owner=cast.handler, due_on=DAY)
    work.add_comment(actor=cast.handler, matter=matter, text="意见")
    work.add_note(actor=cast.handler, matter=matter, text="笔记")
    contact = {"day": DAY, "person": "李四", "medium": "telephone", "content": "通话内容"}
    work.record_contact(actor=cast.handler, matter=matter, facts=contact)
    ask_to_stand_aside(cast, matter, cast.recused)


def _meet(cast: Cast, case: Case) -> None:
    """Let the committee refuse an application against the chief, who so goes on deciding."""
    recusal = ask_to_stand_aside(cast, case, cast.chief)
    recusals.decide_recusal(
        actor=cast.deputy, recusal=recusal, granted=False, reason="不属实",
        meeting=meeting_held(cast),
    )  # fmt: skip


def _label(cast: Cast, *matters: Lead | Case) -> None:
    """Put labels of both uses on leads or cases."""
    for name, use in (("人脸识别", "field"), ("重点督办", "work")):
        tag = tags.create_tag(actor=cast.head, facts={"name": name, "use": use})
        for matter in matters:
            tags.tag_matter(actor=cast.handler, matter=matter, put_on=[tag])


def _enter_parties(cast: Cast, case: Case) -> None:
    party = {"role": "violator", "kind": "person", "name": "张三"}
    add_party(actor=cast.handler, case=case, facts=party)
    other = filed_case(cast)
    work.link_cases(actor=cast.handler, source=case, target=other, kind="related")
    notices.draft_document(actor=cast.handler, matter=other, code="D-09")
    confirm(cast, case.parties.get(name="张三"))
    send(cast, issue(cast, other.documents.get(code="D-06")))


def _investigate(cast: Cast, case: Case) -> None:
    final(case, "D-09", cast.handler)
    day = {"legal_day": "2026-06-24"}
    acts.record_directly(actor=cast.handler, matter=case, code="T08", data=day)
    case.refresh_from_db()
    upload = SimpleUploadedFile("镜像.pdf", PDF)
    exhibit = evidence.add_exhibit(actor=cast.handler, case=case, upload=upload, facts=EXHIBIT)
    for group in GROUPS:
        evidence.state_fact(
            actor=cast.handler, case=case, group=group, text="已查明。", exhibits=[exhibit]
        )
    closing = day | {"proposal": "announce", "conclusion": "事实清楚。"}
    acts.record_directly(actor=cast.handler, matter=case, code="T10", data=closing)
    case.refresh_from_db()


def _announce(cast: Cast, case: Case) -> None:
    """Let the announcement be approved, so that it is to be carried out."""
    for code in ("D-40", "D-41"):
        final(case, code, cast.handler)
    facts = {"medium_planned": "正义网"}
    approve(propose(case, "T12", facts, cast.handler), cast.head, cast.chief)


def _recommend(cast: Cast) -> None:
    """Prepare a recommendation, and let another be decided, answered and assessed."""
    track.prepared(track.case_against(cast), actor=cast.handler)
    track.read_case(cast)


def _perform(cast: Cast) -> None:
    """Let a mediated case be performed in part, be closed and get the index of its archive."""
    case = filed_case(cast)
    for code in ("T08", "T10", "T12", "T16", "T21", "T22", "T24", "T25", "T29", "T30"):
        force(case, code, DAY, actor=cast.handler)
    force(case, "T31", DAY, actor=cast.handler, document_number="（2026）民初1号")
    item = {
        "judgment": case.judgments.get().pk,
        "kind": "K4",
        "text": "删除数据。",
        "obligee": "公众",
    }
    force(case, "S20", DAY, actor=cast.handler, **item)
    force(case, "T41", DAY, actor=cast.handler)
    force(case, "T43", DAY, actor=cast.handler, obligations=[])
    force(case, "T46", DAY, actor=cast.handler)
    force(case, "T61", DAY, actor=cast.head)
    acts.record_directly(actor=cast.case_manager, matter=case, code="S43", data={})


def _recommend_governance(cast: Cast, case: Case) -> None:
    """Leave a recommendation on governance that is being written."""
    row = governance.begun(cast, case, governance.body(cast))
    governance.write(cast, row)


def _bring_papers(cast: Cast, case: Case, lead: Lead) -> None:
    """Register a paper of a case, one of a lead, and one nobody has linked yet."""
    facts = {
        "direction": "in", "medium": "post", "correspondent": "杭州互联网法院", "subject": "通知书",
        "their_number": "（2026）浙0192民初1号", "day": DAY, "time": time(9, 0),
    }  # fmt: skip
    for matter in (case, lead, None):
        upload = SimpleUploadedFile("通知书.pdf", PDF)
        register_paper(actor=cast.handler, facts=facts, uploads=[upload], matter=matter)


def _try_tables(cast: Cast) -> None:
    """Leave a table of running cases that was tried, and one that waits for the head."""
    for _time in range(2):
        row = filed_row(cast)
        entry = running.try_table(
            actor=cast.handler,
            table=workbook(row),
            papers=papers_of(row),
            reason="系统启用前办理。",
        )
    running.ask_head(actor=cast.handler, entry=entry)


def _make_batch(cast: Cast, case: Case) -> None:
    """Make a document of one addressee in a batch, and refuse that of another."""
    plan = plan_of(code="D-30", cases=[case], addressees=["人民法院", "\U00013000"])
    batches.start_batch(actor=cast.handler, plan=plan)
    batches.sweep()


def _grant_rights(cast: Cast) -> None:
    give_password(cast.handler)
    UserSession.objects.create(
        user=cast.handler, session_key="a" * 32, ip="127.0.0.1", user_agent="Firefox"
    )
    days = {"valid_from": date(2026, 6, 24), "valid_to": date(2026, 12, 31)}
    accounts.delegate(
        actor=cast.head, delegator=cast.head, to=cast.colleague, role=Role.DEPARTMENT_HEAD,
        reason="出差", **days,
    )  # fmt: skip
    accounts.enter_absence(
        actor=cast.handler, person=cast.handler, deputy=cast.colleague,
        first_day=date(2026, 7, 1), last_day=date(2026, 7, 3),
    )  # fmt: skip
    accounts.authorise_signing(
        actor=cast.chief, user=cast.handler, document_codes=["D-20"], scope="调查文书", **days
    )


@dataclass(frozen=True)
class Stop:
    """One page: its name, an address of it, and who opens it (None: nobody is logged in)."""

    name: str
    address: str
    person: User | None


def routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the browser: as declared, with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if path.startswith("api/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield path, pattern


def addresses(path: str, pattern: URLPattern) -> Iterator[str]:
    """Addresses the pattern may stand for, with the rows there are."""
    names = set(pattern.pattern.converters)
    if not names:
        yield reverse(pattern.name)
        return
    model, sources = ROWS[max((start for start in ROWS if path.startswith(start)), key=len)]
    for row in model.objects.order_by("-pk").values(*sources.values()):
        given = {name: row[source] for name, source in sources.items() if name in names}
        free = [name for name in CHOICES if name in names]
        for chosen in product(*(CHOICES[name] for name in free)):
            values = given | dict(zip(free, chosen, strict=True))
            if set(values) == names:
                yield reverse(pattern.name, kwargs=values)


def openers(cast: Cast, name: str) -> list[User | None]:
    """Who tries to open the page `name`, in this order."""
    first = [
        getattr(cast, who) if who else None for start, who in WHO.items() if name.startswith(start)
    ]
    return first or [cast.handler, cast.head, cast.chief]


def find(client: Client, cast: Cast, path: str, pattern: URLPattern) -> Stop | None:
    """Return the first address of a page that somebody may open."""
    for person in openers(cast, pattern.name):
        enter(client, person)
        for address in addresses(path, pattern):
            if client.get(address).status_code == 200:
                return Stop(pattern.name, address, person)
    return None


def enter(client: Client, person: User | None) -> None:
    """Let `person` use the browser, None nobody."""
    if person is None:
        client.logout()
    else:
        client.force_login(person)


def stops(client: Client, cast: Cast) -> Iterator[Stop]:
    """Find every page and somebody who may open it; `client` stays with that person."""
    unreached = set()
    for path, pattern in routes():
        if pattern.name in NO_PAGES or not _is_read(pattern):
            continue
        stop = find(client, cast, path, pattern)
        if stop is None:
            unreached.add(pattern.name)
        else:
            yield stop
    assert not unreached, (
        f"The tour opens none of {sorted(unreached)}: furnish it, or say it is no page."
    )


def visit(client: Client, pages: list[Stop]) -> Iterator[tuple[Stop, str, str]]:
    """Open every page in both languages: the stop, the language, the page."""
    for stop in pages:
        enter(client, stop.person)
        for language, cookie in LANGUAGES:
            client.cookies["django_language"] = cookie
            yield stop, language, client.get(stop.address).content.decode()
        client.cookies["django_language"] = "zh-hans"


def _is_read(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", None)
    return view is None or hasattr(view, "get")
