"""Reading services and address-confirmation forms, within what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import NotVisible
from cases.models import Case, Event, Lead, Party, TeamMember
from cases.selectors import people
from cases.selectors.matters import cases_visible_to, get_case
from deadlines.models import Deadline, DeadlineState
from notices import selectors
from notices.models import (
    AddressConfirmation,
    Attempt,
    AttemptResult,
    Document,
    Outcome,
    Result,
    Service,
)

if TYPE_CHECKING:
    Matter = Lead | Case

# What a list of services is narrowed to.
UNDER_WAY, SERVED, FAILED = "under_way", "served", "failed"
IS_SERVED = Q(outcome__result=Result.SERVED)
_STATES = {
    UNDER_WAY: Q(outcome__isnull=True),
    SERVED: IS_SERVED,
    FAILED: Q(outcome__isnull=False) & ~Q(outcome__result=Result.SERVED),
}


def _rows() -> QuerySet[Service]:
    attempts = Attempt.objects.select_related("recorded_by")
    # The clocks that began with the day of service.
    clocks = Deadline.objects.exclude(state=DeadlineState.CANCELLED).order_by("effective_day", "id")
    return Service.objects.select_related(
        "document__lead__office",
        "document__case__office",
        "document__case__lead",
        "document__office",
        "party",
        "started_by",
        "confirmation",
        "consent",
        "outcome__event",
        "outcome__proof",
        "outcome__recording",
        "outcome__recorded_by",
    ).prefetch_related(
        Prefetch("attempts", attempts),
        Prefetch("outcome__event__deadlines_started", clocks),
        "outcome__event__corrections",
    )


def services_visible_to(actor: User) -> QuerySet[Service]:
    """Return the services of the documents `actor` may see."""
    return _rows().filter(
        document__in=selectors.documents_visible_to(actor).order_by().values("pk")
    )


def get_service(actor: User, pk: int) -> Service:
    """Return a visible service.

    Raises:
        NotVisible: there is none for this actor.
    """
    service = services_visible_to(actor).filter(pk=pk).first()
    if service is None:
        raise NotVisible(_("There is no such service."))
    return service


def services_of(matter: Matter) -> QuerySet[Service]:
    """Return the services of a matter, a case's lead included, the newest first."""
    return _rows().filter(document__in=selectors.documents_of(matter).order_by().values("pk"))


def services_of_documents(documents: Iterable[Document]) -> QuerySet[Service]:
    """Return the services of documents that are known already, with their outcomes, the newest first.

    What a list of one line each needs: the database plans the many joins of `_rows` longer than it reads.
    """
    keys = [document.pk for document in documents]
    rows = Service.objects.select_related("document", "outcome__event").filter(document__in=keys)
    return rows.prefetch_related("outcome__event__corrections")


def services_of_document(document: Document) -> QuerySet[Service]:
    """Return the services of one document, the newest first."""
    return _rows().filter(document=document)


def filtered(rows: QuerySet[Service], chosen: dict[str, Any]) -> QuerySet[Service]:
    """Narrow a list of services by state, method, words of document or addressee, and day of service."""
    if state := chosen.get("state"):
        rows = rows.filter(_STATES[state])
    if method := chosen.get("method"):
        rows = rows.filter(method=method)
    if text := chosen.get("text", "").strip():
        document = Q(document__title__icontains=text) | Q(document__number__icontains=text)
        rows = rows.filter(document | Q(name__icontains=text))
    return _served_between(rows, chosen.get("served_from"), chosen.get("served_until"))


def _served_between(
    rows: QuerySet[Service], first: date | None, last: date | None
) -> QuerySet[Service]:
    """Keep what was validly served from `first` to `last`, by the days as they stand after corrections."""
    if first is None and last is None:
        return rows
    corrections = Event.objects.filter(corrects=OuterRef("outcome__event")).order_by("-id")
    standing = Coalesce(Subquery(corrections.values("legal_day")[:1]), "outcome__event__legal_day")
    rows = rows.filter(IS_SERVED).annotate(served_day=standing)
    if first is not None:
        rows = rows.filter(served_day__gte=first)
    return rows.filter(served_day__lte=last) if last is not None else rows


def to_the_same(document: Document, *, party: Party | None, name: str) -> QuerySet[Service]:
    """Return the services of a document on one addressee, the newest first."""
    same = Q(party=party) if party else Q(party=None, name=name)
    return services_of_document(document).filter(same)


def was_refused(service: Service) -> bool:
    """Say whether its addressee refused the document: at a try of this service or at an earlier one."""
    if service.attempts.filter(result=AttemptResult.REFUSED).exists():
        return True
    same = to_the_same(service.document, party=service.party, name=service.name)
    return same.filter(outcome__result=Result.REFUSED).exists()


def served_on(document: Document) -> Outcome | None:
    """Return the first valid service of a document; None while nobody is served with it."""
    served = Outcome.objects.filter(service__document=document, result=Result.SERVED)
    return served.select_related("service", "event").order_by("id").first()


def is_under_way(document: Document) -> bool:
    """Say whether a service of the document has no outcome yet."""
    return Service.objects.filter(document=document, outcome=None).exists()


# --- address-confirmation forms -------------------------------------------------------------------


def sees_addresses(actor: User, matter: Matter) -> bool:
    """Say whether `actor` belongs to the handling team, for which alone addresses are (EMS 4; C153)."""
    return isinstance(matter, Case) and people.is_member(matter, actor)


def get_party(actor: User, key: str, pk: int) -> Party:
    """Return a party of a case whose addresses `actor` may see.

    Raises:
        NotVisible: there is none for this actor.
    """
    case = get_case(actor, key)
    party = case.parties.filter(pk=pk, removed_at__isnull=True).first()
    if party is None or not sees_addresses(actor, case):
        raise NotVisible(_("There is no such party."))
    party.case = case
    return party


def confirmations_of(party: Party) -> QuerySet[AddressConfirmation]:
    """Return the address-confirmation forms of a party, the one that stands first."""
    return party.address_confirmations.select_related("recorded_by").order_by("-id")


def confirmations_visible_to(actor: User) -> QuerySet[AddressConfirmation]:
    """Return the forms of the cases whose handling team `actor` belongs to, each with its `latest`."""
    teams = TeamMember.objects.filter(user=actor, until=None)
    later = AddressConfirmation.objects.filter(party=OuterRef("party")).order_by("-id")
    return (
        AddressConfirmation.objects.filter(
            party__case__in=cases_visible_to(actor),
            party__case_id__in=teams.values("case"),
            party__removed_at__isnull=True,
        )
        .select_related("party__case")
        .annotate(latest=Subquery(later.values("pk")[:1]))
    )


def standing_confirmation(party: Party) -> AddressConfirmation | None:
    """Return the form that stands: the latest; None when the party gave none."""
    return confirmations_of(party).first()


def parties_with_forms(case: Case) -> list[tuple[Party, AddressConfirmation | None]]:
    """Return the parties of a case, each with its standing form, in two queries."""
    forms = {
        row.party_id: row
        for row in AddressConfirmation.objects.filter(party__case=case).order_by("id")
    }
    parties = case.parties.filter(removed_at__isnull=True)
    return [(party, forms.get(party.pk)) for party in parties]


def get_confirmation(party: Party, pk: int) -> AddressConfirmation:
    """Return one form of a party whose addresses the actor may see.

    Raises:
        NotVisible: there is none.
    """
    found = confirmations_of(party).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such form."))
    return found
