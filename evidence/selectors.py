"""Reading evidence, always within the cases the actor may see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.reading import once
from audit.errors import NotVisible
from audit.prepared import prepared
from audit.words import says
from cases.models import PROCURATORIAL_STAFF, Case, TeamMember
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.matters import cases_visible_to, get_case, seen_keys
from cases.selectors.rights import rights_of
from evidence.facts import GROUPS, Group
from evidence.models import EXHIBIT_WORDS, Exhibit, FactLink

# Who decides on a matter and so sees its confidential exhibits too.
DECIDERS = (Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF)
DIGEST = re.compile(r"[0-9a-fA-F]{64}")
# A fact that is not removed and whose exhibit is not withdrawn.
STANDING = Q(removal__isnull=True, exhibit__withdrawal__isnull=True)
# States the register is narrowed to.
IN_USE, WITHDRAWN = "in_use", "withdrawn"


def exhibits_visible_to(actor: User) -> QuerySet[Exhibit]:
    """Return the exhibits of the cases `actor` sees; confidential ones for team and deciders only."""
    return _rows().filter(_open_to(actor), case__in=cases_visible_to(actor))


def _rows() -> QuerySet[Exhibit]:
    return Exhibit.objects.select_related(
        "case", "withdrawal", "uploaded_by", "first_collector", "second_collector"
    )


def _open_to(actor: User) -> Q:
    return _open_to_reader(actor.pk, Q(case__office__in=_decides_in(actor)))


def _decides_in(actor: User) -> list[int]:
    """Return the offices in which the actor decides, for himself or for others."""
    return [person.office_id for person in rights_of(actor).held(*DECIDERS)]


def _open_to_reader(reader: int, decides: Q) -> Q:
    member = TeamMember.objects.filter(case=OuterRef("case"), user=reader, until__isnull=True)
    return Q(confidential=False) | Q(Exists(member)) | decides


def exhibits_of(actor: User, case: Case) -> QuerySet[Exhibit]:
    """Return the exhibits of one case in the order of their numbers, withdrawn ones included.

    Annotation: `same_file_as`, the numbers of the others `actor` sees whose file is the same.
    """
    exhibits = exhibits_visible_to(actor).filter(case=case)
    return exhibits.annotate(same_file_as=_same_files(_open_to(actor))).order_by("number")


def register_of_exhibits(actor: User) -> QuerySet[Exhibit]:
    """Return the exhibits of all cases `actor` sees, the newest first, withdrawn ones included.

    Annotations: `same_file_as` as for one case; `proves`, the groups of facts that rest on the exhibit
    and stand (none of a withdrawn exhibit).
    """
    groups = _facts_of_exhibit().order_by("group").values("group").distinct()
    exhibits = exhibits_visible_to(actor).annotate(
        same_file_as=_same_files(_open_to(actor)), proves=ArraySubquery(groups)
    )
    return exhibits.order_by("-id")


def _facts_of_exhibit() -> QuerySet[FactLink]:
    """Return, for a subquery, the facts that rest on an exhibit and stand."""
    return FactLink.objects.filter(STANDING, exhibit=OuterRef("pk"))


def _same_files(open_to: Q) -> ArraySubquery:
    others = Exhibit.objects.filter(open_to, case=OuterRef("case"), sha256=OuterRef("sha256"))
    return ArraySubquery(others.exclude(pk=OuterRef("pk")).order_by("number").values("number"))


def filtered(rows: QuerySet[Exhibit], chosen: dict[str, Any]) -> QuerySet[Exhibit]:
    """Narrow the register by what `ExhibitFilterForm` read; what is empty narrows nothing."""
    equal = {"case__key": "case", "kind": "kind"}
    equal |= {"obtained_on__gte": "obtained_from", "obtained_on__lte": "obtained_until"}
    rows = rows.filter(**{path: chosen[name] for path, name in equal.items() if chosen.get(name)})
    if words := chosen.get("q"):
        rows = rows.filter(_says(words))
    if group := chosen.get("group"):
        rows = rows.filter(Exists(_facts_of_exhibit().filter(group=group)))
    if state := chosen.get("state"):
        rows = rows.filter(withdrawal__isnull=state == IN_USE)
    return rows


def same_file_before(actor: User, exhibit: Exhibit) -> QuerySet[Exhibit]:
    """Return the exhibits added before this one whose file is the same."""
    earlier = exhibits_of(actor, exhibit.case).filter(number__lt=exhibit.number)
    return earlier.filter(sha256=exhibit.sha256)


def shown_exhibits(actor: User, case: Case) -> list[Exhibit]:
    """Return `exhibits_of` the case with who withdrew them, read once while only reading."""

    def ask() -> list[Exhibit]:
        if not holds(case, "exhibits"):
            return []
        key, _lead = seen_keys(actor, case)
        return _shown(key, actor.pk, _decides_in(actor))

    return once(("exhibits", case.pk, actor.pk), ask)


@prepared(int, int, list)
def _shown(case: int, reader: int, offices: list[int]) -> QuerySet[Exhibit]:
    open_to = _open_to_reader(reader, Q(case__office__any_of=offices))
    rows = _rows().filter(open_to, case=case).annotate(same_file_as=_same_files(open_to))
    return rows.select_related("withdrawal__withdrawn_by").order_by("number")


def usable_exhibits_of(actor: User, case: Case) -> QuerySet[Exhibit]:
    """Return the exhibits of one case that are not withdrawn."""
    return exhibits_of(actor, case).filter(withdrawal__isnull=True)


def get_exhibit(actor: User, key: str, number: int) -> Exhibit:
    """Return one exhibit by the key of its case and its number.

    Raises:
        NotVisible: there is none for this actor.
    """
    case = get_case(actor, key)
    exhibit = exhibits_of(actor, case).filter(number=number).first()
    if exhibit is None:
        raise NotVisible(_("There is no such exhibit."))
    return exhibit


def search(actor: User, words: str) -> QuerySet[Exhibit]:
    """Return exhibits whose name, source or file name holds `words`, or with that digest."""
    return exhibits_visible_to(actor).filter(_says(words)).order_by("-id")


def _says(words: str) -> Q:
    """A digest finds the exhibits of that file, anything else what name, source and file name hold."""
    if DIGEST.fullmatch(words.strip()):
        return Q(sha256=words.strip().lower())
    return says(Exhibit.objects.all(), words, *EXHIBIT_WORDS)


def staff_ever(case: Case) -> QuerySet[User]:
    """Return the procuratorial staff who are or were in the handling team (Rules 36)."""
    members = TeamMember.objects.filter(case=case, position__in=PROCURATORIAL_STAFF)
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")


def possible_collectors(case: Case) -> QuerySet[User]:
    """Return those of them a form offers: who may act now, and who left the team free to act."""
    present = TeamMember.objects.filter(case=case, until__isnull=True)
    able = Q(pk__in=people.acting_staff(case).values("user"))
    offered = staff_ever(case).filter(able | ~Q(pk__in=present.values("user")))
    recused = people.recusals_of(case).filter(people.GRANTED)
    without = accounts.holding(people.WITHOUT_CASES)
    return offered.exclude(pk__in=recused.values("person")).exclude(pk__in=without)


# --- facts ---------------------------------------------------------------------------------------


def standing_facts(case: Case) -> QuerySet[FactLink]:
    """Return the facts of a case that stand: not removed, their exhibit not withdrawn."""
    return _standing_facts(case.pk).select_related("exhibit", "exhibit__case", "stated_by")


def _standing_facts(case: int) -> QuerySet[FactLink]:
    return FactLink.objects.filter(STANDING, case=case)


def facts_of(actor: User, case: Case) -> QuerySet[FactLink]:
    """Return the standing facts `actor` may read; those on hidden exhibits are left out."""
    hidden = Exhibit.objects.filter(case=case).exclude(
        pk__in=exhibits_of(actor, case).order_by().values("pk")
    )
    return standing_facts(case).exclude(exhibit__in=hidden)


def get_fact(actor: User, key: str, pk: int) -> FactLink:
    """Return one standing fact of a case.

    Raises:
        NotVisible: there is none for this actor.
    """
    case = get_case(actor, key)
    link = facts_of(actor, case).select_related("case").filter(pk=pk).first()
    if link is None:
        raise NotVisible(_("There is no such fact."))
    return link


def unaddressed(case: Case) -> list[Group]:
    """Return the groups of Rules 86 in which nothing is stated yet, in their order."""
    stated = set(
        once(("groups", case.pk), lambda: _groups_stated(case.pk)) if holds(case, "facts") else ()
    )
    return [group for code, group in GROUPS.items() if code not in stated]


@prepared(int)
def _groups_stated(case: int) -> QuerySet[FactLink, str]:
    return _standing_facts(case).order_by().values_list("group", flat=True).distinct()


@dataclass(frozen=True)
class GroupOfFacts:
    """One group with what is stated in it."""

    group: Group
    facts: list[FactLink]


def by_group(facts: Iterable[FactLink]) -> list[GroupOfFacts]:
    """Sort facts into the seven groups; empty groups are there too."""
    sorted_facts: dict[str, list[FactLink]] = {code: [] for code in GROUPS}
    for fact in facts:
        sorted_facts[fact.group].append(fact)
    return [GroupOfFacts(group, sorted_facts[code]) for code, group in GROUPS.items()]


@dataclass(frozen=True)
class MatrixRow:
    """One exhibit and, group by group, what it proves."""

    exhibit: Exhibit
    cells: list[list[FactLink]]


def matrix(exhibits: Iterable[Exhibit], facts: Iterable[FactLink]) -> list[MatrixRow]:
    """Return a row for each exhibit with a cell for each of the seven groups."""
    cells: dict[tuple[int, str], list[FactLink]] = {}
    for fact in facts:
        if fact.exhibit_id is not None:
            cells.setdefault((fact.exhibit_id, fact.group), []).append(fact)
    return [
        MatrixRow(exhibit, [cells.get((exhibit.pk, code), []) for code in GROUPS])
        for exhibit in exhibits
    ]
