#pragma once

#include "shared/api/describe.h"

#include <string>

/// The case of an entry of the staff queue (shared/api/work.h): whoever has taken it sees whom it is about,
/// and what is asked, through a case and no other way. Errors of all, beside those of shared/api/cases.h and
/// shared/api/work.h: Conflict "work_not_yours"; "queue_entry_done".
namespace portico::api {

/// POST /v1/cases/of-work: a case about the entry's member, who is found by that and verified by nothing.
/// Asked again, the same case as long as it is open. Errors: NotFound "queue_entry_unknown"; Refused
/// "work_without_member" (of a kind that is about none); "records_hour_full", "own_matter"; TooMany
/// "cases_open_many".
struct OpenWorkCase {
    std::string entry;
};
struct WorkCaseOpened {
    std::string case_id;
    std::string reason;  ///< as OpenCase
    std::string channel; ///< "work", "call_back"
};

/// GET /v1/cases/matter: what the entry asks for. Errors: those of shared/api/case_member.h; NotFound
/// "matter_unknown" (the case is of no entry).
struct CaseMatterQuery {
    std::string case_id;
};
struct CaseMatter {
    std::string case_id;
    std::string entry;
    std::string kind;   ///< as WorkItem
    std::string reason; ///< as WorkItem
    std::string at;     ///< RFC 3339
    std::string due;    ///< RFC 3339
    std::string
        summary;       ///< as RequestEntry::summary of what was asked for; empty: nothing more is to be said
    std::string about; ///< of a call that was promised: what for, as staff wrote it
    std::string eob;   ///< that it is about; empty: none
};

/// GET /v1/cases/matter-eob: the one EOB that the entry is about, also before anybody is verified: the member
/// has asked for its review, and nobody is on the line who could hear of it. Errors: as CaseMatterQuery;
/// NotFound "eob_not_found".
struct MatterEobQuery {
    std::string case_id;
};

BOOST_DESCRIBE_STRUCT(OpenWorkCase, (), (entry))
BOOST_DESCRIBE_STRUCT(WorkCaseOpened, (), (case_id, reason, channel))
BOOST_DESCRIBE_STRUCT(CaseMatterQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(CaseMatter, (), (case_id, entry, kind, reason, at, due, summary, about, eob))
BOOST_DESCRIBE_STRUCT(MatterEobQuery, (), (case_id))

} // namespace portico::api
