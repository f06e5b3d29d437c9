"""Sending a file of a matter to whoever may see the matter."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.views.base import StaffView
from audit.errors import NotVisible
from cases.forms.cases import OpenMinutesForm
from cases.models import Attachment
from cases.selectors.attachments import get_attachment
from cases.services import minutes
from cases.services.attachments import record_download
from cases.views.matter_frame import MatterAct
from documents import download


class AttachmentDownload(StaffView, View):
    """Save a file; a browser never runs it."""

    file: Attachment

    def prepare(self) -> None:
        self.file = get_attachment(self.actor, self.kwargs["pk"])
        minutes.require_may_read(self.actor, self.file)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record_download(actor=self.actor, attachment=self.file)
        file = self.file
        return download.attachment(
            sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size
        )


class MinutesPermit(MatterAct):
    """Let somebody read minutes of the committee, whatever it decided on (PCR 27)."""

    form_class = OpenMinutesForm
    heading = _("Permit to read the minutes")
    explanation = _(
        "Minutes of the procuratorial committee are read with the permission of the chief procurator; the "
        "handler of the case needs none (PCR 27). The permission stands in the record of the matter."
    )
    button = _("Permit")
    done = _("The permission is recorded.")

    def prepare(self) -> None:
        self.file = get_attachment(self.actor, self.kwargs["pk"])
        matter = self.file.case or self.file.lead
        if matter is None or not minutes.is_minutes(self.file):
            raise NotVisible(translate("This file is no minutes of the committee."))
        self.matter = matter

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.matter.office_id}

    def act(self, form: BaseForm) -> HttpResponse | None:
        minutes.open_minutes(actor=self.actor, minutes=self.file, **form.cleaned_data)
        return None
