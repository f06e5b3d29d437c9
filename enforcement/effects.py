"""What the events of this room create: obligations and their moves, entries, tasks, leads, the index."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, User
from cases.machine import Act
from cases.models import Event, LeadSource
from cases.registries import EffectLine, add_effect
from cases.selectors import people
from cases.services import leads, tasks
from cases.states import Stage
from enforcement import selectors
from enforcement.forms.court import Measure
from enforcement.lifecycle import OWED
from enforcement.models import (
    AccountType,
    EntryKind,
    LedgerCheck,
    LedgerEntry,
    Obligation,
    Outcome,
    Relapse,
    WayOfEnding,
)
from enforcement.services import archive, obligations
from litigation.models import OperativeItem

Lines = list[EffectLine]
# Kinds of tasks the system opens.
ORDER_BROKEN = "order_broken"
PLAN_LOOK_BACK = "plan_look_back"
LOOK_BACK = "look_back"
# What a measure makes the debtor owe beside, and on which article.
OWED_BY_MEASURE: dict[str, tuple[EntryKind, str]] = {
    Measure.PUBLICATION: (EntryKind.COST, "CC 1000"),
    Measure.SUBSTITUTE: (EntryKind.COST, "CPL 263; CPLI 501-505"),
    Measure.DELAY_MONEY: (EntryKind.DELAY, "CPL 264; CPLI 505"),
}


def _event(act: Act) -> Event:
    assert act.event is not None  # effects that write run after the event
    return act.event


def _person(act: Act) -> User:
    person = _event(act).recorded_by
    assert person is not None  # no act of this room is the system's
    return person


def _one(act: Act) -> Obligation:
    return obligations.locked(act.matter, [act.facts["obligation"]])[0]


# --- obligations -----------------------------------------------------------------------------------


def enter_obligations(act: Act, preview: bool) -> Lines:
    """Make an obligation of each paragraph (T41)."""
    count = selectors.items_to_perform(act.matter).count()
    if not preview:
        obligations.begin(case=act.matter, event=_event(act), types=act.facts)
    return [EffectLine("obligation", _("%(count)s obligations are entered.") % {"count": count})]


def log_performance(act: Act, preview: bool) -> Lines:
    """Ask a second person to examine (S30)."""
    if not preview:
        obligations.log_performance(obligation=_one(act), event=_event(act), actor=_person(act))
    return [EffectLine("obligation", _("Another member of the team is asked to verify it."))]


def verify_performance(act: Act, preview: bool) -> Lines:
    """The obligation is final (S31)."""
    if not preview:
        _check(act, Outcome.VERIFIED)
    return [EffectLine("obligation", _("The obligation is performed; its periods end."))]


def refuse_performance(act: Act, preview: bool) -> Lines:
    """The obligation is owed as before (S32)."""
    if not preview:
        _check(act, Outcome.REFUSED)
    return [EffectLine("obligation", _("The obligation is owed as before."))]


def _check(act: Act, outcome: Outcome) -> None:
    obligations.check_performance(
        obligation=_one(act), event=_event(act), actor=_person(act), outcome=outcome
    )


def enter_forgotten(act: Act, preview: bool) -> Lines:
    """Announce that a paragraph entered when the performance has begun is owed (S20; `on_event_recorded`)."""
    if act.matter.stage != Stage.POST_LITIGATION:
        return []
    return [EffectLine("obligation", _("The paragraph becomes an obligation."))]


def strike_obligation(act: Act, preview: bool) -> Lines:
    """With a paragraph struck its obligation goes (S21)."""
    item = OperativeItem.objects.filter(pk=act.facts.get("item") or 0, obligation__isnull=False)
    if not item.exists():
        return []
    if not preview:
        obligations.strike(item=item.get(), event=_event(act))
    return [EffectLine("obligation", _("Its obligation is struck."))]


def end_obligation(act: Act, preview: bool) -> Lines:
    """The obligation ends without performance (S34)."""
    if not preview:
        obligations.end(obligation=_one(act), event=_event(act), way=act.facts["way"])
    return [EffectLine("obligation", _("The obligation ends without performance."))]


def enforce_obligations(act: Act, preview: bool) -> Lines:
    """Those named are enforced (T43, S38)."""
    if not preview:
        for row in obligations.locked(act.matter, act.facts.get("obligations") or ()):
            obligations.move(obligation=row, code="O4", event=_event(act))
    return [EffectLine("obligation", _("The obligations named are in enforcement."))]


def end_all(act: Act, preview: bool) -> Lines:
    """What is still owed ends with the enforcement (T46)."""
    if not preview:
        owed = act.matter.obligations.filter(state__in=OWED).values_list("pk", flat=True)
        for row in obligations.locked(act.matter, owed):
            obligations.end(obligation=row, event=_event(act), way=WayOfEnding.TERMINATED)
    return [EffectLine("obligation", _("What is still owed ends without performance."))]


def ask_for_penalty(act: Act, preview: bool) -> Lines:
    """An order that is broken: ask the court for a fine or detention (S33; CPL 114; norm C149)."""
    if act.facts.get("passed") != "no":
        return []
    row = Obligation.objects.get(pk=act.facts["obligation"])
    title = gettext_noop("Ask the court for a fine or detention: “%(item)s” is broken.")
    owner = people.lead_handler(act.matter)
    if not preview and owner is not None:
        tasks.open_task(
            matter=act.matter,
            kind=f"{ORDER_BROKEN}:{row.pk}",
            title=title,
            values={"item": str(row)[:80]},
            owner=owner,
            created_by=None,
            article="CPL 114",
            event=act.event,
        )
    return [EffectLine("task", _(title) % {"item": row})]


# --- money -----------------------------------------------------------------------------------------


def enter_money(act: Act, preview: bool) -> Lines:
    """Write the entry; it counts once a second person has confirmed it (S40)."""
    if not preview:
        facts = act.facts
        names = ("kind", "amount", "account_type", "payee", "authority")
        LedgerEntry.objects.create(
            case=act.matter,
            obligation_id=facts["obligation"],
            day=date.fromisoformat(facts["moved_on"]),
            note=facts.get("note") or "",
            takes_back_id=facts.get("takes_back"),
            event=_event(act),
            recorded_by=_person(act),
            **{name: facts[name] for name in names},
        )
    return [EffectLine("money", _("Another member of the team is asked to check the entry."))]


def check_money(act: Act, preview: bool) -> Lines:
    """Write what the second person said (S41)."""
    confirmed = act.facts.get("decision") == "confirm"
    if not preview:
        entry = act.matter.ledger.get(pk=act.facts["entry"])
        LedgerCheck.objects.create(
            entry=entry,
            confirmed=confirmed,
            reason=act.facts.get("reason") or "",
            event=_event(act),
            recorded_by=entry.recorded_by,
            checked_by=_person(act),
        )
    return [
        EffectLine("money", _("The entry counts.") if confirmed else _("The entry does not count."))
    ]


def charge_debtor(act: Act, preview: bool) -> Lines:
    """What a measure costs the debtor is owed beside the decision (S37; norms C082, C083)."""
    charged = OWED_BY_MEASURE.get(str(act.facts.get("measure")))
    if charged is None:
        return []
    kind, authority = charged
    if not preview:
        LedgerEntry.objects.create(
            case=act.matter,
            obligation_id=act.facts["obligation"],
            kind=kind,
            day=act.legal_day,
            amount=act.facts["amount"],
            account_type=AccountType.COURT,
            payee="人民法院",
            authority=authority,
            event=_event(act),
            recorded_by=_person(act),
        )
    return [
        EffectLine("money", _("The debtor owes it beside; another member of the team checks it."))
    ]


# --- look-back and archive -------------------------------------------------------------------------


def propose_look_back(act: Act, preview: bool) -> Lines:
    """Remind the head to plan a look-back, where the installation wants one (norm C147)."""
    if not settings.LOOK_BACK_MONTHS:
        return []
    title = gettext_noop("Everything is performed: plan the look-back.")
    head = people.deciders(act.matter, Role.DEPARTMENT_HEAD).first()
    if not preview and head is not None:
        tasks.open_task(
            matter=act.matter, kind=PLAN_LOOK_BACK, title=title, owner=head, created_by=None
        )
    return [EffectLine("task", _(title))]


def plan_checks(act: Act, preview: bool) -> Lines:
    """Give the handler a task for each planned day (T48)."""
    title = gettext_noop("Look-back: test the performance again.")
    owner = people.lead_handler(act.matter)
    days = act.facts.get("days") or []
    if not preview:
        tasks.close_kind(matter=act.matter, kind=PLAN_LOOK_BACK, closed_by=_person(act))
    if owner is not None and not preview:
        for day in days:
            tasks.open_task(
                matter=act.matter,
                kind=f"{LOOK_BACK}:{day}",
                title=title,
                owner=owner,
                due_on=date.fromisoformat(day),
                created_by=None,
                event=act.event,
            )
    return [EffectLine("task", f"{day} {_(title)}") for day in days]


def close_check(act: Act, preview: bool) -> Lines:
    """Close the task of the planned day (S42)."""
    planned = act.facts.get("planned")
    if planned and not preview:
        kind = f"{LOOK_BACK}:{planned}"
        tasks.close_kind(matter=act.matter, kind=kind, closed_by=_person(act))
    return []


def register_relapse(act: Act, preview: bool) -> Lines:
    """Register the new lead and link it (T49; Rules 24)."""
    line = EffectLine("lead", _("A new lead is entered in the register, linked to this case."))
    if preview:
        return [line]
    case = act.matter
    lead = leads.register_lead(
        actor=_person(act),
        facts={
            "office": case.office,
            "title": act.facts["title"],
            "source": LeadSource.OWN_CASEWORK,
            "source_detail": f"回头看：{case.key} {case.title}"[:300],
            "received_on": act.legal_day,
            "summary": act.facts["summary"],
            "suspected_processor": act.facts.get("suspected_processor") or "",
            "major": False,
            "confidential": case.confidential,
        },
    )
    Relapse.objects.create(case=case, event=_event(act), lead=lead)
    return [line]


def make_index(act: Act, preview: bool) -> Lines:
    """Read every file and list it (S43; norm C123)."""
    count = len(selectors.pieces_of(act.matter))
    if not preview:
        archive.make_index(case=act.matter, event=_event(act))
    text = _("%(count)s files are read, compared with their SHA-256 and listed.") % {"count": count}
    return [EffectLine("archive", text)]


def compare_again(act: Act, preview: bool) -> Lines:
    """Read every file once more before the file is archived (T51; norm C123)."""
    if not preview:
        archive.require_intact(selectors.pieces_of(act.matter))
    return [EffectLine("archive", _("Every file is compared with its SHA-256 once more."))]


EFFECTS = {
    "performance_begun": enter_obligations,
    "performance_recorded": log_performance,
    "performance_verified": verify_performance,
    "performance_refused": refuse_performance,
    "monitoring_tested": ask_for_penalty,
    "operative_item_entered": enter_forgotten,
    "operative_item_struck": strike_obligation,
    "obligation_ended": end_obligation,
    "enforcement_begun": enforce_obligations,
    "enforcement_extended": enforce_obligations,
    "enforcement_terminated": end_all,
    "court_measure_logged": charge_debtor,
    "money_entered": enter_money,
    "money_checked": check_money,
    "performance_completed": propose_look_back,
    "enforcement_completed": propose_look_back,
    "look_back_planned": plan_checks,
    "look_back_checked": close_check,
    "relapse_found": register_relapse,
    "archive_indexed": make_index,
    "case_archived": compare_again,
}


def register() -> None:
    """Hand the effects to the registry."""
    for kind, effect in EFFECTS.items():
        add_effect(f"{kind}:enforcement", effect)
