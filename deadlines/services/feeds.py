"""Making, revoking and reading the calendar feeds of a person."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, Refusal
from cases.models import Case
from cases.selectors import people
from cases.selectors.matters import is_visible
from deadlines import feeds
from deadlines.calendar_file import calendar_file
from deadlines.models import CalendarFeed, Deadline, FeedScope

MOST_FEEDS = 10
# Several programs of one person may share an address; each asks every quarter of an hour at the most.
MOST_FETCHES = 120
WINDOW = timedelta(hours=1)
TOKEN_BYTES = 32


class TooOften(Refusal):
    """The feed was fetched too often within the hour.

    Attributes:
        wait: seconds until it may be fetched again.
    """

    status = 429
    code = "too_often"

    def __init__(self, wait: int) -> None:
        super().__init__(_("This calendar was fetched too often. Try again later."))
        self.wait = wait


@dataclass(frozen=True)
class Fetched:
    """What a calendar program gets.

    Attributes:
        digest: SHA-256 of `content`; the entity tag.
        changed_at: since when the content is this.
    """

    content: bytes
    digest: str
    changed_at: datetime


def digest_of(token: str) -> str:
    """Return what is stored of a token: its SHA-256. A token of 256 random bits needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_feed(
    *, actor: User, scope: FeedScope, case: Case | None = None
) -> tuple[CalendarFeed, str]:
    """Make a feed of the actor's; returns it with its token, which is nowhere else.

    Raises:
        Invalid: a feed of a case without the case, or another one with it.
        NotVisible: the actor may not see the case.
        NotPermitted: the actor is no member of its handling team.
        Conflict: the actor has as many feeds as anybody may have.
    """
    # A second making waits for this one, so that no race leaves an eleventh feed.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    _require_scope(scope, case)
    if case is not None:
        _require_member(actor, case)
    if feeds.feeds_of(actor).count() >= MOST_FEEDS:
        sentence = _("You have %(most)d feeds already. Revoke one that you no longer use.")
        raise Conflict(sentence % {"most": MOST_FEEDS}, code="too_many_feeds")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(
        owner=actor, scope=scope, case=case, digest=digest_of(token), created_at=clock.now()
    )
    _record(feed, actor, "calendar_feed.made")
    return feed, token


def _require_scope(scope: FeedScope, case: Case | None) -> None:
    if (scope == FeedScope.CASE) is not (case is not None):
        sentence = _("Name the case for a feed of one case, and for no other feed.")
        raise Invalid(sentence, errors={"case": [sentence]})


def _require_member(actor: User, case: Case) -> None:
    if not is_visible(actor, case):
        raise NotVisible(_("There is no such case."))
    if not people.is_member(case, actor):
        raise NotPermitted(
            _(
                "Only members of the handling team make a feed of one case. "
                "The feed of the matters you see holds its deadlines too."
            ),
            code="not_in_team",
        )


@transaction.atomic
def revoke_feed(*, actor: User, pk: int) -> None:
    """Revoke a feed of the actor's; its address answers like one that never was.

    Raises:
        NotVisible: the actor has no such feed.
    """
    feed = feeds.feeds_of(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if feed is None:
        raise NotVisible(_("There is no such feed."))
    _revoke(feed, actor)


def _revoke(feed: CalendarFeed, actor: User | None, reason: str = "") -> None:
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    _record(feed, actor, "calendar_feed.revoked", reason)


def _record(feed: CalendarFeed, actor: User | None, action: str, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="calendar_feed",
        object_id=feed.pk,
        office_id=feed.owner.office_id,
        case_id=feed.case_id,
        reason=reason,
        details={"scope": str(feed.scope)},
    )


@transaction.atomic
def fetch_feed(digest: str) -> Fetched | None:
    """Return what the feed with this digest holds now; None when there is none any more.

    A feed of a case ends for good when its owner may no longer see the case.

    Raises:
        TooOften: it was fetched more often than any calendar program has to.
    """
    feed = _live(digest)
    if feed is None:
        return None
    if feed.case is not None and not is_visible(feed.owner, feed.case):
        _revoke(feed, None, "out_of_sight")
        return None
    _count(feed)
    content = _content(feed)
    _note(feed, hashlib.sha256(content).hexdigest())
    assert feed.changed_at is not None  # set by _note
    return Fetched(content, feed.content_digest, feed.changed_at)


def _live(digest: str) -> CalendarFeed | None:
    """Return the feed, found by the index of digests: how long that takes tells nothing of a token."""
    rows = CalendarFeed.objects.select_for_update(of=("self",)).filter(
        digest=digest,
        revoked_at=None,
        owner__is_active=True,
        # Whoever got a one-time password does nothing before choosing an own one.
        owner__must_change_password=False,
    )
    return rows.select_related("owner__office", "case").first()


def _count(feed: CalendarFeed) -> None:
    now = clock.now()
    if feed.window_began_at is None or now >= feed.window_began_at + WINDOW:
        feed.window_began_at, feed.fetches = now, 0
    if feed.fetches >= MOST_FETCHES:
        raise TooOften(math.ceil((feed.window_began_at + WINDOW - now).total_seconds()))
    feed.fetches += 1
    feed.last_fetched_at = now


def _note(feed: CalendarFeed, digest: str) -> None:
    """Keep that the feed was fetched, and since when its content is this.

    The moment of a change is at least a second later than that of the one before: the header of HTTP
    knows no less.
    """
    if feed.content_digest != digest:
        now = clock.now()
        earliest = feed.changed_at + timedelta(seconds=1) if feed.changed_at else now
        feed.content_digest, feed.changed_at = digest, max(now, earliest)
    feed.save(
        update_fields=[
            "window_began_at",
            "fetches",
            "last_fetched_at",
            "content_digest",
            "changed_at",
        ]
    )


def _content(feed: CalendarFeed) -> bytes:
    rows = [row for row in feeds.entries_of(feed) if not row.period_over]
    with translation.override(feed.owner.language):
        name = feeds.title_of(feed)
    return file_of(rows, reader=feed.owner, name=name)


def file_of(rows: Iterable[Deadline], *, reader: User, name: str) -> bytes:
    """Return at most `feeds.MOST_ENTRIES` of `rows` as a calendar, which says when some are left out."""
    rows = list(rows)
    remark = ""
    if len(rows) > feeds.MOST_ENTRIES:
        with translation.override(reader.language):
            sentence = _(
                "Only the first %(most)d deadlines are shown; the others are in Procuracy."
            )
            remark = sentence % {"most": feeds.MOST_ENTRIES}
    return calendar_file(rows[: feeds.MOST_ENTRIES], reader=reader, name=name, remark=remark)
