from __future__ import annotations

from django.apps import AppConfig


class ProcuracyConfig(AppConfig):
    name = "procuracy"
    verbose_name = "Procuracy"

    def ready(self) -> None:
        from cases.registries import ALL
        from procuracy import durability  # noqa: F401 - registers its check

        for registry in ALL:
            registry.close()
