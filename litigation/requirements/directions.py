"""Who directs the case and lends staff to it, in writing (Rules 10, 11; norm C121)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Office, User
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, named, proven
from cases.models import Case


@guard(
    "上级院指示有书面文件",
    "The direction is in writing",
    "Rules 10",
    reads="facts, Attachment",
    cure=TEAM_CURES,
)
def direction_in_writing(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The paper of the superior office is stored."""
    return proven(facts, _("Upload the paper of the superior office."))


@guard(
    "调用决定为书面",
    "The loan is in writing",
    "Rules 11",
    reads="facts, Attachment",
    cure=TEAM_CURES,
)
def loan_in_writing(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Staff is lent in writing only."""
    return proven(facts, _("Upload the written decision: nobody is lent by word of mouth."))


@guard(
    "由共同上级院调用",
    "Lent by a common superior",
    "Rules 11",
    reads="facts, Office.parent, User.office",
    cure=TEAM_CURES,
)
def lent_by_a_common_superior(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The office that decided stands above both offices, or lends its own staff."""
    superior = named(Office.objects.all(), facts.get("superior"))
    person = named(User.objects.select_related("office"), facts.get("person"))
    if superior is None or person is None:
        return Verdict(False, _("Name the superior office that decided, and the person."))
    above = person.office_id == superior.pk or accounts.is_superior(superior, of=person.office)
    names = {"superior": superior, "office": person.office}
    return either(
        above and accounts.is_superior(superior, of=matter.office),
        _("%(superior)s stands above %(office)s and this office.") % names,
        _("%(superior)s does not stand above %(office)s, so it cannot lend its staff.") % names,
    )
