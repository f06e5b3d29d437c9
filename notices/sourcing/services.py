"""Saying what a sentence of a draft rests on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.errors import Invalid, invalid_field
from documents.model import Support, SupportKind
from notices.models import Document, DocumentStatus
from notices.rests_on import kept
from notices.services.approving import release_review
from notices.services.common import locked, note, require_status, require_worker
from notices.services.drafting import refresh, require_same_version
from notices.sourcing.sentences import Sentence, grounds_of, sentences_of
from notices.sourcing.supports import supports_of

MOST_SUPPORTS = 20
LONGEST_PAGES = 60


@transaction.atomic
def set_sources(
    *,
    actor: User,
    document: Document,
    content: str,
    position: int,
    supports: Sequence[Support],
    version: int,
) -> Document:
    """Say what one sentence of a draft rests on; what it rested on before is replaced.

    Args:
        content, position: which sentence, as `Sentence` counts them.
        version: that of the page the choice was made on.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is no draft any more, or somebody changed it.
        Invalid: there is no such sentence, or one of the supports cannot carry it.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT)
    require_same_version(row, {}, version)
    sentence = sentence_of(actor, row, content, position)
    _require_possible(actor, row, sentence, supports)
    _keep(row, sentence, supports)
    refresh(row)
    row.version += 1
    row.edited_by, row.edited_at = actor, clock.now()
    row.save()
    note(row, actor, "sourced", content=content, position=position, supports=kept(supports))
    return row


def sentence_of(actor: User, document: Document, content: str, position: int) -> Sentence:
    """Return one sentence of fact.

    Raises:
        Invalid: the document has no such sentence.
    """
    for sentence in sentences_of(actor, document):
        if (sentence.content.name, sentence.position) == (content, position):
            return sentence
    raise Invalid(
        _("There is no such sentence of fact. Open the sources of the document anew."),
        errors={"position": [_("There is no such sentence.")]},
        code="no_such_sentence",
    )


def _require_possible(
    actor: User, document: Document, sentence: Sentence, supports: Sequence[Support]
) -> None:
    if len(supports) > MOST_SUPPORTS:
        too_many = _("A sentence rests on %(most)d things at most. Name the strongest.")
        raise invalid_field("supports", too_many % {"most": MOST_SUPPORTS})
    if len(set(supports)) < len(supports):
        raise invalid_field("supports", _("The same thing is named twice."))
    present = [ground.support for ground in sentence.grounds]
    for ground in grounds_of(actor, document.matter, supports):
        if ground.support in present:
            continue
        if not ground.fault and ground.hidden:
            raise invalid_field("supports", _("There is no such exhibit here."))
        if ground.fault:
            raise invalid_field("supports", f"{ground.label}: {ground.fault}")
        if ground.support.pages and ground.support.kind is not SupportKind.EXHIBIT:
            raise invalid_field("pages", _("Only an exhibit has pages."))
        if len(ground.support.pages) > LONGEST_PAGES:
            raise invalid_field("pages", _("Name the pages shortly, for example 12-14."))


def _keep(document: Document, sentence: Sentence, supports: Sequence[Support]) -> None:
    name = sentence.content.name
    rows = [list(row) for row in supports_of(document).get(name, [])]
    rows += [[] for _missing in range(len(rows), sentence.position + 1)]
    rows[sentence.position] = list(supports)
    content = {key: value for key, value in document.content[name].items() if key != "rests_on"}
    if any(rows):
        content["rests_on"] = [kept(row) for row in rows]
    document.content[name] = content
