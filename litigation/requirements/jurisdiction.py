"""Examination of the jurisdiction, disputes about it and what follows from them (Rules 14-18)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Office
from audit.errors import Verdict
from cases.guards import day_of, either, guard, named
from cases.models import Case
from cases.models.matter import Track
from litigation.jurisdiction import NETWORK_PLACES, PLACES, Dispute, dispute_of, is_office_at
from litigation.models import Court
from litigation.requirements.court import COMPETENCE, hears_such_suits


@guard("已列明连接点", "A place is named", "Rules 14; CPLI 24-25", reads="facts")
def place_is_named(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one place, or the criminal case at this office."""
    named = any(facts.get(name) for name in (*PLACES, *NETWORK_PLACES, "criminal_here"))
    return either(
        named,
        _("Jurisdiction follows from what is named."),
        _("Name the place of the act, of the harm or the domicile of the violator."),
    )


@guard(
    "协商未达成一致",
    "The negotiation has failed",
    "Rules 17",
    reads="Event jurisdiction_negotiated",
)
def negotiation_failed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The offices negotiate first; the superior designates when they do not agree (norm C016)."""
    link = reverse("transition_record", args=[matter.key, "S51"])
    return either(
        dispute_of(matter).failed,
        _("The offices negotiated and did not agree."),
        _("The offices negotiate first: enter the negotiation that failed (S51)."),
        link,
    )


@guard(
    "由共同上级院指定",
    "Designated by the common superior",
    "Rules 17",
    reads="facts, Office.parent, Event jurisdiction_negotiated",
)
def designated_by_the_common_superior(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The superior stands above both offices and above the one it designates."""
    superior = named(Office.objects.all(), facts.get("superior"))
    designated = named(Office.objects.all(), facts.get("designated"))
    if superior is None or designated is None:
        return Verdict(False, _("Name the superior that designates, and whom."))
    other = dispute_of(matter).other
    offices = [office for office in (matter.office, other, designated) if office is not None]
    outside = [str(each) for each in offices if not accounts.is_superior(superior, of=each)]
    return either(
        not outside,
        _("%(superior)s stands above both offices.") % {"superior": superior},
        _("%(superior)s does not stand above %(offices)s.")
        % {"superior": superior, "offices": "、".join(outside)},
    )


def _while_open(dispute: Dispute) -> Verdict:
    """An open dispute is a warning: Rules 17 say how it ends, not that the case waits meanwhile."""
    if not dispute.open:
        return Verdict(True, _("No dispute about jurisdiction is open."))
    sentence = _("The dispute with %(office)s is open: neither agreed nor designated.")
    return Verdict(True, sentence % {"office": dispute.other}, warning=True)


@guard(
    "管辖争议的处理（起诉）",
    "The suit follows the end of a dispute",
    "Rules 17",
    reads="Event jurisdiction_negotiated, Event jurisdiction_designated",
)
def suit_follows_designation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Where another office was agreed on or designated, this one does not sue (norm C016)."""
    dispute = dispute_of(matter)
    if dispute.handled_by is None or dispute.handled_by.pk == matter.office_id:
        return _while_open(dispute)
    return Verdict(
        False,
        _(
            "After the dispute %(office)s handles the case. Revoke the decision to sue (T65) and transfer "
            "the case there (T20)."
        )
        % {"office": dispute.handled_by},
    )


@guard(
    "管辖争议的处理（移送）",
    "The transfer follows the end of a dispute",
    "Rules 17",
    reads="facts, Event jurisdiction_negotiated, Event jurisdiction_designated",
)
def transfer_follows_designation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Where another office was agreed on or designated, the case goes there and nowhere else (norm C016)."""
    dispute = dispute_of(matter)
    if dispute.handled_by is None or dispute.handled_by.pk == matter.office_id:
        return _while_open(dispute)
    named = {"office": dispute.handled_by}
    return either(
        facts.get("target_office") == dispute.handled_by.pk,
        _("The case goes to %(office)s, as the dispute ended.") % named,
        _("After the dispute %(office)s handles the case: transfer it there.") % named,
    )


@guard(
    "移送后的法院有管辖权",
    "The court of the receiving office is competent",
    "Rules 16, 94(3); JI 5; CPLI 283",
    reads=f"facts, {COMPETENCE}",
)
def court_of_the_target_competent(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A case goes only to where a court of the table hears such suits on the day it is sent."""
    court = named(Court.objects.all(), facts.get("competent_court"))
    if court is None:
        return Verdict(False, _("Name the competent court."))
    return hears_such_suits(court, matter, day_of(facts))


@guard(
    "本院与管辖法院不对应",
    "This office does not match the court",
    "Rules 14, 16, 94(3)",
    reads="facts, Court.level, Court.area, Office.level, Office.name, Case.track, "
    "Event jurisdiction_negotiated, Event jurisdiction_designated",
)
def own_office_does_not_match(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An office that is itself the one at the competent court sues there and sends nothing away."""
    handled_by = dispute_of(matter).handled_by
    if handled_by is not None and handled_by.pk != matter.office_id:
        sentence = _("After the dispute %(office)s handles the case.") % {"office": handled_by}
        return Verdict(True, sentence)
    if matter.track == Track.CRIMINAL_INCIDENTAL:
        return Verdict(
            False,
            _(
                "The office of the criminal case sues (Rules 14). Decide to sue (T21), or leave the criminal "
                "case first (S55-2)."
            ),
        )
    court = named(Court.objects.all(), facts.get("competent_court"))
    if court is None:
        return Verdict(False, _("Name the competent court."))
    return _not_at(matter.office, court)


def _not_at(office: Office, court: Court) -> Verdict:
    names = {"office": office, "court": court}
    return either(
        not is_office_at(office, court),
        _("%(office)s is not the office at %(court)s.") % names,
        _(
            "%(office)s is itself the office at %(court)s (Rules 16). Decide to sue (T21) and deliver the "
            "complaint there (T22)."
        )
        % names,
    )
