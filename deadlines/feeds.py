"""What the calendar feeds of a person are and hold; every read of them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Lead
from deadlines import selectors
from deadlines.models import RUNNING, CalendarFeed, Deadline, FeedScope

# More entries no calendar program shows in a useful way.
MOST_ENTRIES = 2000


def feeds_of(owner: User) -> QuerySet[CalendarFeed]:
    """Return the feeds of a person that are not revoked, the newest first."""
    rows = CalendarFeed.objects.filter(owner=owner, revoked_at=None)
    return rows.select_related("case", "owner").order_by("-id")


def with_reminders(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Return `rows` as a calendar needs them: with their reminders, one more than it may hold."""
    return rows.prefetch_related("reminders")[: MOST_ENTRIES + 1]


def entries_of(feed: CalendarFeed) -> QuerySet[Deadline]:
    """Return the running deadlines the feed tells of, as its owner may see them now."""
    owner = feed.owner
    if feed.scope == FeedScope.OWN:
        return with_reminders(selectors.running_for(owner))
    if feed.case is not None:
        rows = selectors.deadlines_of(owner, feed.case)
    else:
        rows = selectors.deadlines_visible_to(owner)
    return with_reminders(rows.filter(state__in=RUNNING))


def entries_of_matter(actor: User, matter: Lead | Case) -> QuerySet[Deadline]:
    """Return the deadlines of a matter for a file, the closed ones too."""
    return with_reminders(selectors.deadlines_of(actor, matter))


def title_of(feed: CalendarFeed) -> str:
    """Return what a feed is for, in the reader's language; no name of a party."""
    if feed.case is not None:
        return _("Deadlines of %(key)s") % {"key": feed.case.key}
    return str(feed.get_scope_display())
