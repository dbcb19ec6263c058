#pragma once

#include "agent/screens/samples.h"

#include <chrono>

/// What the samples of all screens are made of.
namespace portico::agent::sample {

inline constexpr UtcTime sample_now{std::chrono::hours(24 * 20524) + std::chrono::hours(15)};

/// RFC 3339, from `sample_now`.
std::string rfc_time(std::chrono::minutes from_now);
/// As a UUIDv7 ends: in hexadecimal digits.
std::string sample_id(int number);

App at_desk();
App with_key(App app, bool pin_set = true);
App signed_in(std::vector<std::string> rights = {"see_work", "do_work", "open_case", "unlock_account"});
App offline(App app);
api::WorkList work_list();
Work queue(std::size_t selected = 0);
Doing failed(ErrorKind kind, char const* reason);

/// Samples with their names.
class Collection {
public:
    void add(App app, Screen screen, std::string const& special = {}) {
        std::string name = agent::name(screen);
        if (!special.empty())
            name += "_" + special;
        app.screen = std::move(screen);
        all.push_back({std::move(name), std::move(app)});
    }
    std::vector<Sample> all;
};

// In sample_cases.cpp.
void case_screens(Collection& c);
/// A rep who may all that reps may, with the queue beside the cases.
App rep();
/// Three cases; the one at hand is that of the list.
Cases at_hand(std::size_t which);
/// The case of a member whose account waits after wrong sign-ins.
Cases with_member();

// In sample_line.cpp: the line of those who asked for a call, and one who is called.
void line_screens(Collection& c);

// In sample_matter.cpp: cases of entries of the queue.
void matter_screens(Collection& c);

// In sample_unlock.cpp: a caller is verified, an account unlocked, and a second person asked.
void unlock_screens(Collection& c);
// In sample_recovery.cpp: a way back to the account of a verified caller.
void recovery_screens(Collection& c);
/// A verified caller at hand, with the record.
Cases verified(char const* unlock = "");

// In sample_calls.cpp: calls at the desk, and callers who key a code.
void call_screens(Collection& c);

// In sample_speakers.cpp: who the caller says they are, and somebody who speaks for the member.
void speaker_screens(Collection& c);

// In sample_claims.cpp: the claims of a verified caller, and one EOB.
void claims_screens(Collection& c);
/// A verified caller at hand, and the first of their claims open.
Cases with_first_eob();

// In sample_eob.cpp: the views of that EOB, with what stands around it.
void eob_views(Collection& c);

// In sample_on_behalf.cpp: what is asked for the member, and what was said and asked for before.
void on_behalf_screens(Collection& c);

} // namespace portico::agent::sample
