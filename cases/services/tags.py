"""Labels of an office, putting them on leads and cases and taking them off; each act is recorded."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import services as audit
from audit.errors import Invalid, NotPermitted, invalid_field
from cases.models import Case, CaseTag, Lead, LeadTag, Tag
from cases.registries import EffectLine
from cases.selectors import people
from cases.selectors.tags import rows_on
from cases.services import acts
from cases.services.acts import audit_scope
from cases.services.team import may_assign

if TYPE_CHECKING:
    Matter = Lead | Case

# Who makes and changes the labels of his office.
KEEPERS = (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF, Role.CASE_MANAGEMENT)


def may_keep_tags(actor: User) -> bool:
    """Say whether `actor` makes and changes the labels of his office."""
    return accounts.has_role(actor, *KEEPERS)


def may_tag(actor: User, matter: Matter) -> bool:
    """Say whether `actor` puts labels on a lead or a case: who handles it, and who decides on that."""
    return people.is_member(matter, actor) or may_assign(actor, matter)


@transaction.atomic
def create_tag(*, actor: User, facts: dict[str, Any]) -> Tag:
    """Make a label of the actor's office.

    Args:
        facts: `name` and `use`.

    Raises:
        NotPermitted: the actor does not keep the labels of his office.
        Invalid: the name says nothing, or the office has it already.
    """
    _require_keeper(actor)
    name = _free_name(actor.office_id, facts["name"])
    tag = Tag.objects.create(office=actor.office, name=name, use=facts["use"], created_by=actor)
    audit.record(actor=actor, action="tag.created", object_type="tag", object_id=tag.pk)
    return tag


@transaction.atomic
def change_tag(*, actor: User, tag: Tag, facts: dict[str, Any]) -> Tag:
    """Change a label, or retire it: then it stays where it is and is not put on any more.

    Args:
        facts: any of `name`, `use` and `retired`.

    Raises:
        NotPermitted: the actor does not keep the labels of his office.
        Invalid: the name says nothing, or another label of the office bears it.
    """
    _require_keeper(actor)
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk, office=actor.office_id)
    if "name" in facts:
        facts = facts | {"name": _free_name(actor.office_id, facts["name"], but=tag.pk)}
    for field, value in facts.items():
        setattr(tag, field, value)
    tag.save(update_fields=list(facts))
    audit.record(
        actor=actor,
        action="tag.changed",
        object_type="tag",
        object_id=tag.pk,
        details={"fields": sorted(facts)},
    )
    return tag


@transaction.atomic
def tag_matter(
    *,
    actor: User,
    matter: Matter,
    put_on: Collection[Tag] = (),
    take_off: Collection[Tag] = (),
) -> bool:
    """Put labels on a lead or a case and take others off; say whether anything changed.

    Raises:
        NotPermitted: the actor neither handles it nor decides on who does.
        Invalid: a label is of another office, retired, or named for both.
    """
    locked = acts.lock(matter)
    _require_tagger(actor, locked)
    put_on = _held(put_on)
    _require_fit(locked, put_on, take_off)
    of = {locked.relation: locked}
    rows: Any = rows_on(locked)
    present = set(rows.objects.filter(**of).values_list("tag", flat=True))
    added = [tag for tag in put_on if tag.pk not in present]
    removed = [tag for tag in take_off if tag.pk in present]
    rows.objects.bulk_create(rows(**of, tag=tag, put_on_by=actor) for tag in added)
    rows.objects.filter(**of, tag__in=removed).delete()
    for tag in added:
        _record(actor, locked, tag, "tag.put_on")
    for tag in removed:
        _record(actor, locked, tag, "tag.taken_off")
    return bool(added or removed)


def _held(tags: Collection[Tag]) -> list[Tag]:
    """Return the labels as they are now; nobody retires one of them before the transaction ends."""
    keys = [tag.pk for tag in tags]
    return list(Tag.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def tags_to_take_over(lead: Lead) -> list[EffectLine]:
    """Announce the labels that the case will bear which the lead becomes; nothing where it bears none."""
    names = _taken_over(lead).order_by("tag__use", "tag__name").values_list("tag__name", flat=True)
    if not names:
        return []
    said = _("The case takes over the labels of the lead: %(names)s.") % {"names": "、".join(names)}
    return [EffectLine("labels", said)]


def _taken_over(lead: Lead) -> QuerySet[LeadTag]:
    return LeadTag.objects.filter(lead=lead, tag__retired=False)


def take_over_tags(*, actor: User | None, lead: Lead, case: Case) -> None:
    """Put the labels of a lead on the case it became, inside the transaction; no retired one goes along.

    Who had put each on the lead, and when, goes with it; the record says that it was taken over.
    """
    borne = list(_taken_over(lead).select_related("tag"))
    CaseTag.objects.bulk_create(
        CaseTag(case=case, tag=row.tag, put_on_by_id=row.put_on_by_id, put_on_at=row.put_on_at)
        for row in borne
    )
    for row in borne:
        _record(actor, case, row.tag, "tag.taken_over")


def _require_tagger(actor: User, matter: Matter) -> None:
    if not may_tag(actor, matter):
        raise NotPermitted(
            _("Only who handles a lead or case, or decides on who does, puts labels on it."),
            code="not_in_the_team",
        )


def _require_fit(matter: Matter, put_on: Collection[Tag], take_off: Collection[Tag]) -> None:
    for tag in (*put_on, *take_off):
        if tag.office_id != matter.office_id:
            raise Invalid(
                _("The label is of another office. Use one of the office of the lead or case."),
                code="tag_of_another_office",
            )
    for tag in put_on:
        if tag.retired:
            raise Invalid(
                _("The label %(name)s is retired and is not put on any more.") % {"name": tag.name},
                code="tag_retired",
            )
    if {tag.pk for tag in put_on} & {tag.pk for tag in take_off}:
        raise Invalid(
            _("A label is either put on or taken off. Choose one of both."), code="tag_named_twice"
        )


def _record(actor: User | None, matter: Matter, tag: Tag, action: str) -> None:
    audit.record(
        actor=actor, action=action, object_type="tag", object_id=tag.pk, **audit_scope(matter)
    )


def _require_keeper(actor: User) -> None:
    if not may_keep_tags(actor):
        raise NotPermitted(
            _("The labels of the office are kept by its leaders, heads and the case management."),
            code="wrong_role",
        )


def _free_name(office_id: int, name: str, but: int | None = None) -> str:
    name = name.strip()[:30]
    if not name:
        raise invalid_field("name", _("A label needs a name."))
    if Tag.objects.filter(office=office_id, name=name).exclude(pk=but or 0).exists():
        raise invalid_field("name", _("The office has a label of this name already."))
    return name
