"""What this room hands to the case page, the inbox, the search and the check of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit import vocabulary
from cases.models import Case, Lead
from cases.registries import (
    Found,
    InboxItem,
    Movement,
    Panel,
    SearchSource,
    inbox,
    kept_rows,
    movements,
    panels,
    search,
)
from cases.selectors.keys import of_keys
from documents import holdings
from documents.holdings import Holding
from exchange import selectors
from exchange.models import Paper, PaperFile

if TYPE_CHECKING:
    Matter = Lead | Case

MOST_IN_INBOX = 50


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the newest papers of a matter."""
    own = matter.office_id == actor.office_id
    return {
        "matter": matter,
        "papers": selectors.newest_papers(actor, matter),
        "own_office": own,
        "may_register": own and selectors.may_register(actor),
    }


def papers_to_link(user: User) -> list[InboxItem]:
    """The papers nobody has linked or closed, for those who register."""
    return [
        InboxItem(
            group="todo",
            title=_("Link or close the paper: %(subject)s") % {"subject": row.subject},
            link=row.get_absolute_url(),
            kind=_("Paper"),
            matter_title=row.correspondent,
            matter_key=row.number,
            matter_state=row.get_direction_display(),
            waiting_since=row.registered_at,
        )
        for row in selectors.waiting_for(user)[:MOST_IN_INBOX]
    ]


def show(paper: Paper) -> Found:
    """Show a paper the search found, with what it belongs to."""
    matter = paper.matter.title if paper.matter else ""
    return Found(
        title=paper.subject,
        number=" ".join(filter(None, (paper.number, paper.their_number))),
        text=" · ".join(filter(None, (paper.correspondent, matter))),
        state=paper.standing.label,
        tone=paper.tone,
        link=paper.get_absolute_url(),
        address=reverse("paper-detail", args=[paper.pk]),
    )


def stored_files() -> Iterator[Holding]:
    """Yield the files of papers, for the check of the store."""
    rows = PaperFile.objects.order_by("pk").values_list("pk", "sha256", "size")
    for pk, sha256, size in rows.iterator():
        yield Holding(f"paper file {pk}", sha256, size)


def register() -> None:
    """Hand everything to the registries."""
    panels.register(
        "papers",
        Panel(
            code="papers",
            title=gettext_lazy("Papers in and out"),
            template="exchange/case_panel.html",
            context=panel_context,
            order=40,
        ),
    )
    inbox.register("papers", papers_to_link)
    title = gettext_lazy("Paper registered")
    kept_rows.register("papers", lambda case, lead: Paper.objects.filter(of_keys(case, lead)))
    movements.register("papers", Movement(title, Paper.objects.all, "registered_at"))
    search.register(
        "papers",
        SearchSource(
            "papers",
            gettext_lazy("Papers in and out"),
            selectors.search,
            show,
            ("paper_list", "paper-list"),
            numbered=selectors.numbered,
        ),
    )
    holdings.register("papers", stored_files)
    vocabulary.add(
        {
            "paper": gettext_lazy("Paper"),
            "paper.registered": gettext_lazy("Paper registered"),
            "paper.linked": gettext_lazy("Paper linked"),
            "paper.closed": gettext_lazy("Paper closed"),
            "paper.made_an_event": gettext_lazy("Paper made an event"),
            "paper.viewed": gettext_lazy("Paper viewed"),
            "paper.downloaded": gettext_lazy("File of a paper downloaded"),
        }
    )
