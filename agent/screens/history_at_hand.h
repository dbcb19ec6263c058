#pragma once

#include "agent/screens/part.h"
#include "shared/api/case_history.h"
#include "shared/api/member.h"
#include "shared/base/secret.h"

#include <string>

namespace portico::agent {

/// What was said and asked for about the member of a case, while the rep looks at it, in the place of the
/// record. Always on the heap, and gone as the claims are (ClaimsAtHand).
struct HistoryAtHand {
    Load<api::CaseNotes> notes = {};
    /// The member's requests and earlier cases: of a verified caller alone.
    Load<api::Requests> requests = {};
    Load<api::EarlierCases> earlier = {};
};

/// A note, as it is typed; the same id goes with the same text, so that it is added once. Personal.
struct NoteDraft {
    std::string text = {};
    std::string id = {};              ///< empty: it was not sent yet, as it stands
    terminal::RequestNumber sent = 0; ///< as it stands, and not answered yet

    ~NoteDraft() { portico::wipe(text); }
    NoteDraft() = default;
    NoteDraft(NoteDraft const&) = delete;
    NoteDraft& operator=(NoteDraft const&) = delete;
};
struct NoteDialog {};

} // namespace portico::agent
