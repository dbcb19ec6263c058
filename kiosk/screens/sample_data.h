#pragma once

#include "kiosk/app/app.h"

/// Made-up data behind the samples.
namespace portico::kiosk::sample {

/// Online, printers ready, help numbers known; nobody signed in.
App kiosk();
/// The same with Alex Sample signed in by a key.
App signed_in();

api::Home home();
api::ClaimsPage claims();
api::EobDetail eob();
api::IdCardReply card();
client::ProvidersFound doctors();
api::ContactDetails contact();
api::Credentials credentials();
api::Requests requests();
/// One of them a change that can be taken back.
api::Requests requests_on_hold();
/// One of them not read yet.
api::Messages messages();
/// A secret that nobody can take for a real one.
api::TotpBegun code_app();
api::CallCheck call_check();
api::OpenCalls open_calls(std::vector<char const*> const& how);

template <class T>
Load<T> loaded(T value) {
    Load<T> load;
    load.value = std::move(value);
    return load;
}

} // namespace portico::kiosk::sample
