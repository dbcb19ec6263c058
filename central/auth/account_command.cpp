#include "central/auth/account_command.h"

#include "central/auth/account_desk.h"
#include "central/auth/activation_letter_file.h"
#include "central/commands/arguments.h"
#include "shared/base/rfc3339.h"
#include "shared/documents/texts.h"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string_view>

namespace portico::central {

namespace {

constexpr std::string_view help = R"(portico-central account COMMAND --data DIR ...

Members
  invite --patient ID --letter FILE.pdf [--language en|es|ar] [--phone TEXT] [--web TEXT]
      Makes an activation code (30 days, once) and the letter that carries it. The member types it at a
      kiosk, with their birth date. With --json the code is printed instead of or beside the letter.
  recovery-letter --patient ID --letter FILE.pdf [--language en|es|ar] [--phone TEXT] [--web TEXT]
      The letter with a code of the recovery that a rep has begun for this member ("send_letter recovery_code"
      in the queue). Another one ends the code before. With --json the code is printed instead or beside.
  add-card --patient ID --number NUMBER     a printed card that is in the member's hands already
  remove-card --number NUMBER               a printed card that is lost
  issue-chip-card --patient ID --request FILE --out FILE [--handed-over]
      Certifies the card's own key (PKCS#10, PEM or DER). The member adds the card at a kiosk; with
      --handed-over, given in person, it signs in at once.
  revoke-chip-card SERIAL                   at once, on every node

Staff
  create-staff --name NAME --role ROLE... [--patient ID]
      Prints the code with which they register a security key, at a kiosk or a desk; --patient names who of
      the plan's members they are: they cannot confirm themselves. ROLE, once for each: service_center (beside
      members at a kiosk), phone_rep, approver, supervisor, privacy_officer, administrator, technician
      (the diagnostics of kiosks, and nothing else).
  set-roles ID --role ROLE...               what they are from now on, for what is open as well
  invite-staff ID                           another code, as long as no key is registered

Everyone (ID is an account, patient or staff id)
  list                                      accounts, how they sign in, locks
  disable ID | enable ID                    ends open sessions; keeps everything
  unlock ID                                 after too many wrong tries; a waiting kiosk goes on by itself

--json prints one JSON object. Exit codes: 0 done, 1 failed, 2 wrong use.
)";

/// One run of the command.
struct Run {
    AccountCommand const& command;
    Arguments const& arguments;
    AccountDesk& desk;
    OpenedAccounts const& opened;
    bool json;
    /// A sentence for people, or `object` for programs.
    void say(std::string const& sentence, boost::json::object const& object) const {
        command.out << (json ? boost::json::serialize(object) : sentence) << '\n';
    }
};

Error usage(std::string const& sentence) {
    return error(ErrorKind::InvalidInput, "usage", sentence);
}

Result<std::string> word(Run const& run) {
    if (run.arguments.words().size() != 2)
        return usage("say which one: see --help");
    return run.arguments.words()[1];
}

Result<std::string> read_file(std::string const& name) {
    std::ifstream stream(name, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "file_missing", "cannot read " + name);
    return std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
}

/// "ABCD-EFGH-JKMN-PQRS".
std::string in_fours(Secret const& code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i)
        text += (i > 0 && i % 4 == 0 ? "-" : "") + std::string(1, code.reveal()[i]);
    return text;
}

/// A code on paper: of an invitation, or of a recovery.
Result<void> letter_with(Run const& run, std::string const& family,
                         Result<AccountDesk::Invitation> (AccountDesk::*make)(PatientId const&)) {
    auto const patient = TRY(run.arguments.need("--patient"));
    auto const file = run.arguments.get("--letter");
    if (file.empty() && !run.json)
        return usage("say where the letter goes: --letter FILE.pdf");
    auto const language = run.arguments.get("--language", "en");
    if (documents::code(documents::document_language(language)) != language)
        return usage("--language is en, es or ar");
    auto const invitation = TRY((run.desk.*make)(PatientId(patient)));
    if (!file.empty())
        TRY(write_activation_letter({file, run.command.assets, language, run.desk.plan_name(),
                                     run.arguments.get("--phone", run.opened.service_phone),
                                     run.arguments.get("--web", run.opened.web), run.command.clock.now(),
                                     family},
                                    invitation));
    boost::json::object object{{"patient", patient},
                               {"account", invitation.account.id.text()},
                               {"code", in_fours(invitation.code)},
                               {"expires", to_rfc3339(invitation.expires)}};
    if (!file.empty())
        object["letter"] = file;
    run.say("Letter for " + patient + " written to " + file, object);
    return ok();
}

Result<void> invite(Run const& run) {
    return letter_with(run, "document.activation.", &AccountDesk::invite);
}

Result<void> recovery_letter(Run const& run) {
    return letter_with(run, "document.recovery.", &AccountDesk::recovery_code);
}

void say_staff(Run const& run, AccountDesk::Invitation const& invitation) {
    run.say("Staff " + invitation.account.staff.text() +
                "\nActivation code (once, 30 days): " + in_fours(invitation.code),
            {{"staff", invitation.account.staff.text()},
             {"account", invitation.account.id.text()},
             {"code", in_fours(invitation.code)},
             {"expires", to_rfc3339(invitation.expires)}});
}

Result<std::vector<StaffRole>> roles(Run const& run) {
    std::vector<StaffRole> given;
    for (auto const& word : run.arguments.all("--role")) {
        auto const role = staff_role(word);
        if (!role)
            return usage("no role is called \"" + word + "\": see --help");
        given.push_back(*role);
    }
    return given;
}

Result<void> create_staff(Run const& run) {
    auto const name = TRY(run.arguments.need("--name"));
    auto const given = TRY(roles(run));
    say_staff(run, TRY(run.desk.create_staff(name, given, PatientId(run.arguments.get("--patient")))));
    return ok();
}

Result<void> set_roles(Run const& run) {
    auto const staff = TRY(word(run));
    auto const account = TRY(run.desk.set_roles(StaffId(staff), TRY(roles(run))));
    auto const text = text_of(account.roles);
    run.say(staff + " is " + text, {{"staff", staff}, {"roles", text}});
    return ok();
}

Result<void> invite_staff(Run const& run) {
    say_staff(run, TRY(run.desk.invite_staff(StaffId(TRY(word(run))))));
    return ok();
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& each : words)
        text += (text.empty() ? "" : ", ") + each;
    return text;
}

Result<void> list(Run const& run) {
    boost::json::array accounts;
    std::string table;
    for (auto const& entry : TRY(run.desk.list())) {
        auto const& account = entry.account;
        auto const* const state = account.disabled ? "disabled" : account.opened ? "open" : "invited";
        bool const locked = entry.lockout.failures >= LockoutPolicy{}.lock_failures;
        boost::json::array factors;
        for (auto const& factor : entry.factors)
            factors.emplace_back(factor);
        accounts.push_back(boost::json::object{{"account", account.id.text()},
                                               {"patient", account.patient.text()},
                                               {"staff", account.staff.text()},
                                               {"roles", text_of(account.roles)},
                                               {"state", state},
                                               {"factors", factors},
                                               {"failures", entry.lockout.failures},
                                               {"locked", locked}});
        table += account.id.text() + "  " + (account.staff.empty() ? "member " : "staff  ") +
                 account.subject() + "  " + state + (locked ? " LOCKED" : "") + "  " + joined(entry.factors) +
                 (account.roles.empty() ? "" : "  (" + text_of(account.roles) + ")") + "\n";
    }
    if (!table.empty())
        table.pop_back();
    run.say(table.empty() ? "no accounts" : table, {{"accounts", accounts}});
    return ok();
}

Result<void> disable(Run const& run) {
    auto const account = TRY(run.desk.find(TRY(word(run))));
    TRY(run.desk.disable(account));
    run.say("disabled", {{"account", account.id.text()}, {"state", "disabled"}});
    return ok();
}

Result<void> enable(Run const& run) {
    auto const account = TRY(run.desk.find(TRY(word(run))));
    TRY(run.desk.enable(account));
    run.say("enabled", {{"account", account.id.text()}, {"state", "enabled"}});
    return ok();
}

Result<void> unlock(Run const& run) {
    auto const account = TRY(run.desk.find(TRY(word(run))));
    bool const was_locked = TRY(run.desk.unlock(account));
    run.say(was_locked ? "unlocked" : "was not locked",
            {{"account", account.id.text()}, {"was_locked", was_locked}});
    return ok();
}

Result<void> issue_chip_card(Run const& run) {
    auto const patient = TRY(run.arguments.need("--patient"));
    auto const out = TRY(run.arguments.need("--out"));
    auto const request = TRY(read_file(TRY(run.arguments.need("--request"))));
    auto const issued =
        TRY(run.desk.issue_chip_card(PatientId(patient), request, run.arguments.has("--handed-over")));
    std::ofstream stream(out, std::ios::binary);
    stream << issued.certificate_pem;
    if (!stream.flush())
        return error(ErrorKind::Unavailable, "file_unwritable",
                     "cannot write " + out + ": revoke serial " + issued.serial + " and issue again");
    run.say("Certificate " + issued.serial + " written to " + out,
            {{"patient", patient},
             {"serial", issued.serial},
             {"certificate", out},
             {"expires", to_rfc3339(issued.not_after)}});
    return ok();
}

Result<void> revoke_chip_card(Run const& run) {
    auto const serial = TRY(word(run));
    TRY(run.desk.revoke_chip_card(serial));
    run.say("revoked", {{"serial", serial}, {"state", "revoked"}});
    return ok();
}

Result<void> add_card(Run const& run) {
    auto const patient = TRY(run.arguments.need("--patient"));
    TRY(run.desk.add_card(PatientId(patient), TRY(run.arguments.need("--number"))));
    run.say("card added", {{"patient", patient}});
    return ok();
}

Result<void> remove_card(Run const& run) {
    TRY(run.desk.remove_card(TRY(run.arguments.need("--number"))));
    run.say("card removed", {{"state", "removed"}});
    return ok();
}

struct Command {
    std::string_view name;
    Result<void> (*run)(Run const&);
};
constexpr Command commands[] = {
    {"invite", invite},
    {"recovery-letter", recovery_letter},
    {"create-staff", create_staff},
    {"set-roles", set_roles},
    {"invite-staff", invite_staff},
    {"list", list},
    {"disable", disable},
    {"enable", enable},
    {"unlock", unlock},
    {"issue-chip-card", issue_chip_card},
    {"revoke-chip-card", revoke_chip_card},
    {"add-card", add_card},
    {"remove-card", remove_card},
};

Result<void> run_command(Arguments const& arguments, AccountCommand const& command) {
    for (auto const& known : commands) {
        if (known.name != arguments.words()[0])
            continue;
        auto const opened = TRY(command.open(TRY(arguments.place())));
        AccountDesk desk(*opened.service);
        return known.run(Run{command, arguments, desk, opened, arguments.has("--json")});
    }
    return usage("unknown command " + arguments.words()[0] + ": see account --help");
}

} // namespace

int account_command(std::span<std::string const> args, AccountCommand const& command) {
    Arguments::Shape const shape{{"--data", "--patient", "--letter", "--language", "--phone", "--web",
                                  "--name", "--role", "--request", "--out", "--number"},
                                 {"--json", "--help", "--handed-over"},
                                 1,
                                 2};
    auto const arguments = Arguments::parse(args, shape);
    auto const failed = [&](Error const& problem) {
        command.err << "portico-central account: "
                    << (problem.message.empty() ? problem.reason : problem.message) << '\n';
        return problem.reason == "usage" ? exit_wrong_use : exit_failed;
    };
    if (arguments.has_error())
        return failed(arguments.error());
    if (arguments.value().has("--help")) {
        command.out << help;
        return exit_done;
    }
    auto const outcome = run_command(arguments.value(), command);
    return outcome.has_error() ? failed(outcome.error()) : exit_done;
}

} // namespace portico::central
