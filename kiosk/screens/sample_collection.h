#pragma once

#include "kiosk/screens/sample_data.h"
#include "kiosk/screens/samples.h"

#include <string>
#include <utility>
#include <vector>

/// How samples of screens are made; the families that have a file of their own.
namespace portico::kiosk {

/// Collects samples; a name is the screen's own, with what is special after it.
class Collection {
public:
    void add(Screen screen, std::string const& special = {}) {
        put(sample::kiosk(), std::move(screen), special);
    }
    void add_signed_in(Screen screen, std::string const& special = {}) {
        put(sample::signed_in(), std::move(screen), special);
    }
    void put(App app, Screen screen, std::string const& special = {}) {
        std::string name = kiosk::name(screen);
        if (!special.empty())
            name += "_" + special;
        app.screen = std::move(screen);
        all.push_back({std::move(name), std::move(app)});
    }
    std::vector<Sample> all;
};

inline Error failure(ErrorKind kind, char const* reason) {
    return error(kind, reason);
}
inline App offline(App app) {
    app.facts.online = client::Online::No;
    app.facts.outbox.waiting = 2;
    return app;
}

// In sample_calls.cpp.
void sample_who_calls(Collection& c);
void sample_call_checks(Collection& c);
void sample_call_backs(Collection& c);

// In sample_directory.cpp.
void sample_directory(Collection& c);

// In sample_set_up.cpp.
void sample_set_up(Collection& c);

// In sample_diagnostics.cpp.
void sample_diagnostics(Collection& c);

} // namespace portico::kiosk
