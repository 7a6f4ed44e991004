"""Locate: gives each address coordinates, a NUTS 3 region, and in the Netherlands a municipality.

Four witnesses speak about where an address is: its NUTS code, its postcode, its geolocation and the
name of its place. Measured on the distinct addresses of Horizon 2020 and Horizon Europe (25,266 with
both a NUTS 3 code and a geolocation), the geolocation is by far the weakest: 15 % lie outside the
coded region, 8 % by more than 20 km and 7 % by more than 50 km, because a street was found in
another town or only the country was found. Within 3 km there are 200 to 600 such points for each
kilometre, as generalised borders explain; from there to 10 km there are some 70. Where a third
witness can arbitrate on points more than 3 km off, it sides with the code: 90 times against 9 in the
Netherlands (by the register of postcodes), 1,624 against 85 elsewhere (by addresses with the same
postcode). But sometimes the code is the wrong one (addresses in Amsterdam coded as Utrecht, a
university of Ghent coded as Tilburg), and then postcode or country and geolocation say so together.
benchmarks/bench_locate.py measures all this anew; docs/reviews/location.md reads the outcome.

So the witnesses vote, each with the weight that it earned, and the region with most weight wins; in
a tie the order is code, postcode, geolocation, place. A geolocation supports every region within
3 km of it. A code above level 3 and the country support every region inside them. A geolocation that
lost is not drawn on maps: the middle of its postcode, place or region takes its place. Both facts
stay, in `note` and in an issue.

Outside the Netherlands there is no register of postcodes here. What addresses with a code say about
their postcode or city is used for those without one, when nearly all of them agree ("seen"); at last
what they say about the wider area of the postcode ("area-seen").
"""

from keten.evidence.locate.location import LOCATION, locate, locate_places
from keten.evidence.locate.reference import GeoReference, read_reference

__all__ = ["LOCATION", "GeoReference", "locate", "locate_places", "read_reference"]
