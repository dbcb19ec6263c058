#include "central/auth/password_hasher.h"
#include "shared/api/diagnostics.h"
#include "tests/contract/api_bench.h"
#include "tests/contract/desk_walk.h"
#include "tests/support/places.h"
#include "tests/support/release_files.h"

using namespace portico;
using namespace portico::central;
using test::ApiBench;
using test::RawReply;
using test::ServingBench;

namespace {

// As clang's and g++'s parser of a table would: a route without scope, or without audit, is no route.
template <class R>
concept complete = requires(Handler handler) {
    R{Method::Get,          "/v1/x",         Scope::Member, Right::None,
      Assurance::OneFactor, Audit::HomeRead, handler,       "words"};
};
template <class R>
concept without_audit = requires(Handler handler) {
    R{Method::Get, "/v1/x", Scope::Member, Right::None, Assurance::OneFactor, handler, "words"};
};
template <class R>
concept without_scope = requires(Handler handler) {
    R{Method::Get, "/v1/x", Right::None, Assurance::OneFactor, Audit::HomeRead, handler, "words"};
};
template <class R>
concept without_right = requires(Handler handler) {
    R{Method::Get, "/v1/x", Scope::Member, Assurance::OneFactor, Audit::HomeRead, handler, "words"};
};
template <class R>
concept only_a_path = requires {
    R{Method::Get, "/v1/x"};
};
static_assert(complete<Route>);
static_assert(!without_audit<Route> && !without_scope<Route> && !without_right<Route> && !only_a_path<Route>);

Secret code_at(std::string const& secret_base32, std::int64_t step) {
    auto const bytes = from_base32(secret_base32).value();
    return totp_code(Secret(as_text(bytes)), step);
}

/// Registers an account over the wire; the session is left signed out.
void walk_registration(ApiBench& api, PatientId const& patient, test::WebauthnKey& key,
                       std::string& totp_secret) {
    auto& services = *api.bench.core().services;
    auto const birth = services.plan != nullptr
                           ? api.bench.core().plan.facts->member(patient).value()->birth_date.text()
                           : "";
    auto const code = test::invite(services, patient);
    api.token =
        api.post<api::SessionReply>("/v1/registration/code", api::RegisterWithCode{code.clone(), birth})
            .token;
    api.post<api::Empty>("/v1/account/password",
                         api::SetPassword{"alex.sample", Secret(test::test_password)});
    api.post<api::Empty>("/v1/account/pin", api::SetPin{Secret(test::test_pin)});
    auto const begun = api.post<api::TotpBegun>("/v1/account/totp", api::Empty{});
    totp_secret = std::string(begun.secret_base32.reveal());
    auto const now_s = to_micros(api.bench.clock.now()) / 1'000'000;
    api.post<api::Empty>("/v1/account/totp/confirm", api::TotpSignIn{code_at(totp_secret, now_s / 30)});
    api.post<api::Empty>("/v1/account/security-keys", api.registration(key));
    auto const list = api.get<api::Credentials>("/v1/account/credentials");
    CHECK(list.credentials.size() >= 4);
    CHECK(api.status_of("/v1/account/chip-cards", api::AddChipCard{"none", "AAAA", "AAAA", "ecdsa_sha256"}) >=
          400);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
}

void walk_sign_ins(ApiBench& api, test::WebauthnKey& key, std::string const& card_number,
                   std::string const& totp_secret) {
    api.token = api.post<api::SessionReply>("/v1/sign-in/printed-card",
                                            api::PrintedCardSignIn{card_number, Secret(test::test_pin)})
                    .token;
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
    api.token = api.post<api::SessionReply>("/v1/sign-in/password",
                                            api::PasswordSignIn{"alex.sample", Secret(test::test_password)})
                    .token;
    // The code of this half minute was spent at registration: the next one is within the step allowed.
    auto const now_s = to_micros(api.bench.clock.now()) / 1'000'000;
    auto const stepped = api.post<api::SessionReply>("/v1/sign-in/totp",
                                                     api::TotpSignIn{code_at(totp_secret, now_s / 30 + 1)});
    CHECK(stepped.assurance == Assurance::TwoFactors);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
    CHECK(api.status_of("/v1/sign-in/chip-card",
                        api::ChipCardSignIn{"none", "AAAA", "AAAA", "ecdsa_sha256"}) >= 400);
    api.token =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(key, "security_key")).token;
}

void walk_reads(ApiBench& api) {
    CHECK(api.get<api::Home>("/v1/home").claim_count > 0);
    auto const claims = api.get<api::ClaimsPage>("/v1/claims", "", "?limit=5");
    REQUIRE(!claims.claims.empty());
    auto const eob = api.get<api::EobDetail>("/v1/eobs/{id}", claims.claims.front().id.text());
    CHECK(eob.eob.id == claims.claims.front().id);
    CHECK(api.exchange("GET", "/v1/eobs/{id}", "someone-elses", "", "").status == 404);
    api.get<api::ContactDetails>("/v1/contact-details");
    api.get<api::IdCardReply>("/v1/id-card");
    api.get<api::ChangesPage>("/v1/changes", "", "?limit=3");
    api.exchange("GET", "/v1/openapi.json", "", "", "");
}

void walk_operations(ApiBench& api) {
    auto const issue = make_uuid_v7(api.bench.clock);
    CHECK(api.post<api::CardIssueBegun>("/v1/card-issues", api::BeginCardIssue{issue}).issue_id == issue);
    api::Operation operation;
    operation.id = make_uuid_v7(api.bench.clock);
    operation.captured_at = to_rfc3339(api.bench.clock.now());
    operation.sequence = 1;
    operation.session_token = api.token;
    operation.card_issued = api::CardIssued{issue, "completed", ""};
    auto const box = crypto::seal_to(api.terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    auto const outcomes = api.post<api::PushOutcomes>(
        "/v1/operations", api::PushOperations{{{operation.id, to_base64url(box)}}});
    REQUIRE(outcomes.outcomes.size() == 1);
    CHECK(outcomes.outcomes[0].outcome == "applied");
    auto const requests = api.get<api::Requests>("/v1/requests");
    REQUIRE(requests.requests.size() == 1);
    CHECK(requests.requests[0].kind == OperationKind::CardIssued);
}

/// The call that has no certificate, and the one that renews it.
void walk_enrollment(ApiBench& api) {
    auto const reply = api.bench.enroll_raw(api.bench.invite(), crypto::PrivateKey::generate());
    REQUIRE(reply.status == 200);
    auto const& operation = api.document.at("paths").at("/v1/enroll").at("post");
    CHECK(test::SchemaCheck(api.document)
              .check(boost::json::parse(reply.body),
                     operation.at("responses").at("200").at("content").at("application/json").at("schema")) ==
          "");
    api.driven.insert("POST /v1/enroll");
    api.succeeded.insert("POST /v1/enroll");
    auto const key = crypto::PrivateKey::from_pem(Secret(api.terminal.face.key_pem)).value();
    api.post<api::RenewReply>("/v1/terminal/certificate",
                              api::RenewRequest{crypto::make_certificate_request(key, "bench")});
}

/// A kiosk that is updated from central.
void walk_release(ApiBench& api) {
    api.post<api::Empty>(
        "/v1/terminal/version",
        api::ReportVersion{"0.1.0", api::UpdateOutcome{"0.2.0", api::UpdateState::NotFetched, "disk_full"}});
    CHECK_FALSE(api.get<api::WantedRelease>("/v1/terminal/release").release);
    auto const made = test::MadeRelease::make("0.2.0", {300'000});
    auto const folder = api.bench.folder.path / "release";
    made.write_to(folder);
    REQUIRE(release_command(
                std::vector<std::string>{"add", folder.string(), "--data", api.bench.data.string()}) == 0);
    REQUIRE(terminal_command(std::vector<std::string>{"release", api.terminal.id.text(), "0.2.0", "--data",
                                                      api.bench.data.string()}) == 0);
    auto const wanted = api.get<api::WantedRelease>("/v1/terminal/release");
    REQUIRE(wanted.release);
    auto const& file = wanted.release->files.back();
    auto const piece = api.get<api::ReleasePiece>(
        "/v1/terminal/release/piece", "", "?version=0.2.0&name=" + file.name + "&offset=10&length=20000");
    CHECK(as_text(from_base64url(piece.data).value()) == made.files.at(file.name).substr(10, 20'000));
}

/// What a technician sends from a kiosk.
void walk_kiosk_service(ApiBench& api) {
    test::TestTerminal kiosk(*api.bench.core().services, api.terminal.id.text());
    auto key =
        test::open_staff(*api.bench.core().services, kiosk, "Terry Technician", {}, {StaffRole::Technician});
    auto const session =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(key, "security_key"));
    CHECK(session.services_kiosk);
    api.token = session.token;
    api::KioskDiagnostics told{.at = to_rfc3339(api.bench.clock.now())};
    told.devices = {{TestedPart::Barcode, TestOutcome::NotTried}};
    told.faults = {{"central_silent", told.at, told.at, 2}};
    api.post<api::Empty>("/v1/terminal/diagnostics", told);
    told.faults.front().reason = "Alex Sample";
    CHECK(api.status_of("/v1/terminal/diagnostics", told) == 400);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
}

} // namespace

TEST_CASE("api: every route is driven over mutual TLS and keeps to the OpenAPI document") {
    ApiBench api;
    auto const patient = api.import_sample();
    auto& services = *api.bench.core().services;
    std::string const card_number = make_card_number();
    test::give_card(services, patient, card_number);
    test::WebauthnKey key;
    std::string totp_secret;
    walk_registration(api, patient, key, totp_secret);
    walk_sign_ins(api, key, card_number, totp_secret);
    walk_reads(api);
    walk_operations(api);
    walk_enrollment(api);
    walk_release(api);

    auto const list = api.get<api::Credentials>("/v1/account/credentials");
    for (auto const& credential : list.credentials)
        if (credential.kind == "totp")
            api.post<api::Empty>("/v1/account/credentials/remove", api::RemoveCredential{credential.id});
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();

    test::TestTerminal desk(services, api.terminal.id.text());
    auto staff_key = test::open_staff(services, desk, "Casey Staff");
    auto const staff = api.assertion(staff_key, "staff_key");
    api.post<api::SessionReply>("/v1/registration/in-person",
                                api::RegisterInPerson{card_number, staff.challenge_id, staff.credential_id,
                                                      staff.authenticator_data, staff.client_data_json,
                                                      staff.signature, staff.user_handle});

    api.token.clear();
    walk_kiosk_service(api);
    test::walk_desk(api, patient, key);

    std::set<std::string> all;
    for (auto const& route : routes())
        all.insert((route.method == Method::Get ? "GET " : "POST ") + std::string(route.path));
    CHECK(api.driven == all);
    // What needs a chip card is driven to its refusal here, to its success in the device tests.
    all.erase("POST /v1/sign-in/chip-card");
    all.erase("POST /v1/account/chip-cards");
    CHECK(api.succeeded == all);
}

TEST_CASE("api: docs/openapi.json is what the program says") {
    std::ifstream stream(test::source_dir() + "/docs/openapi.json");
    std::string const kept((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    // Out of date: portico-central openapi > docs/openapi.json
    CHECK((kept == openapi_document()));
}

TEST_CASE("api: a read's audit record is durable before its reply, and names the person and the fields") {
    ApiBench api;
    auto const patient = api.import_sample();
    api.token = api.bench.sign_in(api.terminal, patient, Assurance::TwoFactors);
    api.get<api::Home>("/v1/home");
    bool found = false;
    auto& core = api.bench.core();
    core.store
        ->read<void>([&](storage::Database& database) {
            return core.audit->each_record(database,
                                           [&](std::string const&, std::int64_t, ByteView,
                                               std::optional<AuditRecord> const& record) -> Result<void> {
                                               found = found || (record && record->action == "home_read" &&
                                                                 record->subject == patient.text() &&
                                                                 record->decision == "allowed" &&
                                                                 record->terminal == api.terminal.id.text());
                                               return ok();
                                           });
        })
        .value();
    CHECK(found);
}

TEST_CASE("api: each route refuses a session that is not sure enough, and says to step up") {
    ApiBench api;
    PatientId const patient("nobody-yet");
    auto const other = api.bench.enroll();
    for (auto const& route : routes()) {
        if (route.scope != Scope::Member && route.scope != Scope::Registration)
            continue;
        auto const below =
            static_cast<Assurance>(static_cast<int>(static_cast<Assurance>(route.assurance)) - 1);
        auto const token = api.bench.sign_in(api.terminal, patient, below);
        std::string const target(route.path.substr(0, route.path.find('{')));
        auto const ask = [&](std::string const& with) {
            return api.bench.call(
                api.terminal, route.method == Method::Get
                                  ? test::ServingBench::get(target + (target.back() == '/' ? "x" : ""), with)
                                  : test::ServingBench::post(target, "{}", with));
        };
        INFO(route.path);
        auto const low = ask(token);
        CHECK(low.status == 403);
        CHECK(low.body.find("step_up_needed") != std::string::npos);
        CHECK(ask("").status == 401);
        // The same token on another terminal is no session there.
        CHECK(api.bench
                  .call(other, route.method == Method::Get ? test::ServingBench::get(target + "x", token)
                                                           : test::ServingBench::post(target, "{}", token))
                  .status >= 401);
    }
}

TEST_CASE("api: in a flood of sign-ins each is told to come back, and everybody else is answered") {
    ApiBench api;
    auto const patient = api.import_sample();
    api.token = api.bench.sign_in(api.terminal, patient, Assurance::TwoFactors);
    auto& hasher = api.bench.core().sign_in->hasher();
    // All that may hash or wait for it: what comes now finds no place.
    std::vector<PasswordHasher::Place> taken;
    while (true) {
        auto place = hasher.take_place();
        if (place.has_error())
            break;
        taken.push_back(std::move(place).value());
    }
    auto const ask = ServingBench::post("/v1/sign-in/password",
                                        api::to_json(api::PasswordSignIn{"somebody", Secret("guess")}));
    constexpr int flood = 12; // of the 16 connections that a terminal may have
    std::vector<RawReply> replies(flood);
    {
        std::vector<std::jthread> threads;
        for (auto& reply : replies)
            threads.emplace_back([&] { reply = api.bench.call(api.terminal, ask); });
        api.get<api::Home>("/v1/home");
        api.get<api::Requests>("/v1/requests");
    }
    for (auto const& reply : replies) {
        CHECK(reply.status == 429);
        CHECK(reply.head.find("Retry-After:") != std::string::npos);
        CHECK(reply.body.find("sign_in_busy") != std::string::npos);
    }
    // None of them was hashed or counted, and the places work again.
    CHECK(hasher.spent() + hasher.evaluations() == 0);
    taken.clear();
    CHECK(api.bench.call(api.terminal, ask).status == 401);
    CHECK(hasher.spent() == 1);
}
