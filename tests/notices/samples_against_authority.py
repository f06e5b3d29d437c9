"""Contents of the documents of a case against an authority: that of 2023 about the data on waybills."""

from __future__ import annotations

AUTHORITY = "江州市云山区邮政管理局"
CASE = f"{AUTHORITY}不依法履行快递运单个人信息保护监督管理职责案"
DUTY = f"{AUTHORITY}负责辖区内快递业务经营活动的监督管理，对快递企业保护用户信息负有监督管理职责。"
FAILURE = "对辖区内快递网点在运单上完整显示寄件人、收件人姓名、电话号码和住址的行为未依法查处。"
HARM = "快递运单被随意丢弃，众多用户的个人信息处于泄露风险之中，社会公共利益受到侵害。"
BASIS = "《中华人民共和国行政诉讼法》第二十五条第四款、《中华人民共和国个人信息保护法》第七十条"
CLAIMS = (
    f"确认{AUTHORITY}对快递运单个人信息保护不依法履行监督管理职责的行为违法。\n"
    f"判令{AUTHORITY}依法履行对辖区快递网点运单个人信息保护的监督管理职责。"
)
BEFORE = (
    f"本院于2023年6月30日向{AUTHORITY}提出检察建议（江云检行公建〔2023〕1号），该单位于2023年7月3日收到。\n"
    "行政机关于2023年8月30日书面回复本院：已约谈快递企业，正在推广隐私面单。"
)
BEFORE_COURT = {
    "court": "江州铁路运输法院",
    "case_number": "（2023）江行初12号",
    "cause": CASE,
    "defendant": AUTHORITY,
}
# By the code of law 7.2, with the letter of the form against an authority.
VALUES: dict[str, dict[str, str]] = {
    "D-06-A": {
        "violator": AUTHORITY,
        "facts": f"{DUTY}\n{FAILURE}",
        "harm": HARM,
        "basis": f"{BASIS}、《人民检察院公益诉讼办案规则》第二十八条、第三十条、第六十七条",
        "decision": f"对{CASE}立案",
        "decision_day": "2023-06-28",
    },
    "D-40-A": {
        "authority": AUTHORITY,
        "harm": HARM,
        "duty": DUTY,
        "failure": FAILURE,
        "causation": "因未依法查处，快递网点持续使用完整显示个人信息的运单。",
        "consultation": "2023年6月29日与行政机关磋商。行政机关对事实无异议。",
        "law": BASIS,
        "proposal": "建议向行政机关提出检察建议。",
        "day": "2023-06-29",
    },
    "D-43-A": {
        "recommendation": BEFORE,
        "facts": "推广隐私面单的比例不足三成，未对任何网点作出处理。",
        "persistence": "经2023年9月20日抽查，多数网点的运单仍完整显示个人信息。",
        "law": BASIS,
        "proposal": "建议依法提起行政公益诉讼。",
        "day": "2023-09-25",
    },
    "D-44-A": {
        "addressee": AUTHORITY,
        "case": CASE,
        "filing": "于2023年6月28日决定立案",
        "reason": "全部快递网点已经使用隐私面单，违法网点均被依法处理。",
        "ground": "行政机关已经全面采取整改措施依法履行职责",
        "basis": "《人民检察院公益诉讼办案规则》第七十四条、第七十九条",
        "decision": "终结案件",
        "decision_day": "2023-09-25",
    },
    "D-45-A": {
        "suit": "行政公益诉讼",
        "litigator": "江州市云山区人民检察院，住所地江州市云山区法治路1号。",
        "defendant": f"{AUTHORITY}，住所地江州市云山区邮政路2号，法定代表人（负责人）李某。",
        "claims": CLAIMS,
        "course": f"本院在履行公益诉讼检察职责中发现本案线索，于2023年6月28日决定立案。\n{BEFORE}",
        "facts": f"{DUTY}\n{FAILURE}\n{HARM}",
        "evidence": "现场检查照片（证据1，来源：本院勘验）\n行政机关回复函（证据2，来源：行政机关）",
        "reasons": f"被告{AUTHORITY}未依法履行个人信息保护监督管理职责，社会公共利益仍处于受侵害状态。",
        "basis": BASIS,
        "court": "江州铁路运输法院",
        "attachments": "起诉书副本1份\n已经履行诉前程序，行政机关仍不依法履行职责的证明材料",
        "day": "2023-09-26",
    },
    "D-55-A": BEFORE_COURT
    | {
        "realised": f"判令{AUTHORITY}依法履行监督管理职责：已经实现",
        "reason": "全部快递网点已经使用隐私面单。",
        "attachments": "整改情况报告",
        "day": "2023-12-01",
    },
}
NUMBERS = {
    "D-06-A": "江云检行公立〔2023〕1号",
    "D-44-A": "江云检行公终〔2023〕1号",
    "D-45-A": "江云检行公诉〔2023〕1号",
}
