"""How the addressee of a recommendation stands to the office that makes it (PRR 3; norm C110)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import LEVEL_ORDER, Office, OfficeLevel
from administrative.bodies import regions
from administrative.models import Body, Relation
from administrative.models.body import BESIDE, BodyKind, BodyLevel
from audit import clock

RULE = "PRR 3"


@dataclass(frozen=True)
class Standing:
    """What PRR 3 says of an office and a body.

    Attributes:
        relation: None where it does not follow from level and region; then a person says it.
        why: the sentence that says from what it follows, or what is missing.
    """

    relation: Relation | None
    why: str


def region_of(office: Office) -> str:
    """Return the code of the area an office works in; empty where nothing says it.

    What it states counts; what its own code says, only where the list of regions has it.
    """
    code = office.region
    known = office.region_code or regions.region_on(code, clock.today()) is not None
    return code if known else ""


def relation_of(office: Office, body: Body) -> Standing:
    """Return how `body` stands to `office`, computed from the level and the region of both.

    A unit that is no authority has no level of its own: inside the area it is addressed directly.
    """
    national = body.level == BodyLevel.NATIONAL and body.kind != BodyKind.UNIT
    if national and office.level != OfficeLevel.SUPREME:
        return Standing(Relation.SUPERIOR, _superior(body))
    if national:
        return Standing(Relation.OWN_LEVEL, _own_level(body))
    if office.level == OfficeLevel.SUPREME:
        return _inside(office, body)
    area = region_of(office)
    if not area or not body.region:
        return Standing(None, _unknown(office, body, area))
    if body.kind != BodyKind.UNIT and _order(body) < LEVEL_ORDER[OfficeLevel(office.level)]:
        near = regions.lies_in(area, body.region)
        return Standing(Relation.SUPERIOR, _superior(body)) if near else _elsewhere(body)
    return _inside(office, body) if regions.lies_in(body.region, area) else _elsewhere(body)


def fitting_relations(office: Office, body: Body) -> tuple[Relation, ...]:
    """Return the ways to a body that PRR 3 leaves open, the usual one first; one where the record says it.

    Where a region is not known the level alone tells, and the body may also lie in another place.
    """
    known = relation_of(office, body).relation
    if known is not None:
        return (known,)
    return (_by_level(office, body), Relation.OTHER_PLACE)


def _by_level(office: Office, body: Body) -> Relation:
    own = LEVEL_ORDER[OfficeLevel(office.level)]
    if body.kind == BodyKind.UNIT or _order(body) == own:
        return Relation.OWN_LEVEL
    return Relation.SUPERIOR if _order(body) < own else Relation.LOWER


def unfit(office: Office, body: Body, relation: str) -> str:
    """Return why a body is not reached in the way chosen (PRR 3); empty where it is."""
    fitting = fitting_relations(office, body)
    if relation in fitting:
        return ""
    ways = "；".join(str(way.label) for way in fitting)
    sentence = _("“%(unit)s” is reached in another way. By its level and place: %(ways)s (PRR 3).")
    return sentence % {"unit": body, "ways": ways}


def unshown(relation: str, shown: str) -> str:
    """Return what has to be said of a way that is not the direct one (PRR 3); empty where it is said."""
    if relation == Relation.OWN_LEVEL or shown.strip():
        return ""
    return _(
        "Say through whom, by which instruction or after which consultation it goes out (PRR 3)."
    )


def _order(body: Body) -> int:
    return LEVEL_ORDER[OfficeLevel(BESIDE[body.level])]


def _inside(office: Office, body: Body) -> Standing:
    """Judge a body in the area of the office that is not above it."""
    if body.kind == BodyKind.UNIT:
        why = _("%(body)s is a unit in the area of this office: it is addressed directly.")
        return Standing(Relation.OWN_LEVEL, why % {"body": body.name})
    if _order(body) == LEVEL_ORDER[OfficeLevel(office.level)]:
        return Standing(Relation.OWN_LEVEL, _own_level(body))
    why = _(
        "%(body)s is of a lower level and lies in the area of this office: the procuratorate that stands "
        "beside it is instructed to recommend."
    )
    return Standing(Relation.LOWER, why % {"body": body.name})


def _own_level(body: Body) -> str:
    sentence = _(
        "%(body)s is of the level of this office and lies in its area: addressed directly."
    )
    return sentence % {"body": body.name}


def _superior(body: Body) -> str:
    sentence = _(
        "%(body)s is of a higher level: the recommendation goes through the procuratorate of the level of "
        "that body (%(level)s)."
    )
    return sentence % {"body": body.name, "level": OfficeLevel(BESIDE[body.level]).label}


def _elsewhere(body: Body) -> Standing:
    sentence = _(
        "%(body)s lies outside the area of this office: the procuratorate of its level in %(region)s is "
        "consulted first. If it disagrees, the common superior decides."
    )
    where = regions.full_name(body.region, clock.today()) or body.region
    return Standing(Relation.OTHER_PLACE, sentence % {"body": body.name, "region": where})


def _unknown(office: Office, body: Body, area: str) -> str:
    if not area:
        sentence = _(
            "The area of %(office)s is not known: its region code is empty. Enter it, or say yourself how "
            "the body stands to the office."
        )
        return sentence % {"office": office.name}
    sentence = _(
        "The region of %(body)s is not entered. Enter it, or say yourself how the body stands to the office."
    )
    return sentence % {"body": body.name}
