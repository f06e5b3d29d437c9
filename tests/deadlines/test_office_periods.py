"""An office's own periods: what they start, for whom, and what is refused (law 6.1, P-15)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, transaction
from django.utils import translation

from accounts.models import Role
from audit import clock
from audit.articles import written
from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.machine import Act
from cases.models import Task
from cases.registries import effects_of
from cases.services import acts
from deadlines import by_hand, services
from deadlines.bearings import periods_of
from deadlines.derive import derive
from deadlines.explain import notification_text
from deadlines.models import Deadline, Notification, OfficePeriod
from deadlines.rulebook import DIRECTORY
from deadlines.services.office_periods import end, preview
from deadlines.services.publishing import preview as preview_notice
from deadlines.services.publishing import publish
from deadlines.soundness import deadlines_follow
from deadlines.workplace import inbox_items, timeline_entries
from tests.deadlines.own_periods import BASIS, TITLE, enter_period, entry
from tests.deadlines.test_publishing import entry as notice
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, make_lead, upload
from tests.support.people import delegate_today, make_user

pytestmark = pytest.mark.django_db


def own(matter) -> list[Deadline]:
    return list(matter.deadlines.filter(kind="office").order_by("pk"))


def lead_of(cast):
    """Register a lead that came today."""
    return make_lead(cast, received_on=clock.today())


@pytest.fixture
def period(cast):
    with on(2026, 3, 2):
        return enter_period(cast.chief)


# --- what it starts ------------------------------------------------------------------------------


def test_an_own_period_runs_from_its_event_and_names_the_regulation(cast, period):
    with on(2026, 3, 3):
        lead = lead_of(cast)
    (row,) = own(lead)
    assert (row.rule, row.kind, row.article) == ("N-01", "office", BASIS)
    assert (row.title_zh, row.title_en) == (TITLE, "Assessment of a lead")
    # The tenth day after 3 March, the day of the registration itself not counted.
    assert (row.start_day, row.effective_day) == (date(2026, 3, 3), date(2026, 3, 13))
    assert row.duty_holder == cast.head  # nobody handles the lead yet
    offsets = row.reminders.filter(channel="in_app").values_list("offset", flat=True)
    assert set(offsets) == {3, 1, 0}


def test_entering_moves_nothing_even_for_an_event_of_the_same_day(cast):
    with on(2026, 3, 2, 9):
        lead = lead_of(cast)
    with on(2026, 3, 2, 10):
        enter_period(cast.chief)
        before = list(Deadline.objects.values())
        services.recompute(matter=lead)
    assert list(Deadline.objects.values()) == before
    assert own(lead) == []


def test_only_events_between_its_first_and_its_last_day_start_it(cast):
    with on(2026, 3, 2):
        period = enter_period(cast.chief, valid_from=date(2026, 3, 4))
        early = lead_of(cast)
    with on(2026, 3, 4):
        first = lead_of(cast)
        end(actor=cast.head, period=period, valid_to=date(2026, 3, 5), reason="办法修订")
    with on(2026, 3, 5):
        last = lead_of(cast)
    with on(2026, 3, 6):
        late = lead_of(cast)
    assert [len(own(lead)) for lead in (early, first, last, late)] == [0, 1, 1, 0]


def test_what_began_runs_on_after_the_end_and_recomputing_changes_nothing(cast, period):
    with on(2026, 3, 3):
        lead = lead_of(cast)
        end(actor=cast.chief, period=period, valid_to=date(2026, 3, 3), reason="办法修订")
    with on(2026, 3, 20):
        before = list(lead.deadlines.order_by("pk").values())
        services.recompute(matter=lead)
    assert list(lead.deadlines.order_by("pk").values()) == before
    assert list(deadlines_follow(lead)) == []
    assert own(lead)[0].state == "open"


def test_the_matters_of_another_office_are_not_touched(cast):
    chief = make_user(cast.city_office, Role.CHIEF)
    with on(2026, 3, 2):
        enter_period(chief)  # of the next-higher office
        lead = lead_of(cast)
    assert own(lead) == []


def test_it_ends_by_the_events_it_names(cast):
    with on(2026, 3, 2):
        enter_period(
            cast.chief,
            start="announcement_published",
            met_by=["investigation_closed"],
            cancelled_by=["case_terminated"],
        )
        met, cancelled = make_case(cast), make_case(cast)
        for case in (met, cancelled):
            announce(case, date(2026, 3, 2))
        happen(met, "investigation_closed", date(2026, 3, 2))
        happen(cancelled, "case_terminated", date(2026, 3, 2))
    assert [own(case)[0].state for case in (met, cancelled)] == ["met", "cancelled"]


@pytest.mark.parametrize(
    ("duty", "who"), [("handler", "handler"), ("department_head", "head"), ("chief", "chief")]
)
def test_the_duty_is_whose_the_office_says(cast, duty, who):
    holder = getattr(cast, who)
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[], duty=duty)
        case = make_case(cast)
        announce(case, date(2026, 3, 2))
    assert own(case)[0].duty_holder == holder


def test_the_periods_of_law_of_a_matter_stay_as_they_are(cast):
    case = make_case(cast)
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[], length="5WD")
        announce(case, date(2026, 3, 2))
        law = case.deadlines.get(rule="P-01")
    assert (law.kind, law.article) == ("mandatory", "Rules 91; JI 13; CPL 58")
    assert own(case)[0].effective_day == date(2026, 3, 9)
    assert [item.rule.id for item in derive(case)] == ["P-01", "N-01"]


def completed(cast, case) -> None:
    """Record that the handler completed the office's own period of a case by hand."""
    clock = by_hand.clock_name("N-01", own(case)[0].start_event)
    facts = {"clock": clock, "outcome": "done", "result": "已报告", "legal_day": "2026-03-05"}
    acts.record_fact(
        actor=cast.handler,
        matter=case,
        kind=by_hand.COMPLETED,
        data=facts,
        files={"paper": upload()},
    )


def test_one_that_names_no_end_is_completed_by_hand_and_by_one_person(cast):
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[])
        case = make_case(cast)
        announce(case, date(2026, 3, 2))
    with on(2026, 3, 5):
        completed(cast, case)
    (row,) = own(case)
    assert (row.state, row.confirmation) == ("met", "")


def test_one_that_names_its_end_is_not_completed_by_hand(cast):
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=["investigation_closed"])
        case = make_case(cast)
        announce(case, date(2026, 3, 2))
    with on(2026, 3, 5), pytest.raises(Invalid):
        completed(cast, case)
    assert own(case)[0].state == "open"


def test_a_new_calendar_moves_it_with_its_own_reminders(cast):
    with on(2026, 12, 3):
        enter_period(
            cast.chief,
            start="announcement_published",
            met_by=[],
            length="P30D",
            reminders=[5],
            valid_from=date(2026, 12, 3),
        )
        case = make_case(cast)
        announce(case, date(2026, 12, 3))
        before = own(case)[0].effective_day
        given = notice()
        seen = preview_notice(actor=cast.system_administrator, entry=given)
        publish(actor=cast.system_administrator, entry=given, digest=seen.digest)
    (row,) = own(case)
    assert (before, row.effective_day) == (date(2027, 1, 4), date(2027, 1, 5))
    pending = row.reminders.filter(state="pending")
    assert {(r.offset, r.for_day) for r in pending} == {(5, date(2027, 1, 5))}


def test_an_annulled_start_cancels_it(cast, period):
    with on(2026, 3, 2):
        lead = lead_of(cast)
        registered = lead.events.get(kind="lead_registered")
        happen(lead, "transition_annulled", date(2026, 3, 2), annuls=registered, reason="误录")
    assert own(lead)[0].state == "cancelled"


# --- when it lapses, and how it is marked --------------------------------------------------------


def test_a_lapsed_own_period_alerts_holder_and_head_and_blocks_nothing(cast):
    cast.head.language = "en"
    cast.head.save()
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[])
        case = make_case(cast)
        announce(case, date(2026, 3, 2))
    with on(2026, 3, 13):
        services.lapse_due()
        told = Notification.objects.filter(deadline__kind="office")
        assert {row.recipient for row in told} == {cast.handler, cast.head}
        assert {row.kind for row in told} == {"lapsed"}
        happen(case, "investigation_started", date(2026, 3, 13))
    assert own(case)[0].state == "lapsed"
    title = Task.objects.get().title_values["title"]
    assert title == "Assessment of a lead (office's own rule)"


def test_every_text_without_tags_says_that_the_office_set_it(cast):
    cast.handler.email, cast.handler.language = "handler@procuracy.invalid", "en"
    cast.handler.save()
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[])
        case = make_case(cast)
        announce(case, date(2026, 3, 2))
    with on(2026, 3, 9, 9), translation.override("en"):
        services.sweep()
        texts = [
            notification_text(row) for row in Notification.objects.filter(recipient=cast.handler)
        ]
        texts += [item.title for item in inbox_items(cast.handler) if "lead" in item.title]
        texts += [message.body for message in outbox.outbox]
    assert len(texts) >= 3
    for text in texts:
        assert "Assessment of a lead (office's own rule)" in text
    with on(2026, 3, 13), translation.override("en"):
        services.lapse_due()
        (entered,) = timeline_entries(case, cast.handler)
    assert entered.title == "Last day: Assessment of a lead (office's own rule)"
    assert entered.text == BASIS


def test_no_text_made_in_code_names_a_deadline_without_its_mark():
    """A tag marks it where a template writes `heading`; whatever Python writes has no tags."""
    bare = re.compile(r"\b(?!self\b)\w+\.heading\b")
    faults = {
        path.relative_to(DIRECTORY.parent).as_posix()
        for path in DIRECTORY.parent.rglob("*.py")
        if bare.search(path.read_text(encoding="utf-8"))
    }
    assert faults == set()


def test_a_regulation_is_shown_as_it_was_written(cast, period):
    with translation.override("zh-hans"):
        assert written(BASIS) == BASIS


def test_the_proposal_page_and_the_readiness_announce_it(cast, period):
    with on(2026, 3, 2):
        case = make_case(cast)
        enter_period(
            cast.head,
            title_zh="公告后报告",
            start="announcement_published",
            met_by=["case_terminated"],
        )
        declaration = acts.declaration_of(case, "T12")
        act = Act(declaration, case, {}, date(2026, 3, 2))
        with translation.override("en"):
            lines = [
                line.text
                for effect in effects_of("announcement_published")
                for line in effect(act, True)
                if line.text.startswith("N-02")
            ]
            begins = [
                b.code for b in periods_of(case, "announcement_published") if b.does == "starts"
            ]
            ends = [b.code for b in periods_of(case, "case_terminated") if b.does == "meets"]
    assert lines == [
        "N-02 Assessment of a lead (office's own rule) begins; recorded on this day it would end on "
        "2026-03-12."
    ]
    assert ("N-02" in begins, "N-02" in ends) == (True, True)
    with on(2026, 3, 1):
        assert "N-02" not in [b.code for b in periods_of(case, "announcement_published")]


# --- entering and ending -------------------------------------------------------------------------


def test_the_numbers_of_an_office_run_without_a_gap_and_apart_from_another_office(cast):
    other = make_user(cast.other_office, Role.CHIEF)
    with on(2026, 3, 2):
        codes = [enter_period(cast.chief, title_zh=f"期限{n}").code for n in range(3)]
        assert enter_period(other).code == "N-01"
    assert codes == ["N-01", "N-02", "N-03"]


def test_the_chief_the_heads_and_who_acts_for_them_enter_and_end(cast):
    with on(2026, 3, 2):
        enter_period(cast.chief, title_zh="期限一")
        enter_period(cast.head, title_zh="期限二")
        delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
        period = enter_period(cast.colleague, title_zh="期限三")
        end(actor=cast.colleague, period=period, valid_to=date(2026, 3, 2), reason="误录")


@pytest.mark.parametrize(
    "who", ["handler", "clerk", "deputy", "case_manager", "auditor", "system_administrator"]
)
def test_nobody_else_of_the_office_enters_or_ends(cast, period, who):
    actor = getattr(cast, who)
    with on(2026, 3, 2):
        with pytest.raises(NotPermitted):
            enter_period(actor, title_zh="期限二")
        with pytest.raises(NotPermitted):
            preview(actor=actor, entry=entry())
        with pytest.raises(NotPermitted):
            end(actor=actor, period=period, valid_to=date(2026, 3, 2), reason="误录")
    assert OfficePeriod.objects.filter(valid_to__isnull=True).count() == 1


def test_a_chief_of_another_office_does_not_end_it(cast, period):
    other = make_user(cast.other_office, Role.CHIEF)
    with on(2026, 3, 2), pytest.raises(NotPermitted):
        end(actor=other, period=period, valid_to=date(2026, 3, 2), reason="误录")


def test_entering_and_ending_are_on_the_audit_record(cast, period):
    with on(2026, 3, 5):
        end(actor=cast.head, period=period, valid_to=date(2026, 4, 1), reason="办法修订")
    rows = AuditEvent.objects.filter(object_type="office_period", object_id=str(period.pk))
    assert list(rows.order_by("id").values_list("action", "actor_id", "office_id")) == [
        ("office_period.entered", cast.chief.pk, cast.office.pk),
        ("office_period.ended", cast.head.pk, cast.office.pk),
    ]


def test_an_ended_period_is_not_ended_again(cast, period):
    with on(2026, 3, 5):
        end(actor=cast.chief, period=period, valid_to=date(2026, 4, 1), reason="办法修订")
        with pytest.raises(Conflict), translation.override("en"):
            end(actor=cast.chief, period=period, valid_to=date(2026, 5, 1), reason="办法修订")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"valid_to": date(2026, 3, 1)}, "valid_to"), ({"reason": " "}, "reason")],
)
def test_an_end_needs_a_reason_and_a_day_that_has_not_passed(cast, period, given, field):
    with on(2026, 3, 2), pytest.raises(Invalid) as refused:
        end(
            actor=cast.chief,
            period=period,
            **{"valid_to": date(2026, 3, 2), "reason": "修订"} | given,
        )
    assert field in refused.value.errors


@pytest.mark.parametrize(
    ("field", "changes", "says"),
    [
        ("title_zh", {"title_zh": " "}, "Write the title in Chinese."),
        ("title_zh", {"title_zh": "Assessment"}, "Write the title in Chinese."),
        ("basis", {"basis": ""}, "Name the regulation of the office"),
        ("length", {"length": "P0D"}, "at least one unit"),
        ("length", {"length": "P3W"}, "This unit is not known."),
        ("length", {"length": "-P3D"}, "This is no period that can be counted here."),
        ("length", {"length": "PT48H"}, "Most events bear no hour"),
        ("length", {"length": "P11Y"}, "at most ten years"),
        ("start", {"start": "nothing_such"}, "No such kind of event is recorded here: nothing_such."),
        ("start", {"start": "event_corrected"}, "No such kind of event"),
        ("met_by", {"met_by": ["case_filed", "nothing_such"]}, "nothing_such"),
        ("start", {"met_by": ["lead_registered"]}, "What starts the period cannot end it too."),
        ("cancelled_by", {"cancelled_by": ["case_filed"]}, "cannot both fulfil and cancel"),
        ("reminders", {"reminders": [11]}, "A reminder 11 days before would come before"),
        ("reminders", {"reminders": [29], "length": "P1M"}, "A reminder 29 days before"),
        ("reminders", {"reminders": []}, "Name one to ten whole days"),
        ("reminders", {"reminders": [-1]}, "Name one to ten whole days"),
        ("duty", {"duty": "court"}, "Choose the handler"),
        ("valid_from", {"valid_from": date(2026, 3, 1)}, "A period concerns future events only."),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence_at_its_field(cast, field, changes, says):
    with on(2026, 3, 2), translation.override("en"), pytest.raises(Invalid) as refused:
        enter_period(cast.chief, **changes)
    assert [name for name in refused.value.errors] == [field]
    assert says in " ".join(str(text) for text in refused.value.errors[field])
    assert not OfficePeriod.objects.exists()


def test_a_title_is_in_force_once(cast, period):
    with on(2026, 3, 2), translation.override("en"):
        with pytest.raises(Invalid) as refused:
            enter_period(cast.head, title_zh=f" {TITLE} ")
        assert refused.value.errors["title_zh"] == [
            "N-01 has this title and is in force then. End it first, or choose another title."
        ]
        end(actor=cast.chief, period=period, valid_to=date(2026, 3, 9), reason="办法修订")
        with pytest.raises(Invalid):
            enter_period(cast.head, valid_from=date(2026, 3, 9))
        assert enter_period(cast.head, valid_from=date(2026, 3, 10)).code == "N-02"


def test_a_period_given_up_before_its_first_day_never_starts_and_frees_its_title(cast):
    with on(2026, 3, 2):
        period = enter_period(cast.chief, valid_from=date(2026, 3, 9))
        end(actor=cast.chief, period=period, valid_to=date(2026, 3, 2), reason="误录")
        enter_period(cast.chief, length="P20D")
        lead = lead_of(cast)
    with on(2026, 3, 9):
        late = lead_of(cast)
    assert [row.rule for row in own(lead) + own(late)] == ["N-02", "N-02"]


def test_a_preview_computes_an_example_of_today_and_stores_nothing(cast):
    with on(2026, 3, 2):
        example = preview(actor=cast.head, entry=entry(length="15WD"))
    assert example.last_day == date(2026, 3, 23)
    assert not OfficePeriod.objects.exists()


def test_the_longest_period_never_keeps_an_event_from_being_recorded(cast):
    with on(2026, 3, 2):
        enter_period(cast.chief, length="P10Y", valid_from=date(2026, 3, 2))
    with on(2089, 12, 31):
        lead = make_lead(cast, received_on=date(2089, 12, 31))
    assert own(lead)[0].effective_day >= date(2099, 12, 31)


# --- the database --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(length="P20D"),
        lambda rows: rows.update(number=2),
        lambda rows: rows.update(valid_to=date(2026, 5, 1)),
        lambda rows: rows.delete(),
    ],
)
def test_the_database_lets_nobody_edit_or_delete_a_period(period, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(OfficePeriod.objects.filter(pk=period.pk))


def test_the_database_keeps_an_end_as_it_was_entered(cast, period):
    with on(2026, 3, 5):
        end(actor=cast.chief, period=period, valid_to=date(2026, 4, 1), reason="办法修订")
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficePeriod.objects.filter(pk=period.pk).update(valid_to=date(2026, 5, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 1, "title_zh": "别的"},
        {"number": 3, "title_zh": "别的"},
        {"number": 2},
        {"number": 2, "title_zh": " "},
        {"number": 2, "title_zh": "别的", "length": "P0D"},
        {"number": 2, "title_zh": "别的", "duty": "court"},
        {"number": 2, "title_zh": "别的", "valid_to": date(2026, 5, 1)},
    ],
)
def test_the_database_refuses_what_the_service_refuses(period, wrong):
    row = OfficePeriod.objects.get(pk=period.pk)
    row.pk = None
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
