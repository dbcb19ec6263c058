#include "central/auth/account_calls.h"
#include "central/auth/sign_in_calls.h"
#include "central/changes/changes_calls.h"
#include "central/http/openapi_calls.h"
#include "central/http/route.h"
#include "central/http/typed.h"
#include "central/operations/operation_calls.h"
#include "central/plan/member_calls.h"
#include "central/terminals/enroll_calls.h"

namespace portico::central {

namespace {

constexpr auto nothing = Assurance::Nothing;
constexpr auto one_factor = Assurance::OneFactor;
constexpr auto two_factors = Assurance::TwoFactors;
/// A hundred operations of 16 KiB, sealed and in base64url.
constexpr std::size_t operations_max_bytes = 3UL * 1024 * 1024;

// DESIGN idea 5 is this table's fourth column. Sign-in calls need no session; with one they step it up.
Route const table[] = {
    {Method::Get, "/v1/openapi.json", Scope::Terminal, nothing, Audit::NothingPersonal, openapi_handler(),
     "This document."},
    {Method::Post, "/v1/enroll", Scope::NewTerminal, nothing, Audit::TerminalEnrolled,
     body_handler<&enroll_terminal>(), "Certifies a new terminal's key with its one-time code."},
    {Method::Get, "/v1/changes", Scope::Terminal, nothing, Audit::NothingPersonal,
     query_handler<&get_changes>(),
     "Reference data, notices and what concerns this terminal, in order; may wait."},

    {Method::Post, "/v1/sign-in/challenge", Scope::Terminal, nothing, Audit::ChallengeMade,
     body_handler<&sign_in_challenge>(), "A single-use challenge for a key or card."},
    {Method::Post, "/v1/sign-in/security-key", Scope::Terminal, nothing, Audit::SignInSecurityKey,
     body_handler<&sign_in_security_key>(), "Sign in with a security key."},
    {Method::Post, "/v1/sign-in/chip-card", Scope::Terminal, nothing, Audit::SignInChipCard,
     body_handler<&sign_in_chip_card>(), "Sign in with a chip card."},
    {Method::Post, "/v1/sign-in/printed-card", Scope::Terminal, nothing, Audit::SignInPrintedCard,
     body_handler<&sign_in_printed_card>(), "Sign in with a printed card, with or without its PIN."},
    {Method::Post, "/v1/sign-in/password", Scope::Terminal, nothing, Audit::SignInPassword,
     body_handler<&sign_in_password>(), "Sign in with username and password."},
    {Method::Post, "/v1/sign-in/totp", Scope::Terminal, nothing, Audit::SignInTotp,
     body_handler<&sign_in_totp>(), "Step up with a code from an app."},
    {Method::Post, "/v1/sign-out", Scope::Terminal, nothing, Audit::SignOut, body_handler<&sign_out>(),
     "Ends the session."},

    {Method::Post, "/v1/registration/code", Scope::Terminal, nothing, Audit::RegisteredWithCode,
     body_handler<&register_with_code>(), "Begins an account with the code from a letter."},
    {Method::Post, "/v1/registration/in-person", Scope::Terminal, nothing, Audit::RegisteredInPerson,
     body_handler<&register_in_person>(), "Begins an account with a card and staff beside."},
    {Method::Post, "/v1/account/password", Scope::Registration, two_factors, Audit::PasswordSet,
     body_handler<&set_password>(), "Sets username and password."},
    {Method::Post, "/v1/account/totp", Scope::Registration, two_factors, Audit::TotpBegun,
     body_handler<&begin_totp>(), "Makes a secret for a code app."},
    {Method::Post, "/v1/account/totp/confirm", Scope::Registration, two_factors, Audit::TotpConfirmed,
     body_handler<&confirm_totp>(), "Adds the code app once it shows a right code."},
    {Method::Post, "/v1/account/pin", Scope::Registration, two_factors, Audit::PinSet,
     body_handler<&set_pin>(), "Sets the PIN that goes with the printed card."},
    {Method::Post, "/v1/account/security-keys", Scope::Registration, two_factors, Audit::SecurityKeyAdded,
     body_handler<&add_security_key>(), "Registers a security key."},
    {Method::Post, "/v1/account/chip-cards", Scope::Registration, two_factors, Audit::ChipCardAdded,
     body_handler<&add_chip_card>(), "Adds a chip card."},
    {Method::Post, "/v1/account/credentials/remove", Scope::Registration, two_factors,
     Audit::CredentialRemoved, body_handler<&remove_credential>(), "Removes a way to sign in."},
    {Method::Get, "/v1/account/credentials", Scope::Registration, two_factors, Audit::CredentialsRead,
     query_handler<&list_credentials>(), "The ways to sign in."},

    {Method::Get, "/v1/home", Scope::Member, one_factor, Audit::HomeRead, query_handler<&home>(),
     "Who, plan, accumulators, what to look at."},
    {Method::Get, "/v1/claims", Scope::Member, one_factor, Audit::ClaimsRead, query_handler<&claims>(),
     "Claims, newest service date first."},
    {Method::Get, "/v1/eobs/{id}", Scope::Member, two_factors, Audit::EobRead, query_handler<&eob>(),
     "One EOB with what the check found."},
    {Method::Get, "/v1/contact-details", Scope::Member, two_factors, Audit::ContactDetailsRead,
     query_handler<&contact_details>(), "Address, phone and email on file."},
    {Method::Get, "/v1/requests", Scope::Member, one_factor, Audit::RequestsRead,
     query_handler<&get_requests>(), "The member's own requests and their state."},
    {Method::Get, "/v1/id-card", Scope::Member, one_factor, Audit::IdCardRead, query_handler<&id_card>(),
     "The ID card as it would be printed today."},
    {Method::Post, "/v1/card-issues", Scope::Member, two_factors, Audit::CardIssueBegun,
     body_handler<&begin_card_issue>(), "Reserves a card number for printing."},

    {Method::Post, "/v1/operations", Scope::Terminal, nothing, Audit::OperationsPushed,
     body_handler<&push_operations>(), "Applies what the terminal's outbox holds, each once.",
     operations_max_bytes},
};

} // namespace

std::span<Route const> routes() {
    return table;
}

} // namespace portico::central
