#pragma once

#include "agent/screens/claims_at_hand.h"
#include "agent/screens/history_at_hand.h"
#include "agent/screens/on_behalf.h"
#include "agent/screens/part.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/work_case.h"
#include "shared/base/clock.h"
#include "shared/base/secret.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace portico::agent {

/// What a caller says of themselves, as it is typed. Personal: it is wiped when it was sent and taken, when
/// the case is left and when the session ends; it stands in no log and no error.
struct TypedFacts {
    std::string member_id = {};
    std::string given = {};
    std::string family = {};
    std::string birth_date = {}; ///< MM/DD/YYYY, as far as it is typed
    std::string zip = {};

    /// Where this field is kept; nothing for a field that is no fact.
    std::string* of(Field field);
    std::string const* of(Field field) const { return const_cast<TypedFacts*>(this)->of(field); }
    /// How many of the four facts have something; a name is one.
    int said() const;
    void wipe();
    ~TypedFacts() { wipe(); }
    TypedFacts() = default;
    TypedFacts(TypedFacts const&) = delete;
    TypedFacts& operator=(TypedFacts const&) = delete;
};

/// A value of the member's record in full, for reveal_s or until the case is left or the desk locks.
struct Revealed {
    std::string field = {}; ///< of case_fields()
    std::string value = {}; ///< empty: not on file
    MonoTime until = {};

    ~Revealed() { portico::wipe(value); }
    Revealed() = default;
    Revealed(Revealed&&) = default;
    Revealed& operator=(Revealed&&) = default;
};

/// The number that the rep reads out and the member finds among others. Who has it can answer for the caller:
/// it is wiped when the question has ended, when the case is left, at a lock, and with the session.
struct NumberToRead {
    std::string digits = {}; ///< empty: there is none to read out
    MonoTime until = {};
    int seconds_left = 0;

    void wipe() { portico::wipe(digits); }
    ~NumberToRead() { wipe(); }
    NumberToRead() = default;
    NumberToRead(NumberToRead const&) = delete;
    NumberToRead& operator=(NumberToRead const&) = delete;
};

/// The one-time code that the caller keys. The code itself never comes here: central sends and compares it.
struct CodeUnderWay {
    std::string to = {};   ///< where it went, masked
    std::string call = {}; ///< in which it is keyed; empty: this desk knows of none
    MonoTime until = {};
    int seconds_left = 0;
};

/// What was asked of central about the case at hand.
enum class CaseStep : std::uint8_t {
    Identify,
    Reason,
    Close,
    Reveal,
    BreakGlass,
    Verify,
    SendCode,
    CallBack,
    Unlock,
    Recover,
    AddNote,
    Speaker,
};

/// The case that is worked on now. Always on the heap: what is moved from one screen to another leaves none
/// of it behind.
struct CaseAtHand {
    api::CaseItem item = {};
    TypedFacts facts = {};
    int tries_left = -1; ///< after a try that found nobody
    Doing doing = {};
    CaseStep step = CaseStep::Identify;
    std::size_t outcome = 0; ///< of case_outcomes()
    bool outcome_chosen = false;
    std::string note = {}; ///< stays until the case is closed
    Load<api::CaseMember> member = {};
    Load<api::CaseMatter> matter = {}; ///< of a case of an entry of the queue
    std::vector<Revealed> revealed = {};
    std::unique_ptr<ClaimsAtHand> claims = {};   ///< while they are shown
    std::unique_ptr<HistoryAtHand> history = {}; ///< while it is shown; never beside the claims
    std::string glass_reason = {};               ///< why a protected record is opened; stays until it is
    /// What is typed for the member, of each kind at most one: it stays until it is written down.
    std::array<std::unique_ptr<AskDraft>, on_behalf_count> drafts = {};
    NoteDraft noting = {}; ///< stays until it is added
    NumberToRead number = {};
    CodeUnderWay code = {};
    std::string asked_way = {};    ///< by which a code was asked for last, from here
    std::string unlock_until = {}; ///< RFC 3339, while a colleague is asked; empty: not known here

    bool identified() const { return !item.level.empty(); }
    /// The caller has shown to be the member.
    bool verified() const { return item.level == "verified"; }
    /// By the weaker way: it opens no claims.
    bool verified_by_mail() const { return verified() && item.verified_way == "mail_code"; }
    /// No stronger proof is left to give.
    bool proven() const { return verified() && !verified_by_mail(); }
    /// A code was sent, and can be keyed still.
    bool code_waits() const { return !proven() && (item.code == "waiting" || item.code == "wrong"); }
    /// The number on file is called, and who answers keys 1.
    bool calls_back() const { return code_waits() && item.code_way == "call_back"; }
    /// A code can be keyed.
    bool code_is_keyed() const { return code_waits() && !calls_back(); }
    /// The member cannot sign in with password, PIN or code app until it is unlocked or a while is over.
    bool locked_out() const {
        return member.value && (member.value->account == "locked" || member.value->account == "waiting");
    }
    /// Opened for an entry of the queue that promises no call: nobody is on the line for it by itself.
    bool opened_for_work() const { return !item.entry.empty() && item.channel == "work"; }
    /// The entry that it was opened of is about one EOB, which can be read without a proof.
    bool has_matter_eob() const { return matter.value && !matter.value->eob.empty(); }
    /// The claims are shown, and no EOB of them.
    bool lists_claims() const { return claims && claims->opened.empty(); }
    AskDraft& draft(OnBehalf what);
    AskDraft const* draft_of(OnBehalf what) const { return drafts.at(static_cast<std::size_t>(what)).get(); }
    /// Something is typed for the member, or to be noted, and is neither written down nor added.
    bool has_draft() const;
    /// The record is protected, and nobody has broken the glass for this case.
    bool needs_glass() const { return member.failure && member.failure->reason == "break_glass_needed"; }
    ~CaseAtHand() {
        portico::wipe(note);
        portico::wipe(glass_reason);
        if (matter.value)
            portico::wipe(matter.value->about);
    }
};

/// The words of shared/api/cases.h, in the order in which they are offered.
std::vector<std::string> const& case_reasons();
std::vector<std::string> const& case_channels();
std::vector<std::string> const& case_outcomes();
/// Those of shared/api/case_member.h.
std::vector<std::string> const& case_fields();
std::vector<std::string> const& reveal_reasons();
/// Those of shared/api/unlock.h.
std::vector<std::string> const& unlock_reasons();
/// Those of shared/api/recovery.h.
std::vector<std::string> const& recovery_reasons();

} // namespace portico::agent
