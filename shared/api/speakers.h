#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// Who may speak for the member of a case (45 CFR 164.502(g), 164.514(h)): a parent of a minor, as the plan's
/// data says, or whom an authority on file names. They show who they are by what is on file of themselves,
/// never of the member, and their authority is looked at anew with each call. Errors of both, beside those of
/// shared/api/case_member.h: none. Of all calls of a case in which somebody speaks for the member: Refused
/// "authority_ended", "authority_not_yet", "authority_revoked", "authority_of_age" (the child is grown up),
/// "no_authority" (nothing on file any more), "authority_scope" (not about this).
namespace portico::api {

/// GET /v1/cases/speakers.
struct SpeakersQuery {
    std::string case_id;
};
struct SpeakerItem {
    std::string speaker;  ///< id of the authority; of a parent one that central works out
    std::string initials; ///< "A. S."; empty: a protected record, or nobody the plan still knows
    std::string
        kind; ///< "parent_of_minor", "authorized_representative", "power_of_attorney", "legal_guardian"
    std::vector<std::string> scopes; ///< "claims", "contact", "cards", "disputes_and_messages", "account"
    bool tells_sensitive = false;    ///< sensitive services may be told
    std::string until;               ///< YYYY-MM-DD, that day included; empty: open
    std::string hindrance;           ///< "ended", "not_yet", "revoked"; empty: in force
};
struct Speakers {
    std::string case_id;
    std::vector<SpeakerItem> speakers; ///< none: nobody but the member
};

/// POST /v1/cases/speaker: who the caller says they are; answers with a CaseItem (shared/api/cases.h).
/// Another than before ends the proof, and what waits for an answer. Errors: Refused "no_authority": nobody
/// of this id speaks for this member (also who subscribes for an adult); "authority_ended" and the like;
/// "own_matter".
struct ChooseSpeaker {
    std::string case_id;
    std::string speaker; ///< "member", or SpeakerItem::speaker
};

BOOST_DESCRIBE_STRUCT(SpeakersQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(SpeakerItem, (), (speaker, initials, kind, scopes, tells_sensitive, until, hindrance))
BOOST_DESCRIBE_STRUCT(Speakers, (), (case_id, speakers))
BOOST_DESCRIBE_STRUCT(ChooseSpeaker, (), (case_id, speaker))

} // namespace portico::api
