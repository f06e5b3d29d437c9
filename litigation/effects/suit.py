"""What the events of suit and judgment create: what the proposal screen announces, and tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from audit.errors import Text
from cases.machine import Act
from cases.registries import Effect, EffectLine, add_effect
from cases.selectors.people import lead_handler
from cases.services import tasks
from litigation.forms.court import ExplanationOutcome
from litigation.forms.judging import Order

CHANGE_CLAIMS = "court_explained"
SUPERIOR_ORDERED = "superior_ordered"
TO_BECOME_EFFECTIVE = "judgment_to_become_effective"


def announces(kind: str, text: Text) -> Effect:
    """Return an effect that only says what follows; the record itself follows from the event."""

    def effect(act: Act, preview: bool) -> list[EffectLine]:
        return [EffectLine(kind, text)]

    effect.__doc__ = f"Keep the {kind} as the event tells it."
    return effect


def asks(kind: str, article: str, title_of: Callable[[Act], str | None]) -> Effect:
    """Return an effect that opens a task of the lead handler, when `title_of` names one."""

    def effect(act: Act, preview: bool) -> list[EffectLine]:
        title = title_of(act)
        if title is None:
            return []
        owner = lead_handler(act.matter)
        if not preview and owner is not None:
            tasks.open_task(
                matter=act.matter,
                title=title,
                owner=owner,
                created_by=None,
                kind=kind,
                article=article,
                event=act.event,
            )
        return [EffectLine("task", _(title))]

    effect.__doc__ = f"Ask the lead handler to act on it ({article})."
    return effect


def _after_explanation(act: Act) -> str | None:
    if act.facts.get("outcome") != ExplanationOutcome.CHANGE:
        return None
    return gettext_noop("The court has pointed out that the claims are insufficient: change them.")


def _after_order(act: Act) -> str | None:
    if act.facts.get("order") == Order.APPEAL:
        return gettext_noop("The next-higher office orders an appeal: file it in time.")
    return gettext_noop("The next-higher office orders that the appeal is withdrawn.")


def closes(kind: str) -> Effect:
    """Return an effect that closes the open task of a kind: what it asked for was done."""

    def effect(act: Act, preview: bool) -> list[EffectLine]:
        if not preview:
            by = act.event.recorded_by if act.event else None
            tasks.close_kind(matter=act.matter, kind=kind, closed_by=by)
        return []

    effect.__doc__ = f"Close the task `{kind}`: what it asked for was done."
    return effect


def register() -> None:
    """Hand the effects to the registry."""
    for kind in ("claim_entered", "claim_struck", "claim_realised", "claims_changed"):
        add_effect(
            f"{kind}:litigation", announces("claim", gettext_lazy("The list of claims changes."))
        )
    add_effect(
        "plaintiff_joined:litigation",
        announces("party", gettext_lazy("The eligible body becomes a party of the suit.")),
    )
    for kind in ("judged", "second_instance_judged", "retrial_judged", "mediation_effective"):
        add_effect(
            f"{kind}:litigation",
            announces(
                "judgment", gettext_lazy("The judgment is entered; enter its operative items.")
            ),
        )
    add_effect(
        "court_explained:litigation", asks(CHANGE_CLAIMS, "JI 18; CPLI 232", _after_explanation)
    )
    add_effect("claims_changed:litigation", closes(CHANGE_CLAIMS))
    add_effect("superior_ordered:litigation", asks(SUPERIOR_ORDERED, "Rules 61", _after_order))
    for kind in ("appeal_filed", "appeal_withdrawn"):
        add_effect(f"{kind}:litigation", closes(SUPERIOR_ORDERED))
    for kind in ("judgment_effective", "opponent_appealed", "appeal_filed"):
        add_effect(f"{kind}:litigation", closes(TO_BECOME_EFFECTIVE))
