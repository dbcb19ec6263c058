#include "tests/walk/chip_cards.h"

#include "central/auth/chip_card/card_authority.h"
#include "shared/crypto/x509.h"
#include "shared/storage/database.h"
#include "tests/support/catch.h"
#include "tests/support/smart_card_issue.h"

#include <fstream>

namespace portico::test {

namespace {

void lay_card(Bench& bench, std::string const& kiosk, std::string const& card, std::string const& text) {
    auto const folder = bench.folder() / kiosk / "bench" / "cards";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / (card + ".pem")) << text;
}

std::string text_of(std::filesystem::path const& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

} // namespace

std::string issue_chip_card(Bench& bench, std::string const& kiosk, std::string const& card,
                            std::string const& patient, bool handed_over) {
    auto const key = crypto::PrivateKey::generate();
    auto const request = bench.folder() / (card + ".csr");
    auto const certificate = bench.folder() / (card + ".crt");
    std::ofstream(request) << crypto::make_certificate_request(key, card);
    std::vector<std::string> args{"account",   "issue-chip-card", "--patient", patient,
                                  "--request", request.string(),  "--out",     certificate.string()};
    if (handed_over)
        args.emplace_back("--handed-over");
    auto const issued = bench.central_json(std::move(args));
    lay_card(bench, kiosk, card, std::string(key.pem().reveal()) + text_of(certificate));
    return std::string(issued.at("serial").as_string());
}

void issue_expired_chip_card(Bench& bench, std::string const& kiosk, std::string const& card) {
    auto database = bench.database();
    auto const authority = central::CardAuthority::open(database, bench.data()).value();
    auto const key = crypto::PrivateKey::generate();
    auto const long_ago = SystemClock().now() - std::chrono::hours(24) * (central::chip_card_valid_days + 10);
    auto const issued = authority.issue(crypto::make_certificate_request(key, card), card, long_ago).value();
    lay_card(bench, kiosk, card, std::string(key.pem().reveal()) + issued.pem);
}

void issue_foreign_chip_card(Bench& bench, std::string const& kiosk, std::string const& card) {
    auto const authority = make_card_authority("Another Authority");
    lay_card(bench, kiosk, card, pem(make_card_identity(authority, "Kim Sample", CardKeyKind::P256)));
}

} // namespace portico::test
