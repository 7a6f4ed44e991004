"""The projection written out here is the one that a library of all projections gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from keten.atlas.projection import project

_LIBRARY = Transformer.from_crs(4326, 3035, always_xy=True)


@given(st.floats(15, 85), st.floats(-70, 80))
def test_it_equals_the_library_to_a_millimetre(latitude: float, longitude: float) -> None:
    east, north = _LIBRARY.transform(longitude, latitude)
    here = project(latitude, longitude)
    assert abs(here[0] - east) < 0.001
    assert abs(here[1] - north) < 0.001


def test_the_centre_has_the_published_coordinates() -> None:
    east, north = project(52.0, 10.0)
    assert (round(east, 6), round(north, 6)) == (4_321_000.0, 3_210_000.0)
