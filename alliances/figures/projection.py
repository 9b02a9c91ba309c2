"""Room 3: from longitude and latitude to places on the map: the Equal Earth projection.

Šavrič, Patterson and Jenny (2018), "The Equal Earth map projection", IJGIS 33(3): equal-area, so
that a large state is not larger than it is.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2

Point = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Degrees to the plane, x to the east and y to the north; the globe's radius is 1."""
    t = asin(M * sin(radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    spread = M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))
    return radians(longitude) * cos(t) / spread, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


EAST, NORTH = equal_earth(180, 0)[0], equal_earth(0, 90)[1]
SOUTHERNMOST = equal_earth(0, -57)[1]  # without Antarctica


class Sheet:
    """The map's sheet: places in whole units, the origin at the top left."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.scale = width / (2 * EAST)
        self.height = round((NORTH - SOUTHERNMOST) * self.scale)

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a point of the globe lies on the sheet, in its units."""
        x, y = equal_earth(longitude, latitude)
        return (x + EAST) * self.scale, (NORTH - y) * self.scale
