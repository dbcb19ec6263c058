#include "shared/api/json.h"
#include "shared/client/certificate_keeper.h"
#include "shared/crypto/x509.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch_folder.h"

#include <atomic>
#include <fstream>
#include <mutex>

using namespace portico;
using namespace portico::client;
using crypto::CertificateAuthority;
using crypto::PrivateKey;

namespace {

UtcTime const today{std::chrono::hours(490'000)};

std::string request_of(PrivateKey const& key) {
    return crypto::make_certificate_request(key, "x");
}

/// The files of a terminal that is certified for so many days from `today`.
class TerminalFolder {
public:
    explicit TerminalFolder(int days) {
        std::ofstream(identity.private_key) << key.pem().reveal();
        std::ofstream(identity.authority) << authority.certificate_pem();
        std::ofstream(identity.certificate) << certified(days);
    }
    std::string certified(int days) const {
        return authority.issue_terminal(request_of(key), "terminal-1", today, days).value();
    }
    std::string certificate() const {
        std::ifstream stream(identity.certificate, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    CertificateAuthority authority = CertificateAuthority::create("Sample Plan", today);
    PrivateKey key = PrivateKey::generate();
    test::ScratchFolder folder;
    TlsIdentity identity{folder.path / "terminal.crt", folder.path / "terminal.key",
                         folder.path / "authority.crt"};
};

/// A central that answers with this, whatever is asked; nothing: it cannot be reached.
class AnswersWith final : public Transport {
public:
    AnswersWith(std::function<std::optional<std::string>()> answer, std::atomic<int>& asked)
        : answer_(std::move(answer)), asked_(asked) {}
    Result<HttpReply> call(HttpRequest request, std::stop_token /*cancel*/) override {
        ++asked_;
        // Asked from the keeper's thread: what must not be sent is answered so that no renewal comes of it.
        if (request.body.find("PRIVATE KEY") != std::string::npos)
            return error(ErrorKind::InvalidInput, "private_key_sent");
        auto const certificate = answer_();
        if (!certificate)
            return error(ErrorKind::Unavailable, "central_unreachable");
        HttpReply reply;
        reply.status = 200;
        reply.body = api::to_json(api::RenewReply{*certificate});
        return reply;
    }
    void forget() override {}

private:
    std::function<std::optional<std::string>()> answer_;
    std::atomic<int>& asked_;
};

Central answers(std::atomic<int>& asked, std::function<std::optional<std::string>()> answer) {
    return Central(std::make_unique<AnswersWith>(std::move(answer), asked));
}

} // namespace

TEST_CASE("certificate keeper: what is not this terminal's certificate never takes the old one's place") {
    TerminalFolder const is(30);
    auto const before = is.certificate();
    auto const strangers = CertificateAuthority::create("Sample Plan", today);
    std::vector<std::string> const wrong{
        "",
        "no certificate",
        is.authority.certificate_pem(),
        is.authority.issue_terminal(request_of(PrivateKey::generate()), "terminal-1", today).value(),
        is.authority.issue_terminal(request_of(is.key), "terminal-2", today).value(),
        strangers.issue_terminal(request_of(is.key), "terminal-1", today).value(),
        is.certified(29),
        is.certified(30)};
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        INFO(i);
        std::atomic<int> asked = 0;
        auto central = answers(asked, [&] { return wrong[i]; });
        CHECK(renew_certificate(central, is.identity, {}).error().reason == "certificate_unreadable");
        CHECK(asked == 1);
        CHECK(is.certificate() == before);
    }
    std::atomic<int> asked = 0;
    auto central = answers(asked, [&] { return is.certified(31); });
    CHECK(renew_certificate(central, is.identity, {}).has_value());
    CHECK(is.certificate() != before);
}

TEST_CASE("certificate keeper: a disk that takes nothing leaves the old one whole") {
    TerminalFolder const is(30);
    auto const before = is.certificate();
    // Nothing can be written beside it.
    std::filesystem::create_directory(is.folder.path / "terminal.crt.new");
    std::atomic<int> asked = 0;
    auto central = answers(asked, [&] { return is.certified(730); });
    CHECK(renew_certificate(central, is.identity, {}).error().reason == "terminal_folder");
    CHECK(is.certificate() == before);
}

TEST_CASE("certificate keeper: it asks when half a year is left, and again when it was in vain") {
    ManualClock clock(today);
    std::atomic<int> asked = 0;
    std::atomic<int> told = 0;
    std::atomic<bool> reachable = false;
    TerminalFolder const is(179);
    auto const before = is.certificate();
    CertificateKeeper const keeper(
        answers(asked,
                [&]() -> std::optional<std::string> {
                    return reachable ? std::optional(is.certified(730)) : std::nullopt;
                }),
        is.identity, clock,
        [&](Error const& failure) { told += failure.reason == "central_unreachable" ? 1 : 0; },
        {.look = std::chrono::milliseconds(5), .after_failure = std::chrono::milliseconds(5)});
    REQUIRE(test::eventually([&] { return told >= 2; }));
    CHECK(is.certificate() == before);
    reachable = true;
    REQUIRE(test::eventually([&] { return is.certificate() != before; }));
    // Good for two years: it is looked at, and central is left alone.
    auto const last = asked.load();
    CHECK_FALSE(renewal_is_due(is.identity, today).value());
    clock.advance(std::chrono::days(540));
    CHECK_FALSE(renewal_is_due(is.identity, clock.now()).value());
    CHECK(asked <= last + 1); // one may have been under way
}

TEST_CASE("certificate keeper: a terminal without its files says so and goes on") {
    ManualClock clock(today);
    TerminalFolder const is(30);
    std::filesystem::remove(is.identity.private_key);
    std::atomic<int> asked = 0;
    std::atomic<int> told = 0;
    CertificateKeeper const keeper(
        answers(asked, [&] { return is.certified(730); }), is.identity, clock,
        [&](Error const& failure) { told += failure.reason == "terminal_identity_missing" ? 1 : 0; },
        {.look = std::chrono::milliseconds(5), .after_failure = std::chrono::milliseconds(5)});
    CHECK(test::eventually([&] { return told >= 2; }));
    CHECK(asked == 0);
}
