"""The articles a claim rests on (law 3.2a, 5 and 8.1), written as a document cites them."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Case
from litigation.forms.claims import standing_claims
from litigation.models import ClaimKind
from notices.prefill.proceedings import RULES_ZH
from notices.prefill.words import BASES_ZH

PIPL_ZH = "《中华人民共和国个人信息保护法》"
CC_ZH = "《中华人民共和国民法典》"
# A law, the number of an article by which they are put in order, and the article in words.
Cited = tuple[str, int, str]

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
# The bases of standing (law 3.2a) and the liability of processors (law 5).
_STANDING: dict[str, Cited] = {
    "PIPL 70": (PIPL_ZH, 70, "第七十条"),
    "CPL 58": ("《中华人民共和国民事诉讼法》", 58, "第五十八条第二款"),
    "MPL 106": ("《中华人民共和国未成年人保护法》", 106, "第一百零六条"),
    "ATF 47": ("《中华人民共和国反电信网络诈骗法》", 47, "第四十七条"),
}
_LIABILITY = (PIPL_ZH, 69, "第六十九条")
assert all(law + words == BASES_ZH[code] for code, (law, _, words) in _STANDING.items())


def articles_of_suit(case: Case) -> str:
    """Return the articles of a complaint: standing, liability, and what each standing claim rests on.

    Article 58 of the Civil Procedure Law and the liability under article 69 belong to every such suit.
    """
    codes = dict.fromkeys((*case.legal_bases, "CPL 58"))
    cited = [_STANDING[code] for code in codes if code in _STANDING]
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
