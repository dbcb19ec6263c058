#include "central/commands/commands.h"
#include "central/commands/set_up_qr.h"
#include "central/commands/with_core.h"
#include "central/terminals/kiosk_diagnostics.h"
#include "shared/api/set_up_label.h"
#include "shared/base/rfc3339.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace portico::central {

namespace {

/// Where the new terminal finds central: what was given, else this plan's own name at the usual ports.
Result<api::SetUpLabel> label_without_code(Core const& core, Arguments const& arguments) {
    auto const& host = core.settings.hosts.front();
    bool const is_v6 = std::count(host.begin(), host.end(), ':') > 1;
    auto const own = is_v6 ? "[" + host + "]" : host;
    api::SetUpLabel label;
    label.enroll_at = TRY(api::central_address(arguments.get("--enroll-at", own), api::enroll_port_usual));
    label.serve_at = TRY(api::central_address(arguments.get("--serve-at", own), api::serve_port_usual));
    label.fingerprint = core.identity.authority_fingerprint();
    return label;
}

Result<void> add(Core& core, Arguments const& arguments) {
    if (!arguments.has("--qr") && (arguments.has("--enroll-at") || arguments.has("--serve-at")))
        return error(ErrorKind::InvalidInput, "usage", "--enroll-at and --serve-at belong to --qr");
    // A wrong address is told before there is a code that nobody has.
    auto label = arguments.has("--qr") ? TRY(label_without_code(core, arguments)) : api::SetUpLabel();
    Terminals::Invitation invitation;
    TRY(core.operate("terminal_add", "", [&](storage::Database& database) -> Result<void> {
        invitation = TRY(core.terminals->invite(database, arguments.get("--name", "Kiosk"),
                                                arguments.get("--program", "kiosk"),
                                                TerminalId(arguments.get("--desk", ""))));
        return ok();
    }));
    std::printf("terminal=%s\ncode=%.*s\nfingerprint=%s\n", invitation.id.text().c_str(),
                static_cast<int>(invitation.code.size()), invitation.code.reveal().data(),
                core.identity.authority_fingerprint().c_str());
    if (arguments.has("--qr")) {
        label.code = invitation.code.clone();
        TRY(write_qr_code(TRY(api::encode_set_up_label(label)).reveal(), arguments.get("--qr")));
    }
    static_cast<void>(std::fprintf(
        stderr,
        "The code works once, for %d hours. The fingerprint is the plan's authority: the terminal "
        "must see it.\n",
        Terminals::enrollment_code_valid_h));
    return ok();
}

std::string day(std::int64_t us) {
    return us == 0 ? "-" : to_rfc3339(from_micros(us)).substr(0, 10);
}

/// To the minute, UTC: whether a kiosk was heard of last night.
std::string minute(std::int64_t us) {
    return us == 0 ? "-" : to_rfc3339(from_micros(us)).substr(0, 16) + "Z";
}

std::string or_dash(std::string const& text) {
    return text.empty() ? "-" : text;
}

/// "not_fetched 0.5.0 (sum_wrong: portico-kiosk_0.5.0.efi)".
std::string update_words(TerminalSoftware const& software) {
    if (software.outcome.empty())
        return "-";
    auto const what = software.outcome + " " + software.update_version;
    return software.reason.empty() ? what : what + " (" + software.reason + ")";
}

Result<void> list_terminals(Core& core) {
    std::map<TerminalId, TerminalSoftware> software;
    auto const rows = TRY(core.store->read<std::vector<TerminalRow>>(
        [&](storage::Database& database) -> Result<std::vector<TerminalRow>> {
            software = TRY(core.releases->book.terminals(database));
            return core.terminals->list(database);
        }));
    constexpr auto line = "%-36s  %-8s  %-16s  %-10s  %-10s  %-36s  %-9s  %-12s  %-17s  %-12s  %-40s  %s\n";
    std::printf(line, "id", "state", "runs", "certified", "until", "desk", "extension", "version", "told",
                "to have", "update", "name");
    for (auto const& row : rows) {
        auto const& own = software[row.id];
        std::printf(line, row.id.text().c_str(), row.state.c_str(), row.program.c_str(),
                    day(row.enrolled_us).c_str(), day(row.valid_until_us).c_str(),
                    or_dash(row.desk.text()).c_str(), or_dash(row.extension).c_str(),
                    or_dash(own.running).c_str(), minute(own.told_us).c_str(), or_dash(own.wanted).c_str(),
                    update_words(own).c_str(), row.name.c_str());
    }
    return ok();
}

/// Of one kiosk, or of all that are there.
Result<void> set_release(Core& core, Arguments const& arguments) {
    bool const all = arguments.has("--all-kiosks");
    auto const& words = arguments.words();
    if (words.size() != (all ? 1U : 2U))
        return error(ErrorKind::InvalidInput, "usage",
                     "terminal release wants a terminal's id or --all-kiosks, and a version or none");
    auto const version = words.back() == "none" ? "" : TRY(ReleaseVersion::parse(words.back())).text();
    auto const& book = core.releases->book;
    int kiosks = 1;
    auto const change = [&](storage::Database& database) -> Result<void> {
        if (!all)
            return book.want(database, TerminalId(words.front()), version);
        kiosks = TRY(book.want_for_all_kiosks(database, version));
        return ok();
    };
    TRY(core.operate("terminal_release", all ? "all_kiosks" : words.front(), change, or_dash(version)));
    std::printf("release %s for %d kiosk%s\n", or_dash(version).c_str(), kiosks, kiosks == 1 ? "" : "s");
    return ok();
}

Result<void> set_extension(Core& core, std::string const& id, std::string const& extension) {
    TRY(core.operate("terminal_extension", id, [&](storage::Database& database) {
        return core.terminals->set_extension(database, TerminalId(id), extension);
    }));
    std::printf("extension %s %s\n", id.c_str(), extension.empty() ? "-" : extension.c_str());
    return ok();
}

/// One line of JSON for each time that its kiosk has told, the newest first.
Result<void> show_diagnostics(Core& core, std::string const& id) {
    auto const kept = TRY(core.store->read<std::vector<KeptDiagnostics>>(
        [&](storage::Database& database) -> Result<std::vector<KeptDiagnostics>> {
            auto const rows = TRY(core.terminals->list(database));
            if (std::none_of(rows.begin(), rows.end(),
                             [&](TerminalRow const& row) { return row.id.text() == id; }))
                return error(ErrorKind::NotFound, "terminal_unknown",
                             "no terminal has this id: terminal list tells them");
            return diagnostics_of(database, core.services->clock, TerminalId(id));
        }));
    for (auto const& each : kept)
        std::printf("{\"received\":\"%s\",\"diagnostics\":%s}\n", to_rfc3339(each.received).c_str(),
                    each.json.c_str());
    if (kept.empty())
        static_cast<void>(std::fprintf(stderr,
                                       "This kiosk has told nothing in %d days: at the kiosk a technician "
                                       "signs in with their key and sends it.\n",
                                       diagnostics_kept_days));
    return ok();
}

Result<void> revoke(Core& core, std::string const& id) {
    TRY(core.operate("terminal_revoke", id, [&](storage::Database& database) -> Result<void> {
        TerminalId const terminal(id);
        TRY(core.terminals->revoke(database, terminal));
        TRY(core.sessions->end_all_of_terminal(database, terminal));
        return ok();
    }));
    std::printf("revoked %s\n", id.c_str());
    return ok();
}

} // namespace

int terminal_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "add")
        shape.options.insert({"--name", "--program", "--desk", "--qr", "--enroll-at", "--serve-at"});
    else if (verb.word == "revoke" || verb.word == "extension" || verb.word == "diagnostics")
        shape.words_min = shape.words_max = 1;
    else if (verb.word == "release")
        shape = {{"--data"}, {"--all-kiosks"}, 1, 2};
    else if (verb.word != "list")
        return report(error(ErrorKind::InvalidInput, "usage",
                            "terminal wants add, list, diagnostics, extension, release or revoke"));
    if (verb.word == "extension")
        shape.options.insert("--number");
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        if (verb.word == "add")
            return add(core, arguments.value());
        if (verb.word == "revoke")
            return revoke(core, arguments.value().words().front());
        if (verb.word == "release")
            return set_release(core, arguments.value());
        if (verb.word == "diagnostics")
            return show_diagnostics(core, arguments.value().words().front());
        if (verb.word == "extension")
            return set_extension(core, arguments.value().words().front(),
                                 arguments.value().get("--number", ""));
        return list_terminals(core);
    });
}

} // namespace portico::central
