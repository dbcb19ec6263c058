#pragma once

#include "bench/central/signed_in.h"
#include "shared/api/json.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::bench {

/// How long calls took, in milliseconds, by their path.
using CallTimes = std::map<std::string, std::vector<double>>;

/// A terminal's connection for its calls, kept open; each call's time is put down. One thread.
class DeskLine {
public:
    /// `times` outlives the line; nothing is put down without one.
    DeskLine(std::uint16_t port, SignedInTerminal const& terminal, CallTimes* times);

    template <class Reply>
    Reply get(std::string const& path, std::string const& query = {}) {
        return read<Reply>(path, get_request(path + query, terminal_.token));
    }
    template <class Reply, class Body>
    Reply post(std::string const& path, Body const& body) {
        return read<Reply>(path, post_request(path, api::to_json(body), terminal_.token));
    }

private:
    template <class Reply>
    Reply read(std::string const& path, std::string const& request) {
        auto reply = api::from_json<Reply>(exchange(path, request), api::UnknownFields::Refuse);
        return must_be_read(path, std::move(reply));
    }
    template <class Reply>
    static Reply must_be_read(std::string const& path, Result<Reply> reply) {
        if (reply.has_error())
            give_up(path, reply.error().message);
        return std::move(reply).value();
    }
    /// The body of a reply that is 200; stops the program at any other.
    std::string exchange(std::string const& path, std::string const& request);
    [[noreturn]] static void give_up(std::string const& path, std::string const& why);

    SignedInTerminal const& terminal_;
    test::TlsClient connection_;
    CallTimes* times_;
};

} // namespace portico::bench
