#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// What was said and asked for about the member of a case, now and before. Errors of all, beside those of
/// shared/api/case_member.h: Refused "verification_needed" for what earlier cases and requests hold.
namespace portico::api {

/// POST /v1/cases/note: adds to what is noted of an open case, while the call goes on. The same `note` id
/// again is told the same and adds nothing. Errors: InvalidInput "note_id_invalid", "note_empty",
/// "note_long", "note_invalid"; Conflict "note_id_reused"; TooMany "notes_many" (50 of a case).
struct AddNote {
    std::string case_id;
    std::string note; ///< UUIDv7, made by the desk
    std::string text; ///< 1 to 2000 characters; line breaks, and no other control characters
};
struct CaseNote {
    std::string note; ///< of the closing note: empty
    std::string at;   ///< RFC 3339
    std::string staff_name;
    std::string text;
};
/// GET /v1/cases/notes: of this case alone, the oldest first; no caller needs to be verified for one's own
/// words.
struct CaseNotesQuery {
    std::string case_id;
};
struct CaseNotes {
    std::string case_id;
    std::vector<CaseNote> notes;
};

/// GET /v1/cases/earlier: closed cases about the same member, the newest first, 20 at most.
struct EarlierCasesQuery {
    std::string case_id;
};
struct EarlierCase {
    std::string reason;
    std::string channel;
    std::string opened;  ///< RFC 3339
    std::string outcome; ///< as CloseCase
    std::vector<CaseNote> notes;
};
struct EarlierCases {
    std::string case_id;
    std::vector<EarlierCase> cases;
};

/// GET /v1/cases/requests: the member's requests, as the member sees them; answers with Requests
/// (shared/api/member.h).
struct CaseRequestsQuery {
    std::string case_id;
};

BOOST_DESCRIBE_STRUCT(AddNote, (), (case_id, note, text))
BOOST_DESCRIBE_STRUCT(CaseNote, (), (note, at, staff_name, text))
BOOST_DESCRIBE_STRUCT(CaseNotesQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(CaseNotes, (), (case_id, notes))
BOOST_DESCRIBE_STRUCT(EarlierCasesQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(EarlierCase, (), (reason, channel, opened, outcome, notes))
BOOST_DESCRIBE_STRUCT(EarlierCases, (), (case_id, cases))
BOOST_DESCRIBE_STRUCT(CaseRequestsQuery, (), (case_id))

} // namespace portico::api
