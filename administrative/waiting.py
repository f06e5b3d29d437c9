"""What of the recommendations waits for a person: in his inbox, each with where it is done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from administrative.next_acts import NextAct, pressing_acts
from administrative.selectors.board import BoardStage, Followed, followed, shown
from cases.registries import InboxItem

# The inbox tells of so many cases; the board shows all.
MOST = 50


def recommendations_to_follow(user: User) -> list[InboxItem]:
    """What is to be served, entered, recorded, assessed, followed up or reviewed in a person's cases."""
    rows = followed(user).filter(mine=True).exclude(place=BoardStage.ENDED)
    cases = [shown(row) for row in rows.order_by("due", "id")[:MOST]]
    return [_item(row, act) for row in cases for act in pressing_acts(row)]


def _item(row: Followed, act: NextAct) -> InboxItem:
    return InboxItem(
        group="todo",
        title=act.title,
        link=act.link,
        kind=_("Recommendation"),
        due=act.day,
        matter_title=row.case.title,
        matter_key=row.case.key,
        matter_state=row.case.get_state_display(),
        person=row.handler,
        serves=tuple(act.period.split(", ")) if act.period else (),
    )
