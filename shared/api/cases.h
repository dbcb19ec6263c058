#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Cases: what staff at a desk do for one caller, about one member at the most. Errors of all, beside those
/// of shared/api/work.h: NotFound "case_unknown" for a case that is not there or is somebody else's; Conflict
/// "case_closed", "case_not_yours" (of one that the caller has opened, or may take over).
namespace portico::api {

/// POST /v1/cases/open. Errors: InvalidInput "case_reason_unknown", "case_channel_unknown"; TooMany
/// "cases_open_many".
struct OpenCase {
    std::string reason; ///< "unlock", "eob_question", "dispute", "contact_change", "card", "message", "other"
    std::string channel; ///< "phone", "call_back", "walk_in"; "work": nobody is on the line
};
struct CaseOpened {
    std::string case_id; ///< UUIDv7
};

/// POST /v1/cases/reason: of an open case of one's own. A call is a case before anybody knows why it came.
/// Errors: InvalidInput "case_reason_unknown".
struct ChangeCaseReason {
    std::string case_id;
    std::string reason; ///< as in OpenCase
};

/// GET /v1/cases: what is open, the oldest first. Errors: Forbidden "right_missing" (of another's, for
/// whoever may not take them over).
struct CasesQuery {
    std::optional<std::string> staff; ///< of this staff member; absent: one's own
};
/// One case, without the data of whom it is about.
struct CaseItem {
    std::string case_id;
    std::string reason;
    std::string channel;
    std::string opened; ///< RFC 3339
    /// "": nobody was found; "identified": found by facts, which verify nobody; "verified": the caller has
    /// shown to be the member, or who speaks for them, half an hour ago at the most.
    std::string level;
    /// How far the last question to the member is (shared/api/call_check.h): "": none was asked; "waiting",
    /// "confirmed", "wrong", "denied", "expired".
    std::string check = {};
    /// How far the last code sent to the member is (shared/api/caller_code.h): "": none was sent; "waiting",
    /// "wrong" (it waits, and a try was wrong), "right", "ended" (by wrong tries), "expired", "unsent" (the
    /// gateway or mail server does not take it, or could not be reached in time). Of a call to the number on
    /// file (shared/api/dial.h): "waiting" until who answers has keyed 1, "right", "unanswered",
    /// "not_dialled", "expired".
    std::string code = {};
    std::string code_way = {}; ///< of `code`: "totp", "text_code", "call_back", "mail_code"; empty: none
    int code_tries_left = 0;   ///< of one that waits
    /// By what the caller was verified: "own_session", "totp", "text_code", "call_back", or "mail_code",
    /// which is the weaker way: it opens no claims, and an unlock always needs a second person's yes. Empty:
    /// not verified.
    std::string verified_way = {};
    /// How far the last unlock asked for is (shared/api/unlock.h): "": none; "waiting", "unlocked",
    /// "refused", "expired", "withdrawn".
    std::string unlock = {};
    /// By which the desk shows that it is the plan's: two words that the member finds in their own session
    /// (shared/api/desk_word.h), as keys of the catalogs' "desk_word."; none before somebody was found.
    std::vector<std::string> words = {};
    /// The entry of the staff queue that it was opened of (shared/api/work_case.h); empty: none.
    std::string entry = {};
    /// How far the last recovery begun in this case is: as RecoveryState::state (shared/api/recovery.h).
    std::string recovery = {};
    /// Who the caller says they are (shared/api/speakers.h): the id of the authority by which they speak for
    /// the member; empty: the member. `level` and the ways to verify are then those of who speaks.
    std::string speaker = {};
    std::string speaker_kind = {};                ///< as Speaker::kind
    std::vector<std::string> speaker_scopes = {}; ///< as Speaker::scopes
    std::string speaker_hindrance = {};           ///< reason why they may not any more; empty: they may
};
struct CaseList {
    std::vector<CaseItem> items;
};

/// POST /v1/cases/take, of whoever has it, also when they may not sign in any more. Taking what one has is no
/// error. The tries of the one before count no more. Errors: Refused "own_matter".
struct TakeCase {
    std::string case_id;
};

/// POST /v1/cases/close. Errors: InvalidInput "case_outcome_unknown", "note_long", "note_invalid": then the
/// case is open as before, and nothing of the note is kept.
struct CloseCase {
    std::string case_id;
    std::string outcome; ///< "resolved", "handed_on", "not_identified", "caller_left", "refused"
    std::string note;    ///< at most 2000 characters, no control characters; may be empty
};

struct CallerName {
    std::string given; ///< all given names, as the plan has them
    std::string family;
};
/// POST /v1/cases/identify: finds whom the case is about by facts that the caller says, two or more. Each is
/// exact but for case, accents, blanks and hyphens. Errors: InvalidInput "facts_few", "member_id_invalid",
/// "name_invalid", "birth_date_invalid", "zip_invalid"; NotFound "nobody_found": nobody, several, or facts
/// that do not agree, all the same; Conflict "case_bound"; TooMany "tries_case_full", "tries_hour_full";
/// Refused "records_hour_full", "own_matter".
struct IdentifyCaller {
    std::string case_id;
    std::optional<std::string> member_id; ///< as printed, with or without its blanks
    std::optional<CallerName> name;
    std::optional<std::string> birth_date; ///< YYYY-MM-DD
    std::optional<std::string> zip;        ///< five digits or nine
};
struct CaseLevel {
    std::string case_id;
    std::string level; ///< "identified": no more than that
};

/// POST /v1/cases/allow-more: 30 members' records more within the hour. Errors: NotFound "colleague_unknown";
/// Refused "not_for_oneself".
struct AllowMore {
    std::string staff; ///< staff id
};

BOOST_DESCRIBE_STRUCT(OpenCase, (), (reason, channel))
BOOST_DESCRIBE_STRUCT(CaseOpened, (), (case_id))
BOOST_DESCRIBE_STRUCT(ChangeCaseReason, (), (case_id, reason))
BOOST_DESCRIBE_STRUCT(CasesQuery, (), (staff))
BOOST_DESCRIBE_STRUCT(CaseItem, (),
                      (case_id, reason, channel, opened, level, check, code, code_way, code_tries_left,
                       verified_way, unlock, words, entry, recovery, speaker, speaker_kind, speaker_scopes,
                       speaker_hindrance))
BOOST_DESCRIBE_STRUCT(CaseList, (), (items))
BOOST_DESCRIBE_STRUCT(TakeCase, (), (case_id))
BOOST_DESCRIBE_STRUCT(CloseCase, (), (case_id, outcome, note))
BOOST_DESCRIBE_STRUCT(CallerName, (), (given, family))
BOOST_DESCRIBE_STRUCT(IdentifyCaller, (), (case_id, member_id, name, birth_date, zip))
BOOST_DESCRIBE_STRUCT(CaseLevel, (), (case_id, level))
BOOST_DESCRIBE_STRUCT(AllowMore, (), (staff))

} // namespace portico::api
