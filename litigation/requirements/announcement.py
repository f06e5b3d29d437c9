"""Whether the announcement is over, proven and answered (T16, T21; Rules 47, 91, 93)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from audit.errors import Verdict
from cases.guards import (
    CHIEF_CURES,
    KEEPERS_CURE,
    LEGAL_DAY,
    TEAM_CURES,
    day_of,
    either,
    guard,
)
from cases.models import Case
from cases.selectors.events import corrected, latest, standing
from litigation import selectors
from litigation.forms.review import Intention


@guard(
    "公告期满",
    "The announcement is over",
    "Rules 47, 91; CPL 85",
    reads="Deadline P-01",
)
def announcement_elapsed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The last day of the announcement lies before the act (norm C047: on that day still refused)."""
    period = selectors.announcement_period(matter)
    if period is None:
        return Verdict(False, _("No announcement was published."))
    return _over(period.effective_day, by=day_of(facts))


def _over(last: date, *, by: date) -> Verdict:
    return either(
        last < by,
        _("The announcement ended on %(day)s.") % {"day": last},
        _("The announcement runs until the end of %(day)s.") % {"day": last},
    )


@guard(
    "公告期满之日",
    "Recorded on the last day of the announcement",
    "Rules 47, 91; law 14.1",
    reads="Deadline P-01",
)
def announcement_expired(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The announcement is over today, and its expiry bears its last day (law 14.1, T16)."""
    period = selectors.announcement_period(matter)
    if period is None:
        return Verdict(False, _("No announcement was published."))
    last = period.effective_day
    if facts.get(LEGAL_DAY, last.isoformat()) != last.isoformat():
        return Verdict(
            False, _("The announcement expired on %(day)s. Enter that day.") % {"day": last}
        )
    return _over(last, by=clock.today())


@guard(
    "期满日已确定",
    "The last day is certain",
    "law 14.2",
    reads="Deadline P-01, Event provisional_day_confirmed",
    cure=CHIEF_CURES,
)
def announcement_day_settled(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The year's notice is published, or the chief has confirmed this very day with a reason."""
    period = selectors.announcement_period(matter)
    if period is None:
        return Verdict(False, _("No announcement was published."))
    if not period.provisional:
        return Verdict(True, _("The notice of the year is published."))
    confirmed = latest(matter, "provisional_day_confirmed")
    day = period.effective_day.isoformat()
    return either(
        confirmed is not None and corrected(confirmed)[1].get("confirmed_day") == day,
        _("The chief procurator has confirmed %(day)s.") % {"day": day},
        _("%(day)s is provisional: the notice of that year is not published.") % {"day": day},
        reverse("transition_record", args=[matter.key, "S02"]),
    )


@guard(
    "期满日为暂定",
    "The last day is provisional",
    "law 14.2",
    reads="Deadline P-01, facts",
)
def announcement_day_provisional(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is something to confirm, and what is confirmed is the day that was computed."""
    period = selectors.announcement_period(matter)
    if period is None or not period.provisional:
        return Verdict(False, _("The last day is certain already: nothing is to be confirmed."))
    day = period.effective_day.isoformat()
    return either(
        facts.get("confirmed_day", day) == day,
        _("%(day)s was computed.") % {"day": day},
        _("The day that was computed is %(day)s. Confirm that one.") % {"day": day},
    )


@guard(
    "公告证明已存",
    "Proof of the publication is stored",
    "Rules 91; JI 14(3)",
    reads="Event announcement_published, Attachment",
)
def publication_stored(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The published announcement bears its proof (Rules 91; JI 14)."""
    published = latest(matter, "announcement_published")
    held = published is not None and published.proofs.exists()
    return either(held, _("The proof is stored."), _("No proof of the publication is stored."))


@guard(
    "诉前公告程序已履行",
    "The announcement has been made and has run",
    "JI 13-15; Rules 91",
    reads="Event announcement_expired",
)
def announcement_done(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The announcement before suit has expired, so that its procedure is fulfilled."""
    expired = latest(matter, "announcement_expired")
    if expired is None:
        return Verdict(False, _("By the record no announcement before suit has expired."))
    day = corrected(expired)[0]
    return Verdict(True, _("The announcement expired on %(day)s.") % {"day": day})


@guard(
    "适格主体答复已跟进",
    "Replies of eligible bodies are followed up",
    "Rules 93",
    reads="Event announcement_reply, Event announcement_reply_followed",
    cure=TEAM_CURES,
)
def replies_followed(matter: Case, facts: dict[str, Any]) -> Verdict:
    """No reply of an eligible body waits for its follow-up (design 3)."""
    waiting = selectors.unanswered_replies(matter)
    return either(
        not waiting,
        _("No reply of an eligible body waits."),
        _("These replies wait: %(names)s.") % {"names": "、".join(waiting)},
        reverse("transition_record", args=[matter.key, "S01"]),
    )


@guard("有待跟进的答复", "A reply to follow up", "Rules 93", reads="Event announcement_reply")
def reply_to_follow(matter: Case, facts: dict[str, Any]) -> Verdict:
    """There is a reply."""
    held = bool(standing(matter, "announcement_reply"))
    return either(held, _("A reply was logged."), _("No reply was logged."))


@guard(
    "无适格主体起诉",
    "No eligible body has sued",
    "Rules 96; CPL 58; JI 13",
    reads="Event announcement_reply",
    cure=TEAM_CURES,
)
def no_eligible_plaintiff(matter: Case, facts: dict[str, Any]) -> Verdict:
    """None sued; one that only says it will is a warning (law 14.1, T13/T21)."""
    eligible = selectors.replies_of_eligible(matter)
    sued = selectors.eligible_plaintiffs(matter)
    if sued:
        return Verdict(
            False,
            _("%(names)s has sued: support that suit (T14) or end this case (T15).")
            % {"names": "、".join(sued)},
        )
    willing = [reply["name"] for reply in eligible if reply.get("intention") == Intention.WILL]
    if willing:
        return Verdict(
            True,
            _("%(names)s says it will sue but has not: note a contact.")
            % {"names": "、".join(willing)},
            reverse("case_contacts", args=[matter.key]),
            warning=True,
        )
    return Verdict(True, _("No eligible body has sued."))


@guard(
    "适格主体名单",
    "The list of eligible subjects",
    "CPL 58; PIPL 70",
    reads="EligibleSubject",
    cure=KEEPERS_CURE,
)
def eligible_subjects_known(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Tells how old the list is that replies are compared with; an old or empty one is a warning."""
    link, day = reverse("subject_list"), selectors.subjects_as_of()
    if day is None:
        return Verdict(True, _("The list of eligible subjects is empty."), link, warning=True)
    limit = settings.ELIGIBLE_SUBJECTS_MAX_AGE_DAYS
    if (clock.today() - day).days <= limit:
        return Verdict(True, _("The list is of %(day)s.") % {"day": day}, link)
    sentence = _("The list is of %(day)s, older than %(limit)s days: have its sources looked at.")
    return Verdict(True, sentence % {"day": day, "limit": limit}, link, warning=True)
