#include "tests/phone/keyed_central.h"

#include "shared/api/failure.h"
#include "shared/api/json.h"
#include "tests/support/catch.h"

#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr int look_for_end_ms = 50;

using Memory = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
Memory memory(std::string_view text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free_all};
}
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
Certificate certificate_of(std::string_view pem) {
    return {PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr), X509_free};
}

std::string failure(std::string const& kind, std::string const& reason) {
    return api::to_json(api::Failure{kind, reason, {}, 0, -1, {}});
}

void write_text(std::filesystem::path const& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

} // namespace

KeyedCentral::KeyedCentral()
    : authority_(crypto::CertificateAuthority::create("Testville Health Plan", clock_.now())),
      context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    auto const key = crypto::PrivateKey::generate();
    auto const own = authority_.issue_server(key, {"127.0.0.1"}, clock_.now()).value();
    auto const own_key = key.pem();
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const private_key(
        PEM_read_bio_PrivateKey(memory(own_key.reveal()).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_3_VERSION);
    SSL_CTX_use_certificate(context_.get(), certificate_of(own).get());
    SSL_CTX_use_PrivateKey(context_.get(), private_key.get());
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()),
                        certificate_of(authority_.certificate_pem()).get());
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);

    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](std::stop_token const& stop) { serve(stop); });
}

KeyedCentral::~KeyedCentral() {
    thread_ = {};
    ::close(listener_);
}

void KeyedCentral::enroll(std::filesystem::path const& folder) const {
    auto const key = crypto::PrivateKey::generate();
    auto const id = "terminal-phone";
    auto const request = crypto::make_certificate_request(key, id);
    std::filesystem::create_directories(folder);
    write_text(folder / "terminal.crt", authority_.issue_terminal(request, id, clock_.now()).value());
    write_text(folder / "terminal.key", key.pem().reveal());
    write_text(folder / "authority.crt", authority_.certificate_pem());
    auto const sealing_key = to_base64url(Bytes(32, 7));
    write_text(folder / "terminal.json",
               R"({"terminal_id":"terminal-phone","plan_name":"Testville Health Plan",)"
               R"("sealing_public_key":")" +
                   sealing_key + "\"}");
}

void KeyedCentral::set_answer(int status, std::string word) {
    std::lock_guard const lock(guard_);
    status_ = status;
    word_ = std::move(word);
}

void KeyedCentral::withdraw() {
    std::lock_guard const lock(guard_);
    withdrawn_ = true;
}

void KeyedCentral::withdraw_after(std::string outcome) {
    std::lock_guard const lock(guard_);
    withdrawn_after_ = std::move(outcome);
}

void KeyedCentral::set_away(bool away) {
    std::lock_guard const lock(guard_);
    away_ = away;
    away_after_.clear();
}

void KeyedCentral::go_away_after(std::string outcome) {
    std::lock_guard const lock(guard_);
    away_after_ = std::move(outcome);
}

std::vector<api::KeyedDigits> KeyedCentral::keyed() const {
    std::lock_guard const lock(guard_);
    return keyed_;
}

void KeyedCentral::serve(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        pollfd entry{listener_, POLLIN, 0};
        if (::poll(&entry, 1, look_for_end_ms) != 1)
            continue;
        int const connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        bool away = false;
        {
            std::lock_guard const lock(guard_);
            away = away_;
        }
        if (connection >= 0 && !away)
            serve_one(connection);
        ::close(connection);
    }
}

/// One request a connection: the telephone's next is a new one, as it forgets the last.
void KeyedCentral::serve_one(int connection) {
    timeval const patience{60, 0}; // longer than any telephone is slow
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::unique_ptr<SSL, decltype(&SSL_free)> const tls(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(tls.get(), connection);
    if (SSL_accept(tls.get()) != 1)
        return;
    std::string bytes;
    std::size_t end = std::string::npos;
    std::size_t length = 0;
    while (end == std::string::npos || bytes.size() < end + 4 + length) {
        char chunk[4096];
        int const got = SSL_read(tls.get(), chunk, sizeof chunk);
        if (got <= 0)
            return;
        bytes.append(chunk, static_cast<std::size_t>(got));
        end = bytes.find("\r\n\r\n");
        auto const at = bytes.find("Content-Length: ");
        if (end != std::string::npos && at < end)
            length = std::strtoul(bytes.c_str() + at + 16, nullptr, 10);
    }
    auto const reply = reply_to(bytes.substr(0, end), bytes.substr(end + 4));
    SSL_write(tls.get(), reply.data(), static_cast<int>(reply.size()));
    SSL_shutdown(tls.get());
}

void KeyedCentral::set_number(std::string number) {
    std::lock_guard const lock(guard_);
    number_ = std::move(number);
}

void KeyedCentral::refuse_dialled(std::string outcome) {
    std::lock_guard const lock(guard_);
    refused_outcome_ = std::move(outcome);
}

std::vector<api::Dialled> KeyedCentral::dialled() const {
    std::lock_guard const lock(guard_);
    return dialled_;
}

std::vector<std::string> KeyedCentral::outcomes() const {
    std::vector<std::string> all;
    for (auto const& each : dialled())
        all.push_back(each.outcome);
    return all;
}

std::vector<std::string> KeyedCentral::asked_for() const {
    std::lock_guard const lock(guard_);
    return asked_for_;
}

std::string KeyedCentral::keyed_reply(std::string const& body, int& status) {
    auto const entry = api::from_json<api::KeyedDigits>(body, api::UnknownFields::Refuse);
    if (entry.has_error())
        return failure("invalid_input", "request_invalid");
    keyed_.push_back(entry.value());
    status = status_;
    return status == 200 ? api::to_json(api::KeyedOutcome{word_, 4}) : failure("not_found", word_);
}

std::string KeyedCentral::dial_reply(std::string const& path, std::string const& body, int& status) {
    bool gone = false;
    std::string text = "{}";
    if (path == "/v1/phone/number") {
        auto const asked = api::from_json<api::NumberOfTicket>(body, api::UnknownFields::Refuse);
        if (asked.has_error())
            return failure("invalid_input", "request_invalid");
        asked_for_.push_back(asked.value().ticket);
        gone = number_.empty();
        text = api::to_json(api::NumberToDial{number_});
    } else {
        auto const told = api::from_json<api::Dialled>(body, api::UnknownFields::Refuse);
        if (told.has_error())
            return failure("invalid_input", "request_invalid");
        dialled_.push_back(told.value());
        gone = told.value().outcome == refused_outcome_;
        away_ = away_ || told.value().outcome == away_after_; // from the next connection on
    }
    status = gone ? 404 : 200;
    return gone ? failure("not_found", "ticket_gone") : text;
}

std::string KeyedCentral::reply_to(std::string const& head, std::string const& body) {
    std::lock_guard const lock(guard_);
    int status = 400;
    std::string text = failure("invalid_input", "request_invalid");
    for (std::string const path : {"/v1/phone/keyed", "/v1/phone/number", "/v1/phone/dialled"})
        if (head.starts_with("POST " + path + " HTTP/1.1\r\n"))
            text = path == "/v1/phone/keyed" ? keyed_reply(body, status) : dial_reply(path, body, status);
    if (withdrawn_) {
        status = 403;
        text = failure("forbidden", "terminal_revoked");
    }
    withdrawn_ = withdrawn_ || (!dialled_.empty() && dialled_.back().outcome == withdrawn_after_);
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) +
           "\r\nConnection: close\r\n\r\n" + text;
}

} // namespace portico::test
