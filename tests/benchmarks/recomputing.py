"""The two processes of `recompute`: one fills a database with cases, one publishes a notice in it.

Every computed value is made by the application, for one case of each start; the other cases are copies.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
django.setup()

from django.db import connection, connections, models, transaction  # noqa: E402 - models need the settings

from accounts.models import Role, User  # noqa: E402
from cases.models import Case, Event, TeamMember, TeamPosition  # noqa: E402
from deadlines.calendar import FIXED_HOLIDAYS, YearNotice, official  # noqa: E402
from deadlines.derive import terms_of  # noqa: E402
from deadlines.models import Deadline, Reminder  # noqa: E402
from deadlines.notice_file import HEADER, KINDS  # noqa: E402
from deadlines.rulebook import Duty, PeriodRule, Rulebook, in_force  # noqa: E402
from deadlines.services.moving import touched  # noqa: E402
from deadlines.services.publishing import NoticeEntry, preview, publish  # noqa: E402
from deadlines.services.reminding import Call, synchronise_all  # noqa: E402
from deadlines.yearbook import calendar_under  # noqa: E402
from tests.benchmarks.measuring import seconds_of  # noqa: E402
from tests.support.people import Cast  # noqa: E402

YEAR = official().years[-1] + 1
# Every start lies where the notice of the year can reach its deadline.
STARTS = [date(YEAR - 1, 12, 1) + timedelta(days=number) for number in range(334)]
RULES = 5
SAME_WEEKDAY = timedelta(days=364)


def fill(cases: int) -> None:
    """Make as many cases with five running deadlines and their reminders each."""
    cast = Cast()
    cast.system_administrator  # noqa: B018 - publishes
    made = Case.objects.bulk_create(
        (_case(cast, number) for number in range(cases)), batch_size=5000
    )
    TeamMember.objects.bulk_create(
        (TeamMember(case=case, user=cast.handler, position=TeamPosition.LEAD) for case in made),
        batch_size=5000,
    )
    events = Event.objects.bulk_create(
        (Event(case=case, kind="announcement_published", legal_day=STARTS[0]) for case in made),
        batch_size=5000,
    )
    with transaction.atomic():
        _deadlines(cast, made[: len(STARTS)], events)
        _copy()
    # As the database would have done by itself over the months in which so many cases come.
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _case(cast: Cast, number: int) -> Case:
    return Case(
        key=f"{cast.office.code}-{YEAR}-{number:06}",
        office=cast.office,
        department=cast.department,
        year=YEAR,
        serial=number,
        title="某科技公司侵害个人信息案",
        created_by=cast.handler,
        legal_bases=["PIPL 70"],
        filed_on=STARTS[0],
        summary="摘要",
        rulebook=in_force(STARTS[0]).version,
    )


def _deadlines(cast: Cast, cases: Iterable[Case], events: Iterable[Event]) -> None:
    """Make the deadlines of one case for each start, as the application makes them."""
    book = in_force(STARTS[0])
    rules = [
        r for r in book.periods.values() if r.length and r.duty is Duty.HANDLER and r.reminders
    ]
    rows = [
        (_deadline(cast, case, event, rule, start, book), rule)
        for case, event, start in zip(cases, events, STARTS, strict=False)
        for rule in rules[:RULES]
    ]
    Deadline.objects.bulk_create([row for row, _rule in rows])
    synchronise_all([Call(row, (cast.handler,), rule, quiet=False) for row, rule in rows])


def _deadline(
    cast: Cast, case: Case, event: Event, rule: PeriodRule, start: date, book: Rulebook
) -> Deadline:
    terms = terms_of(rule, start)
    computed = terms.computed(calendar_under(book))
    return Deadline(
        case=case,
        rule=rule.id,
        rulebook=book.version,
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        article=rule.article,
        kind=rule.kind.value,
        start_event=event,
        start_day=start,
        nominal_day=computed.nominal,
        effective_day=computed.effective,
        backwards=computed.backwards,
        provisional=computed.provisional,
        derivation=computed.derivation(),
        terms=terms.as_json(),
        duty_holder=cast.handler,
    )


def _columns(model: type[models.Model], *own: str) -> tuple[str, str]:
    """Return all columns but the id and `own`, for the row made and for the row it copies."""
    names = [field.column for field in model._meta.concrete_fields]
    copied = [f'"{name}"' for name in names if name not in ("id", *own)]
    return ", ".join(copied), ", ".join(f"old.{name}" for name in copied)


def _copy() -> None:
    """Give every further case the deadlines and reminders of the one with the same start."""
    into, old = _columns(Deadline, "case_id", "start_event_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO deadlines_deadline (case_id, start_event_id, {into})"
            f" SELECT own.id, event.id, {old} FROM cases_case AS own"
            " JOIN cases_event AS event ON event.case_id = own.id"
            " JOIN cases_case AS first ON first.serial = own.serial %% %s"
            " JOIN deadlines_deadline AS old ON old.case_id = first.id WHERE own.serial >= %s",
            [len(STARTS), len(STARTS)],
        )
        into, old = _columns(Reminder, "deadline_id")
        cursor.execute(
            f"INSERT INTO deadlines_reminder (deadline_id, {into})"
            f" SELECT row.id, {old} FROM deadlines_deadline AS row"
            " JOIN cases_case AS own ON own.id = row.case_id"
            " JOIN cases_case AS first ON first.serial = own.serial %% %s"
            " JOIN deadlines_deadline AS model ON model.case_id = first.id AND model.rule = row.rule"
            " JOIN deadlines_reminder AS old ON old.deadline_id = model.id WHERE own.serial >= %s",
            [len(STARTS), len(STARTS)],
        )


def _a_year_on(notice: YearNotice, kind: str) -> dict[date, list[str]]:
    """Return the days of a notice on the same weekdays of the next year, with the festival of each."""
    return {
        day + SAME_WEEKDAY: [festival.name, festival.name_en]
        for festival in notice.festivals
        for day in getattr(festival, kind)
        if (day + SAME_WEEKDAY).year == YEAR
    }


def entry() -> NoticeEntry:
    """Return a notice as the latest known one, its days on the same weekdays a year on."""
    latest: YearNotice = official().notices[YEAR - 1]
    kinds = {kind: word for word, kind in KINDS.items()}
    off, work = _a_year_on(latest, "off"), _a_year_on(latest, "work")
    off |= {date(YEAR, month, day): names for month, day, _since, *names in FIXED_HOLIDAYS}
    days = [(day, kinds["off"], names) for day, names in off.items()]
    days += [(day, kinds["work"], names) for day, names in work.items() if day not in off]
    lines = [f"{day},{word},{','.join(names)}" for day, word, names in sorted(days)]
    return NoticeEntry(YEAR, "某通知", "A notice", "\n".join([",".join(HEADER), *lines]))


def published() -> dict[str, Any]:
    """Preview and publish the notice; return what it took."""
    actor = User.objects.get(role_grants__role=Role.SYSTEM_ADMINISTRATOR)
    shown: list[Any] = []
    looked = seconds_of(lambda: shown.append(preview(actor=actor, entry=entry())))
    digest = shown[0].digest
    provisional = touched(YEAR).filter(provisional=True)
    before = provisional.count()
    done = seconds_of(lambda: publish(actor=actor, entry=entry(), digest=digest))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cases": Case.objects.count(),
        "rows": touched(YEAR).count(),
        "written": before - provisional.count(),
        "moved": shown[0].number,
        "preview": looked,
        "publish": done,
        "mebibytes": peak,
        "floor": seconds_of(lambda: touched(YEAR).update(provisional=models.F("provisional"))),
    }


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(published()))
