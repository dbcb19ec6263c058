#include "central/auth/account_command.h"
#include "central/auth/account_desk.h"
#include "shared/crypto/x509.h"
#include "tests/central/auth/auth_bench.h"
#include "tests/support/places.h"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <sstream>
#include <sys/stat.h>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

struct CommandBench : AuthBench {
    std::ostringstream out;
    std::ostringstream err;
    std::vector<std::string> opened;

    int run(std::vector<std::string> args) {
        out.str({});
        err.str({});
        AccountCommand const command{clock, out, err,
                                     [this](DataPlace const& place) -> Result<OpenedAccounts> {
                                         opened.push_back(place.folder.string());
                                         return OpenedAccounts{sign_in.get(), "555-0100", "plan.example.org"};
                                     },
                                     std::filesystem::path(source_dir()) / "assets"};
        return account_command(args, command);
    }
    boost::json::object json(std::vector<std::string> args) {
        args.insert(args.end(), {"--data", "somewhere", "--json"});
        if (run(args) != 0)
            throw std::runtime_error(err.str());
        return boost::json::parse(out.str()).as_object();
    }
    std::string file(std::string const& name) const { return (folder.path / name).string(); }
};

std::string contents(std::string const& file) {
    std::ifstream stream(file, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
}

std::string text(boost::json::object const& object, char const* name) {
    return std::string(object.at(name).as_string());
}

} // namespace

TEST_CASE("account command: wrong use is told apart from failure, and nothing is opened for it") {
    CommandBench bench;
    CHECK(bench.run({}) == 2);
    CHECK(bench.run({"--help"}) == 0);
    CHECK(bench.out.str().find("invite --patient ID") != std::string::npos);
    CHECK(bench.run({"invite"}) == 2);
    CHECK(bench.run({"fly", "--data", "x"}) == 2);
    CHECK(bench.run({"list", "--data", "x", "--unknown"}) == 2);
    CHECK(bench.opened.empty());
    CHECK(bench.run({"invite", "--data", "x", "--patient", "patient-1"}) == 2); // where to?
    CHECK(bench.run({"invite", "--data", "x", "--patient", "nobody", "--letter", bench.file("a.pdf")}) == 1);
    CHECK_FALSE(std::filesystem::exists(bench.file("a.pdf")));
    CHECK(bench.run({"unlock", "--data", "x", "nobody"}) == 1);
    CHECK(bench.err.str() == "portico-central account: no account of that id\n");
}

TEST_CASE("account command: invite makes a letter whose code works, and never prints the code unasked") {
    CommandBench bench;
    CHECK(bench.run({"invite", "--data", "x", "--patient", "patient-1", "--letter", bench.file("letter.pdf"),
                     "--language", "es", "--phone", "555-0100", "--web", "plan.example.org"}) == 0);
    CHECK(bench.out.str() == "Letter for patient-1 written to " + bench.file("letter.pdf") + "\n");
    auto const pdf = contents(bench.file("letter.pdf"));
    CHECK(pdf.substr(0, 5) == "%PDF-");
    struct stat facts {};
    CHECK(::stat(bench.file("letter.pdf").c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    auto const reply = bench.json({"invite", "--patient", "patient-1"});
    auto kiosk = bench.terminal();
    CHECK(redeem(kiosk, Secret(text(reply, "code")), "1980-02-03").has_value());
}

TEST_CASE("account command: staff are something, are told what there is, and may be made something else") {
    CommandBench bench;
    CHECK(bench.run({"create-staff", "--data", "x", "--name", "Sam Desk"}) == 1);
    CHECK(bench.err.str().find("service_center, phone_rep") != std::string::npos);
    CHECK(bench.run({"create-staff", "--data", "x", "--name", "Sam Desk", "--role", "boss"}) == 2);
    CHECK(bench.err.str().find("boss") != std::string::npos);
    auto const staff = text(
        bench.json({"create-staff", "--name", "Sam Desk", "--role", "supervisor", "--role", "phone_rep"}),
        "staff");
    auto const roles = [&] {
        return text(bench.json({"list"}).at("accounts").as_array().at(0).as_object(), "roles");
    };
    CHECK(roles() == "phone_rep supervisor");
    CHECK(text(bench.json({"set-roles", staff, "--role", "approver"}), "roles") == "approver");
    CHECK(roles() == "approver");
    CHECK(bench.run({"set-roles", "--data", "x", staff}) == 1);
    CHECK(bench.run({"set-roles", "--data", "x", "nobody", "--role", "approver"}) == 1);
    CHECK(roles() == "approver");
}

TEST_CASE("account command: staff get a code, the list shows who signs in how, locks and states") {
    CommandBench bench;
    auto const alex = bench.alex();
    auto const staff = bench.json({"create-staff", "--name", "Sam Desk", "--role", "service_center"});
    auto kiosk = bench.terminal();
    WebauthnKey key;
    must(redeem(kiosk, Secret(text(staff, "code")), ""));
    must(kiosk.add_key(key));
    kiosk.drop();
    CHECK(kiosk.sign_in(key).error().reason == "staff_key"); // where members stand it opens nothing
    kiosk.caller().program = "agent";
    CHECK(must(kiosk.sign_in(key)).is_staff);
    kiosk.caller().program = "kiosk";
    CHECK(bench.run({"invite-staff", "--data", "x", text(staff, "staff")}) == 1);
    CHECK(bench.run({"create-staff", "--data", "x", "--name", "", "--role", "phone_rep"}) == 1);
    auto const list = bench.json({"list"});
    auto const& accounts = list.at("accounts").as_array();
    REQUIRE(accounts.size() == 2);
    CHECK(text(accounts[0].as_object(), "patient") == "patient-1");
    CHECK(accounts[0].as_object().at("factors") ==
          boost::json::array{"security_key", "password", "pin", "printed_card"});
    CHECK(text(accounts[1].as_object(), "staff") == text(staff, "staff"));
    bench.json({"disable", "patient-1"});
    CHECK(text(bench.json({"list"}).at("accounts").as_array()[0].as_object(), "state") == "disabled");
    bench.json({"enable", "patient-1"});
    for (int i = 0; i < 10; ++i) {
        CHECK(kiosk.sign_in_card("CARD-1001", "000111").has_error());
        bench.clock.advance(std::chrono::hours(1));
    }
    CHECK(bench.json({"list"}).at("accounts").as_array()[0].as_object().at("locked") == true);
    CHECK(bench.json({"unlock", "patient-1"}).at("was_locked") == true);
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).has_value());
}

TEST_CASE("account command: chip cards are issued for a request in a file and revoked by serial") {
    CommandBench bench;
    auto const alex = bench.alex();
    auto const key = crypto::PrivateKey::generate();
    std::ofstream(bench.file("card.csr")) << crypto::make_certificate_request(key, "card");
    auto const issued =
        bench.json({"issue-chip-card", "--patient", "patient-1", "--request", bench.file("card.csr"), "--out",
                    bench.file("card.pem"), "--handed-over"});
    CHECK(must(crypto::read_certificate(contents(bench.file("card.pem")))).serial == text(issued, "serial"));
    CHECK(bench.run({"revoke-chip-card", "--data", "x", text(issued, "serial")}) == 0);
    CHECK(bench.run({"revoke-chip-card", "--data", "x", "1234"}) == 1);
    CHECK(bench.run({"issue-chip-card", "--data", "x", "--patient", "patient-1", "--request",
                     bench.file("none.csr"), "--out", bench.file("b.pem")}) == 1);
}

TEST_CASE("account command: cards already in members' hands are added and taken away") {
    CommandBench bench;
    bench.json({"add-card", "--patient", "patient-1", "--number", "C-1"});
    CHECK(bench.run({"add-card", "--data", "x", "--patient", "patient-2", "--number", "C-1"}) == 1);
    CHECK(bench.run({"add-card", "--data", "x", "--patient", "nobody", "--number", "C-2"}) == 1);
    CHECK(bench.terminal().sign_in_card("C-1", {}).has_value());
    bench.json({"remove-card", "--number", "C-1"});
    CHECK(bench.terminal().sign_in_card("C-1", {}).has_error());
    CHECK(bench.run({"remove-card", "--data", "x", "--number", "C-1"}) == 1);
}
