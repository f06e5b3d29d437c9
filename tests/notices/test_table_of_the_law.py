"""Each row of the table of documents (law 7.2), read from the law and not from the catalogue."""

from __future__ import annotations

import pytest

from notices.catalogue import TYPES, Addressee, Approval, Delivery

# Code, who approves, to whom it goes, how it is delivered, and the contents the law calls mandatory.
# What the law marks as a design inference and what stands there only in some cases is left out.
TABLE = """
D-01 intake file system | source received_on reporter summary
D-02 chief office service | lead reason ground materials
D-03 chief superior system | ground
D-04 handler deciders system | facts feasibility legal_view
D-05 chief deciders system | lead facts law proposal inquiry_report
D-06 chief file service | facts basis decision decision_day
D-07 chief file none | reason
D-08 department_head superior system | summary
D-09 handler deciders system | approach method steps evidence_list
D-10 chief_or_committee person service | result reason
D-11 chief deciders system | reason old_end new_end
D-12 superior office system | case scope term
D-20 chief unit service | what reason staff basis confidentiality deadline
D-21 none unit service | items numbers originals pages provider taker day
D-22 handler file file | time place cards individual answers confirmation
D-23 outside file system | question opinion basis
D-24 chief unit service | subject materials question time qualification
D-25 handler file system | time place method sample
D-26 handler file file | medium process hash time place staff
D-27 chief office system | object matter requirement
D-28 chief person service | subject time place officers
D-29 outside file system | views
D-30 handler court court | item source proves page
D-31 department_head authority service | facts question term
D-32 department_head authority system | positions commitments
D-33 chief unit express | request basis
D-34 chief unit service | task term secrecy
D-40 chief deciders system | violator act harm causation fault exemption other law proposal
D-41 chief public media | harm_facts suit_notice period contact_person telephone announcing_unit announcing_day
D-42 handler file file | who when content decision
D-43 chief deciders system | proposal
D-44 chief file service | ground reason decision_day
D-45 chief court court | litigator defendant claims facts reasons evidence
D-46 none court court | proof
D-47 chief office system | facts file reason
D-48 chief court court | plaintiff defendant facts opinion
D-49 chief court court | reason
D-50 chief court court | names posts duties
D-51 chief court court | respondent object reason urgency security
D-52 chief court court | respondent request reasons harm evidence term security suit data contact day
D-53 chief court court | facts request received_on
D-54 chief court court | old_claims claims reasons
D-55 chief court court | realised reason
D-56 chief court court | claim
D-57 department_head court court | facts law view
D-58 handler court court | evidence
D-59 chief court court | liability interest
D-60 chief court court | appellant appellee court case_number cause claims facts reasons
D-61 superior office system | reason
D-62 superior court court | facts law
D-63 committee court service | reason
D-64 chief_or_committee court service | facts law proposal
D-65 chief court service | facts question
D-66 chief court court | basis
D-67 handler file system | items due evidence
D-70 chief authority service | name source harm failure basis content period
D-71 chief_or_committee unit service | source facts hazard content basis objection reply
D-72 outside office none | measures evidence date
D-73 handler file system | site photos persons
D-74 chief authority service | reason
D-75 chief authority express | facts basis
D-76 chief authority service | facts evidence
D-80 outside file file | document date signature
D-81 outside file file | attempts sign date
D-82 department_head superior system | attachments served type
D-83 department_head file system | views
D-84 chief file system | decision
D-85 department_head file system | list pages hash
D-86 department_head file system | items relapse lead
"""
ROWS = [
    pytest.param(*head.split(), contents.split(), id=head[:4])
    for head, contents in (line.split(" | ") for line in TABLE.strip().splitlines())
]


def test_the_table_has_a_row_for_every_document():
    assert [row.id for row in ROWS] == sorted(TYPES)


@pytest.mark.parametrize(("code", "approval", "addressee", "delivery", "contents"), ROWS)
def test_a_document_is_approved_addressed_and_delivered_as_the_law_says(
    code, approval, addressee, delivery, contents
):
    kind = TYPES[code]
    assert kind.approval == Approval(approval)
    assert kind.addressee == Addressee(addressee)
    assert kind.delivery == Delivery(delivery)


@pytest.mark.parametrize(("code", "approval", "addressee", "delivery", "contents"), ROWS)
def test_what_the_law_asks_of_a_document_is_required(code, approval, addressee, delivery, contents):
    required = {item.name for item in TYPES[code].contents if item.required}
    assert set(contents) - required == set()
