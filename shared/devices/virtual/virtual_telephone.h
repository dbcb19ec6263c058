#pragma once

#include "shared/base/clock.h"
#include "shared/devices/key_entry.h"
#include "shared/devices/past_calls.h"
#include "shared/devices/telephone.h"
#include "shared/devices/watched_state.h"

#include <mutex>

namespace portico {

/// A desk's telephone for the bench, with the hands of callers, of central and of whoever pulls its plug. It
/// behaves as the real one does once its helper has answered. Any thread.
class VirtualTelephone final : public Telephone {
public:
    /// `clock` must outlive this.
    explicit VirtualTelephone(Clock const& clock);

    // The caller's hands. `from` of a call is E.164, or empty when hidden.
    /// Errors: Unavailable "telephone_gone"; Full "telephone_busy" (`calls_max`).
    Result<void> ring(std::string from, std::string line = {});
    /// The call of this number, else the newest. Errors of these: NotFound "no_call".
    Result<void> caller_hangs_up(std::string_view from);
    Result<void> break_line(std::string_view from);
    /// Keys of the call that is keyed in; in any other call, as in a real one, they are heard and no more.
    /// What they are is not kept.
    void key(std::string_view keys);
    /// Who is called by a ticket: they answer, or do not ("not_answered", "not_dialled"). Errors: NotFound
    /// "no_call" (none is dialled), InvalidInput "outcome_unknown".
    Result<void> called_answers(std::string const& outcome = {});
    /// Who answered keys 1, and what central says of it: as `central_answers` without "wrong" and "ended".
    /// Errors: NotFound "no_call", InvalidInput "outcome_unknown".
    Result<void> called_keys_one(std::string const& outcome);
    /// What central answers to the entry that is complete: "right", "wrong", "ended", "code_gone" or
    /// "central_unreachable". Errors: InvalidInput "outcome_unknown"; Conflict "no_entry".
    Result<void> central_answers(std::string const& outcome);

    // The telephone itself.
    void unplug();     ///< the helper is gone, and the calls with it
    void plug();       ///< it is there, and registered
    void unregister(); ///< the plan's telephone system does not know it any more: nobody can ring

    TelephoneView view() const override { return view_.get(); }
    void watch(std::function<void(TelephoneView const&)> changed) override {
        view_.watch(std::move(changed));
    }
    Result<void> answer(std::string const& call) override;
    Result<void> hold(std::string const& call) override;
    Result<void> resume(std::string const& call) override;
    Result<void> hang_up(std::string const& call) override;
    Result<void> transfer(std::string const& call, std::string const& to) override;
    Result<void> start_keying(std::string const& call) override;
    Result<void> stop_keying(std::string const& call) override;
    Result<void> dial(std::string const& ticket) override;

private:
    using State = PhoneCall::State;
    /// Changes the call when it is there and in one of `states`. Errors: those of commands.
    Result<void> in_call(std::string const& id, std::initializer_list<State> states,
                         std::function<void(PhoneCall&)> const& change);
    Result<void> end_from(std::string_view from, bool by_caller);
    /// The call that is talked to or keyed in is held, and this one talked to.
    void talk_to(PhoneCall& call);
    void leave_keying(PhoneCall& call, State next);
    void end(PhoneCall& call, std::string how);
    PhoneCall* keyed_in();
    /// Tells what stands in `now_`, then the same without the calls that ended.
    void tell();

    Clock const& clock_;
    std::mutex guard_; ///< of what follows
    TelephoneView now_{TelephoneReady{.registered = true, .keypad = true}, {}};
    PastCalls past_;
    KeyEntry entry_;           ///< of the one call that is keyed in
    bool entry_waits_ = false; ///< for central
    WatchedState<TelephoneView> view_{now_};
};

} // namespace portico
