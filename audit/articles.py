"""How an article is written for people: as stored in English, in the law's own short names in Chinese.

It stands on the lowest floor because refusals and verdicts of every room name articles.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language

# Short names of the sources (law section 0) and what the field calls them.
SOURCES_ZH = {
    "Rules": "公益诉讼办案规则",
    "JI": "检察公益诉讼解释",
    "CPL": "民事诉讼法",
    "CPLI": "民诉法解释",
    "CC": "民法典",
    "PIPL": "个人信息保护法",
    "EVID": "民事证据规定",
    "FR-SI": "人脸识别规定",
    "CRIM-SI": "侵犯公民个人信息刑事解释",
    "PRR": "检察建议工作规定",
    "PCR": "检察委员会工作规则",
    "CSR": "民事诉讼监督规则",
    "HEAR": "听证工作规定",
    "HEAR-G": "公益诉讼听证工作指引",
    "EMS": "检察专递规定",
    "EXPERT": "专门知识的人规定",
    "PRESERV": "财产保全规定",
    "IP-BP": "知识产权行为保全规定",
    "DV": "反家庭暴力法",
    "DV-SI": "人身安全保护令规定",
    "EXEC": "执行工作规定",
    "EXEC-SUP": "民事执行监督规定",
    "ONLINE": "在线诉讼规则",
    "JURY": "人民陪审员法",
    "JURY-SI": "陪审员法解释",
    "APL": "行政诉讼法",
    "POL": "人民检察院组织法",
    "MPL": "未成年人保护法",
    "CRL": "消费者权益保护法",
    "ATF": "反电信网络诈骗法",
    "CSL": "网络安全法",
    "PSA": "治安管理处罚法",
    "DATA-REG": "网络数据安全管理条例",
    "MIN-NET": "未成年人网络保护条例",
    "AUDIT-M": "合规审计办法",
    "FACE-M": "人脸识别管理办法",
    "law": "设计说明",
}
_NAMES = "|".join(sorted(SOURCES_ZH, key=len, reverse=True))
# Before a number, or alone where no article of the source is known.
_SOURCE = re.compile(rf"(?<![\w-])({_NAMES}) (?=\d)")
_ALONE = re.compile(rf"^({_NAMES})$")
# Chinese signs: a person wrote it as it is to be read, such as the title of an office's own regulation.
_WRITTEN = re.compile(r"[\u4e00-\u9fff]")
# What no article decides is a section of the design.
_DESIGN = re.compile(r"^design (\d+)$")
_NUMBER = re.compile(r"(?<![A-Za-z\d.(])(\d+[a-z]?(?:-\d+)?)((?:\(\d+\))*)(?![A-Za-z\d.])")


def _numbered(match: re.Match[str]) -> str:
    # Whether (2) is a paragraph or an item differs from article to article: it stays a bracket.
    part = match[2].replace("(", "（").replace(")", "）")
    return f"第{match[1]}条{part}"


def written(article: str) -> str:
    """Return an article as the reader's language writes it; a part that is in Chinese already stays.

    `Rules 28-30, 85; PIPL 70` reads 公益诉讼办案规则第28-30条、第85条；个人信息保护法第70条 in Chinese.
    """
    if not (get_language() or "zh").startswith("zh"):
        return article
    return "；".join(_in_chinese(part) for part in article.split("; "))


def _in_chinese(part: str) -> str:
    if _WRITTEN.search(part):
        return part
    if design := _DESIGN.match(part):
        return f"系统设计第{design[1]}节"
    text = _SOURCE.sub(lambda match: SOURCES_ZH[match[1]], part)
    text = _ALONE.sub(lambda match: SOURCES_ZH[match[1]], text)
    return _NUMBER.sub(_numbered, text).replace(", ", "、")
