"""With which events a round of the procedure begins anew, so that a guard reads only its own round.

A review is made again after a new announcement or by the office a case was transferred to; a suit is brought
again after a dismissal (T52-2); a court hears again what was sent back to it (T54).
"""

from __future__ import annotations

ANNOUNCEMENT = ("announcement_published",)
REVIEW = ("announcement_expired", "case_received")
SUIT = ("complaint_delivered",)
TRIAL = ("complaint_delivered", "judgment_remanded")
# A notice of a hearing is answered in its own instance.
HEARING = ("complaint_delivered", "judged", "judgment_remanded")
REJECTION = ("suit_rejected",)
JUDGMENT = ("judged",)
# A retrial's judgment may be one of first instance, served and appealed against as such (CPL 218).
APPEALABLE = ("judged", "retrial_ordered")
RETRIAL = ("retrial_ordered",)
