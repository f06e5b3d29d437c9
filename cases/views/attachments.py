"""Sending a file of a matter to whoever may see the matter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View

from accounts.views.base import StaffView
from cases.models import Attachment
from cases.selectors.attachments import get_attachment
from cases.services import committee
from cases.services.attachments import record_download
from documents import download


class AttachmentDownload(StaffView, View):
    """Save a file; a browser never runs it."""

    file: Attachment

    def prepare(self) -> None:
        self.file = get_attachment(self.actor, self.kwargs["pk"])
        committee.require_may_read(self.actor, self.file)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record_download(actor=self.actor, attachment=self.file)
        file = self.file
        return download.attachment(
            sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size
        )
