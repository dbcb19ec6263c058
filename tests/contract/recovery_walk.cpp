#include "tests/contract/recovery_walk.h"

#include "shared/api/cases.h"
#include "shared/api/recovery.h"
#include "shared/api/work.h"
#include "tests/contract/waiting_code.h"

#include <utility>

namespace portico::test {

using namespace portico::central;

namespace {

/// At a kiosk the member shows a code and their key; ends in the session of that.
void come_back(ApiBench& api, WebauthnKey& member_key, std::string const& birth_date) {
    api.post<api::Empty>("/v1/recovery/begin", api::BeginRecovery{"alex.sample", birth_date});
    auto const answer = api.assertion(member_key, "security_key");
    api::ProveRecovery shown;
    shown.who = "alex.sample";
    shown.birth_date = birth_date;
    shown.code = Secret(waiting_code(api, MessageChannel::Text));
    shown.second = "security_key";
    shown.challenge_id = answer.challenge_id;
    shown.credential_id = answer.credential_id;
    shown.authenticator_data = answer.authenticator_data;
    shown.client_data_json = answer.client_data_json;
    shown.signature = answer.signature;
    shown.user_handle = answer.user_handle;
    api.token = api.post<api::SessionReply>("/v1/recovery/prove", shown).token;
}

} // namespace

void walk_recovery(ApiBench& api, std::string const& case_id, BenchTerminal const& kiosk,
                   WebauthnKey& member_key, std::string const& birth_date) {
    api.bench.core().settings.text.url = "http://127.0.0.1:1/cgi-bin/sendsms"; // nothing sends in this test
    api::StartRecovery const start{case_id, "pin", "forgotten"};
    CHECK(api.post<api::RecoveryState>("/v1/cases/recovery", start).state == "started");
    auto const state = api.get<api::RecoveryState>("/v1/cases/recovery", "", "?case_id=" + case_id);
    CHECK(state.first_way == "text");
    CHECK(state.second_way == "mail");
    auto const of_rep = std::exchange(api.token, "");
    auto const desk = std::exchange(api.terminal, kiosk);
    come_back(api, member_key, birth_date);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
    api.token =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(member_key, "security_key"))
            .token;
    CHECK(api.get<api::OwnRecovery>("/v1/recovery").lost == "pin");
    api.post<api::Empty>("/v1/recovery/stop", api::Empty{});
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.terminal = desk;
    api.token = of_rep;
    CHECK(api.get<api::CaseList>("/v1/cases").items.at(0).recovery == "stopped");
    CHECK(api.post<api::RecoveryState>("/v1/cases/recovery", start).state == "started");
    api.post<api::Empty>("/v1/cases/recovery/withdraw", api::WithdrawRecovery{case_id});
}

void walk_lost_card(ApiBench& api, std::string const& case_id, BenchTerminal const& kiosk,
                    WebauthnKey& member_key, std::string const& birth_date, std::string const& of_approver) {
    api::StartRecovery const start{case_id, "printed_card", "lost"};
    CHECK(api.post<api::RecoveryState>("/v1/cases/recovery", start).state == "waiting");
    auto const of_rep = std::exchange(api.token, of_approver);
    auto const entry = api.get<api::WorkList>("/v1/work", "", "?kind=recovery_approval").items.at(0).entry;
    api.post<api::WorkItem>("/v1/work/take", api::TakeWork{entry});
    api.post<api::Empty>("/v1/work/decide", api::DecideWork{entry, "applied", {}});
    api.token.clear();
    auto const desk = std::exchange(api.terminal, kiosk);
    come_back(api, member_key, birth_date);
    api.post<api::Empty>("/v1/recovery/finish", api::Empty{});
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.terminal = desk;
    api.token = of_rep;
    CHECK(api.get<api::CaseList>("/v1/cases").items.at(0).recovery == "finished");
}

} // namespace portico::test
