"""The first start of a real installation: an office and the three people who administer it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import services
from accounts.models import Office, OfficeLevel, Role
from accounts.services import NewAccount
from audit.errors import Invalid, Refusal

# One person each: system administration, security administration and audit are never in one hand.
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)


class Command(BaseCommand):
    help = (
        "Create an office with its system administrator, security administrator and auditor, "
        "and print their one-time passwords once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--code", required=True, help="Office code: digits and capital letters."
        )
        parser.add_argument("--name", required=True, help="Full name of the procuratorate.")
        parser.add_argument("--short-name", required=True, help="Opens its document numbers.")
        parser.add_argument("--level", required=True, choices=OfficeLevel.values)
        parser.add_argument("--parent", default="", help="Code of the next-higher office.")
        for role in ADMINISTRATORS:
            parser.add_argument(
                f"--{role.value.replace('_', '-')}",
                nargs=2,
                required=True,
                metavar=("LOGIN", "NAME"),
                dest=role.value,
            )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = self._create(options)
        except Refusal as refusal:
            raise CommandError(_sentences(refusal)) from refusal
        for role, account in zip(ADMINISTRATORS, accounts, strict=True):
            self.stdout.write(f"{role.value}  {account.user.username}  {account.password}")
        self.stderr.write("These passwords are shown once and must be changed at the first login.")

    @transaction.atomic
    def _create(self, options: dict[str, Any]) -> list[NewAccount]:
        office = services.create_office(
            actor=None,
            code=options["code"],
            name=options["name"],
            short_name=options["short_name"],
            level=options["level"],
            parent=_parent(options["parent"]),
        )
        return [self._administrator(office, role, *options[role.value]) for role in ADMINISTRATORS]

    def _administrator(self, office: Office, role: Role, login: str, name: str) -> NewAccount:
        account = services.create_user(actor=None, office=office, username=login, name=name)
        services.grant_role(actor=None, user=account.user, role=role)
        return account


def _parent(code: str) -> Office | None:
    if not code:
        return None
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"There is no office with the code {code}.")
    return office


def _sentences(refusal: Refusal) -> str:
    if isinstance(refusal, Invalid) and refusal.errors:
        return "\n".join(
            f"{field}: {text}" for field, texts in refusal.errors.items() for text in texts
        )
    return str(refusal.message)
