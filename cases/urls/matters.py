"""Addresses of what leads and cases have in common: transitions, events, tasks, work around
them, and who handles what.
"""

from __future__ import annotations

from django.urls import path

from cases.views import (
    assignment,
    attachments,
    back_entry,
    card,
    events,
    load,
    tasks,
    transitions,
    work,
)

MATTER = "matters/<str:key>/"

urlpatterns = [
    path(
        f"{MATTER}transitions/<str:code>/",
        transitions.TransitionRecord.as_view(),
        name="transition_record",
    ),
    path(f"{MATTER}card/check/", card.CardCheckMake.as_view(), name="card_check"),
    path(f"{MATTER}card.xlsx", card.CardWorkbook.as_view(), name="card_workbook"),
    path(f"{MATTER}card.json", card.CardJson.as_view(), name="card_json"),
    path(f"{MATTER}back-entry/", back_entry.BackEntryPage.as_view(), name="back_entry"),
    path(f"{MATTER}back-entry/ask/", back_entry.BackEntryAsk.as_view(), name="back_entry_ask"),
    path(
        f"{MATTER}back-entry/decide/",
        back_entry.BackEntryDecide.as_view(),
        name="back_entry_decide",
    ),
    path(f"{MATTER}back-entry/end/", back_entry.BackEntryEnd.as_view(), name="back_entry_end"),
    path(
        f"{MATTER}on-paper/<str:code>/",
        back_entry.OnPaperRecord.as_view(),
        name="on_paper_record",
    ),
    path(f"{MATTER}comments/new/", work.CommentCreate.as_view(), name="comment_create"),
    path(f"{MATTER}notes/new/", work.NoteCreate.as_view(), name="note_create"),
    path(f"{MATTER}contacts/new/", work.ContactCreate.as_view(), name="contact_create"),
    path(f"{MATTER}tasks/new/", tasks.TaskCreate.as_view(), name="task_create"),
    path("tasks/<int:pk>/", tasks.TaskDetail.as_view(), name="task_detail"),
    path("tasks/<int:pk>/close/", tasks.TaskClose.as_view(), name="task_close"),
    path(
        "attachments/<int:pk>/",
        attachments.AttachmentDownload.as_view(),
        name="attachment_download",
    ),
    path(
        "attachments/<int:pk>/permit/",
        attachments.MinutesPermit.as_view(),
        name="minutes_permit",
    ),
    path("events/<int:pk>/", events.EventDetail.as_view(), name="event_detail"),
    path("events/<int:pk>/correct/", events.EventCorrect.as_view(), name="event_correct"),
    path("events/<int:pk>/annul/", events.EventAnnul.as_view(), name="event_annul"),
    path(f"{MATTER}hand-over/", assignment.HandOver.as_view(), name="hand_over"),
    path(f"{MATTER}handlers/", load.MatterHandlers.as_view(), name="matter_handlers"),
    path("assignment/load/", load.DepartmentLoad.as_view(), name="load_of_department"),
    path("assignment/load/<int:pk>/tasks/", tasks.PersonTasks.as_view(), name="person_tasks"),
    path("assignment/load/points/", load.LoadWeightsSet.as_view(), name="load_weights_set"),
    path("assignment/", assignment.Assignment.as_view(), name="assignment"),
    path("assignment/hand-over/", assignment.HandOverAll.as_view(), name="hand_over_all"),
]
