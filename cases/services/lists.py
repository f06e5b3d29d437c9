"""What a reader keeps of a list: filters under a name, the one it opens with, and the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import NotVisible, invalid_field
from cases.models import ListColumns, SavedFilter
from cases.models.listing import LONGEST_QUERY
from cases.selectors.lists import own_filter


@transaction.atomic
def save_filter(
    *,
    actor: User,
    list_name: str,
    name: str,
    query: str,
    shared: bool = False,
    opens_list: bool = False,
) -> SavedFilter:
    """Keep the filter of a list under a name; the same name is written over.

    Raises:
        Invalid: the name says nothing.
    """
    _lock(actor)
    if opens_list:
        _open_with_none(actor, list_name)
    kept, _created = SavedFilter.objects.update_or_create(
        user=actor,
        list_name=list_name,
        name=_named(name),
        defaults={"query": query[:LONGEST_QUERY], "shared": shared, "opens_list": opens_list},
    )
    return kept


@transaction.atomic
def change_filter(*, actor: User, pk: int, facts: dict[str, Any]) -> SavedFilter:
    """Change name, sharing, place in the order, or whether the list opens with a filter of one's own.

    Args:
        facts: any of `name`, `shared`, `weight` and `opens_list`; what is left out stays.

    Raises:
        NotVisible: the actor has no such filter.
        Invalid: the name says nothing, or another filter of the list bears it.
    """
    _lock(actor)
    kept = _own(actor, pk)
    if "name" in facts:
        facts = facts | {"name": _named(facts["name"])}
        same = SavedFilter.objects.filter(
            user=actor, list_name=kept.list_name, name=facts["name"]
        ).exclude(pk=pk)
        if same.exists():
            raise invalid_field("name", _("You keep a filter of this name already."))
    if facts.get("opens_list"):
        _open_with_none(actor, kept.list_name)
    for field, value in facts.items():
        setattr(kept, field, value)
    kept.save(update_fields=list(facts))
    return kept


def delete_filter(*, actor: User, pk: int) -> None:
    """Forget a filter of one's own.

    Raises:
        NotVisible: the actor has no such filter.
    """
    _own(actor, pk).delete()


def choose_columns(*, actor: User, list_name: str, codes: Sequence[str]) -> None:
    """Show these columns of a list to the actor from now on; without any, the usual ones again."""
    if codes:
        ListColumns.objects.update_or_create(
            user=actor, list_name=list_name, defaults={"columns": list(codes)}
        )
    else:
        ListColumns.objects.filter(user=actor, list_name=list_name).delete()


def _lock(actor: User) -> None:
    """Let one change of the filters of a person come after the other."""
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)


def _own(actor: User, pk: int) -> SavedFilter:
    kept = own_filter(actor, pk)
    if kept is None:
        raise NotVisible(_("You have no such filter."))
    return kept


def _open_with_none(actor: User, list_name: str) -> None:
    rows = SavedFilter.objects.filter(user=actor, list_name=list_name, opens_list=True)
    rows.update(opens_list=False)


def _named(name: str) -> str:
    if not name.strip():
        raise invalid_field("name", _("Give the filter a name of at most 60 characters."))
    return name.strip()[:60]
