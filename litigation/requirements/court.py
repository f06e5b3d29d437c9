"""Which court, what package, who attends, what the court has done (law 3.4, 3.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import OfficeLevel, Role, User
from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard, proven, stated
from cases.models import Case
from cases.models.matter import Track
from cases.selectors.events import (
    corrected,
    latest,
    standing,
    standing_since,
)
from cases.states import CaseState
from litigation import rounds, selectors
from litigation.forms.court import RejectionKind
from litigation.models import Court, CourtLevel
from litigation.models.court import LEVELS
from litigation.requirements.claims import is_debate_closed

PANEL = (3, 4)


def _chosen(facts: dict[str, Any]) -> Court | None:
    return Court.objects.filter(pk=facts.get("court") or 0).first()


# What tells whether a court hears a suit: the table, or with a criminal case the court that tries it.
TABLE = "Court.level, Court.internet, Court.hears_from, Court.hears_to, Court.verified, Case.track"
COMPETENCE = f"{TABLE}, Event criminal_case_joined"


@guard(
    "管辖法院",
    "The court is competent",
    "JI 5, 20; CPLI 283; law 14.1",
    reads=f"facts, {COMPETENCE}",
)
def court_is_competent(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A court that hears such suits then; with a criminal case the one that tries it (norms C050, C051)."""
    court = _chosen(facts)
    if court is None:
        return Verdict(False, _("Choose the court."))
    return hears_such_suits(court, matter, day_of(facts))


@guard(
    "本院与受诉法院级别对应",
    "This office matches the court",
    "Rules 16; JI 5",
    reads="facts, Court.level, Office.level, Case.track",
)
def office_matches_court(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A grassroots office does not sue before an intermediate court: it transfers the case (norm C015)."""
    court = _chosen(facts)
    if court is None:
        return Verdict(False, _("Choose the court."))
    if matter.track == Track.CRIMINAL_INCIDENTAL:
        return Verdict(True, _("The office of the criminal case sues (Rules 14)."))
    names = {"office": matter.office.name, "court": court.name}
    return either(
        LEVELS[OfficeLevel(matter.office.level)] == court.level,
        _("%(office)s sues before %(court)s.") % names,
        _(
            "%(office)s does not match %(court)s (Rules 16). Revoke the decision to sue (T65) and transfer "
            "the case to the office at that court (T20)."
        )
        % names,
    )


def hears_such_suits(court: Court, matter: Case, day: date) -> Verdict:
    """Say whether a court hears the suit of a case that is brought on `day` (norms C050, C051)."""
    if matter.track == Track.CRIMINAL_INCIDENTAL:
        return _tries_the_criminal_case(court, matter)
    if court.level == CourtLevel.BASIC and not court.internet:
        return Verdict(
            False,
            _("%(court)s is a basic court. A public-interest suit goes to an intermediate court.")
            % {"court": court},
        )
    if not court.hears_on(day):
        return Verdict(
            False,
            _("By the table of courts %(court)s does not hear such suits on %(day)s.")
            % {"court": court, "day": day},
        )
    if court.verified:
        return Verdict(True, str(court))
    sentence = _("%(court)s: its competence is not verified; check it.") % {"court": court}
    return Verdict(True, sentence, warning=True)


def _tries_the_criminal_case(court: Court, matter: Case) -> Verdict:
    """The suit goes to the court that tries the criminal case, whatever the table says (JI 20)."""
    criminal = selectors.criminal_court(matter)
    link = reverse("transition_record", args=[matter.key, "S55"])
    if criminal is None:
        return Verdict(False, _("Enter the criminal case and its court first (S55)."), link)
    return either(
        court == criminal,
        _("%(court)s tries the criminal case too.") % {"court": court},
        _("The criminal case is tried by %(court)s: the suit goes there (JI 20).")
        % {"court": criminal},
    )


@guard(
    "受诉法院有管辖权",
    "The court of the suit is competent",
    "CPL 122; CPLI 283; JI 5, 15, 20",
    reads=f"Event complaint_delivered (criminal_case_joined with a criminal case), {TABLE}",
)
def court_of_the_suit_competent(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court that registers the case heard such suits on the day the complaint reached it."""
    delivered = latest(matter, "complaint_delivered")
    day, handed_in = corrected(delivered) if delivered else (day_of(facts), {})
    court = _chosen(handed_in)
    if court is None:
        return Verdict(False, _("By the record no complaint was delivered to a court."))
    return hears_such_suits(court, matter, day)


@guard(
    "移送法院有管辖权",
    "The new court is competent",
    "CPL 130",
    reads=f"facts, {COMPETENCE}",
)
def new_court_is_competent(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The case moves to a court that hears such suits."""
    return court_is_competent(matter, facts)


@guard(
    "裁定类型与程序阶段相符",
    "The ruling fits the stage",
    "CPL 126, 157",
    reads="facts, Case.state",
    cure=TEAM_CURES,
)
def rejection_fits_the_state(matter: Case, facts: dict[str, Any]) -> Verdict:
    """After registration a suit is dismissed; before it, either ruling is possible (law 14.1, T23)."""
    chosen = facts.get("rejection")
    if chosen == RejectionKind.NOT_ACCEPTED and matter.state != CaseState.SUIT_SUBMITTED:
        return Verdict(
            False,
            _("At this stage the court rules: %(what)s.") % {"what": RejectionKind.DISMISSED.label},
        )
    return either(bool(chosen), _("The ruling fits the stage."), _("Choose what the court ruled."))


@guard(
    "未报备案", "Not reported before", "Rules 46", reads="Event complaint_reported", cure=TEAM_CURES
)
def complaint_not_reported(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The complaint delivered last is reported once (norm C052)."""
    held = bool(standing_since(matter, "complaint_reported", rounds.SUIT))
    return either(not held, _("Not reported yet."), _("The complaint was reported already."))


@guard(
    "管辖异议在答辩期内",
    "The objection is in time",
    "CPL 130",
    reads="facts, Deadline P-23",
    cure=TEAM_CURES,
)
def objection_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An objection is raised within the period of that defendant's defence."""
    if facts.get("cause") != "objection":
        return stated(facts, "cause", _("Say why it moved."))
    period = selectors.period_of_defendant(matter, "P-23", str(facts.get("objector")))
    if period is None:
        return Verdict(False, _("Enter first when the complaint was served on this defendant."))
    return either(
        date.fromisoformat(facts["objected_on"]) <= period.effective_day,
        _("Possible until %(day)s.") % {"day": period.effective_day},
        _("It was possible until %(day)s (CPL 130): a defence without it accepts the court.")
        % {"day": period.effective_day},
    )


@guard("存在未结束的扣除期间", "Time is not counted now", "CPLI 243", reads="facts, Event")
def exclusion_open(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What ends is an exclusion that still runs."""
    waiting = selectors.open_exclusions(matter)
    if "exclusion" in facts:
        waiting = [pk for pk in waiting if pk == facts["exclusion"]]
    return either(
        bool(waiting), _("An exclusion runs."), _("No time is excluded now: nothing ends.")
    )


@guard(
    "已决定撤回起诉",
    "The withdrawal is decided",
    "Rules 99",
    reads="Event act_approved, Event act_given_up",
)
def withdrawal_decided(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The chief has decided and nobody gave it up; the document goes to the court within three days."""
    told = [
        event.kind
        for event in standing(matter, "act_approved", "act_given_up")
        if event.facts.get("transition") == "T33"
    ]
    return either(
        told[-1:] == ["act_approved"],
        _("The chief has decided."),
        _("No withdrawal is decided (T33)."),
    )


@guard(
    "撤回起诉决定书已送法院",
    "The withdrawal was handed to the court",
    "Rules 99; JI 19",
    reads="Event withdrawal_submitted",
)
def withdrawal_submitted(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court allows what was asked of it."""
    held = latest(matter, "withdrawal_submitted") is not None
    return either(
        held, _("It was handed to the court."), _("Enter first that it was handed over (S22).")
    )


@guard("缺陷已补正", "The defects are cured", "CPL 127", reads="facts")
def defects_cured(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What the court found missing is cured."""
    return stated(facts, "cured", _("Say which defects are cured, and how."))


@guard("每一被告送达一次", "Served once on each defendant", "CPL 128", reads="facts, Event")
def served_once(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One complaint is served on one defendant once; a mistake is corrected, not served again.

    A suit brought again is served again.
    """
    if not facts.get("defendant"):
        return Verdict(False, _("Choose the defendant."))
    served = standing_since(matter, "complaint_served", rounds.SUIT)
    return either(
        all(event.facts.get("defendant") != facts["defendant"] for event in served),
        _("Not served before."),
        _("The complaint was served on this defendant already. Correct that entry."),
    )


@guard("举证期限", "The evidence period is long enough", "EVID 51; CPLI 99", reads="facts")
def evidence_period_long_enough(matter: Case, facts: dict[str, Any]) -> Verdict:
    """As long as P-24a asks at first instance; less is a warning (norm C140)."""
    if "evidence_days" not in facts:
        return Verdict(False, _("Enter the end of the evidence period."))
    days, least = int(facts["evidence_days"]), selectors.days_of(matter, "P-24a")
    return Verdict(
        True,
        _("%(days)s days; at least %(least)s at first instance.") % {"days": days, "least": least},
        warning=days < least,
    )


@guard("人民法院准许参加", "The court has permitted it", "CPLI 285", reads="facts")
def court_permits_joining(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Only the court admits a co-plaintiff (norm C137)."""
    return either(
        bool(facts.get("permitted")),
        _("The court has permitted it."),
        _("Only the court admits a co-plaintiff."),
    )


@guard(
    "开庭审理前",
    "Before the hearing",
    "CPLI 285",
    reads="Event hearing_held, Event judgment_remanded",
    cure=TEAM_CURES,
)
def before_the_hearing(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Another body joins until the running instance has its first hearing (norm C137)."""
    held = selectors.first_hearing(matter)
    if held is None or day_of(facts) < held:
        return Verdict(True, _("No hearing of this instance had been held."))
    return Verdict(
        False,
        _("A hearing was held on %(day)s: another body joins before it (CPLI 285).")
        % {"day": held},
    )


@guard("有检察官出庭", "A prosecutor attends", "JI 8; Rules 49", reads="facts, Role")
def a_prosecutor_attends(matter: Case, facts: dict[str, Any]) -> Verdict:
    """At least one of those who attend is a prosecutor (norm C059)."""
    people = User.objects.filter(pk__in=facts.get("staff") or [])
    names = [user.name for user in people if accounts.has_role(user, Role.PROSECUTOR)]
    return either(
        bool(names),
        "、".join(names),
        _("At least one prosecutor must attend; assistants only help."),
    )


@guard("开庭三日前通知", "Notice three days before", "CPL 139", reads="facts")
def hearing_notice_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court's notice comes as long before the hearing as P-25 asks; a later one is a warning."""
    if "days_before" not in facts:
        return Verdict(False, _("Enter the day of the hearing."))
    days = int(facts["days_before"])
    if days < 0:
        return Verdict(False, _("The hearing lies before its notice."))
    return Verdict(
        True,
        _("%(days)s days before the hearing.") % {"days": days},
        warning=days < selectors.days_of(matter, "P-25"),
    )


@guard("七人合议庭", "A panel of seven", "JURY 16; JI 7", reads="facts")
def panel_of_seven(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Three judges and four assessors; another panel is a warning (norm C061)."""
    if "judges" not in facts:
        return Verdict(False, _("Enter the panel."))
    panel = (int(facts["judges"]), int(facts["assessors"]))
    return Verdict(
        True,
        _("%(judges)s judges and %(assessors)s assessors.")
        % {"judges": panel[0], "assessors": panel[1]},
        warning=panel != PANEL,
    )


@guard("法院已公告", "The court has published it", "CPLI 287", reads="facts, Attachment")
def published_by_the_court(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Agreement and proof of the publication are stored."""
    return proven(facts, _("Upload the agreement and the proof of its publication."))


@guard(
    "协议公告满三十日",
    "The publication is over",
    "CPLI 287",
    reads="Deadline P-28",
    cure=TEAM_CURES,
)
def settlement_publication_over(matter: Case, facts: dict[str, Any]) -> Verdict:
    """After the last day of the publication, as it was computed (norm C064)."""
    period = selectors.period(matter, "P-28")
    if period is None:
        return Verdict(False, _("No settlement was published."))
    last = period.effective_day
    return either(
        day_of(facts) > last,
        _("The publication ended on %(day)s.") % {"day": last},
        _("The publication runs until the end of %(day)s.") % {"day": last},
    )


@guard(
    "法院审查认为协议不损害公共利益",
    "The court found no harm to the public interest",
    "CPLI 287",
    reads="facts, Attachment",
    cure=TEAM_CURES,
)
def court_found_no_harm(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court has examined the agreement; its document, stored here, shows what it found (norm C064)."""
    if not facts.get("no_harm_found"):
        return Verdict(
            False,
            _(
                "Say that the court found no harm to the public interest. Where it found harm there is no "
                "mediation document: the trial goes on (T32)."
            ),
        )
    return proven(facts, _("Upload the mediation document of the court."))


@guard(
    "法院准许撤诉", "The court allows the withdrawal", "JI 19; CPL 148", reads="facts, Attachment"
)
def court_allows_withdrawal(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The ruling that allows it is stored."""
    return proven(facts, _("Upload the ruling that allows the withdrawal."))


@guard(
    "法庭辩论是否终结",
    "Before the debate has closed",
    "CPLI 288; JI 19",
    reads="Event hearing_held",
)
def debate_not_closed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """After the debate CPLI 288 and JI 19 conflict: a warning (norm C067)."""
    if is_debate_closed(matter):
        return Verdict(
            True,
            _("The debate is closed: CPLI 288 refuses a withdrawal then, JI 19 does not say so."),
            warning=True,
        )
    return Verdict(True, _("The court debate is open."))


def _suspended_from(matter: Case) -> str:
    event = latest(matter, "litigation_suspended")
    return event.from_state if event else ""


@guard(
    "中止于审理前准备阶段",
    "Suspended in preparation",
    "CPL 153",
    reads="Event litigation_suspended",
)
def suspended_in_preparation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The suspension left the preparation."""
    held = _suspended_from(matter) == CaseState.PRETRIAL
    return either(held, _("It was left in preparation."), _("It was not left in preparation."))


@guard("中止于开庭审理阶段", "Suspended in trial", "CPL 153", reads="Event litigation_suspended")
def suspended_in_trial(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The suspension left the trial."""
    held = _suspended_from(matter) == CaseState.TRIAL
    return either(held, _("It was left in trial."), _("It was not left in trial."))


@guard("法庭辩论已终结", "The debate has closed", "CPL 144, 145", reads="Event hearing_held")
def debate_closed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A judgment follows the debate, after a remand a new one (CPL 177)."""
    return either(
        is_debate_closed(matter),
        _("The court debate is closed."),
        _("No hearing with a closed debate is recorded."),
    )
