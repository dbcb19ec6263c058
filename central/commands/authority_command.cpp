#include "central/authority/authority_book.h"
#include "central/authority/speakers.h"
#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/domain/masking.h"

#include <cstdio>

namespace portico::central {

namespace {

Error wrong_use(std::string const& message) {
    return error(ErrorKind::InvalidInput, "usage", message);
}

Result<Date> day_of(Arguments const& arguments, std::string const& option) {
    auto const text = arguments.get(option);
    if (text.empty())
        return Date();
    auto day = Date::parse(text);
    if (day.has_error() || !day.value().has_day() || day.value().text() != text)
        return wrong_use(option + " wants a day, YYYY-MM-DD");
    return day;
}

Result<AuthorityRecord> record_of(Arguments const& arguments) {
    AuthorityRecord record;
    record.patient = PatientId(TRY(arguments.need("--patient")));
    auto const kind = authority_kind(TRY(arguments.need("--kind")));
    if (!kind || *kind == AuthorityKind::ParentOfMinor)
        return wrong_use("--kind is authorized_representative, power_of_attorney or legal_guardian");
    record.terms.kind = *kind;
    for (auto const& word : arguments.all("--scope")) {
        auto const scope = authority_scope(word);
        if (!scope)
            return wrong_use("--scope is claims, contact, cards, disputes_and_messages or account");
        if (!record.terms.covers(*scope))
            record.terms.scopes.push_back(*scope);
    }
    record.terms.tells_sensitive = arguments.has("--sensitive");
    record.terms.period.start = TRY(day_of(arguments, "--from"));
    record.terms.period.end = TRY(day_of(arguments, "--until"));
    record.document = TRY(arguments.need("--document"));
    record.representative = PatientId(arguments.get("--representative"));
    record.name = {arguments.get("--given"), arguments.get("--family")};
    record.birth_date = TRY(day_of(arguments, "--birth-date"));
    record.phone = arguments.get("--phone");
    return record;
}

Result<void> add(Core& core, Arguments const& arguments) {
    auto record = TRY(record_of(arguments));
    SystemClock const clock;
    std::string id;
    TRY(core.operate("authority_add", record.patient.text(),
                     [&](storage::Database& database) -> Result<void> {
                         id = TRY(AuthorityBook(core.vault, clock).add(database, record));
                         return ok();
                     }));
    std::printf("%s\n", id.c_str());
    return ok();
}

std::string scopes_text(Authority const& authority) {
    std::string text;
    for (auto const scope : authority.scopes)
        text += (text.empty() ? "" : ",") + std::string(name(scope));
    return text + (authority.tells_sensitive ? ",sensitive" : "");
}

std::string day_text_of(Date day) {
    return day.is_empty() ? "-" : day.text();
}

/// Who it is as initials: the paper has the name.
Result<void> list_authorities(Core& core, Arguments const& arguments) {
    PatientId const patient(TRY(arguments.need("--patient")));
    SystemClock const clock;
    std::vector<AuthorityRecord> records;
    TRY(core.operate("authority_list", patient.text(), [&](storage::Database& database) -> Result<void> {
        records = TRY(AuthorityBook(core.vault, clock).of_member(database, patient));
        return ok();
    }));
    std::printf("%-36s  %-8s  %-10s  %-10s  %-25s  %-36s  %s\n", "id", "state", "from", "until", "kind",
                "who", "scopes");
    auto const now = plan_moment(core.settings.time_zone, clock.now());
    for (auto const& each : records) {
        auto const terms = each.at(now.at);
        auto const hindrance = authority_hindrance(terms, now.day);
        auto const who = each.representative.empty()
                             ? initial(each.name.given) + " " + initial(each.name.family)
                             : each.representative.text();
        std::printf("%-36s  %-8s  %-10s  %-10s  %-25s  %-36s  %s\n", each.id.c_str(),
                    hindrance.empty() ? "in_force" : std::string(hindrance).c_str(),
                    day_text_of(terms.period.start).c_str(), day_text_of(terms.period.end).c_str(),
                    name(terms.kind), who.c_str(), scopes_text(terms).c_str());
    }
    return ok();
}

Result<void> end(Core& core, std::string const& id) {
    SystemClock const clock;
    TRY(core.operate("authority_end", id, [&](storage::Database& database) -> Result<void> {
        TRY(AuthorityBook(core.vault, clock).end(database, id));
        return ok();
    }));
    std::printf("ended %s\n", id.c_str());
    return ok();
}

} // namespace

int authority_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "add") {
        shape.options.insert({"--patient", "--kind", "--scope", "--from", "--until", "--document",
                              "--representative", "--given", "--family", "--birth-date", "--phone"});
        shape.switches.insert("--sensitive");
    } else if (verb.word == "list") {
        shape.options.insert("--patient");
    } else if (verb.word == "end") {
        shape.words_min = shape.words_max = 1;
    } else {
        return report(wrong_use("authority wants add, list or end"));
    }
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        if (verb.word == "add")
            return add(core, arguments.value());
        if (verb.word == "list")
            return list_authorities(core, arguments.value());
        return end(core, arguments.value().words().front());
    });
}

} // namespace portico::central
