"""A recommendation as it is read: each measure with what was answered, doubted and found (Rules 77, 82)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.models import User
from administrative import replies
from administrative.models import Answer, Assessment, Measure, Recommendation, Reply
from administrative.replies import Doubt, Earlier
from administrative.selectors.measures import MeasureNow, measures_now, tone_of
from cases.models import Attachment, Case
from cases.selectors.matters import cases_visible_to
from deadlines.models import RUNNING, Deadline
from deadlines.selectors import shown_deadlines

# The clocks of the recommendation, from the filing to the review (law 6.1 F).
CLOCKS = ("P-50", "P-51", "P-52", "P-53", "P-54", "P-55", "P-55-2")
# With how many earlier letters of a body a new one is compared, the latest first.
COMPARED = 200

# The texts of earlier letters, each with the key of its letter.
Written = list[tuple[int, Earlier]]


@dataclass(frozen=True)
class AnswerRead:
    """An answer to one measure with what is doubted about it."""

    answer: Answer
    doubts: Sequence[Doubt]

    @property
    def day(self) -> date:
        return self.answer.reply.event.legal_day


@dataclass(frozen=True)
class AssessmentRead:
    """An assessment with the files that prove it."""

    assessment: Assessment
    proofs: Sequence[Attachment]

    @property
    def day(self) -> date:
        return self.assessment.event.legal_day

    @property
    def tone(self) -> str:
        """The colour of its result on a page."""
        return tone_of(self.assessment)


@dataclass(frozen=True)
class MeasureRead:
    """A measure with all that became of it, oldest first."""

    now: MeasureNow
    answers: Sequence[AnswerRead]
    assessments: Sequence[AssessmentRead]

    @property
    def measure(self) -> Measure:
        return self.now.measure


@dataclass(frozen=True)
class ReplyRead:
    """A letter of the authority with what is doubted about it, and its files."""

    reply: Reply
    doubts: Sequence[Doubt]
    files: Sequence[Attachment]
    silent: Sequence[int]

    @property
    def day(self) -> date:
        return self.reply.event.legal_day


@dataclass(frozen=True)
class RecommendationRead:
    """All of one recommendation."""

    row: Recommendation
    measures: Sequence[MeasureRead]
    replies: Sequence[ReplyRead]


def recommendation_read_by(actor: User, row: Recommendation) -> RecommendationRead:
    """Return the recommendation as `actor` reads it; doubts compare with what he may see, and no more."""
    standing = _standing_replies(Reply.objects.filter(recommendation=row))
    letters = list(standing.prefetch_related("event__proofs"))
    written = _written(actor, row) if letters else []
    measures = measures_now(row)
    prefetch_related_objects([one for now in measures for one in now.assessments], "event__proofs")
    return RecommendationRead(
        row,
        [_measure(now, written) for now in measures],
        [_letter(letter, measures, written) for letter in letters],
    )


def _measure(now: MeasureNow, written: Written) -> MeasureRead:
    answers = [
        AnswerRead(
            answer,
            replies.doubts_about_answer(
                answer.text,
                measure=now.measure.text,
                with_proof=answer.with_proof,
                earlier=_before(answer.reply, written),
            ),
        )
        for answer in now.answers
    ]
    found = [AssessmentRead(one, list(one.event.proofs.all())) for one in now.assessments]
    return MeasureRead(now, answers, found)


def _letter(letter: Reply, measures: list[MeasureNow], written: Written) -> ReplyRead:
    doubts = replies.doubts_about_reply(
        letter.text,
        measures=[now.measure.text for now in measures],
        earlier=_before(letter, written),
    )
    answered = {answer.measure_id for answer in letter.answers.all()}
    silent = [now.measure.number for now in measures if now.measure.pk not in answered]
    return ReplyRead(letter, doubts, list(letter.event.proofs.all()), silent)


def _standing_replies(rows: QuerySet[Reply]) -> QuerySet[Reply]:
    rows = rows.filter(event__annulled_by__isnull=True).select_related("event")
    return rows.prefetch_related("answers").order_by("id")


def _written(actor: User, row: Recommendation) -> Written:
    """Return what the same body wrote in the cases `actor` may see, the latest first.

    A case he may not see is as if it were not there: not even that a letter resembles one of it is said.
    """
    same = Q(recommendation__body=row.body_id) | Q(recommendation__body__merged_into=row.body_id)
    visible = Reply.objects.filter(same, recommendation__case__in=cases_visible_to(actor))
    letters = _standing_replies(visible).select_related("event", "recommendation__case")
    return [text for one in letters.order_by("-id")[:COMPARED] for text in _texts_of(one)]


def _texts_of(letter: Reply) -> list[tuple[int, Earlier]]:
    """Return what a letter says, as a whole and measure by measure, each with the key of the letter."""
    texts = (letter.text, *(answer.text for answer in letter.answers.all()))
    day, case = letter.event.legal_day, letter.recommendation.case.key
    return [(letter.pk, Earlier(text, day, case)) for text in texts if text]


def _before(reply: Reply, written: Written) -> list[Earlier]:
    """Return what was logged before a reply."""
    return [earlier for pk, earlier in written if pk < reply.pk]


def clocks_of(actor: User, case: Case) -> list[Deadline]:
    """Return the clocks of the recommendation of a case, the running ones first."""
    rows = [row for row in shown_deadlines(actor, case) if row.rule in CLOCKS]
    rows.sort(key=lambda row: (row.state not in RUNNING, row.effective_day, row.pk))
    return rows


def with_standing_assessments(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """Return `rows` with measures and the assessments that stand, as `standing`, read at once."""
    standing = Assessment.objects.filter(event__annulled_by__isnull=True).order_by("id")
    measures = Measure.objects.order_by("number").prefetch_related(
        Prefetch("assessments", standing, to_attr="standing")
    )
    return rows.prefetch_related(Prefetch("measures", measures))
