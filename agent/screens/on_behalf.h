#pragma once

#include "agent/screens/part.h"
#include "shared/api/cases.h"
#include "shared/client/outbox.h"
#include "shared/domain/finding.h"
#include "shared/domain/member.h"
#include "shared/domain/typed_address.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace portico::agent {

/// What a rep asks for the member of a case, on the phone with them: operations, as at the kiosk.
enum class OnBehalf : std::uint8_t {
    CheckClaim,
    MailEob,
    MailCard,
    ChangeContact,
    Write,
    PromiseCall,
    Withdraw
};
inline constexpr std::size_t on_behalf_count = 7;

/// Which contact detail the caller corrects.
enum class ContactPart : std::uint8_t { Phone, Email, Address };
inline constexpr std::array<char const*, 3> contact_part_fields{"phone", "email", "postal_address"};

/// One thing that is asked for, as far as it is typed and chosen. Personal: it is wiped when central has done
/// it, when its case is closed, and with the session; it stands in no log and no error. Always on the heap:
/// what goes from a dialog to what is written down and back leaves none of it behind.
struct AskDraft {
    explicit AskDraft(OnBehalf wanted) : what(wanted) {}

    OnBehalf what{};
    std::string eob = {};                        ///< CheckClaim, MailEob
    FindingKind finding{};                       ///< CheckClaim
    bool check_it = true;                        ///< ... else the member says that it is right
    std::optional<std::size_t> card_reason = {}; ///< of card_reasons
    std::optional<ContactPart> part = {};
    std::string phone = {}, email = {};
    TypedAddress address = {};
    std::string text = {};      ///< Write
    std::string on = {};        ///< PromiseCall: MM/DD/YYYY, as far as it is typed
    std::string about = {};     ///< PromiseCall
    std::string operation = {}; ///< Withdraw: of which request

    /// Where this field is kept; nothing for a field of something else.
    std::string* of(Field field);
    std::string const* of(Field field) const { return const_cast<AskDraft*>(this)->of(field); }
    /// Something was typed that would have to be typed again.
    bool is_typed() const;
    void wipe();
    ~AskDraft() { wipe(); }
    AskDraft(AskDraft const&) = delete;
    AskDraft& operator=(AskDraft const&) = delete;
};

/// What stood on file before the caller corrected it: an operation names it, so that it changes nothing that
/// was changed meanwhile. Wiped with its dialog, and at a lock.
struct OldContact {
    ContactPart part{};
    std::string value = {};
    std::optional<PostalAddress> address = {};

    ~OldContact();
    OldContact() = default;
    OldContact(OldContact const&) = delete;
    OldContact& operator=(OldContact const&) = delete;
};

/// What can be asked for the member, each with what hinders it.
struct ForMemberDialog {};
/// One of them; what is typed stands in the case.
struct AskDialog {
    OnBehalf what{};
    std::unique_ptr<OldContact> old = {}; ///< ChangeContact: read, so that the new one can be typed
    terminal::RequestNumber keeping = 0;  ///< it is being written down
    std::optional<Error> wrong = {};      ///< why it cannot be, as it is
};

/// Something that was asked for at this desk in this session, from the moment it was sent to the disk.
struct Written {
    enum class State : std::uint8_t {
        Keeping,  ///< on its way to the disk
        OnItsWay, ///< on the disk, sealed; central has not answered
        Done,
        Refused,
    };
    State state = State::Keeping;
    terminal::RequestNumber keeping = 0;
    std::string operation = {}; ///< its id, once it is on the disk
    api::CaseItem of = {};      ///< the case
    OnBehalf what{};
    std::string reason = {};              ///< refused: why
    std::unique_ptr<AskDraft> draft = {}; ///< for it to come back; gone when it is done
    std::string eob = {};                 ///< CheckClaim, MailEob
    FindingKind finding{};
};

/// What this desk has written down for members.
struct WrittenDown {
    std::vector<Written> all = {}; ///< of this session, the oldest first
    /// Refused, and of a session before: what they held is gone, their reasons are not.
    std::vector<client::RefusedOperation> before = {};
    client::OutboxCounts counts = {};
    terminal::RequestNumber reading = 0; ///< how they stand

    Written* find(std::string const& operation);
    /// The finding was answered from this desk, and that was not refused.
    bool has_answer(std::string const& eob, FindingKind finding) const;
    /// This request is taken back already, and central has not answered.
    bool takes_back(std::string const& request) const;
};

/// `card_reasons` as texts of their own, for lists that are chosen from.
std::vector<std::string> const& card_reason_words();

} // namespace portico::agent
