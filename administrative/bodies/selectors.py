"""Who reads and writes the directory, and what stands in it; it is shared by all offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from administrative.bodies.names import normalised
from administrative.models import Body
from administrative.models.body import BODY_WORDS
from audit.errors import NotVisible
from audit.words import says as words_of
from cases.selectors.people import WITHOUT_CASES

MAY_WRITE = (Role.PROSECUTOR, Role.CLERK, Role.DEPARTMENT_HEAD, Role.CASE_MANAGEMENT)
# So many groups of likely duplicates are shown; whoever settles them sees the next.
MOST_GROUPS = 50


def may_read(actor: User) -> bool:
    """Say whether `actor` reads the directory: whoever may handle cases, of any office."""
    roles = accounts.roles_of(actor)
    return bool(roles) and not roles & WITHOUT_CASES


def may_write(actor: User) -> bool:
    """Say whether `actor` enters, changes and merges bodies."""
    return may_read(actor) and accounts.has_role(actor, *MAY_WRITE)


def bodies_visible_to(actor: User) -> QuerySet[Body]:
    """Return the entries of the directory, those that were merged included."""
    rows = Body.objects.select_related("merged_into", "superior", "superior__merged_into")
    return rows if may_read(actor) else rows.none()


def get_body(actor: User, pk: int) -> Body:
    """Return an entry of the directory, also one that was merged.

    Raises:
        NotVisible: there is none for this actor.
    """
    body = bodies_visible_to(actor).filter(pk=pk).first()
    if body is None:
        raise NotVisible(_("There is no such body."))
    return body


def going_on(rows: QuerySet[Body]) -> QuerySet[Body]:
    """Leave out the entries that were merged into another one."""
    return rows.filter(merged_into__isnull=True)


def filtered(rows: QuerySet[Body], chosen: dict[str, Any]) -> QuerySet[Body]:
    """Narrow the list by what `BodyFilterForm` read; a region stands for everything inside it."""
    equal = {name: chosen[name] for name in ("kind", "level") if chosen.get(name)}
    rows = rows.filter(**equal)
    if region := chosen.get("region"):
        rows = rows.filter(region__startswith=region.removesuffix("00").removesuffix("00"))
    if words := chosen.get("q"):
        rows = rows.filter(says(words))
    return rows


def says(words: str) -> Q:
    """Return the condition that name, competence or code of a body hold `words`.

    An entry is also found by the name of one that was merged into it.
    """
    own = words_of(Body.objects.all(), words, *BODY_WORDS)
    merged = Body.objects.filter(own, merged_into__isnull=False)
    return own | Q(pk__in=merged.values("merged_into"))


def search(actor: User, words: str) -> QuerySet[Body]:
    """Return the bodies that say `words`, merged ones left out, by name."""
    return going_on(bodies_visible_to(actor)).filter(says(words)).order_by("name", "id")


def of_code(actor: User, spellings: Sequence[str]) -> QuerySet[Body]:
    """Return the bodies of exactly this unified social credit code, merged ones left out."""
    rows = going_on(bodies_visible_to(actor)).exclude(credit_code="")
    return rows.filter(credit_code__in=spellings).order_by("id")


def called(name: str, region: str = "") -> list[Body]:
    """Return the bodies of exactly this name, two at most; those of one region where it is given."""
    rows = Body.objects.filter(name=name, merged_into__isnull=True)
    return list((rows.filter(region=region) if region else rows).order_by("id")[:2])


def is_there(name: str, region: str, *, but: int | None = None) -> bool:
    """Say whether an entry that goes on has this name in this region.

    Args:
        but: the entry that is changed itself.
    """
    rows = Body.objects.filter(name=name, region=region, merged_into__isnull=True)
    return (rows.exclude(pk=but) if but is not None else rows).exists()


def merged_into(body: Body) -> list[Body]:
    """Return the entries that go on in `body`, by name."""
    return list(body.merged_bodies.order_by("name", "id"))


# --- duplicates ------------------------------------------------------------------------------------

# What a likely duplicate shares with another entry.
_Mark = tuple[str, ...]


def _marks(name: str, region: str, credit_code: str) -> list[_Mark]:
    marks: list[_Mark] = [("name", region, normalised(name, region))]
    return [*marks, ("code", credit_code)] if credit_code else marks


def alike(name: str, region: str, credit_code: str, *, but: int | None = None) -> list[Body]:
    """Return the entries that may mean the same body: same region and like name, or same credit code.

    Args:
        but: the entry that is compared itself.
    """
    near = Q(region=region) | (Q(credit_code=credit_code) if credit_code else Q(pk__in=[]))
    wanted = set(_marks(name, region, credit_code))
    rows = Body.objects.filter(near, merged_into__isnull=True).order_by("id")
    return [
        body
        for body in rows
        if body.pk != but and wanted & set(_marks(body.name, body.region, body.credit_code))
    ]


def duplicates(actor: User) -> list[list[Body]]:
    """Return the groups of entries that may mean the same body, each by age, `MOST_GROUPS` at most."""
    rows = going_on(bodies_visible_to(actor)).order_by("id")
    groups = _groups(rows.values_list("pk", "name", "region", "credit_code"))[:MOST_GROUPS]
    found = rows.in_bulk([pk for group in groups for pk in group])
    return [[found[pk] for pk in group] for group in groups]


def _groups(rows: Iterable[tuple[int, str, str, str]]) -> list[tuple[int, ...]]:
    """Return the keys that share a mark; a group that shares two marks stands there once."""
    sharing: dict[_Mark, list[int]] = defaultdict(list)
    for pk, *said in rows:
        for mark in _marks(*said):
            sharing[mark].append(pk)
    return sorted({tuple(keys) for keys in sharing.values() if len(keys) > 1})
