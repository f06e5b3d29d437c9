"""The scenes of T13 to T40, T52 to T57, T59 and T65, and of the records beside them, a module a subject."""

from tests.litigation.scenes.judging import JUDGING
from tests.litigation.scenes.jurisdiction import JURISDICTION
from tests.litigation.scenes.review import REVIEW
from tests.litigation.scenes.suit import SUIT
from tests.litigation.scenes.trial import TRIAL

SCENES = REVIEW | SUIT | TRIAL | JUDGING | JURISDICTION
