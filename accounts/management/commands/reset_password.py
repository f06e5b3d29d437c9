"""A way back in when no administrator can log in: by an operator of the installation, audited."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.models import User
from audit.errors import Refusal


class Command(BaseCommand):
    help = "Give a user a one-time password and print it once; all sessions and tokens end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="Login name of the user.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["login"]).first()
        if user is None:
            raise CommandError(f"There is no user with the login name {options['login']}.")
        try:
            password = services.reset_password(actor=None, user=user)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(password)
