"""What the events of review, suit and judgment are counted as."""

from __future__ import annotations

from cases.registries import StatisticalItem, Unit, statistical_items

ITEMS = (
    StatisticalItem(
        "announcement_replies",
        "公告答复",
        "Replies to announcements",
        "适格主体就诉前公告作出的答复，按收到日计。",
        "Replies of eligible subjects to announcements, by the day of receipt.",
    ),
    StatisticalItem(
        "reviews_extended",
        "延长审查起诉期限",
        "Reviews extended",
        "延长审查起诉期限的决定和批准，按作出日计。",
        "Decisions and approvals that lengthen the review, by their day.",
    ),
    StatisticalItem(
        "committee_decisions",
        "检察委员会决定",
        "Decisions of the committee",
        "检察委员会对案件作出的决定，按会议日计。",
        "Decisions of the committee on cases, by the day of the meeting.",
    ),
    StatisticalItem(
        "suits_supported",
        "支持起诉",
        "Suits supported",
        "决定支持其他主体起诉的案件，按决定日计。",
        "Cases in which another's suit is supported, by the day of the decision.",
        Unit.CASES,
    ),
    StatisticalItem(
        "cases_transferred",
        "移送起诉",
        "Cases transferred for suit",
        "移送其他检察院起诉的民事案件，按移送日计，只在移送院计。",
        "Civil cases handed to another procuratorate, by that day, in the sending office alone.",
        Unit.CASES,
    ),
    StatisticalItem(
        "cases_received",
        "接收移送案件",
        "Transferred cases received",
        "接收其他检察院移送的民事案件，按收到日计；移送院已记录的事件不重复计。",
        "Civil cases taken over from another procuratorate, by the day of receipt; what the sending office "
        "recorded is not counted again.",
        Unit.CASES,
    ),
    StatisticalItem(
        "suits_decided",
        "决定起诉（民事）",
        "Suits decided (civil)",
        "决定提起民事公益诉讼的，按决定日计。",
        "Decisions to bring a civil suit, by their day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "suits_brought",
        "提起诉讼（民事）",
        "Suits brought (civil)",
        "向人民法院递交起诉书的，按递交日计；补正后另行起诉的再计一次。",
        "Complaints delivered to a court, by the day of delivery; a suit brought again counts again.",
        Unit.CASES,
    ),
    StatisticalItem(
        "suits_accepted",
        "法院立案（民事）",
        "Suits registered (civil)",
        "人民法院立案的民事公益诉讼，按立案日计。",
        "Civil suits registered by a court, by the day of registration.",
        Unit.CASES,
    ),
    StatisticalItem(
        "suits_rejected",
        "不予受理、驳回起诉",
        "Suits rejected",
        "裁定不予受理或者驳回起诉的，按裁定日计。",
        "Rulings that a suit is not accepted or rejected, by their day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "hearings",
        "开庭",
        "Hearings",
        "一审、二审开庭，每次开庭计一次，按开庭日计。",
        "Hearings of first and second instance, each once, by its day.",
    ),
    StatisticalItem(
        "claims_realised",
        "诉讼请求已实现",
        "Claims realised",
        "审理中确认已实现的诉讼请求，按确认日计。",
        "Claims found realised during the suit, by the day of the finding.",
    ),
    StatisticalItem(
        "suits_mediated",
        "调解结案",
        "Suits mediated",
        "调解书生效的，按生效日计。",
        "Mediation documents that took effect, by that day.",
        Unit.CASES,
    ),
    StatisticalItem(
        "suits_withdrawn",
        "撤回起诉（民事）",
        "Suits withdrawn (civil)",
        "人民法院准许撤回起诉的，按裁定日计。",
        "Suits withdrawn with leave of the court, by the day of the ruling.",
        Unit.CASES,
    ),
    StatisticalItem(
        "judgments",
        "民事裁判",
        "Judgments (civil)",
        "一审判决和二审裁判，各计一次，按作出日计。",
        "Judgments of first and of second instance, each once, by the day they were given.",
    ),
    StatisticalItem(
        "judgments_effective",
        "一审裁判生效",
        "First judgments effective",
        "未上诉而生效的一审裁判，按生效日计。",
        "First-instance judgments that took effect without appeal, by that day.",
    ),
    StatisticalItem(
        "appeals",
        "本院上诉",
        "Appeals of the office",
        "本院提出的上诉，按上诉日计。",
        "Appeals of this office, by their day.",
    ),
    StatisticalItem(
        "opponents_appeals",
        "对方上诉",
        "Appeals of others",
        "被告或者共同原告提出的上诉，按上诉日计。",
        "Appeals of defendants and co-plaintiffs, by their day.",
    ),
    StatisticalItem(
        "protests",
        "抗诉",
        "Protests",
        "提出的抗诉，按提出日计。",
        "Protests lodged, by their day.",
    ),
    StatisticalItem(
        "retrials",
        "再审",
        "Retrials ordered",
        "裁定再审的，按裁定日计。",
        "Retrials ordered, by the day of the ruling.",
    ),
    StatisticalItem(
        "superior_directions",
        "上级院交办督办",
        "Directions of superior offices",
        "上级院交办、提办、督办、领办，每次计一次，按作出日计。",
        "Directions of a superior office, each once, by its day.",
    ),
    StatisticalItem(
        "criminal_incidental_suits",
        "刑事附带民事公益诉讼",
        "Criminal-incidental suits",
        "转为刑事附带民事公益诉讼的案件，按转入日计。",
        "Cases that joined a criminal case, by that day.",
        Unit.CASES,
    ),
)


def register() -> None:
    """Hand the items to the registry."""
    for item in ITEMS:
        statistical_items.register(item.code, item)
