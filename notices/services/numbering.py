"""Giving numbers: one row a series, locked while it counts, so that none is lost and none comes twice."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted
from notices import selectors
from notices.catalogue import DocumentType, Numbering, document_type
from notices.models import Document, NumberCounter, NumberPattern, NumberRegister, NumberState
from notices.models.numbers import NumberOrigin
from notices.numbers import Series, check_template
from notices.series import every_series
from notices.services.common import require_reason


def give_number(*, document: Document, series: Series, year: int, actor: User) -> str:
    """Give the next number of a series to a document that is saved; inside the caller's transaction.

    Numbers that were registered with a document of their own are passed over: they are taken.
    """
    counter = _locked_counter(document.office, series.word, year)
    count = selectors.next_count(counter)
    counter.last = count
    counter.save(update_fields=["last"])
    entry = _enter(
        document.office, series, year, count, actor, origin=NumberOrigin.ISSUED, document=document
    )
    return entry.text


def _enter(
    office: Office, series: Series, year: int, count: int, actor: User, **rest: Any
) -> NumberRegister:
    return NumberRegister.objects.create(
        office=office,
        word=series.word,
        year=year,
        sequence=count,
        text=series.number(year, count),
        given_by=actor,
        **rest,
    )


def _locked_counter(office: Office, word: str, year: int) -> NumberCounter:
    # Whoever comes second waits here for the first and then finds the row.
    NumberCounter.objects.bulk_create(
        [NumberCounter(office=office, word=word, year=year)], ignore_conflicts=True
    )
    return NumberCounter.objects.select_for_update().get(office=office, word=word, year=year)


def _entry(office: Office, word: str, year: int, count: int) -> NumberRegister | None:
    return (
        NumberRegister.objects.filter(office=office, word=word, year=year, sequence=count)
        .select_related("document")
        .first()
    )


def read_number(office: Office, kind: DocumentType, text: str) -> tuple[Series, int, int]:
    """Return series, year and count of a number the office gave elsewhere.

    Raises:
        Invalid: it does not have the pattern of the office.
    """
    known = every_series(office, kind)
    for series in known:
        found = series.read(text)
        if found is not None:
            return series, *found
    year = clock.today().year
    pattern = "、".join(series.number(year, None) for series in known) or "—"
    sentence = _("This number does not have the pattern of the office: %(pattern)s.") % {
        "pattern": pattern
    }
    raise Invalid(sentence, errors={"number": [sentence]}, code="number_pattern")


def register_number(*, document: Document, text: str, actor: User) -> str:
    """Enter the number a document bears already; inside the caller's transaction.

    Raises:
        Invalid: it does not have the pattern of the office.
        Conflict: another document bears it.
    """
    series, year, count = read_number(document.office, document.type, text)
    # The lock of the series: the next issue must see this number, or this one the next issue's.
    _locked_counter(document.office, series.word, year)
    _require_free(document.office, series, year, count)
    try:
        with transaction.atomic():
            entry = _enter(
                document.office,
                series,
                year,
                count,
                actor,
                origin=NumberOrigin.REGISTERED,
                document=document,
            )
    except IntegrityError as error:
        raise _taken(text) from error
    return entry.text


def _require_free(office: Office, series: Series, year: int, count: int) -> None:
    entry = _entry(office, series.word, year, count)
    if entry is not None:
        raise _taken(entry.text, entry)


def _taken(text: str, entry: NumberRegister | None = None) -> Conflict:
    if entry is not None and entry.document is not None:
        sentence = _("The number %(number)s is borne by “%(title)s” of %(day)s already.") % {
            "number": text,
            "title": entry.document.type.title,
            "day": entry.document.signed_day or entry.given_at.date(),
        }
    else:
        sentence = _("The number %(number)s was given already and never comes back.") % {
            "number": text
        }
    details = {"number": text, "document": entry.document_id if entry else None}
    return Conflict(sentence, code="number_taken", law="PRR 7", details=details)


def void_entry(document: Document, *, actor: User, reason: str) -> None:
    """Mark the number of a document that becomes void; the number stays taken."""
    entry = NumberRegister.objects.select_for_update().filter(document=document).first()
    if entry is None:
        return
    entry.state = NumberState.VOID
    entry.voided_at = clock.now()
    entry.voided_by = actor
    entry.void_reason = reason
    entry.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])


# --- what the keepers of the office's numbers do --------------------------------------------------


def _require_keeper(actor: User) -> None:
    if not selectors.may_keep_numbers(actor):
        raise NotPermitted(
            _("Numbers are kept by the chief procurator and the case-management department."),
            code="wrong_role",
            law="PRR 7",
        )


def _numbered(code: str) -> DocumentType:
    kind = document_type(code)
    if kind.numbering is not Numbering.WORD:
        sentence = _("“%(title)s” bears no number of the office.") % {"title": kind.title}
        raise Invalid(sentence, errors={"code": [sentence]}, code="not_numbered")
    return kind


@transaction.atomic
def set_pattern(*, actor: User, code: str, track: str, type: str, template: str) -> NumberPattern:
    """Set how the actor's office numbers documents of one type from now on.

    Raises:
        NotPermitted: the actor keeps no numbers.
        Invalid: the type bears no number, or the pattern cannot be used.
    """
    _require_keeper(actor)
    _numbered(code)
    row, _created = NumberPattern.objects.update_or_create(
        office=actor.office,
        code=code,
        defaults={
            "track": track.strip(),
            "type": type.strip(),
            "template": check_template(template.strip()),
            "changed_by": actor,
            "changed_at": clock.now(),
        },
    )
    audit.record(
        actor=actor,
        action="number.pattern_set",
        object_type="number_pattern",
        object_id=row.pk,
        details={"code": code},
    )
    return row


def _series_with(office: Office, kind: DocumentType, word: str) -> Series:
    found = every_series(office, kind)
    if not found:
        sentence = _("Set the pattern of this type first: the law names no word for its number.")
        raise Invalid(sentence, errors={"code": [sentence]}, code="no_series")
    if not word:
        return found[0]
    by_word = {series.word: series for series in found}
    if word not in by_word:
        sentence = _("Documents of this type are numbered with %(words)s.")
        known = sentence % {"words": ", ".join(by_word)}
        raise Invalid(known, errors={"word": [known]}, code="no_series")
    return by_word[word]


@transaction.atomic
def set_first_number(
    *, actor: User, code: str, year: int, first: int, word: str = ""
) -> NumberCounter:
    """Let a series of the actor's office begin with `first`, before it has given any number.

    Args:
        word: of which series, where the type stands for papers with a word each; empty for the usual one.

    Raises:
        NotPermitted: the actor keeps no numbers.
        Invalid: the type has no such series here, or the number is not 1 to 999,999.
        Conflict: the series has given numbers already.
    """
    _require_keeper(actor)
    series = _series_with(actor.office, _numbered(code), word.strip())
    if not 1 <= first <= 999_999:
        sentence = _("The first number must be 1 to 999,999.")
        raise Invalid(sentence, errors={"first": [sentence]}, code="first_number")
    counter = _locked_counter(actor.office, series.word, year)
    if counter.last >= counter.start:
        raise Conflict(
            _("This series has given the number %(last)d already; its start cannot change.")
            % {"last": counter.last},
            code="series_begun",
            details={"last": counter.last},
        )
    counter.start, counter.last = first, first - 1
    counter.save(update_fields=["start", "last"])
    audit.record(
        actor=actor,
        action="number.start_set",
        object_type="number_counter",
        object_id=counter.pk,
        details={"code": code, "year": year, "first": first},
    )
    return counter


@transaction.atomic
def void_unused_number(*, actor: User, code: str, number: str, reason: str) -> NumberRegister:
    """Enter a number that was used up without a document, for example on a spoilt sheet.

    Raises:
        NotPermitted: the actor keeps no numbers.
        Invalid: it does not have the pattern of the office, or the reason is missing.
        Conflict: it was given already.
    """
    _require_keeper(actor)
    words = require_reason(reason, _("Say why the number is void."))
    series, year, count = read_number(actor.office, _numbered(code), number)
    _locked_counter(actor.office, series.word, year)
    _require_free(actor.office, series, year, count)
    entry = _enter(
        actor.office,
        series,
        year,
        count,
        actor,
        origin=NumberOrigin.UNUSED,
        state=NumberState.VOID,
        voided_at=clock.now(),
        voided_by=actor,
        void_reason=words,
    )
    audit.record(
        actor=actor,
        action="number.voided",
        object_type="number",
        object_id=entry.pk,
        reason=words,
        details={"code": code, "year": year, "count": count},
    )
    return entry
