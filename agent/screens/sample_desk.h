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
App signed_in(std::vector<std::string> rights = {"see_work", "do_work", "open_case"});
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

} // namespace portico::agent::sample
