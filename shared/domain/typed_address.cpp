#include "shared/domain/typed_address.h"

#include "shared/base/secret.h"

#include <algorithm>

namespace portico {

TypedAddress TypedAddress::of(PostalAddress const& address) {
    auto const line = [&](std::size_t at) {
        return at < address.lines.size() ? address.lines[at] : std::string();
    };
    return {.line = line(0),
            .line2 = line(1),
            .city = address.city,
            .state = address.state,
            .zip = address.zip,
            .further = {address.lines.begin() + std::min<std::ptrdiff_t>(2, std::ssize(address.lines)),
                        address.lines.end()}};
}

PostalAddress TypedAddress::address() const {
    PostalAddress made{.lines = {}, .city = city, .state = state, .zip = zip};
    for (auto const* each : {&line, &line2})
        if (!each->empty())
            made.lines.push_back(*each);
    made.lines.insert(made.lines.end(), further.begin(), further.end());
    std::transform(made.state.begin(), made.state.end(), made.state.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return made;
}

void TypedAddress::wipe() {
    for (auto* each : {&line, &line2, &city, &state, &zip})
        portico::wipe(*each);
    for (auto& each : further)
        portico::wipe(each);
    further.clear();
}

} // namespace portico
