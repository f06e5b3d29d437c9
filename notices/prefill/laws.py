"""The articles a claim rests on (law 3.2a, 5 and 8.1), written as a document cites them."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Case
from litigation.forms.claims import standing_claims
from litigation.models import ClaimKind
from notices.bodies.statutes import CC_ZH, PIPL_ZH, RULES_ZH
from notices.prefill.words import STANDING, Cited

_REMEDIES = (CC_ZH, 179, "第一百七十九条")
_CONSTRAINED = (CC_ZH, 995, "第九百九十五条")
_APOLOGY = (CC_ZH, 1000, "第一千条")
# Law 8.1; a kind that only practice knows (K10), or for which no text speaks (K9), has no article.
CLAIM_LAWS: dict[str, tuple[Cited, ...]] = {
    ClaimKind.CEASE: (_REMEDIES, _CONSTRAINED),
    ClaimKind.REMOVE_OBSTRUCTION: (_REMEDIES,),
    ClaimKind.REMOVE_DANGER: (_REMEDIES,),
    ClaimKind.DELETE: ((PIPL_ZH, 47, "第四十七条"), (CC_ZH, 1037, "第一千零三十七条")),
    ClaimKind.RESTORE: (_REMEDIES,),
    ClaimKind.APOLOGY: (_REMEDIES, _CONSTRAINED, _APOLOGY),
    ClaimKind.REPUTATION: (_REMEDIES, _APOLOGY),
    ClaimKind.DAMAGES: (_REMEDIES, (CC_ZH, 1182, "第一千一百八十二条")),
    ClaimKind.COSTS: ((RULES_ZH, 98, "第九十八条"),),
    ClaimKind.RECTIFICATION: ((PIPL_ZH, 51, "第五十一条至第五十四条"),),
    ClaimKind.NOTICE: ((PIPL_ZH, 57, "第五十七条"),),
    ClaimKind.STOP_PUSH: ((PIPL_ZH, 24, "第二十四条"),),
}
# The liability of processors (law 5).
_LIABILITY = (PIPL_ZH, 69, "第六十九条")


def articles_of_suit(case: Case) -> str:
    """Return the articles of a complaint: standing, liability, and what each standing claim rests on.

    Article 58 of the Civil Procedure Law and the liability under article 69 belong to every civil suit,
    article 25 of the Administrative Litigation Law to every one against an authority.
    """
    if case.is_administrative:
        codes = dict.fromkeys(("APL 25", *case.legal_bases))
        return in_words(STANDING[code] for code in codes if code in STANDING)
    codes = dict.fromkeys((*case.legal_bases, "CPL 58"))
    cited = [STANDING[code] for code in codes if code in STANDING]
    kinds = standing_claims(case).order_by("number").values_list("kind", flat=True)
    if "PIPL 70" in codes:
        cited.append(_LIABILITY)
    return in_words(cited + [law for kind in kinds for law in CLAIM_LAWS.get(kind, ())])


def in_words(cited: Iterable[Cited]) -> str:
    """Return articles as a document cites them: each law once, its articles in their order."""
    laws: dict[str, dict[int, str]] = {}
    for law, number, words in cited:
        laws.setdefault(law, {})[number] = words
    return "、".join(
        law + "、".join(words for _number, words in sorted(articles.items()))
        for law, articles in laws.items()
    )
