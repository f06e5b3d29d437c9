"""Load the demonstration office; a second call changes nothing but the password."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Office
from procuracy.demonstration import authorities, matters, papers, past, staff

LOGINS = (
    ("zhouming", "prosecutor who handles leads and cases"),
    ("sunmin", "department head: assigns and reviews"),
    ("zhaojian", "chief procurator: decides"),
    ("wangzhe", "clerk: documents and paper decisions"),
    ("qianfang", "intake: registers leads"),
    ("auditor", "auditor: the audit record"),
    ("sysadmin", "system administrator: offices and users"),
    ("hecheng", "prosecutor of the city office"),
)


class Command(BaseCommand):
    help = "Load the demonstration office; DEMO_PASSWORD sets the password of its logins."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration office is not loaded in production.")
        present = Office.objects.filter(code="330106").exists()
        if not present:
            self._load()
        password = os.environ.get("DEMO_PASSWORD") or ("" if present else secrets.token_urlsafe(12))
        if password:
            staff.set_passwords(password)
        self._print(password)

    @transaction.atomic
    def _load(self) -> None:
        people = staff.build_staff()
        matters.build_own_period(people)
        matters.build_leads(people)
        matters.build_cases(people)
        authorities.build_authorities(people)
        past.build_past_cases(people)
        matters.build_labels(people)
        papers.build_papers(people)
        papers.build_services(people)

    def _print(self, password: str) -> None:
        self.stdout.write("Demonstration logins:")
        for name, what in LOGINS:
            self.stdout.write(f"  {name:<10} {what}")
        # script/server made the password itself and prints it once.
        if password and not os.environ.get("DEMO_PASSWORD"):
            self.stdout.write(f"  Password of all of them: {password}")
