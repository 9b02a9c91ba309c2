"""Room 2: the commitments of one data version in memory, as bits: counts and pages of a list
without reading the table. What a parameter means stays in the filtersets.
"""

from alliances.bitmaps.facets import Rows
from alliances.bitmaps.standings import Facet, Standings, read

__all__ = ["Facet", "Rows", "Standings", "read"]
