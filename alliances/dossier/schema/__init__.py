"""Every noun of the dossier with its file, its model and its keys in their fixed order.

The one list that reader, loader and exporter share; a key without a home here is refused.
"""

from alliances.dossier.schema.agreements import AGREEMENT, COVERAGE, OBLIGATION
from alliances.dossier.schema.basics import ARTICLE, LEVEL, SOURCE, STATE
from alliances.dossier.schema.checked import CLAIM, EVENT, OMISSION
from alliances.dossier.schema.external import CODING, DATA_SET, DIFFERENCE, MEMBER_SPELL
from alliances.dossier.schema.noun import Noun

__all__ = [
    "AGREEMENT",
    "CLAIM",
    "CODING",
    "MEMBER_SPELL",
    "NOUNS",
    "OBLIGATION",
    "SOURCE",
    "STATE",
    "Noun",
]

# In the order in which they can be loaded: what is named comes before what names it.
NOUNS = (
    STATE,
    LEVEL,
    SOURCE,
    ARTICLE,
    AGREEMENT,
    COVERAGE,
    EVENT,
    CLAIM,
    OMISSION,
    DATA_SET,
    CODING,
    MEMBER_SPELL,
    DIFFERENCE,
)
