from __future__ import annotations

from django.apps import AppConfig


class ProcuracyConfig(AppConfig):
    name = "procuracy"
    verbose_name = "Procuracy"

    def ready(self) -> None:
        from audit import vocabulary
        from cases.registries import ALL
        from cases.vocabulary import name_events
        from procuracy import durability  # noqa: F401 - registers its check
        from procuracy.pages import title_of

        vocabulary.set_page_titles(title_of)
        for registry in ALL:
            registry.close()
        name_events()
