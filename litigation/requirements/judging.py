"""Service, effect, appeal, second instance, retrial (T37 to T40, T54 to T57; law 3.7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.selectors import superiors
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard, stated
from cases.models import Case
from cases.selectors import events
from cases.selectors.events import corrected, facts_since, latest, standing_since
from cases.selectors.kept_rows import holds
from cases.states import CaseState
from deadlines.models import Deadline
from litigation import rounds, selectors
from litigation.forms.judging import OFFICE, Order, RetrialGround, RetrialProcedure, party_choices
from litigation.forms.judging import standing_judgments as standing
from litigation.models import Instance
from litigation.models.claim import MONEY
from litigation.selectors.told import last_judgment


def _named(matter: Case, key: str) -> str:
    return dict(party_choices(matter)).get(key, key)


def _period_to_appeal(matter: Case, party: str) -> Deadline | None:
    return selectors.period_of_party(matter, "P-30", party)


@guard(
    "一审裁判未向该当事人送达过",
    "Not served on this party before",
    "CPL 171",
    reads="facts, Event judgment_served",
    cure=TEAM_CURES,
)
def judgment_served_once(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One judgment is served on one party once; a mistake is corrected, not served again."""
    if not facts.get("party"):
        return Verdict(False, _("Choose the party."))
    served = facts["party"] in selectors.served_parties(matter)
    return either(
        not served,
        _("Not served before."),
        _("The judgment was served on this party already. Correct that entry."),
    )


@guard(
    "有裁判待报备案",
    "A judgment or ruling to report",
    "Rules 58",
    reads="Event judged, Event judgment_served, Event suit_rejected, Event judgment_reported",
    cure=TEAM_CURES,
)
def judgment_not_reported(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Each judgment or ruling of first instance the office received is reported once."""
    received = selectors.last_to_report(matter)
    if received is None:
        return Verdict(False, _("No judgment or ruling of first instance was received."))
    held = any(event.pk > received.pk for event in events.standing(matter, "judgment_reported"))
    return either(not held, _("Not reported yet."), _("It was reported already."))


@guard("裁判有效存在", "The judgment stands", "CPL 171, 177", reads="Judgment, facts")
def judgment_stands(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a judgment that was not set aside."""
    if "judgment" in facts:
        there = standing(matter).filter(pk=facts["judgment"] or 0).exists()
    else:
        there = last_judgment(matter) is not None
    return either(there, _("The judgment stands."), _("No such judgment stands."))


@guard("判项内容明确", "The item can be enforced", "CPLI 461; EXEC 16", reads="facts")
def item_is_measurable(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It says what, to whom and, for money, how much; without a time it is owed at once: a warning."""
    if not str(facts.get("text") or "").strip():
        return Verdict(False, _("Say what is ordered."))
    if not str(facts.get("obligee") or "").strip():
        return Verdict(False, _("Say to whom it is owed."))
    if facts.get("kind") in MONEY and not facts.get("amount"):
        return Verdict(False, _("An item for money names its amount."))
    timed = facts.get("due_days") or facts.get("due_on")
    return Verdict(
        True,
        _("Content, obligee and time are stated.") if timed else _("No time is stated."),
        warning=not timed,
    )


@guard("判项有效", "The item stands", "EXEC 16", reads="OperativeItem, facts")
def item_stands(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is an item to strike."""
    rows = selectors.standing_items(matter)
    if "item" in facts:
        rows = rows.filter(pk=facts["item"] or 0)
    there = holds(matter, "judgments") and rows.exists()
    return either(there, _("The item stands."), _("No such item stands."))


@guard(
    "指令上诉在上诉期内",
    "The order comes within the period",
    "Rules 61; CPL 171",
    reads="facts, Deadline P-30",
    cure=TEAM_CURES,
)
def order_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An order to appeal after the office's period cannot be executed (norm C071)."""
    if not facts.get("order"):
        return Verdict(False, _("Choose what is ordered."))
    if facts["order"] != Order.APPEAL:
        return Verdict(True, _("The order is to withdraw."))
    period = _period_to_appeal(matter, OFFICE)
    if period is None:
        return Verdict(True, _("The judgment has not been served on this office yet."))
    day = date.fromisoformat(facts["ordered_on"])
    return either(
        day <= period.effective_day,
        _("This office can appeal until %(day)s.") % {"day": period.effective_day},
        _("This office could appeal until %(day)s: the order cannot be executed any more.")
        % {"day": period.effective_day},
    )


@guard(
    "无撤回上诉指令",
    "No order to withdraw stands",
    "Rules 61",
    reads="Event superior_ordered",
)
def no_order_to_withdraw(matter: Case, facts: dict[str, Any]) -> Verdict:
    """While the next-higher office orders otherwise, the office does not appeal (norm C071)."""
    ordered = facts_since(matter, "superior_ordered", rounds.JUDGMENT).get("order")
    return either(
        ordered != Order.WITHDRAW,
        _("No order to withdraw stands."),
        _("The next-higher office has ordered that no appeal is pursued (Rules 61)."),
    )


@guard(
    "上诉未逾期",
    "The appeal is in time",
    "CPL 86, 171, 286",
    reads="facts, Deadline P-30",
    cure=TEAM_CURES,
)
def appeal_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Within the period of the very party that appeals, or with more time given by the court (norm C069)."""
    party, day = facts.get("party"), facts.get("appealed_on")
    if not (party and day):
        return Verdict(False, _("Say who appeals, and on which day."))
    period = _period_to_appeal(matter, party)
    if period is None:
        return Verdict(False, _("Enter first when the judgment was served on this party."))
    if facts.get("leave"):
        return Verdict(True, _("The court gave more time (CPL 86)."), warning=True)
    values = {"party": _named(matter, party), "day": period.effective_day}
    return either(
        date.fromisoformat(day) <= period.effective_day,
        _("%(party)s can appeal until %(day)s.") % values,
        _(
            "%(party)s could appeal until %(day)s (CPL 171). After force majeure ask the court for more "
            "time within ten days (CPL 86)."
        )
        % values,
    )


@guard("上诉途径", "The way of the appeal", "Rules 59, 60; CPL 173", reads="facts")
def appeal_route(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Through the court that judged, with a copy of the whole to the next-higher office (norm C070)."""
    if not facts.get("through_original_court"):
        return Verdict(False, _("An appeal is filed through the court that judged."))
    return either(
        bool(facts.get("copy_to_superior")),
        _("Filed through the court that judged, with a copy to the next-higher office."),
        _("Send a copy of the whole to the next-higher office."),
    )


@guard("本院尚未上诉", "This office has not appealed", "CPL 171", reads="Event appeal_filed")
def office_has_not_appealed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One party appeals once against one judgment."""
    return either(
        OFFICE not in selectors.appellants(matter),
        _("This office has not appealed yet."),
        _("This office has appealed already."),
    )


@guard("被告已上诉", "A defendant has appealed", "Rules 62", reads="facts, Event opponent_appealed")
def opponent_has_appealed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is an appeal of this party to report."""
    appeals = [corrected(event)[1] for event in events.standing(matter, "opponent_appealed")]
    parties = [appeal["party"] for appeal in appeals if not appeal.get("co_plaintiff")]
    held = facts["party"] in parties if "party" in facts else bool(parties)
    return either(held, _("There is such an appeal."), _("There is no such appeal."))


@guard(
    "已向各方当事人送达",
    "Served on every party",
    "CPL 171; law 14.1",
    reads="Party, Event judgment_served",
    cure=TEAM_CURES,
)
def served_on_every_party(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Without service no period runs, and without its end nothing takes effect."""
    served = selectors.served_parties(matter)
    missing = [name for key, name in party_choices(matter) if key not in served]
    return either(
        not missing,
        _("Served on every party."),
        _("Not served on: %(names)s.") % {"names": "、".join(missing)},
    )


@guard(
    "各方上诉期均已届满",
    "The period of every party is over",
    "CPL 171; law 14.1",
    reads="facts, Deadline P-30",
    cure=TEAM_CURES,
)
def appeal_periods_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """It takes effect on the day after the last of all parties' periods, and on no other (norm C069)."""
    day = selectors.last_day_to_appeal(matter)
    if day is None:
        return Verdict(False, _("No period to appeal runs."))
    if not facts.get("effective_on"):
        return Verdict(False, _("The last period ends on %(day)s.") % {"day": day})
    effect = day + timedelta(days=1)
    words = {"day": day, "effect": effect}
    return either(
        facts["effective_on"] == effect.isoformat(),
        _("The last period ended on %(day)s.") % words,
        _("The last period ends on %(day)s; the judgment takes effect on %(effect)s.") % words,
    )


@guard(
    "再审裁判已生效",
    "The retrial judgment is final",
    "CPL 171, 218",
    reads="facts, Party, Event judgment_served, Deadline P-30",
    cure=TEAM_CURES,
)
def retrial_judgment_is_final(matter: Case, facts: dict[str, Any]) -> Verdict:
    """By the first-instance procedure after every party's period to appeal; by the second when served."""
    procedure = facts.get("procedure")
    if procedure not in RetrialProcedure.values:
        return Verdict(False, _("Say under which instance's procedure it was made (CPL 218)."))
    if procedure == RetrialProcedure.FIRST:
        verdict = _every_period_is_over(matter, facts)
    else:
        verdict = Verdict(True, _("Final when it was served (CPL 218)."))
    return _as_retried(matter, procedure, verdict) if verdict.met else verdict


def _every_period_is_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Judge by the services entered during the retrial, and by the clocks they started."""
    served = served_on_every_party(matter, facts)
    if not served.met:
        return served
    return appeal_periods_over(matter, {"effective_on": day_of(facts).isoformat()})


def _as_retried(matter: Case, procedure: str, verdict: Verdict) -> Verdict:
    """Warn where the procedure is not that of the instance retried; a higher court or a remand explains."""
    retried = selectors.instance_retried(matter)
    if retried is None or retried == procedure:
        return verdict
    sentence = (
        _(
            "A decision of first instance was retried: only a higher court follows the second (CPL 218)."
        )
        if retried == Instance.FIRST
        else _(
            "A decision of second instance was retried: its procedure makes the judgment final (CPL 218)."
        )
    )
    return Verdict(True, sentence, warning=True)


@guard("另行组成合议庭", "A new panel", "CPL 41, 177", reads="facts")
def new_panel(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A remanded case is tried by others, on a ground of CPL 177."""
    if not facts.get("new_panel"):
        return Verdict(False, _("A remanded case is tried by a new panel."))
    return stated(facts, "ground", _("Name the ground of CPL 177."))


@guard(
    "全部上诉均已撤回",
    "Every appeal is withdrawn",
    "CPL 180",
    reads="facts, Event appeal_filed, Event opponent_appealed",
    cure=TEAM_CURES,
)
def every_appeal_withdrawn(matter: Case, facts: dict[str, Any]) -> Verdict:
    """While one appeal stands the second instance goes on."""
    gone = set(facts.get("appellants") or [])
    left = [_named(matter, key) for key in selectors.appellants(matter) if key not in gone]
    return either(
        not left,
        _("No appeal is left."),
        _("These appeals stand: %(names)s.") % {"names": "、".join(left)},
    )


@guard(
    "申请再审未逾期",
    "The application is in time",
    "CPL 216",
    reads="facts, Deadline P-34",
    cure=TEAM_CURES,
)
def retrial_application_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Six months from the effect, or from knowledge for four grounds of CPL 211."""
    period = selectors.period(matter, "P-34")
    if period is None:
        return Verdict(False, _("No judgment has taken effect."))
    if facts.get("knowledge_ground"):
        return Verdict(True, _("Counted from knowledge of the ground (CPL 216)."), warning=True)
    if not facts.get("applied_on"):
        return Verdict(False, _("Enter the day of the application."))
    return either(
        date.fromisoformat(facts["applied_on"]) <= period.effective_day,
        _("Possible until %(day)s.") % {"day": period.effective_day},
        _("It was possible until %(day)s (CPL 216).") % {"day": period.effective_day},
    )


@guard(
    "再审事由",
    "The ground fits",
    "CPL 209-222; law 14.1",
    reads="facts, Case.state, Event protest_lodged, Event retrial_applied",
)
def retrial_ground_fits(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A mediation document is tried again only because it harms the public interest, a judgment never so."""
    ground = facts.get("ground")
    if not ground:
        return Verdict(False, _("Choose the ground."))
    mediated = matter.state == CaseState.MEDIATION_EFFECTIVE
    if mediated != (ground == RetrialGround.MEDIATION):
        return Verdict(
            False,
            _("A mediation document is tried again only because it harms the public interest.")
            if mediated
            else _("This ground concerns a mediation document; here a judgment took effect."),
        )
    for asked, kind, sentence in (
        (RetrialGround.PROTEST, "protest_lodged", _("Enter the protest first (S26-2).")),
        (RetrialGround.APPLICATION, "retrial_applied", _("Enter the application first (S26).")),
    ):
        if ground == asked and not standing_since(matter, kind, rounds.RETRIAL):
            return Verdict(False, sentence)
    return stated(facts, "explanation", _("Enter the reasons of the court."))


@guard(
    "裁定上诉未逾期",
    "The appeal against the ruling is in time",
    "CPL 157, 171",
    reads="facts, Deadline P-31",
    cure=TEAM_CURES,
)
def rejection_appeal_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Ten days from the service of the ruling (norm C055)."""
    period = selectors.period_started_by(matter, "P-31", "suit_rejected")
    if period is None or not facts.get("appealed_on"):
        return Verdict(False, _("Enter the day of the appeal."))
    return either(
        date.fromisoformat(facts["appealed_on"]) <= period.effective_day,
        _("Possible until %(day)s.") % {"day": period.effective_day},
        _("It was possible until %(day)s. Cure the defects and sue again (T52-2).")
        % {"day": period.effective_day},
    )


@guard(
    "已对裁定上诉",
    "The ruling was appealed against",
    "CPL 126, 171",
    reads="Event rejection_appealed, Event suit_rejected",
    cure=TEAM_CURES,
)
def rejection_was_appealed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A court takes the case after all because the ruling was appealed against."""
    held = bool(standing_since(matter, "rejection_appealed", rounds.REJECTION))
    return either(
        held,
        _("The ruling was appealed against."),
        _("No appeal is entered. Enter it (S27), or sue again (T52-2)."),
    )


@guard("一审判决公开宣告", "Pronounced in public", "CPL 151", reads="facts", cure=TEAM_CURES)
def pronounced_in_public(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Every judgment is pronounced in public, also after a closed hearing."""
    return either(
        bool(facts.get("pronounced_publicly")),
        _("Pronounced in public."),
        _("A judgment is pronounced in public."),
    )


def settled_at(matter: Case) -> str:
    """Return the state in which the settlement was reached."""
    event = latest(matter, "settlement_published")
    return event.from_state if event else ""


@guard("一审期间达成", "Settled at first instance", "CPLI 287", reads="Event settlement_published")
def settled_in_trial(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The trial goes on where the settlement was reached."""
    held = settled_at(matter) == CaseState.TRIAL
    return either(
        held,
        _("It was reached at first instance."),
        _("It was reached at second instance (T32-2)."),
    )


@guard(
    "二审期间达成",
    "Settled at second instance",
    "CPLI 287; CPL 179",
    reads="Event settlement_published",
)
def settled_at_second_instance(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The second instance goes on where the settlement was reached."""
    held = settled_at(matter) == CaseState.SECOND_INSTANCE
    return either(
        held, _("It was reached at second instance."), _("It was reached at first instance (T32).")
    )


@guard(
    "两级检察院共同出庭",
    "Both offices appear",
    "Rules 63",
    reads="facts",
    cure=TEAM_CURES,
)
def both_offices_appear(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At second instance the next-higher office appears beside the one that sued (norm C073).

    A hearing it missed was held all the same: it is recorded with a warning.
    """
    if str(facts.get("superior_staff") or "").strip():
        return Verdict(True, _("The next-higher office appears too."))
    return Verdict(True, _("Nobody appears for the next-higher office."), warning=True)


@guard(
    "上级院提出抗诉",
    "A superior office protests",
    "Rules 64; CPL 219",
    reads="facts, Office.parent",
    cure=TEAM_CURES,
)
def superior_protests(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only an office above the one that sued protests (norm C074)."""
    chosen = facts.get("superior")
    if not chosen:
        return Verdict(False, _("Choose the office that protests."))
    above = {office.pk: office.name for office in superiors(matter.office)}
    return either(
        chosen in above,
        above.get(chosen, ""),
        _("Only a superior office protests (Rules 64)."),
    )
