"""Room 0: every coded word of the reference, once, with its label and its meaning.

The rungs of the scale have their code, rank and family here; their wording is data, in
`ObligationLevel`.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Self

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


class Coded(str, Choices):
    """A closed list of codes; each member is `code, one-sentence meaning, label`."""

    meaning: Promise | str

    def __new__(cls, code: str, meaning: Promise | str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return str(self.value)


class AgreementKind(Coded):
    """What sort of instrument it is, by its subject."""

    COLLECTIVE_DEFENCE = (
        "collective_defence_treaty",
        _("Several states pledge to defend one another."),
        _("Collective defence treaty"),
    )
    ALLIANCE = (
        "alliance_treaty",
        _("The parties call each other allies or pledge joint defence."),
        _("Alliance treaty"),
    )
    FRIENDSHIP = (
        "friendship_treaty",
        _("A basic treaty on friendship, good neighbourliness or the foundations of relations."),
        _("Friendship treaty"),
    )
    STRATEGIC_PARTNERSHIP = (
        "strategic_partnership_treaty",
        _("A treaty that sets up a strategic partnership."),
        _("Strategic partnership treaty"),
    )
    DECLARATION = (
        "declaration",
        _("A political text: declaration, memorandum of principles or joint statement."),
        _("Declaration"),
    )
    MILITARY_COOPERATION = (
        "military_cooperation",
        _("Training, exercises, staff talks, visits."),
        _("Military cooperation agreement"),
    )
    MILITARY_TECHNICAL = (
        "military_technical_cooperation",
        _("Supply, repair, licences or joint production of arms."),
        _("Military-technical agreement"),
    )
    BASING = (
        "basing_or_transit",
        _("Bases, transit, or the use of ports and airfields."),
        _("Basing or transit agreement"),
    )
    GUARANTEE = (
        "security_guarantee",
        _("A promise of protection, one-sided or mutual, that is the text's whole subject."),
        _("Security guarantee"),
    )
    LOGISTICS = (
        "logistics",
        _("Fuel, repair, berths and supplies for each other's forces."),
        _("Logistics agreement"),
    )


class Force(Coded):
    """How binding the instrument is by its form."""

    TREATY = "treaty", _("A treaty between states, usually ratified."), _("Treaty")
    AGREEMENT = (
        "agreement",
        _("An agreement between governments or ministries."),
        _("Agreement"),
    )
    DECLARATION = (
        "declaration",
        _("A political declaration, not legally binding."),
        _("Declaration"),
    )
    STATEMENT = "statement", _("A statement by leaders or governments."), _("Statement")
    ARRANGEMENT = (
        "arrangement",
        _("No instrument was seen, or one side gives permits on its own."),
        _("Arrangement"),
    )


class StoredStatus(Coded):
    """The status of an agreement as best known at the coverage date."""

    DRAFT = "draft", _("A text was prepared and not signed."), _("Draft")
    SIGNED = "signed", _("Signed; not known to be in force."), _("Signed")
    IN_FORCE = "in_force", _("Known to be in force."), _("In force")
    PROVISIONAL = (
        "provisional",
        _("Applied provisionally before its entry into force."),
        _("Applied provisionally"),
    )
    SUSPENDED = (
        "suspended",
        _("In force, its operation suspended."),
        _("In force, suspended"),
    )
    EXPIRED = "expired", _("Its term ran out or it lapsed."), _("Expired")
    TERMINATED = "terminated", _("A party or the parties ended it."), _("Terminated")
    SUPERSEDED = "superseded", _("A later agreement took its place."), _("Superseded")
    UNKNOWN = "unknown", _("Whether it is in force was not established."), _("Not established")


class Disclosure(Coded):
    """Whether the text is public, not whether it was read here."""

    FULL = "full", _("The whole text is public."), _("Text public")
    PARTIAL = "partial", _("Only a part of the text is public."), _("Text partly public")
    UNDISCLOSED = "undisclosed", _("The text is not public."), _("Text not public")
    UNKNOWN = (
        "unknown",
        _("Whether the text is public was not established."),
        _("Not established whether the text is public"),
    )


class Confidence(Coded):
    """How far the record may be trusted."""

    HIGH = "high", _("Read in the text or in several good sources."), _("High confidence")
    MEDIUM = (
        "medium",
        _("Rests on one good source or on reports that agree."),
        _("Medium confidence"),
    )
    LOW = "low", _("Rests on memory, on one weak source or on a reading."), _("Low confidence")


class ParticipationStatus(Coded):
    """A state's standing in an agreement as recorded."""

    MEMBER = "member", _("A state party."), _("State party")
    SIGNATORY = "signatory", _("Signed; no ratification recorded."), _("Signatory")
    WITHDRAWN = "withdrawn", _("Left or was released from the agreement."), _("Withdrawn")
    LAPSED = "lapsed", _("Its participation ran out."), _("Lapsed")
    FROZEN = "frozen", _("Says or was told that its participation is suspended."), _("Frozen")


class TriggerCode(Coded):
    """What sets the obligation off (casus foederis), coarsely."""

    NONE_STANDING = "none_standing", _("Holds at all times."), _("At all times")
    ARMED_ATTACK = "armed_attack", _("Armed attack or aggression."), _("Armed attack")
    THREAT = "threat_or_danger", _("A threat to security or peace."), _("Threat or danger")
    ON_REQUEST = "on_request", _("A request by the partner."), _("On request")
    PRESENCE = (
        "presence_or_visit",
        _("Forces, ships or aircraft that are present or visit."),
        _("Presence or visit"),
    )
    INTERNAL_UNREST = "internal_unrest", _("Unrest inside the partner."), _("Internal unrest")
    OTHER = "other", _("Something else, said in words."), _("Other")
    NOT_STATED = "not_stated", _("The record states no trigger."), _("Not stated")


class AtopType(Coded):
    """The five obligation types of ATOP (Leeds et al. 2002); flags, not exclusive classes."""

    DEFENSE = (
        "defense",
        _("Active military support if a partner is attacked."),
        _("Defence"),
    )
    OFFENSE = (
        "offense",
        _("Active military cooperation in other circumstances than an attack."),
        _("Offence"),
    )
    NEUTRALITY = (
        "neutrality",
        _("Staying out of a partner's wars; no help to its opponents."),
        _("Neutrality"),
    )
    NONAGGRESSION = (
        "nonaggression",
        _("No force against the partner."),
        _("Non-aggression"),
    )
    CONSULTATION = (
        "consultation",
        _("Consulting in crises so as to coordinate policy."),
        _("Consultation"),
    )


class Family(Coded):
    """Groups of rungs that belong together; the groups of the filter and the colours."""

    DEFENCE = "defence", _("Military help to the partner, rungs 1 to 3."), _("Defence")
    CONSULTATION = "consultation", _("Talks in a crisis, rung 4."), _("Consultation")
    RESTRAINT = "restraint", _("Not harming the partner, rungs 5 and 6."), _("Restraint")
    COOPERATION = (
        "cooperation",
        _("Work together, access and arms, rungs 7 to 9; kinds rather than degrees."),
        _("Cooperation"),
    )
    UNRANKED = (
        "unranked",
        _("No rung can be given: text undisclosed, not established, or without such a promise."),
        _("Without a rank"),
    )


class Level(Enum):
    """The scale's codes with rank (1 strongest, None unranked) and family, strongest first."""

    MUTUAL_DEFENCE_AUTOMATIC = ("mutual_defence_automatic", 1, Family.DEFENCE)
    MUTUAL_DEFENCE_DISCRETIONARY = ("mutual_defence_discretionary", 2, Family.DEFENCE)
    ASSISTANCE_POSSIBLE = ("assistance_possible", 3, Family.DEFENCE)
    CONSULTATION = ("consultation", 4, Family.CONSULTATION)
    NON_ASSISTANCE = ("non_assistance_to_aggressor", 5, Family.RESTRAINT)
    NON_AGGRESSION = ("non_aggression", 6, Family.RESTRAINT)
    MILITARY_COOPERATION = ("military_cooperation", 7, Family.COOPERATION)
    BASING_OR_ACCESS = ("basing_or_access", 8, Family.COOPERATION)
    ARMS_AND_TECHNOLOGY = ("arms_and_technology", 9, Family.COOPERATION)
    UNSPECIFIED = ("unspecified", None, Family.UNRANKED)
    UNDISCLOSED = ("undisclosed", None, Family.UNRANKED)
    NOT_ESTABLISHED = ("not_established", None, Family.UNRANKED)

    def __init__(self, code: str, rank: int | None, family: Family) -> None:
        self.code = code
        self.rank = rank
        self.family = family

    @classmethod
    def of(cls, code: str) -> Level:
        """The level with this code; KeyError when there is none."""
        return LEVEL_BY_CODE[code]


LEVEL_BY_CODE: dict[str, Level] = {level.code: level for level in Level}
LAST_RANK = max(level.rank for level in Level if level.rank is not None)


class DayStatus(Coded):
    """The status of a promise on a day: the only meaning of `status` outside the admin."""

    NOT_YET = "not_yet", _("The day lies before its start."), _("Not yet")
    DRAFT = "draft", _("A draft that was never signed, as far as known."), _("Draft")
    SIGNED = (
        "signed",
        _("Signed and, on that day, not known to be in force."),
        _("Signed, not known to be in force"),
    )
    PROVISIONAL = (
        "provisional",
        _("Applied provisionally on that day."),
        _("Applied provisionally"),
    )
    IN_FORCE = "in_force", _("In force on that day."), _("In force")
    UNKNOWN = (
        "unknown",
        _("Whether it was in force on that day is not established."),
        _("Not established whether in force"),
    )
    ENDED = "ended", _("It had ended by that day."), _("Ended")


# A status in a word or two, where a mark or a heading says the rest.
IN_A_WORD: dict[DayStatus, Promise] = {
    DayStatus.NOT_YET: _("not yet"),
    DayStatus.DRAFT: _("draft"),
    DayStatus.SIGNED: _("only signed"),
    DayStatus.PROVISIONAL: _("applied provisionally"),
    DayStatus.IN_FORCE: _("in force"),
    DayStatus.UNKNOWN: _("not established"),
    DayStatus.ENDED: _("ended"),
}
HOLDING = (DayStatus.IN_FORCE, DayStatus.PROVISIONAL)
SHOWN_BY_DEFAULT = (*HOLDING, DayStatus.SIGNED, DayStatus.UNKNOWN)


class DayReason(Coded):
    """Why a status on a day is less certain than a date would make it."""

    START_NOT_ESTABLISHED = (
        "start_not_established",
        _("The day of its entry into force is not established."),
        _("start not established"),
    )
    SIGNATURE_NOT_ESTABLISHED = (
        "signature_not_established",
        _("The day of its signature is not established."),
        _("signature not established"),
    )
    END_NOT_ESTABLISHED = (
        "end_not_established",
        _("It has ended; when is not established."),
        _("end not established"),
    )
    FATE_NOT_ESTABLISHED = (
        "fate_not_established",
        _("Whether it entered into force, or still holds, is not established."),
        _("not established whether it holds"),
    )
    DATE_IMPRECISE = (
        "date_imprecise",
        _("The date is known only to the month or the year, and the day lies within it."),
        _("date known only to the month or year"),
    )
    PARTIES_NOT_ESTABLISHED = (
        "parties_not_established",
        _("Who takes part was not established."),
        _("parties not established"),
    )


class Direction(Coded):
    """Which side of its promises a state is looked at from."""

    MADE = "made", _("What the state promises others."), _("Promises it makes")
    RECEIVED = "received", _("What others promise the state."), _("Promises made to it")


class Caution(Coded):
    """What a reader should know before leaning on a clause as recorded."""

    SUMMARY = (
        "summary",
        _("The words are somebody's summary, in the press or elsewhere, not the text's own."),
        _("A summary, not the text's own words"),
    )
    SPOKEN = (
        "spoken",
        _("The words are a person's about the agreement, not the text's own."),
        _("Said of the text, not its own words"),
    )
    TRANSLATED = (
        "translated",
        _("The words were translated for this reference or by the source; the original decides."),
        _("Translated"),
    )
    NUMBER_UNCONFIRMED = (
        "number_unconfirmed",
        _("The article's number was not seen in the text."),
        _("Article number unconfirmed"),
    )
    REPORTED = (
        "reported",
        _("The text is not public; the rung rests on what is reported of it."),
        _("As reported; text not public"),
    )
    RECALLED = (
        "recalled",
        _("The source is cited from memory and was not read again: weaker."),
        _("Source recalled, not re-read"),
    )
    LOW_CONFIDENCE = "low_confidence", Confidence.LOW.meaning, Confidence.LOW.label


class Role(Coded):
    """A party's side in a one-sided obligation."""

    OWES = "owes", _("The party gives the promise."), _("Owes")
    OWED = "owed", _("The promise is made to the party."), _("Is owed")


class SourceKind(Coded):
    """What a source is."""

    TREATY_TEXT = "treaty-text", _("The text of an agreement, whole or in part."), _("Treaty text")
    OFFICIAL = "official", _("A government or organisation speaks."), _("Official")
    NEWS = "news", _("A news report."), _("News")
    SCHOLARLY = "scholarly", _("A scholar's work."), _("Scholarly")
    DATASET = "dataset", _("A published data set."), _("Data set")
    REFERENCE = "reference", _("A work of reference."), _("Reference work")


class Seen(Coded):
    """Whether the source itself was read for this reference."""

    PAGE = "page", _("The page was read, often only its opening."), _("Read")
    RECALL = "recall", _("From memory, not re-read: weaker."), _("Recalled, not re-read")


class Request(Coded):
    """What the state that needed help asked for."""

    FORMAL = (
        "formal_invocation",
        _("It invoked a named clause or agreement."),
        _("Formal invocation"),
    )
    INFORMAL = (
        "informal_request",
        _("It asked for help without invoking a clause."),
        _("Informal request"),
    )
    NONE = "none", _("It asked for nothing, as far as known."), _("No request")
    UNKNOWN = "unknown", _("Whether it asked is not established."), _("Not established")


class Response(Coded):
    """What was done."""

    TROOPS = "troops", _("Troops were sent."), _("Troops")
    MILITARY_AID = "military_aid", _("Arms, training or other military aid."), _("Military aid")
    MISSION = (
        "mission_or_observers",
        _("A mission or observers were sent."),
        _("Mission or observers"),
    )
    MEDIATION = "mediation", _("Mediation between the sides."), _("Mediation")
    STATEMENT = "diplomatic_statement", _("Words only."), _("Diplomatic statement")
    NONE = "none", _("Nothing, as far as known."), _("Nothing known")
    REFUSED = "refused", _("Help was refused."), _("Refused")


class Verdict(Coded):
    """How a sentence of the article stands against the record."""

    SUPPORTED = "supported", _("The record bears it out."), _("Supported")
    IMPRECISE = "imprecise", _("True in part, or worded too broadly."), _("Imprecise")
    OUTDATED = "outdated", _("True once, no longer."), _("Outdated")
    CONTRADICTED = "contradicted", _("The record says otherwise."), _("Contradicted")
    UNVERIFIABLE = "unverifiable", _("No record decides it."), _("Unverifiable")


class ClaimCategory(Coded):
    """How the article files the state that the sentence is about."""

    CSTO_MEMBER = "CSTO member", _("Named as a member of the CSTO."), _("CSTO member")
    RELEVANT = (
        "relevant agreement",
        _("Named as having relevant agreements."),
        _("Relevant agreement"),
    )
    ARRANGEMENT = "arrangement", _("Named as having an arrangement."), _("Arrangement")
    SIGNED_AT_TIMES = (
        "signed at various times (changed political landscape)",
        _("Named among states with agreements of various times, whose governments changed."),
        _("Signed at various times"),
    )
    DEFENCE_RELATED = (
        "defence-related agreement",
        _("Named as having defence-related agreements."),
        _("Defence-related agreement"),
    )
    EXISTS = "agreement exists", _("Named as having an agreement."), _("Agreement exists")
    CONTEXT = "context", _("Background that is not checked."), _("Context")


class DifferenceKind(Coded):
    """Why a data set and this reference differ."""

    REPRESENTATION = (
        "our representation",
        _("The difference lies in how our records file the clause."),
        _("Our representation"),
    )
    CONVENTION = (
        "convention",
        _("Both stand; the rules for dating or counting differ."),
        _("Convention"),
    )
    GAP = "gap", _("One side records what the other does not."), _("Gap")
    SUBSTANCE = "substance", _("The two read the facts differently."), _("Substance")
    PRECISION = "precision", _("The two differ by days or in precision."), _("Precision")
    COVERAGE = "coverage", _("The data set does not cover it."), _("Coverage")


class Match(Coded):
    """How surely an external record is the same agreement."""

    EXACT = "exact", _("Surely the same agreement."), _("Exact")
    PROBABLE = "probable", _("Probably the same agreement."), _("Probable")


class Scope(Coded):
    """What was looked for between two states."""

    BOTH = (
        "bilateral and multilateral",
        _("Agreements between the two and multilateral ones."),
        _("bilateral and multilateral"),
    )
    MULTILATERAL = (
        "multilateral only",
        _("Only multilateral texts that name them."),
        _("multilateral only"),
    )


class Region(Coded):
    """Continental regions of the UN M49 standard."""

    AFRICA = "Africa", _("UN M49 region 002."), _("Africa")
    AMERICAS = "Americas", _("UN M49 region 019."), _("Americas")
    ASIA = "Asia", _("UN M49 region 142."), _("Asia")
    EUROPE = "Europe", _("UN M49 region 150."), _("Europe")
    OCEANIA = "Oceania", _("UN M49 region 009."), _("Oceania")


class Blank(Coded):
    """What an empty place says; never interchangeable."""

    NONE_FOUND = (
        "none_found",
        _("Agreements between the two were looked for, up to a day, and none was found."),
        _("None found"),
    )
    NOT_RESEARCHED = (
        "not_researched",
        _("Nobody looked; texts with many parties may still name both."),
        _("Not researched"),
    )
    TEXT_NOT_PUBLIC = (
        "text_not_public",
        _("An agreement is reported, its text is not public; what reports say of it says so."),
        _("Text not public"),
    )
    NOT_ESTABLISHED = (
        "not_established",
        _("An agreement exists; its text was not found, or not read far enough to say."),
        _("Not established"),
    )
    AFTER_THE_EVIDENCE = (
        "after_the_evidence",
        _("The day lies after the evidence ends; silence since then proves nothing."),
        _("After the evidence ends"),
    )
    NOTHING_MATCHES = (
        "nothing_matches",
        _("Records exist, and the choices made leave none of them."),
        _("Nothing matches"),
    )


# What a citation bears on: names of fields, as words. Any other fact is already in words.
FACT_WORDS: dict[str, Promise | str] = {
    "title": _("title"),
    "native_title": _("title in another language"),
    "parties": _("parties"),
    "signed": _("date of signature"),
    "signed_at": _("place of signature"),
    "in_force": _("entry into force"),
    "ratified": _("ratification"),
    "ended": _("end"),
    "end_reason": _("how it ended"),
    "status": _("status"),
    "term": _("term"),
    "registration": _("registration"),
    "text_disclosure": _("whether the text is public"),
    "participations": _("who takes part and when"),
    "provisions": _("what the clauses say"),
    "summary": _("summary"),
    "notes": _("notes"),
}


class ValueKind(Coded):
    """What sort of value a published column holds."""

    TEXT = "text", _("Words; nothing where nothing is recorded."), _("text")
    CODE = "code", _("One word of a closed list."), _("code")
    NUMBER = "number", _("A whole number."), _("number")
    YES_NO = "yes_no", _("True or false."), _("yes or no")
    DAY = "day", _("A whole day, YYYY-MM-DD."), _("day")
    PARTIAL_DATE = (
        "partial_date",
        _("A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."),
        _("date as known"),
    )
    ADDRESS = "address", _("The address of a page; one of ours begins with a slash."), _("address")
    LIST = "list", _("Several texts; in CSV and XLSX they are joined by semicolons."), _("list")
    JSON = "json", _("A value of any shape, as the other data set gives it."), _("JSON")


class ChangeType(Coded):
    """What a save did to a row."""

    MADE = "made", _("The row is new."), _("made")
    CHANGED = "changed", _("A field of it has another value."), _("changed")
    REMOVED = "removed", _("The row is gone."), _("removed")


class Stage(Coded):
    """How far a proposed change has come."""

    DRAFT = "draft", _("Its author still works on it."), _("Draft")
    IN_REVIEW = "in_review", _("It waits for a reviewer."), _("In review")
    PUBLISHED = "published", _("A reviewer accepted it, and readers see it."), _("Published")
    SET_ASIDE = "set_aside", _("It was closed and changed nothing."), _("Set aside")


class ProposalStep(Coded):
    """What can be done with a proposed change."""

    SUBMIT = "submit", _("Its author asks for a review."), _("Send to review")
    SEND_BACK = "send_back", _("It becomes a draft again."), _("Send back to its author")
    TAKE_UP = "take_up", _("It has no author, and becomes your draft."), _("Take up as my draft")
    PUBLISH = "publish", _("The record becomes as proposed."), _("Publish")
    SET_ASIDE = "set_aside", _("It is closed and changes nothing."), _("Set aside")


class CorrectionState(Coded):
    """What became of a reader's report of an error."""

    RECEIVED = "received", _("It waits for an editor, who will answer here."), _("Received")
    ACCEPTED = (
        "accepted",
        _("The editors agree; the changes of the record show what was corrected."),
        _("Accepted"),
    )
    DECLINED = (
        "declined",
        _("The editors looked into it and keep what the record says."),
        _("Declined"),
    )


class RowOutcome(Coded):
    """What a row of a spreadsheet would do, or does."""

    NEW = "new", _("It makes a record, or a part of one."), _("new")
    CHANGED = "changed", _("It changes what is there."), _("changed")
    UNCHANGED = "unchanged", _("It says what is there already."), _("unchanged")
    REFUSED = "refused", _("It cannot be taken; nothing of its sheet is kept."), _("refused")


class Format(Coded):
    """In which formats a page gives its rows."""

    CSV = "csv", _("Comma-separated text for any spreadsheet or statistics program."), _("CSV")
    XLSX = "xlsx", _("A workbook with a second sheet that says what the rows are."), _("XLSX")
    JSON = "json", _("For programs: the rows with what they are."), _("JSON")


class CitationFormat(Coded):
    """In which formats a page gives the reference by which it is cited."""

    BIBTEX = "bibtex", _("For LaTeX and reference managers."), _("BibTeX")
    CSL = "csl", _("For Zotero, pandoc and whatever knows citation styles."), _("CSL-JSON")


# Django knows Chinese only by its two scripts.
OTHER_LANGUAGES = {"zh": _("Chinese")}


def language_name(code: str) -> str:
    """A language's English name by its ISO 639-1 code; the code where no name is known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return str(OTHER_LANGUAGES.get(code, code))


def code_list(vocabulary: type[Coded]) -> list[Any]:
    """The codes of a vocabulary in their order, for constraints."""
    return [str(member) for member in vocabulary]
