"""The opinion to file against an authority (A-1, A-1-2; Rules 67-70)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from administrative.grounds import Conduct
from administrative.models import Body
from administrative.selectors import authorities
from cases.forms.facts import DecisionFacts, long_text
from cases.models.matter import ADMINISTRATIVE_BASES


class FileAgainstAuthorityFacts(DecisionFacts):
    """Harm, the authority with its duty, and how it may have failed (Rules 67).

    One case an authority; several acts of the same kind by one authority are one case (Rules 69).
    """

    case_title = forms.CharField(label=_("Title of the case"), max_length=200)
    authority = forms.ModelChoiceField(
        label=_("Authority"),
        queryset=Body.objects.none(),
        help_text=_("One case an authority (Rules 69). Missing here: enter it in the directory."),
    )
    duty = long_text(_("Its duty, with the provision it rests on"))
    conduct = forms.ChoiceField(
        label=_("How it may have failed"), choices=Conduct.choices, widget=forms.RadioSelect
    )
    failure = long_text(_("Which acts, or which inaction; several of one kind are one case"))
    harm = long_text(_("How the public interest has been harmed (Rules 67)"))
    legal_bases = forms.MultipleChoiceField(
        label=_("Legal basis"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(basis.value, basis.label) for basis in ADMINISTRATIVE_BASES],
        help_text=_(
            "Whether article 70 of the Personal Information Protection Law reaches it is debated."
        ),
    )
    minors_concerned = forms.BooleanField(label=_("Minors are concerned"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return the facts with the name of the authority, by which it is a party of the case."""
        body = self.cleaned_data.get("authority")
        return super().facts() | {"authority_name": body.name if body else ""}
