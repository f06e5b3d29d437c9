"""The tree of offices, their departments, and changing both."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import forms, selectors, services
from accounts.models import Office, Role
from accounts.views.base import ActView, StaffPage, StaffView


class OfficeList(StaffPage):
    """The offices the actor sees, as a tree."""

    template_name = "accounts/office_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tree=selectors.tree_of(self.actor),
            may_create=selectors.has_role(self.actor, Role.SYSTEM_ADMINISTRATOR),
            **kwargs,
        )


class _OfficeOfPath(StaffView):
    """Loads the office the address names."""

    office: Office
    for_administrators = True

    def prepare(self) -> None:
        offices = selectors.offices_visible_to(self.actor).select_related("parent")
        self.office = get_object_or_404(offices, pk=self.kwargs["pk"])
        if self.for_administrators:
            self.require(self.may_administer)

    @property
    def may_administer(self) -> bool:
        return selectors.administers(self.actor, self.office, Role.SYSTEM_ADMINISTRATOR)

    def back(self) -> str:
        return reverse("office_detail", args=[self.office.pk])


class OfficeDetail(_OfficeOfPath, StaffPage):
    """One office with its departments and the offices directly below it."""

    template_name = "accounts/office_detail.html"
    for_administrators = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = selectors.offices_visible_to(self.actor)
        listed = selectors.offices_with_visible_users(self.actor)
        return super().get_context_data(
            office=self.office,
            departments=self.office.departments.all(),
            offices_below=visible.filter(parent=self.office),
            may_administer=self.may_administer,
            may_list_people=listed.filter(pk=self.office.pk).exists(),
            **kwargs,
        )


class OfficeCreate(ActView):
    form_class = forms.OfficeForm
    heading = _("New office")
    button = _("Create the office")
    done = _("The office was created.")

    def prepare(self) -> None:
        self.require_role(Role.SYSTEM_ADMINISTRATOR)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"parent": self.request.GET.get("parent")}

    def act(self, form: BaseForm) -> None:
        services.create_office(actor=self.actor, **form.cleaned_data)

    def back(self) -> str:
        return reverse("office_list")


class OfficeEdit(_OfficeOfPath, ActView):
    form_class = forms.OfficeChangeForm
    heading = _("Change the office")
    explanation = _("Code and level of an office stay: numbers already given rest on them.")
    button = _("Save")
    done = _("The office was changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor, "instance": self.office}

    def act(self, form: BaseForm) -> None:
        services.change_office(actor=self.actor, office=self.office, **form.cleaned_data)


class OfficeClose(_OfficeOfPath, ActView):
    form_class = forms.OfficeCloseForm
    heading = _("Close the office")
    explanation = _("Possible when nobody there is active and no office below it is open.")
    button = _("Close the office")
    dangerous = True
    done = _("The last day of the office was set.")

    def act(self, form: BaseForm) -> None:
        last_day = form.cleaned_data["last_day"]
        services.close_office(actor=self.actor, office=self.office, last_day=last_day)


class DepartmentCreate(_OfficeOfPath, ActView):
    form_class = forms.DepartmentForm
    heading = _("New department")
    button = _("Create the department")
    done = _("The department was created.")

    def act(self, form: BaseForm) -> None:
        services.create_department(actor=self.actor, office=self.office, **form.cleaned_data)


class DepartmentEdit(_OfficeOfPath, ActView):
    form_class = forms.DepartmentForm
    heading = _("Change the department")
    button = _("Save")
    done = _("The department was changed.")

    def prepare(self) -> None:
        super().prepare()
        departments = self.office.departments
        self.department = get_object_or_404(departments, pk=self.kwargs["department"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.department}

    def act(self, form: BaseForm) -> HttpResponse | None:
        services.change_department(
            actor=self.actor, department=self.department, **form.cleaned_data
        )
        return None
