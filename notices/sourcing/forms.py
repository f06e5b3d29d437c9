"""Choosing what a sentence rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.errors import Text
from audit.fields import VersionField
from documents.model import Support, SupportKind
from notices.models import Document
from notices.sourcing.sentences import Ground, possible_grounds

GROUPS: dict[SupportKind, Text] = {
    SupportKind.EXHIBIT: _("Exhibits"),
    SupportKind.EVENT: _("Events"),
    SupportKind.PARTY: _("Parties"),
}


def name_of(support: Support) -> str:
    """Return how a form calls a thing a sentence can rest on, for example ``exhibit:12``."""
    return f"{support.kind.value}:{support.reference}"


class SourceForm(forms.Form):
    """One more thing a sentence rests on."""

    version = VersionField()
    supports = forms.ChoiceField(label=_("It rests on"))
    pages = forms.CharField(
        label=_("Pages of the exhibit"),
        required=False,
        max_length=60,
        help_text=_("For example 12-14; empty for the whole exhibit."),
    )

    def __init__(self, *args: Any, actor: User, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", document.version)
        self.possible = {
            name_of(ground.support): ground for ground in possible_grounds(actor, document.matter)
        }
        grouped = [(label, self._of(kind)) for kind, label in GROUPS.items()]
        choices = [("", _("Choose")), *((label, found) for label, found in grouped if found)]
        self.fields["supports"].choices = choices  # type: ignore[attr-defined]

    def _of(self, kind: SupportKind) -> list[tuple[str, str]]:
        return [
            (name, ground.label)
            for name, ground in self.possible.items()
            if ground.support.kind is kind
        ]

    @property
    def chosen(self) -> Support:
        """The thing that was chosen, with its pages."""
        ground: Ground = self.possible[self.cleaned_data["supports"]]
        support = ground.support
        return Support(support.kind, support.reference, self.cleaned_data["pages"].strip())
