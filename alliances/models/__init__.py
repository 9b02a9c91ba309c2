"""Room 1: the records, one noun per file; a question about one model is a named QuerySet method."""

from alliances.models.agreement import Agreement
from alliances.models.citation import Citation
from alliances.models.claim import Claim, Evidence, Omission
from alliances.models.commitment import AgreementSpan, Commitment, CommitmentSpan
from alliances.models.correction import Correction
from alliances.models.coverage import Coverage
from alliances.models.data_version import DataVersion
from alliances.models.event import Event, EventAgreement
from alliances.models.external import DataSet, Difference, ExternalCoding, MemberSpell
from alliances.models.loaded_record import LoadedRecord
from alliances.models.obligation import Obligation, ObligationSide
from alliances.models.obligation_level import ObligationLevel
from alliances.models.participation import Participation
from alliances.models.proposal import Proposal, ProposalNote
from alliances.models.public_name import PublicName
from alliances.models.search_text import SearchText
from alliances.models.source import Article, Source
from alliances.models.state import State

__all__ = [
    "Agreement",
    "AgreementSpan",
    "Article",
    "Citation",
    "Claim",
    "Commitment",
    "CommitmentSpan",
    "Correction",
    "Coverage",
    "DataSet",
    "DataVersion",
    "Difference",
    "Event",
    "EventAgreement",
    "Evidence",
    "ExternalCoding",
    "LoadedRecord",
    "MemberSpell",
    "Obligation",
    "ObligationLevel",
    "ObligationSide",
    "Omission",
    "Participation",
    "Proposal",
    "ProposalNote",
    "PublicName",
    "SearchText",
    "Source",
    "State",
]
