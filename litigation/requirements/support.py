"""Support for another's suit, and leaving the case to it (T14, T15, T59; Rules 90, 100-103)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.forms.facts import TerminationGround
from cases.guards import TEAM_CURES, either, guard, proven, stated
from cases.models import Case
from cases.selectors.events import current_facts, latest
from litigation import selectors
from litigation.forms.support import WithdrawalGround


@guard(
    "符合支持起诉对象",
    "The plaintiff is one of Rules 100",
    "Rules 93, 100",
    reads="facts, Event announcement_reply",
    cure=TEAM_CURES,
)
def plaintiff_of_rules_100(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An eligible body that answered the announcement of this case and has sued, or says that it will."""
    link = reverse("transition_record", args=[matter.key, "T13"])
    reply = selectors.replies_of_plaintiffs(matter).get(str(facts.get("reply")))
    if reply is None:
        sentence = _(
            "Name the reply of an eligible body to the announcement of this case. Log it first if it is "
            "not there (T13)."
        )
        return Verdict(False, sentence, link)
    if not facts.get("plaintiff_kind"):
        return Verdict(False, _("Choose the kind of plaintiff."))
    sentence = _(
        "The reply of %(name)s says nothing of a suit. Log the reply by which it sues (T13)."
    )
    return either(reply.sues, reply.name, sentence % {"name": reply.name}, link)


@guard("法院受理凭证", "The court has accepted the suit", "Rules 100", reads="facts, Attachment")
def court_acceptance_proven(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court's notice of acceptance as a file."""
    return proven(facts, _("Upload the court's notice of acceptance."))


@guard(
    "他人已起诉",
    "Another subject has sued",
    "Rules 90(1)(4)",
    reads="facts, Event announcement_reply",
    cure=TEAM_CURES,
)
def other_subject_sued(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The ground is ground 4 of Rules 90, and a logged reply says who has sued."""
    names = selectors.eligible_plaintiffs(matter)
    if not names:
        return Verdict(False, _("No logged reply says that an eligible body has sued."))
    ground = facts.get("ground", TerminationGround.OTHER_SUBJECT_SUED)
    return either(
        ground == TerminationGround.OTHER_SUBJECT_SUED,
        _("%(names)s has sued.") % {"names": "、".join(names)},
        _("The ground of this step is that another eligible subject has sued."),
    )


@guard("撤回支持起诉情形", "A ground to withdraw support", "Rules 102", reads="facts")
def ground_of_rules_102(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the grounds of Rules 102 with its explanation."""
    if facts.get("ground") not in WithdrawalGround.values:
        return Verdict(False, _("Choose a ground of Rules 102."))
    return stated(facts, "explanation", _("Explain the ground."))


@guard("原告诉讼请求不足", "The plaintiff's claims do not suffice", "Rules 103", reads="facts")
def plaintiffs_claims_insufficient(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only where the plaintiff's claims leave the public interest unprotected is a case filed anew."""
    return stated(
        facts,
        "claims_insufficient",
        _("Say why the plaintiff's claims do not suffice to protect the public interest."),
    )


@guard("已决定撤回支持", "Support was withdrawn", "Rules 102", reads="Event support_withdrawn")
def support_withdrawn_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a withdrawal to deliver."""
    held = latest(matter, "support_withdrawn") is not None
    return either(held, _("Support was withdrawn."), _("Support was not withdrawn."))


@guard(
    "支持方式已经批准", "A way that was decided", "Rules 101", reads="facts, Event support_begun"
)
def support_as_decided(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A way of support the decision does not name is a warning: no text forbids it."""
    decided = current_facts(matter, "support_begun").get("means") or []
    if facts.get("means") in decided:
        return Verdict(True, _("The decision to support names it."))
    return Verdict(True, _("The decision to support does not name this way."), warning=True)
