#pragma once

#include "shared/api/caller_code.h"
#include "shared/api/dial.h"
#include "shared/base/clock.h"
#include "shared/crypto/x509.h"

#include <filesystem>
#include <mutex>
#include <openssl/ssl.h>
#include <string>
#include <thread>
#include <vector>

namespace portico::test {

/// The calls of central that a telephone makes, over HTTPS: TLS 1.3, both sides certified by an authority
/// of its own. What is keyed is kept for the test to look at.
class KeyedCentral {
public:
    KeyedCentral();
    KeyedCentral(KeyedCentral const&) = delete;
    KeyedCentral& operator=(KeyedCentral const&) = delete;
    ~KeyedCentral();

    /// The identity of an enrolled telephone, as its data folder holds it.
    void enroll(std::filesystem::path const& folder) const;
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }

    /// From now on: {"outcome":...} with 200, or a failure of this reason with `status`.
    void answer(std::string outcome) { set_answer(200, std::move(outcome)); }
    void refuse(int status, std::string reason) { set_answer(status, std::move(reason)); }
    /// While it is `away`, connections end before anything is said.
    void set_away(bool away);
    /// It goes away as soon as it has heard of a call that went so: what comes next does not reach it.
    void go_away_after(std::string outcome);

    std::vector<api::KeyedDigits> keyed() const;

    /// The number behind any ticket from now on; empty: "ticket_gone".
    void set_number(std::string number);
    /// Refuses reports of this outcome as "ticket_gone" from now on.
    void refuse_dialled(std::string outcome);
    /// From now on every call of a telephone is answered so: it was taken out of service.
    void withdraw();
    /// The same, once it has heard of a call that went so, and answered that.
    void withdraw_after(std::string outcome);
    /// How calls went, as it was told.
    std::vector<api::Dialled> dialled() const;
    std::vector<std::string> outcomes() const;
    std::vector<std::string> asked_for() const; ///< tickets

private:
    void set_answer(int status, std::string word);
    void serve(std::stop_token const& stop);
    void serve_one(int connection);
    std::string reply_to(std::string const& head, std::string const& body);
    std::string keyed_reply(std::string const& body, int& status);
    std::string dial_reply(std::string const& path, std::string const& body, int& status);

    SystemClock clock_;
    crypto::CertificateAuthority authority_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex guard_; ///< of what follows
    bool away_ = false;
    bool withdrawn_ = false;
    int status_ = 200;
    std::string word_ = "right";
    std::vector<api::KeyedDigits> keyed_;
    std::string number_;
    std::string refused_outcome_;
    std::string away_after_, withdrawn_after_; ///< outcomes; empty: none
    std::vector<api::Dialled> dialled_;
    std::vector<std::string> asked_for_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::test
