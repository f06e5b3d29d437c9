"""Every read of this room, scoped to what the actor may see."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import once
from audit.errors import NotVisible
from audit.prepared import prepared
from audit.words import says
from cases.models import Case, Lead, TeamMember
from cases.selectors import people
from cases.selectors.keys import is_of, keys_of, of_keys
from cases.selectors.matters import (
    cases_visible_to,
    leads_visible_to,
    of_visible_matters,
    seen_keys,
)
from cases.selectors.rights import handled_or_entered
from cases.states import LEAD_OUTCOMES, CaseState
from notices.models import (
    Document,
    DocumentStatus,
    NumberCounter,
    NumberPattern,
    NumberRegister,
    SubmittedText,
)
from notices.models.document import DOCUMENT_WORDS
from notices.whole_text import CONTENT, WHOLE_TEXT

if TYPE_CHECKING:
    Matter = Lead | Case

# Who reads the register of numbers of his office.
REGISTER_READERS = (
    Role.PROSECUTOR,
    Role.ASSISTANT,
    Role.CLERK,
    Role.DEPARTMENT_HEAD,
    Role.DEPUTY_CHIEF,
    Role.CHIEF,
    Role.CASE_MANAGEMENT,
)
# Who sets the patterns and first numbers of his office (law 7.1: unified numbering).
NUMBER_KEEPERS = (Role.CHIEF, Role.CASE_MANAGEMENT)


def _rows() -> QuerySet[Document]:
    return Document.objects.select_related(
        "lead__office", "case__office", "case__lead", "office", "signer", "issued_by", "approval"
    )


def documents_visible_to(actor: User) -> QuerySet[Document]:
    """Return the documents of the leads and cases `actor` may see."""
    return of_visible_matters(actor, _rows())


def get_document(actor: User, pk: int) -> Document:
    """Return a visible document.

    Raises:
        NotVisible: there is none for this actor.
    """
    document = documents_visible_to(actor).filter(pk=pk).first()
    if document is None:
        raise NotVisible(_("There is no such document."))
    return document


def documents_of(matter: Matter) -> QuerySet[Document]:
    """Return the documents of a matter, a case's lead included, the newest first."""
    return _rows().filter(of_keys(*keys_of(matter)))


def standing(matter: Matter, code: str = "") -> QuerySet[Document]:
    """Return the documents that are neither void nor replaced, the newest first; of one type or all."""
    rows = _standing(documents_of(matter))
    return rows.filter(code=code) if code else rows


def is_made(matter: Matter, code: str, *, event_kind: str, transition: str) -> bool:
    """Say whether a document of a type stands that belongs to a step, or to none."""
    return _made.one(*keys_of(matter), code, event_kind, transition) is not None


@prepared(int, int, str, str, str)
def _made(
    case: int, lead: int, code: str, event_kind: str, transition: str
) -> QuerySet[Document, Any]:
    rows = _standing(Document.objects.filter(of_keys(case, lead), code=code))
    rows = rows.filter(Q(event__isnull=True) | Q(event__kind=event_kind))
    rows = rows.filter(Q(approval__isnull=True) | Q(approval__transition__in=("", transition)))
    return rows.order_by().values("pk")[:1]


def _standing(rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.exclude(status=DocumentStatus.VOID).exclude(_replaced())


def _replaced() -> Exists:
    return Exists(Document.objects.filter(corrects=OuterRef("pk"), status=DocumentStatus.ISSUED))


def standing_of_type(matter: Matter, code: str) -> list[Document]:
    """Return `standing` of one type; while only reading, all of the matter are read once."""
    told = [row for row in _told(matter) if row.code == code]
    return [row for row in told if row.status != DocumentStatus.VOID and not _is_replaced(row)]


def _is_replaced(row: Any) -> bool:
    return bool(row.is_replaced)


def shown_documents(actor: User, matter: Matter) -> list[Document]:
    """Return the documents of a matter the actor may see, the newest first; read once while only reading."""
    keys = seen_keys(actor, matter)
    return [row for row in _told(matter) if is_of(row, keys)]


def _told(matter: Matter) -> list[Document]:
    """Return `documents_of` the matter, each with `is_replaced`; asked once a request."""
    return once(("documents", type(matter), matter.pk), lambda: _of_matter(*keys_of(matter)))


@prepared(int, int)
def _of_matter(case: int, lead: int) -> QuerySet[Document]:
    return _rows().filter(of_keys(case, lead)).annotate(is_replaced=_replaced())


def filtered(rows: QuerySet[Document], chosen: dict[str, Any]) -> QuerySet[Document]:
    """Narrow a list of documents by code, status and words of title or number."""
    if chosen.get("code"):
        rows = rows.filter(code=chosen["code"])
    if chosen.get("status"):
        rows = rows.filter(status=chosen["status"])
    if text := chosen.get("text", "").strip():
        rows = rows.filter(says(Document.objects.all(), text, *DOCUMENT_WORDS))
    return rows


def may_work(actor: User, matter: Matter) -> bool:
    """Say whether `actor` makes the documents of a matter: the handling team, nobody else.

    A lead has no team: its handler, the clerks of its department, and before there is a handler whoever
    registered it.
    """
    if people.is_recused(matter, actor.pk):
        return False
    if people.is_member(matter, actor):
        return True
    return isinstance(matter, Lead) and _works_on_lead(actor, matter)


def _works_on_lead(actor: User, lead: Lead) -> bool:
    case = Case.objects.filter(lead=lead).first()
    if case is not None and people.is_member(case, actor):
        return True
    if lead.handler_id is None and lead.created_by_id == actor.pk:
        return True
    same_department = lead.department_id is not None and lead.department_id == actor.department_id
    return same_department and not lead.confidential and accounts.has_role(actor, Role.CLERK)


def leads_worked_on(actor: User) -> QuerySet[Lead]:
    """Return the open leads whose documents `actor` makes (`may_work`), the newest first.

    A lead that was filed goes on as its case.
    """
    clerk = accounts.has_role(actor, Role.CLERK)
    rows = leads_visible_to(actor).filter(_work_on_leads(actor, clerk=clerk))
    return rows.exclude(state__in=LEAD_OUTCOMES).order_by("-id")


def _work_on_leads(actor: User, *, clerk: bool) -> Q:
    mine = handled_or_entered(actor.pk)
    if clerk and actor.department_id:
        mine |= Q(department=actor.department_id, confidential=False)
    return mine


def cases_worked_on(actor: User) -> QuerySet[Case]:
    """Return the cases whose documents `actor` makes (`may_work`), the newest first."""
    rows = cases_visible_to(actor).filter(_work_on_cases(actor))
    return rows.exclude(state=CaseState.ARCHIVED).order_by("-id")


def _work_on_cases(actor: User) -> Q:
    return Q(pk__in=TeamMember.objects.filter(user=actor, until__isnull=True).values("case"))


def may_void(actor: User, document: Document) -> bool:
    """Say whether `actor` declares `document` void: its handler, or the chief of the office."""
    if people.is_recused(document.matter, actor.pk):
        return False
    if people.is_handler(document.matter, actor):
        return True
    chief = accounts.has_role(actor, Role.CHIEF) or accounts.acting_for(actor, Role.CHIEF)
    return bool(chief) and actor.office_id == document.office_id


def text_under(actor: User, pk: int, digest: str) -> dict[str, str] | None:
    """Return what a document said under `digest`, by the labels of its contents.

    None when the actor may not see the document, or the text was not kept: an upload has none.
    """
    document = documents_visible_to(actor).filter(pk=pk).first()
    if document is None or document.uploaded:
        return None
    values = document.values
    if document.digest != digest:
        kept = SubmittedText.objects.filter(document=document, digest=digest).first()
        if kept is None:
            return None
        values = kept.contents
    # Day and number are set at issue: no approval covers them.
    said = {
        item.label: values.get(item.name, "")
        for item in document.type.contents
        if not item.set_at_issue
    }
    whole = {CONTENT.label: values[WHOLE_TEXT]} if values.get(WHOLE_TEXT) else {}
    return said | whole


def possible_signers(document: Document) -> list[User]:
    """Return who may sign the document today: the chief, who acts for the chief, who is authorised."""
    colleagues = User.objects.filter(office=document.office_id, is_active=True)
    rights = Q(role_grants__role=Role.CHIEF) | Q(delegations_held__role=Role.CHIEF)
    rights |= Q(signing_authorisations__document_codes__contains=[document.code])
    found = colleagues.filter(rights).distinct().order_by("name")
    return [person for person in found if accounts.may_sign(person, document.code)]


def may_read_register(actor: User) -> bool:
    """Say whether `actor` reads the register of numbers of his office."""
    return accounts.has_role(actor, *REGISTER_READERS)


def may_keep_numbers(actor: User) -> bool:
    """Say whether `actor` sets patterns and first numbers in his office."""
    return accounts.has_role(actor, *NUMBER_KEEPERS)


def next_count(counter: NumberCounter) -> int:
    """Return the number a series gives next: what was registered or entered as void is passed over."""
    return next_counts([counter])[counter.pk]


def next_counts(counters: Iterable[NumberCounter]) -> dict[int, int]:
    """Return the number each of these series gives next, by the id of the series, in one query."""
    series = list(counters)
    ahead = Q(pk__in=[])
    for row in series:
        same = Q(office=row.office_id, word=row.word, year=row.year)
        ahead |= same & Q(sequence__gt=row.last)
    rows = NumberRegister.objects.filter(ahead)
    taken = set(rows.values_list("office", "word", "year", "sequence"))
    return {row.pk: _first_free(row, taken) for row in series}


def _first_free(row: NumberCounter, taken: Set[tuple[int, str, int, int]]) -> int:
    counts = itertools.count(row.last + 1)
    return next(n for n in counts if (row.office_id, row.word, row.year, n) not in taken)


def patterns_kept_by(actor: User) -> QuerySet[NumberPattern]:
    """Return the patterns of the actor's office.

    Raises:
        NotVisible: the actor keeps no numbers.
    """
    require_keeper(actor)
    return NumberPattern.objects.filter(office=actor.office_id)


def series_kept_by(actor: User) -> QuerySet[NumberCounter]:
    """Return the series of the actor's office.

    Raises:
        NotVisible: the actor keeps no numbers.
    """
    require_keeper(actor)
    return NumberCounter.objects.filter(office=actor.office_id)


def require_keeper(actor: User) -> None:
    """Show the settings of numbers to nobody but who keeps them.

    Raises:
        NotVisible: the actor keeps no numbers.
    """
    if not may_keep_numbers(actor):
        raise NotVisible(_("There is no such page."))


def numbers_visible_to(actor: User) -> QuerySet[NumberRegister]:
    """Return the numbers the actor's office gave, void ones included.

    Raises:
        NotVisible: the actor has no part in casework.
    """
    if not may_read_register(actor):
        raise NotVisible(_("There is no such page."))
    return NumberRegister.objects.filter(office=actor.office_id).select_related(
        "given_by", "voided_by", "document"
    )


def visible_among(actor: User, rows: list[NumberRegister]) -> set[int]:
    """Return the ids of the documents behind `rows` that the actor may see."""
    ids = [row.document_id for row in rows if row.document_id]
    return set(documents_visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
