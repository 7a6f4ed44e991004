"""Projection: latitude and longitude to metres of EPSG:3035, the plane in which Europe's regions are drawn.

Lambert's azimuthal equal-area projection on the ellipsoid GRS 80, after the guidance note 7-2 of IOGP
("Coordinate Conversions and Transformations including Formulas", section 3.2.2). Written out here
because pages need a single point now and then, for which a library of all projections is slow to start.
"""

import math
from typing import Final

_AXIS: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257222101
_E2: Final = _FLATTENING * (2 - _FLATTENING)
_E: Final = math.sqrt(_E2)
_LATITUDE, _LONGITUDE = 52.0, 10.0  # of the centre
_EAST, _NORTH = 4_321_000.0, 3_210_000.0  # its coordinates


def _authalic(sine: float) -> float:
    """Give the quantity q of a latitude, by its sine."""
    turned = _E * sine
    return (1 - _E2) * (
        sine / (1 - turned * turned) - math.log((1 - turned) / (1 + turned)) / (2 * _E)
    )


_POLE: Final = _authalic(1.0)
_RADIUS: Final = _AXIS * math.sqrt(_POLE / 2)
_SINE: Final = _authalic(math.sin(math.radians(_LATITUDE))) / _POLE
_COSINE: Final = math.sqrt(1 - _SINE * _SINE)
_STRETCH: Final = (
    _AXIS
    * math.cos(math.radians(_LATITUDE))
    / math.sqrt(1 - _E2 * math.sin(math.radians(_LATITUDE)) ** 2)
    / (_RADIUS * _COSINE)
)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Give east and north in metres of a place in degrees; not for the antipodes of Europe."""
    sine = _authalic(math.sin(math.radians(latitude))) / _POLE
    cosine = math.sqrt(max(0.0, 1 - sine * sine))
    turn = math.radians(longitude - _LONGITUDE)
    scale = _RADIUS * math.sqrt(2 / (1 + _SINE * sine + _COSINE * cosine * math.cos(turn)))
    return (
        _EAST + scale * _STRETCH * cosine * math.sin(turn),
        _NORTH + scale / _STRETCH * (_COSINE * sine - _SINE * cosine * math.cos(turn)),
    )
