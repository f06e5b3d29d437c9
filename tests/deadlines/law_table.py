"""Law 6.1, row by row, copied by hand from the law and never from the rulebook it is compared with.

Each row: id, length, kind, whose duty, article, what happens on lapse, kinds of events that start it. A row
with two lengths, two starts or two acts has an entry for each (P-60-2, P-34-2, P-12-2). A length after a stroke is that of a party abroad. Where the
law names no kind ("—" in tables E and G) the kind here is what its wording says. Whose duty: the applicant,
the requested office and the like are the role that stands for them in this application; "office" in table C
is the department for civil litigation supervision.
"""

from __future__ import annotations

ROWS = """
P-01    | P30D      | mandatory | handler  | Rules 91; JI 13; CPL 58 | period_over | announcement_published
P-02    | P3M       | internal  | handler  | Rules 47; Rules 48      | alert       | announcement_expired
P-03    | P3M       | internal  | handler  | Rules 47                | alert       | case_received
P-04    | P5D       | internal  | handler  | Rules 46                | alert       | complaint_delivered administrative_suit_submitted
P-05    | P3D       | internal  | handler  | Rules 58                | alert       | judgment_served suit_rejected
P-06    | P3D       | internal  | handler  | Rules 62                | alert       | opponent_appealed
P-07    | P-30 P-31 | mandatory | handler  | Rules 60; CPL 171       | period_over |
P-08    | P3D       | internal  | chief    | Rules 23                | alert       | recusal_applied
P-09    | P3D       | internal  | chief    | Rules 23                | alert       | recusal_review_requested
P-10    | P30D      | internal  | other_office | Rules 43            | period_over | document_served
P-11    | P3D       | internal  | handler  | Rules 102               | alert       | support_withdrawn
P-12    | P3D       | internal  | handler  | Rules 99                | alert       | act_approved
P-12-2  | P3D       | internal  | handler  | Rules 84; Rules 99      | alert       | act_approved
P-12-3  | P3D       | internal  | handler  | Rules 84                | alert       | act_approved
P-12-4  | P3D       | internal  | handler  | Rules 84                | alert       | act_approved
P-13    | P3D       | internal  | handler  | Rules 49; JI 8          | alert       | hearing_noticed
P-14    |           | none      | handler  | Rules 25                | alert       |
P-15    |           | none      | handler  | Rules 24-45             | alert       |
P-16    | P2M       | internal  | handler  | PRR 15                  | alert       | governance_investigation_decided

P-20    | P7D       | maximum   | court    | CPL 126; CPLI 208       | period_over | complaint_delivered
P-21    | P5D       | maximum   | court    | CPL 128; JI 17          | period_over | suit_accepted
P-22    | P10D      | maximum   | court    | CPLI 284                | period_over | suit_accepted
P-23    | P15D/P30D | maximum   | party    | CPL 128, 285            | period_over | complaint_served
P-24    | P5D       | maximum   | court    | CPL 128                 | period_over |
P-25    | P3D       | minimum   | court    | CPL 139; JI 8           | period_over |
P-26    | P-13      | internal  | handler  | Rules 49; JI 8          | alert       |
P-27    | P6M       | maximum   | court    | CPL 152; CPLI 243       | period_over | suit_accepted judgment_remanded
P-28    | P30D      | minimum   | court    | CPLI 287                | period_over | settlement_published
P-29    | P10D      | maximum   | court    | CPL 151                 | period_over |
P-24a   | P15D      | minimum   | court    | CPLI 99; EVID 51        | period_over | preparation_begun
P-24a-2 | P10D      | minimum   | court    | CPLI 99; EVID 51        | period_over |
P-25a   | P3D       | maximum   | court    | CPL 131                 | period_over |
P-25b   | P7D       | minimum   | court    | JURY-SI 3               | period_over |
P-25c   | P-23      | mandatory | party    | CPL 130                 | period_over |
P-25d   |           | none      | party    | CPLI 94, 98             | period_over |
P-25e   | P5D       | maximum   | party    | CPL 150                 | period_over |

P-30    | P15D/P30D | mandatory | handler  | CPL 171, 286            | period_over | judgment_served
P-31    | P10D      | mandatory | handler  | CPL 157, 171            | period_over | suit_rejected court_changed jurisdiction_objection_refused
P-32    | P5D       | maximum   | court    | CPL 173, 174            | period_over | appeal_filed opponent_appealed
P-33    | P15D/P30D | maximum   | party    | CPL 174, 286            | period_over | appeal_served
P-29b   | P3M       | maximum   | court    | CPL 183                 | period_over |
P-29b-2 | P30D      | maximum   | court    | CPL 183                 | period_over |
P-34    | P6M       | mandatory | party    | CPL 216                 | period_over | judgment_effective second_instance_judged appeal_withdrawn mediation_effective
P-34-2  | P6M       | mandatory | party    | CPL 216; CPL 211        | period_over |
P-35    | P30D      | maximum   | court    | CPL 222                 | period_over | protest_lodged
P-37    | P3M       | maximum   | court    | CPL 215                 | period_over | retrial_applied
P-38    | P3M       | internal  | civil_department | CSR 52          | alert       |
P-38a   | P15D      | internal  | civil_department | CSR 87, 92, 102, 108 | alert  |
P-38b   | P15D      | internal  | other_office | CSR 70              | period_over |
P-38c   | P10D      | internal  | case_department | CSR 112          | alert       |
P-38d   | P1M       | internal  | handler  | CSR 122                 | alert       |

P-60    | PT48H     | maximum   | court    | CPL 103, 104            | period_over |
P-60-2  | P5D       | maximum   | court    | PRESERV 4               | period_over |
P-61    | P5D       | mandatory | party    | CPL 111; CPLI 171       | period_over |
P-62    | P10D      | maximum   | court    | CPLI 171                | period_over | document_served
P-63    | P30D      | mandatory | handler  | CPL 104                 | alert       |
P-64    | P7D       | minimum   | handler  | PRESERV 18              | alert       |
P-65    | P1Y       | maximum   | court    | CPLI 485                | period_over |
P-65-2  | P2Y       | maximum   | court    | CPLI 485                | period_over |
P-65-3  | P3Y       | maximum   | court    | CPLI 485                | period_over |
P-66    | P5D       | mandatory | handler  | CPLI 163                | alert       |

P-40    |           | mandatory | party    | CPL 247, 250            | period_over | obligation_entered
P-41    | P10D      | maximum   | court    | CPLI 480                | period_over | enforcement_begun
P-42    | P2Y       | mandatory | handler  | CPL 250; JI 12; CPL 247 | period_over | obligation_entered
P-42-2  | P2Y       | mandatory | handler  | CPL 250; JI 12; CPL 247 | period_over |
P-43    | P6M       | maximum   | court    | CPL 237                 | period_over | enforcement_begun
P-44    | P15D      | maximum   | court    | CPL 236                 | period_over |
P-44-2  | P10D      | maximum   | party    | CPL 236                 | period_over |
P-45    | P6M       | maximum   | handler  | CPLI 519                | period_over | enforcement_completed enforcement_terminated
P-46    | P15D      | maximum   | court    | CPL 238                 | period_over |
P-46-2  | P15D      | maximum   | party    | CPL 238                 | period_over |
P-47    | P7D       | maximum   | court    | EXEC 16                 | period_over | enforcement_begun
P-47a   | P6M       | maximum   | court    | EXEC 63                 | period_over | enforcement_filed enforcement_reopened
P-48    | P15D      | maximum   | court    | EXEC-SUP                | period_over | document_served
P-49    | P3M       | maximum   | court    | EXEC-SUP                | period_over | document_served

P-50    | P7D       | internal  | handler  | Rules 70                | alert       | case_opened
P-51    | P3D       | internal  | handler  | Rules 76                | alert       | recommendation_decided
P-52    | P5D       | internal  | handler  | Rules 75                | alert       | document_served
P-53    | P2M       | maximum   | authority | JI 21                  | period_over | document_served
P-54    | P15D      | maximum   | authority | JI 21                  | period_over | document_served
P-55    | P1M       | internal  | handler  | Rules 47                | alert       | recommendation_received
P-55-2  | P1M       | internal  | handler  | Rules 47                | alert       | administrative_case_received
P-57    | P2M       | maximum   | unit     | PRR 19, 25              | period_over | document_served governance_term_begun
P-59    | P5D       | internal  | handler  | PRR 21                  | alert       | governance_issued
P-56    | P7D       | maximum   | court    | APL 51                  | period_over | administrative_suit_submitted
P-58    | P5D       | maximum   | court    | APL 67                  | period_over | administrative_suit_accepted
P-58-2  | P15D      | maximum   | authority | APL 67                 | period_over | administrative_complaint_served
P-58a   | P6M       | maximum   | court    | APL 81                  | period_over | administrative_suit_accepted
P-58b   | P15D      | mandatory | party    | APL 85                  | period_over | administrative_decision_served
P-58b-2 | P10D      | mandatory | party    | APL 85                  | period_over | administrative_decision_served

P-70    | P30D      | mandatory | court    | CPL 95                  | period_over |
P-71    | 5WD       | maximum   | post     | EMS 6                   | period_over |
P-72    | P3D       | mandatory | party    | EMS 10                  | period_over | document_served
P-73    | P10D      | mandatory | party    | CPL 86                  | period_over | obstacle_ended
P-74    | P3Y       | minimum   | processor | PIPL 56                | period_over |
P-75    | 15WD      | maximum   | processor | AUDIT-M 11             | period_over |
P-76    | 30WD      | maximum   | processor | FACE-M 15              | period_over |
P-77    | P20Y      | maximum   | party    | CC 188, 195-196, 995    | period_over |
P-77-2  | P3Y       | maximum   | handler  | CC 188                  | alert       | claim_entered
P-78    | P3D       | minimum   | committee_office | PCR 14          | alert       |
P-79    | P5D       | internal  | handler  | PCR 32                  | alert       | committee_decision_executed
P-80    | P3D       | maximum   | party    | ONLINE 10               | period_over |
P-81    | P3D       | minimum   | handler  | HEAR 10                 | alert       |
"""
# The column "Extension": who lengthens it, and by how much; without a length the approval names the day.
EXTENSIONS = {
    "P-02": (("chief", "P1M"), ("superior", "")),
    "P-03": (("chief", "P1M"), ("superior", "")),
    "P-23": (("court", ""),),
    "P-24a": (("court", ""),),
    "P-27": (("court", "P6M"), ("superior_court", "")),
    "P-29b": (("court", ""),),
    "P-37": (("court", ""),),
    "P-47a": (("court", ""),),
    "P-49": (("court", "P1M"),),
    "P-55": (("chief", "P1M"), ("superior", "")),
    "P-55-2": (("chief", "P1M"), ("superior", "")),
    "P-58a": (("superior_court", ""),),
}
# Where that column says "none" or "—" although the row is one that people would like to see lengthened.
NEVER_LONGER = (
    *("P-01", "P-04", "P-05", "P-06", "P-12", "P-13", "P-20", "P-21", "P-63", "P-53"),
    *("P-12-3", "P-12-4", "P-50", "P-51", "P-52", "P-54", "P-56", "P-58", "P-58b"),
)
# Work whose time does not count (Rules 48; CSR 52; CPLI 243).
NOT_COUNTED = {
    "P-02": ("appraisal", "evaluation", "audit", "inspection", "testing", "translation"),
    "P-03": ("appraisal", "evaluation", "audit", "inspection", "testing", "translation"),
    "P-27": ("announcement", "appraisal", "settlement", "objection", "dispute"),
    "P-55": ("suspension of the review",),
    "P-38": ("file retrieval", "appraisal", "evaluation", "audit", "expert consultation"),
}
# The column "Lapse effect", where it states one.
EFFECTS = {
    "P-01": ("turn of the eligible bodies passes", "may sue if the harm persists"),
    "P-07": ("appeal is lost",),
    "P-08": ("not suspended",),
    "P-23": ("trial continues",),
    "P-24a": ("Late evidence",),
    "P-25": ("rescheduled",),
    "P-25c": ("accepts the court", "level and exclusive"),
    "P-27": ("supervision",),
    "P-28": ("After it",),
    "P-31": ("ruling takes effect",),
    "P-33": ("trial continues",),
    "P-34": ("Inadmissible",),
    "P-38d": ("higher office may order",),
    "P-40": ("P-42 starts",),
    "P-42": ("debtor may object",),
    "P-43": ("higher court",),
    "P-45": ("new suit",),
    "P-47": ("by ruling",),
    "P-49": ("higher office follows up",),
    "P-53": ("ground to sue",),
    "P-54": ("ground to sue",),
    "P-57": ("Follow up",),
    "P-58b": ("takes effect",),
    "P-61": ("ruling stands", "not stay"),
    "P-63": ("court lifts",),
    "P-64": ("lapses",),
    "P-65": ("lapses",),
    "P-66": ("lifts",),
}
# What ends a clock by the law's own words: the act it waits for, or what makes it moot.
STOPS = {
    "P-01": {"announcement_expired"},
    "P-02": {"complaint_delivered", "case_terminated", "case_transferred"},
    "P-03": {"complaint_delivered", "case_terminated", "case_transferred"},
    "P-20": {"suit_accepted", "suit_rejected"},
    "P-21": {"complaint_served"},
    "P-22": {"departments_notified"},
    "P-23": {"defence_received"},
    "P-24": {"defence_received"},
    "P-24a": {"hearing_held"},
    "P-29": {"judgment_served"},
    "P-29b": {"second_instance_judged"},
    "P-29b-2": {"second_instance_judged"},
    "P-27": {"judged", "mediation_effective", "suit_withdrawn"},
    "P-28": {"mediation_effective", "settlement_refused"},
    "P-30": {"appeal_filed", "opponent_appealed", "judgment_effective"},
    "P-32": {"appeal_served"},
    "P-33": {"appeal_answered"},
    "P-34": {"retrial_applied"},
    "P-35": {"retrial_ordered"},
    "P-37": {"retrial_ordered"},
    "P-41": {"enforcement_notified"},
    "P-42": {"performance_verified"},
    "P-43": {"enforcement_completed", "enforcement_terminated"},
    "P-47": {"enforcement_filed"},
    "P-47a": {"enforcement_completed"},
    "P-12-3": {"administrative_suit_withdrawn", "act_given_up"},
    "P-12-4": {"administrative_claim_changed", "act_given_up"},
    "P-50": {"document_served"},
    "P-51": {"document_served"},
    "P-52": {"recommendation_recorded"},
    "P-53": {"authority_replied", "administrative_case_terminated"},
    "P-54": {"authority_replied", "administrative_case_terminated"},
    "P-55": {
        "administrative_suit_submitted",
        "administrative_case_terminated",
        "administrative_case_transferred",
    },
    "P-56": {"administrative_suit_accepted"},
    "P-58": {"administrative_complaint_served"},
    "P-58a": {"administrative_suit_judged", "administrative_suit_withdrawn"},
    "P-58b": {"administrative_decision_effective"},
    "P-58b-2": {"administrative_decision_effective"},
    "P-63": {"complaint_delivered"},
    "P-66": {"enforcement_begun"},
    "P-73": {"more_time_requested"},
    "P-79": {"committee_feedback_given"},
}
BACKWARDS = {"P-25", "P-25b", "P-64", "P-78", "P-81"}


def rows() -> list[list[str]]:
    """Return the rows as lists of seven texts."""
    lines = [line for line in ROWS.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]
