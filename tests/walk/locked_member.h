#pragma once

#include "tests/walk/lock_steps.h"
#include "tests/walk/phone_desk.h"

#include <memory>
#include <string>

namespace portico::test {

/// Two kiosks and a desk. At the first kiosk, the lobby's, Alex has opened an account with a key; at the
/// second, the annex, the PIN of Alex's card may be typed wrong until it locks; and a rep takes Alex's call.
class LockedMember {
public:
    static constexpr char const* key_name = "alex";

    explicit LockedMember(PhoneDesk::ChangePlan const& change_plan = {});
    /// At a bench that is there already, and outlives this.
    explicit LockedMember(Bench& bench);

    Driver& lobby() { return office.kiosk->screen(); }
    Driver& annex() { return annex_->screen(); }
    Driver& desk() { return office.screen(); }
    PhoneDesk office;

    void lock_at_annex();
    void sign_in_at_annex();
    /// One step on the way from the locked screen to home; also after one that central did not hear of.
    void try_to_sign_in_at_annex();
    void sign_in_at_lobby(std::string const& language = "English");

    void begin_call();
    /// Alt V, and the way that needs no telephone.
    void choose_own_session();
    /// The number that the rep reads out.
    std::string ask_member();
    /// At the lobby's kiosk, where the member is signed in.
    void confirm(std::string const& number);
    /// Any number of those shown there that is not `right`.
    std::string wrong_number(std::string const& right);
    void ask_for_unlock();

private:
    void open_account();

    std::unique_ptr<Bench::Kiosk> annex_;
    std::string card_;
};

} // namespace portico::test
