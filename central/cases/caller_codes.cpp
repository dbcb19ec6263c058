#include "central/cases/caller_codes.h"

#include "central/auth/accounts.h"
#include "central/auth/totp.h"
#include "central/cases/verify_ways.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::size_t call_id_max = 64;
constexpr std::size_t hash_bytes = 32;
constexpr std::string_view code_columns = "SELECT id, case_id, staff, terminal, call, way, tries, expires_us,"
                                          " state, sent_us, code_hash, patient_hash FROM case_code ";
constexpr int hash_column = 10;
constexpr int patient_column = 11;

Error code_gone() {
    return error(ErrorKind::NotFound, "code_gone", "no code waits for this call");
}

Result<void> set_state(storage::Database& database, CallerCodeRow const& code, std::int64_t now_us) {
    auto update =
        TRY(database.prepare("UPDATE case_code SET state = $2, tries = $3, ended_us = $4 WHERE id = $1"));
    update.bind(1, code.id).bind(2, code.state).bind(3, code.tries);
    return update.bind(4, code.state == "waiting" ? 0 : now_us).run();
}

} // namespace

Secret make_caller_code() {
    // Four bytes are taken unless they are so large that some codes were likelier.
    constexpr std::uint64_t codes = 1'000'000;
    constexpr std::uint64_t fair = (std::uint64_t{1} << 32U) / codes * codes;
    while (true) {
        auto const bytes = random_bytes(4);
        std::uint64_t number = 0;
        for (auto const byte : bytes)
            number = number << 8U | byte;
        if (number >= fair)
            continue;
        auto text = std::to_string(codes + number % codes);
        Secret code(std::string_view(text).substr(1));
        wipe(text);
        return code;
    }
}

bool is_call_id(std::string_view text) {
    return !text.empty() && text.size() <= call_id_max && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    });
}

Bytes CallerCodes::hash_of(CallerCodeRow const& row, std::string_view code) const {
    // With all that it is bound to: a hash that somebody moved to another row fits nothing there.
    std::string text;
    for (auto const& part : {row.id, row.case_id, row.staff.text(), row.desk.text(), row.call, row.way})
        text += part + "\n";
    text += code;
    auto hash = crypto::keyed_hash(vault_.index.derive("portico caller code 1"), text);
    wipe(text);
    return hash;
}

Result<CallerCodeRow> CallerCodes::read(storage::Statement const& row) const {
    CallerCodeRow code{row.text(0), row.text(1), StaffId(row.text(2)), TerminalId(row.text(3)),
                       row.text(4), row.text(5), row.integer(6),       row.integer(7),
                       row.text(8)};
    auto const now_us = to_micros(clock_.now());
    // A clock that went back makes nothing last longer.
    if (code.state == "waiting" && (now_us >= code.expires_us || now_us < row.integer(9)))
        code.state = "expired";
    return code;
}

Result<std::optional<CallerCodeRow>> CallerCodes::find(storage::Database& database,
                                                       std::string const& id) const {
    auto query = TRY(database.prepare(std::string(code_columns) + "WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return std::optional<CallerCodeRow>();
    return std::optional(TRY(read(query)));
}

Result<void> CallerCodes::check_hour(storage::Database& database, CaseFile const& file) const {
    auto const now_us = to_micros(clock_.now());
    auto const full = [&](std::int64_t oldest_us, char const* why) {
        return later(error(ErrorKind::TooMany, "codes_hour_full", why), oldest_us + hour_us, now_us);
    };
    auto of_member = TRY(database.prepare("SELECT count(*), coalesce(min(sent_us), 0) FROM case_code"
                                          " WHERE patient_hash = $1 AND sent_us > $2"));
    of_member.bind(1, ByteView(patient_hash(vault_, file.prover))).bind(2, now_us - hour_us);
    TRY(of_member.step());
    if (of_member.integer(0) >= member_hour_max)
        return full(of_member.integer(1), "this member was sent five codes within the hour: that is enough");
    auto of_staff = TRY(database.prepare("SELECT count(*), coalesce(min(sent_us), 0) FROM case_code"
                                         " WHERE staff = $1 AND sent_us > $2"));
    of_staff.bind(1, file.owner.text()).bind(2, now_us - hour_us);
    TRY(of_staff.step());
    if (of_staff.integer(0) >= staff_hour_max)
        return full(of_staff.integer(1), "you have sent thirty codes within the hour: that is enough");
    return ok();
}

Result<CallerCodes::Made> CallerCodes::make(storage::Database& database, CaseFile const& file,
                                            Asking const& asking) const {
    TRY(check_hour(database, file));
    auto const now_us = to_micros(clock_.now());
    TRY(end_of_case(database, file.id));
    auto of_call = TRY(database.prepare("UPDATE case_code SET state = 'replaced', ended_us = $3"
                                        " WHERE terminal = $1 AND call = $2 AND state = 'waiting'"
                                        " AND call <> ''"));
    TRY(of_call.bind(1, asking.desk.text()).bind(2, asking.call).bind(3, now_us).run());
    bool const is_sent = asking.way == way_text_code || asking.way == way_mail_code;
    Made made{{make_uuid_v7(clock_), file.id, file.owner, asking.desk, asking.call, asking.way, 0,
               now_us + code_s * second_us, "waiting"},
              is_sent ? make_caller_code() : Secret()};
    auto const& row = made.row;
    auto insert = TRY(database.prepare(
        "INSERT INTO case_code (id, case_id, patient_hash, staff, terminal, call, way, code_hash, tries,"
        " sent_us, expires_us, state, ended_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, "
        "0)"));
    auto const patient = patient_hash(vault_, file.prover);
    // What is not sent has no hash that anything keyed could have.
    auto const hash = is_sent ? hash_of(row, made.code.reveal()) : random_bytes(hash_bytes);
    insert.bind(1, row.id).bind(2, row.case_id).bind(3, ByteView(patient)).bind(4, row.staff.text());
    insert.bind(5, row.desk.text()).bind(6, row.call).bind(7, row.way).bind(8, ByteView(hash));
    TRY(insert.bind(9, now_us).bind(10, row.expires_us).bind(11, row.state).run());
    return made;
}

Result<CallerCodes::Tried> CallerCodes::again(storage::Database& database, Keyed const& keyed,
                                              bool& known) const {
    auto query = TRY(
        database.prepare("SELECT code, outcome, tries_left, phone, call FROM case_code_try WHERE id = $1"));
    query.bind(1, keyed.id);
    known = TRY(query.step());
    if (!known)
        return Tried{};
    // What was keyed elsewhere is told to nobody.
    if (query.text(3) != keyed.phone.text() || query.text(4) != keyed.call)
        return code_gone();
    auto const id = query.text(0);
    Tried before{{}, query.text(1), query.integer(2), true};
    query.reset();
    auto code = TRY(find(database, id));
    if (!code)
        return code_gone();
    before.code = std::move(*code);
    return before;
}

Result<bool> CallerCodes::app_shows(storage::Database& database, CallerCodeRow const& code,
                                    std::string_view keyed) const {
    auto const file = TRY(CaseBook(vault_, clock_).open_case(database, code.case_id));
    Accounts const accounts(vault_, clock_);
    auto const account = TRY(accounts.of_patient(database, file.prover));
    if (!account || account->disabled)
        return false;
    auto const kept = TRY(accounts.secret(database, account->id, kind_totp));
    if (!kept)
        return false; // taken away since it was asked for
    auto const step = totp_match(kept->value, Secret(keyed), clock_.now(), kept->last_step);
    // Used up here too: who has heard it on the phone cannot sign in by it.
    return step && TRY(accounts.use_totp_step(database, account->id, kind_totp, *step));
}

Result<CallerCodes::Tried> CallerCodes::take(storage::Database& database, Keyed const& keyed) const {
    bool known = false;
    auto before = TRY(again(database, keyed, known));
    if (known)
        return before;
    auto query = TRY(database.prepare(std::string(code_columns) +
                                      "WHERE terminal = $1 AND call = $2 AND state = 'waiting'"
                                      " ORDER BY sent_us DESC, id DESC LIMIT 1"));
    query.bind(1, keyed.desk.text()).bind(2, keyed.call);
    if (!TRY(query.step()))
        return code_gone();
    Tried tried;
    tried.code = TRY(read(query));
    if (tried.code.state != "waiting")
        return code_gone();
    auto& code = tried.code;
    auto const hash = query.blob(hash_column);
    auto const patient = query.blob(patient_column);
    query.reset();
    bool const right = code.way == way_totp ? TRY(app_shows(database, code, keyed.digits))
                                            : equal_constant_time(hash, hash_of(code, keyed.digits));
    code.tries += right ? 0 : 1;
    tried.tries_left = right ? 0 : code.tries_left();
    tried.outcome = right ? "right" : code.tries_left() == 0 ? "ended" : "wrong";
    code.state = tried.outcome == "wrong" ? "waiting" : tried.outcome;
    auto const now_us = to_micros(clock_.now());
    TRY(set_state(database, code, now_us));
    auto insert = TRY(database.prepare(
        "INSERT INTO case_code_try (id, code, patient_hash, phone, call, at_us, outcome, tries_left)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"));
    insert.bind(1, keyed.id).bind(2, code.id).bind(3, ByteView(patient)).bind(4, keyed.phone.text());
    insert.bind(5, keyed.call).bind(6, now_us);
    TRY(insert.bind(7, tried.outcome).bind(8, tried.tries_left).run());
    return tried;
}

Result<void> CallerCodes::end(storage::Database& database, Keyed const& keyed, Tried& tried) const {
    tried.outcome = "ended";
    tried.tries_left = 0;
    tried.code.state = "ended";
    TRY(set_state(database, tried.code, to_micros(clock_.now())));
    auto update =
        TRY(database.prepare("UPDATE case_code_try SET outcome = 'ended', tries_left = 0 WHERE id = $1"));
    return update.bind(1, keyed.id).run();
}

Result<CallerCodes::State> CallerCodes::state_of(storage::Database& database,
                                                 std::string const& case_id) const {
    auto query = TRY(database.prepare(std::string(code_columns) +
                                      "WHERE case_id = $1 ORDER BY sent_us DESC, id DESC LIMIT 1"));
    query.bind(1, case_id);
    if (!TRY(query.step()))
        return State{};
    auto const code = TRY(read(query));
    // One that was taken back is as none.
    if (code.state == "replaced")
        return State{};
    if (code.state != "waiting")
        return State{code.state, code.way, 0};
    if (code.way == way_call_back)
        return State{code.state, code.way, 0};
    return State{code.tries == 0 ? "waiting" : "wrong", code.way, code.tries_left()};
}

Result<bool> CallerCodes::go_on(storage::Database& database, std::string const& id) const {
    if (!TRY(is_waiting(database, id)))
        return false;
    auto update = TRY(database.prepare("UPDATE case_code SET expires_us = $2 WHERE id = $1"));
    TRY(update.bind(1, id).bind(2, to_micros(clock_.now()) + code_s * second_us).run());
    return true;
}

Result<std::optional<CallerCodeRow>> CallerCodes::settle(storage::Database& database, std::string const& id,
                                                         std::string_view state) const {
    auto code = TRY(find(database, id));
    if (!code || code->state != "waiting")
        return std::optional<CallerCodeRow>();
    code->state = state;
    TRY(set_state(database, *code, to_micros(clock_.now())));
    return code;
}

Result<bool> CallerCodes::is_waiting(storage::Database& database, std::string const& id) const {
    auto const code = TRY(find(database, id));
    return code && code->state == "waiting";
}

Result<std::optional<TerminalId>> CallerCodes::set_unsent(storage::Database& database,
                                                          std::string const& id) const {
    auto code = TRY(find(database, id));
    // One that expired waiting for its gateway was not sent either; one that was keyed came somehow.
    if (!code || code->tries != 0 || (code->state != "waiting" && code->state != "expired"))
        return std::optional<TerminalId>();
    code->state = "unsent";
    TRY(set_state(database, *code, to_micros(clock_.now())));
    return std::optional(code->desk);
}

Result<void> CallerCodes::end_of_case(storage::Database& database, std::string const& case_id) const {
    auto update = TRY(database.prepare("UPDATE case_code SET state = 'replaced', ended_us = $2"
                                       " WHERE case_id = $1 AND state = 'waiting'"));
    return update.bind(1, case_id).bind(2, to_micros(clock_.now())).run();
}

} // namespace portico::central
