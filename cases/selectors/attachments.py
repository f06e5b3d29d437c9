"""Reading the files of a matter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import NotVisible
from cases.models import Attachment
from cases.selectors.matters import cases_visible_to, of_visible_matters


def get_attachment(actor: User, pk: int) -> Attachment:
    """Return a file of a visible matter, or one that proves an event copied into it (T64).

    Raises:
        NotVisible: there is none for this actor.
    """
    rows = Attachment.objects.select_related("lead", "case").filter(pk=pk)
    copied = rows.filter(
        events__case__in=cases_visible_to(actor), events__copied_from__isnull=False
    )
    found: Attachment | None = of_visible_matters(actor, rows).first() or copied.first()
    if found is None:
        raise NotVisible(_("There is no such file."))
    return found
