#pragma once

#include "agent/screens/case_at_hand.h"
#include "agent/screens/palette.h"
#include "shared/api/caller_code.h"
#include "shared/api/recovery.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/ui/theme.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace portico::agent {

/// A new case: why, and how the caller came.
struct OpenCaseDialog {
    std::size_t reason = 0;  ///< of case_reasons()
    std::size_t channel = 0; ///< of case_channels()
};
/// Why the case at hand is open, once that is known.
struct ReasonDialog {
    std::size_t reason = 0; ///< of case_reasons()
};
/// The end of the case at hand; what is chosen and typed stands in CaseAtHand.
struct CloseCaseDialog {};
/// Whom a supervisor allows more records.
struct AllowMoreDialog {
    std::string staff = {}; ///< staff id
};
/// One value of the member's record in full.
struct RevealDialog {
    std::size_t field = 0;                  ///< of case_fields()
    std::optional<std::size_t> reason = {}; ///< of reveal_reasons(): nobody looks before they said why
};
/// A protected record; what is typed stands in CaseAtHand.
struct GlassDialog {};
/// The unlock of the member's account: nobody unlocks before they have seen what locked it and said why.
struct UnlockDialog {
    Load<api::CaseLock> lock = {};
    std::optional<std::size_t> reason = {}; ///< of unlock_reasons()
};
/// A way back to the member's account: what was lost, and why; or the one that is open.
struct RecoveryDialog {
    Load<api::RecoveryState> state = {};
    std::optional<std::size_t> lost = {};   ///< of RecoveryState::can_lose
    std::optional<std::size_t> reason = {}; ///< of recovery_reasons()

    bool is_open() const {
        return state.value && (state.value->state == "waiting" || state.value->state == "started");
    }
    /// Why a colleague would be asked, as far as it is known here: central decides.
    std::string second_yes() const {
        if (!state.value || !state.value->second_yes.empty() || !lost ||
            *lost >= state.value->can_lose.size())
            return state.value ? state.value->second_yes : std::string();
        auto const& word = state.value->can_lose[*lost];
        return word == "second_factor" || word == "everything" ? "second_factor_reset" : "";
    }
};
/// Who the caller says they are.
inline constexpr std::string_view speaker_member = "member"; ///< as api::ChooseSpeaker
struct SpeakerDialog {
    Load<api::Speakers> speakers = {};
    std::string speaker = std::string(speaker_member); ///< chosen; the member until another is

    /// Row 0 is the member, those who may speak for them follow.
    void choose(std::size_t row);
    /// Who is chosen; nothing for the member.
    api::SpeakerItem const* chosen() const;
};
/// How the caller shows to be the member.
struct VerifyDialog {
    Load<api::VerifyWays> ways = {};
    std::string way = {}; ///< chosen; empty: none yet

    /// What is offered: central's ways, or where they could not be read the one that needs nothing here.
    std::vector<api::VerifyWay> offered() const;
};
/// A call at the telephone goes to somebody else.
struct TransferDialog {
    std::string call = {};
    std::string to = {};
    bool wrong = false; ///< `to` is no number that can be dialled
};
using CasesDialog =
    std::variant<NoDialog, Palette, OpenCaseDialog, ReasonDialog, CloseCaseDialog, AllowMoreDialog,
                 RevealDialog, GlassDialog, UnlockDialog, RecoveryDialog, VerifyDialog, TransferDialog,
                 ForMemberDialog, AskDialog, NoteDialog, SpeakerDialog>;

/// What of this screen waits for an answer that is about no case at hand.
enum class CasesStep : std::uint8_t { Open, AllowMore };

/// One's own open cases, and the one at hand.
struct Cases {
    static constexpr char const* name = "cases";
    Load<api::CaseList> list = {};
    UtcTime read_at = {};   ///< when the list was so
    MonoTime asked_at = {}; ///< when it was asked for last
    /// When it is asked for sooner than by itself.
    std::optional<MonoTime> look_at = {};
    std::unique_ptr<CaseAtHand> at_hand = {};
    /// Cases of other calls that are on the line still, as they were left.
    std::vector<std::unique_ptr<CaseAtHand>> beside = {};
    /// Which case has which colour: by its place here.
    std::array<std::string, ui::marks_max> marks = {};
    Doing doing = {};
    CasesStep step = CasesStep::Open;
    api::OpenCase opening = {}; ///< what was asked for
    Said said = {};
    CasesDialog dialog = {};

    /// The colour of a case; nothing where there are more cases than colours.
    std::optional<std::size_t> mark_of(std::string const& case_id) const;

    bool waiting() const { return doing.waiting() || (at_hand && at_hand->doing.waiting()); }
};

MaybeIntent draw(ui::Ui& ui, App const& app, Cases const& screen);

} // namespace portico::agent
