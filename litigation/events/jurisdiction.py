"""Kinds of events: jurisdiction, directions of superiors, and the criminal-incidental track (S50 to S57)."""

from __future__ import annotations

from cases.registries import EventKind, Uncounted
from litigation.forms import criminal, directions, jurisdiction

KINDS = (
    EventKind(
        "superior_directed",
        "上级院交办、提办、督办、领办",
        "Direction of a superior office",
        "Rules 10",
        form=directions.SuperiorDirectionFacts,
        statistics=("superior_directions",),
    ),
    EventKind(
        "staff_lent",
        "上级院调用检察人员",
        "Staff lent to the case",
        "Rules 11",
        form=directions.StaffLoanFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "jurisdiction_examined",
        "审查管辖",
        "Jurisdiction examined",
        "Rules 14-18; JI 5",
        form=jurisdiction.JurisdictionFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "jurisdiction_negotiated",
        "协商管辖争议",
        "Dispute about jurisdiction negotiated",
        "Rules 17",
        form=jurisdiction.NegotiationFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "jurisdiction_designated",
        "指定管辖",
        "Jurisdiction designated",
        "Rules 17",
        form=jurisdiction.DesignationFacts,
        statistics=("jurisdictions_designated",),
    ),
    EventKind(
        "criminal_case_joined",
        "转为刑事附带民事公益诉讼",
        "Criminal case joined",
        "Rules 14, 97; JI 20",
        form=criminal.JoinCriminalCaseFacts,
        statistics=("criminal_incidental_suits",),
    ),
    EventKind(
        "criminal_case_left",
        "不再附带于刑事案件",
        "Criminal case left",
        "Rules 14, 97; JI 20",
        form=criminal.LeaveCriminalCaseFacts,
        statistics=("criminal_cases_left",),
    ),
    EventKind(
        "criminal_evidence_listed",
        "调取刑事案件证据清单",
        "List of criminal evidence",
        "Rules 87, 88",
        form=criminal.CriminalEvidenceFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "case_split",
        "分案另行提起民事公益诉讼",
        "Civil case split off",
        "JI 20; 法释〔2019〕18号",
        form=criminal.SplitFacts,
        statistics=("cases_split",),
    ),
    EventKind(
        "case_split_off",
        "分案立案",
        "Case begun by a split",
        "JI 20; 法释〔2019〕18号",
        uncounted=Uncounted.PART,
    ),
)
