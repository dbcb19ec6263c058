#pragma once

#include "central/auth/printed_cards.h"
#include "central/http/dispatcher.h"
#include "central/http/route.h"
#include "central/operations/card_issues.h"
#include "shared/api/failure.h"
#include "shared/base/rfc3339.h"
#include "tests/contract/api_bench.h"
#include "tests/support/account_setup.h"
#include "tests/support/must.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::test {

/// Who may stand at a terminal, as far as central can tell them apart.
enum class Stands : std::uint8_t {
    Nobody,      ///< no session
    Identified,  ///< a printed card alone
    OneFactor,   ///< the card with its PIN
    TwoFactors,  ///< a security key
    Registering, ///< with the code of a letter: may only register
    InPerson,    ///< with staff beside: may only register
    Staff,       ///< a staff member's own session
};
inline constexpr std::array stands_of_all{Stands::Nobody,     Stands::Identified,  Stands::OneFactor,
                                          Stands::TwoFactors, Stands::Registering, Stands::InPerson,
                                          Stands::Staff};
inline char const* name(Stands who) {
    constexpr std::array names{"nobody",      "identified", "one factor", "two factors",
                               "registering", "in person",  "staff"};
    return names[static_cast<std::size_t>(who)];
}

/// A member of the sample plan with everything a member can have.
struct AccessMember {
    PatientId patient;
    EobId eob;
    std::string given_name;
    MemberAccount account;
    AccountId id;
};

/// A real central with a made-up plan, two members and a staff member; asked through its own dispatcher. Each
/// call comes from a terminal of its own, so that no limit of a terminal answers instead.
class AccessBench {
public:
    AccessBench() {
        api.import_sample();
        auto const eobs = eobs_of_sample();
        me = member(eobs.at(0));
        other = member(eobs.at(1));
        staff_key = open_staff(services(), setup_, "Casey Staff");
        setup_.caller().program = "agent"; // at a kiosk their key opens no session
        must(setup_.carry(must(setup_.sign_in(staff_key))));
        staff_id_ = setup_.caller().session->account;
        staff_ = setup_.caller().session->staff;
        setup_.drop();
        setup_.caller().program = "kiosk";
    }

    central::Services& services() { return *api.bench.core().services; }
    central::SessionTable& sessions() { return *api.bench.core().sessions; }
    static TerminalId next_terminal() {
        static int count = 0;
        return TerminalId("kiosk-" + std::to_string(++count));
    }

    /// A session as sign-in would open it; its token. Empty for nobody.
    std::string open(Stands who, TerminalId const& terminal, AccessMember const& as) {
        central::SessionTable::Opening opening{terminal,           as.id, as.patient, StaffId(),
                                               Assurance::Nothing, {},    false};
        switch (who) {
        case Stands::Nobody:
            return "";
        case Stands::Identified:
            opening.assurance = Assurance::Identified;
            opening.factors = {"printed_card"};
            break;
        case Stands::OneFactor:
            opening.assurance = Assurance::OneFactor;
            opening.factors = {"printed_card", "pin"};
            break;
        case Stands::TwoFactors:
            opening.assurance = Assurance::TwoFactors;
            opening.factors = {"security_key"};
            break;
        case Stands::Registering:
            opening.may_only_register = true;
            opening.factors = {"activation_code"};
            break;
        case Stands::InPerson:
            opening.may_only_register = true;
            opening.assurance = Assurance::InPersonWithStaff;
            opening.factors = {"printed_card", "staff_key"};
            break;
        case Stands::Staff:
            opening.account = staff_id_;
            opening.patient = PatientId();
            opening.staff = staff_;
            opening.assurance = Assurance::TwoFactors;
            opening.factors = {"security_key"};
        }
        return must(services().store.write_value<std::string>(
            [&](storage::Database& database) -> Result<std::string> {
                auto const opened = TRY(sessions().open(database, opening));
                return std::string(opened.token.reveal());
            }));
    }
    /// A member without an account, and their birth date.
    std::pair<PatientId, std::string> newcomer() {
        auto const patient = eobs_of_sample().at(2).first;
        auto const facts = must(api.bench.core().plan.facts->member(patient));
        return {patient, facts->birth_date.text()};
    }
    void end(TerminalId const& terminal) { must(sessions().end_all_of_terminal(terminal)); }

    central::HttpRequest request(std::string const& method, std::string const& target,
                                 std::string const& body, TerminalId const& terminal,
                                 std::string const& token) const {
        central::HttpRequest made;
        made.method = method;
        made.target = target;
        made.body = body;
        made.terminal = terminal;
        made.program = "kiosk";
        made.certificate = std::make_shared<central::TerminalCertificate const>();
        made.content_type = method == "POST" ? "application/json" : "";
        made.authorization = token.empty() ? "" : "Bearer " + token;
        return made;
    }
    central::HttpReply ask(central::HttpRequest const& request) {
        // A new one has no calls of former terminals to limit.
        central::Dispatcher dispatcher(services(), central::routes());
        return dispatcher.handle(request);
    }
    central::HttpReply get(std::string const& target, TerminalId const& terminal, std::string const& token) {
        return ask(request("GET", target, "", terminal, token));
    }
    template <class Request>
    central::HttpReply post(std::string const& target, Request const& body, TerminalId const& terminal,
                            std::string const& token) {
        return ask(request("POST", target, api::to_json(body), terminal, token));
    }

    /// The key's answer to a challenge that was made for this terminal and session.
    api::SecurityKeySignIn assertion(WebauthnKey& key, std::string const& purpose, TerminalId const& terminal,
                                     std::string const& token) {
        TestTerminal at(services(), terminal.text());
        at.token = token;
        if (!token.empty())
            must(at.look_up());
        return at.assertion(key, at.challenge(purpose));
    }

    /// One operation, sealed to this central. `session` is what it was captured in.
    std::string push(api::Operation operation, TerminalId const& terminal, std::string const& session) {
        operation.id = make_uuid_v7(api.bench.clock);
        operation.captured_at = to_rfc3339(api.bench.clock.now());
        operation.sequence = 1;
        operation.session_token = session;
        auto const box =
            must(crypto::seal_to(services().vault.sealing.public_key, as_bytes(api::to_json(operation))));
        auto const reply =
            post("/v1/operations", api::PushOperations{{{operation.id, to_base64url(box)}}}, terminal, "");
        auto const outcomes = must(api::from_json<api::PushOutcomes>(reply.body, api::UnknownFields::Refuse));
        auto const& outcome = outcomes.outcomes.at(0);
        last_operation = operation.id;
        return outcome.outcome == "refused" ? outcome.reason : outcome.outcome;
    }

    ApiBench api;
    AccessMember me;
    AccessMember other;
    WebauthnKey staff_key;
    std::string last_operation;

private:
    /// One EOB for each of the members that have one and whose own coverage it is, in the order of their
    /// files.
    std::vector<std::pair<PatientId, EobId>> eobs_of_sample() const {
        std::vector<std::pair<PatientId, EobId>> found;
        std::set<std::string> seen;
        for (auto const& file :
             std::filesystem::recursive_directory_iterator(api.bench.folder.path / "sample")) {
            std::ifstream stream(file.path());
            std::string line;
            while (std::getline(stream, line)) {
                boost::system::error_code failed;
                auto const json = boost::json::parse(line, failed);
                if (failed || !json.is_object() || !json.as_object().contains("resourceType") ||
                    json.at("resourceType") != "ExplanationOfBenefit")
                    continue;
                auto const reference = std::string(json.at("patient").at("reference").as_string());
                auto const patient = reference.substr(reference.find('/') + 1);
                if (seen.insert(patient).second)
                    found.emplace_back(PatientId(patient), EobId(std::string(json.at("id").as_string())));
            }
        }
        return found;
    }

    AccessMember member(std::pair<PatientId, EobId> const& from) {
        AccessMember made;
        made.patient = from.first;
        made.eob = from.second;
        auto const facts = must(api.bench.core().plan.facts->member(made.patient));
        made.given_name = facts->name.given;
        made.account = open_account(services(), setup_, made.patient, facts->birth_date.text(),
                                    central::make_card_number());
        must(setup_.carry(must(setup_.sign_in(made.account.key))));
        made.id = setup_.caller().session->account;
        setup_.drop();
        return made;
    }

    TestTerminal setup_{*api.bench.core().services, "kiosk-setup"};
    AccountId staff_id_;
    StaffId staff_;
};

/// "ok", or the reason why not.
inline std::string word_of(central::HttpReply const& reply) {
    if (reply.status == 200)
        return "ok";
    auto const failure = api::from_json<api::Failure>(reply.body, api::UnknownFields::Refuse);
    return failure.has_value() ? failure.value().reason : "no failure: " + std::to_string(reply.status);
}

} // namespace portico::test
