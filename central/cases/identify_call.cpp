#include "central/cases/caller_facts.h"
#include "central/cases/case_calls.h"
#include "central/cases/case_limits.h"
#include "central/cases/case_of_call.h"
#include "central/cases/kept_refusal.h"
#include "central/cases/own_members.h"
#include "central/services.h"

namespace portico::central {

namespace {

/// The one answer for nobody, for several and for facts that do not agree. The try counts.
Result<CaseFile> nobody_found(Call const& call, storage::Database& database, CaseFile const& file) {
    auto nobody = error(ErrorKind::NotFound, "nobody_found",
                        "these facts do not lead to one member: ask for the card, or for another fact");
    nobody.tries_left = TRY(count_try(database, call.services.clock, file));
    return nobody;
}

/// One try, in its transaction: what is refused here is as kept as what is allowed.
Result<CaseFile> try_facts(Call& call, storage::Database& database, api::IdentifyCaller const& request,
                           CallerFacts const& facts) {
    auto const& clock = call.services.clock;
    auto const& vault = call.services.vault;
    auto const book = case_book(call);
    auto file = TRY(book.own(database, case_worker(call), request.case_id));
    if (!file.patient.empty())
        return error(ErrorKind::Conflict, "case_bound",
                     "this case is about one member already: open another case for another");
    // All limits before anything is looked up: they tell nothing of whom the facts fit.
    TRY(check_may_find(database, clock, file));
    auto const found = TRY(find_caller(database, vault, facts));
    auto const own = TRY(OwnMembers::of(database, vault, clock, file.owner));
    if (!found)
        return nobody_found(call, database, file);
    if (own.has(*found)) {
        TRY(count_try(database, clock, file));
        return own_matter();
    }
    TRY(book.bind(database, file, *found));
    TRY(count_record(database, vault, clock, file));
    return file;
}

std::vector<std::string> names_of(api::IdentifyCaller const& request) {
    std::vector<std::string> names;
    if (request.member_id)
        names.emplace_back("member_id");
    if (request.name)
        names.emplace_back("name");
    if (request.birth_date)
        names.emplace_back("birth_date");
    if (request.zip)
        names.emplace_back("zip");
    return names;
}

} // namespace

Result<api::CaseLevel> identify_caller(Call& call, api::IdentifyCaller const& request) {
    call.audit_fields = names_of(request);
    audit_case(call, request.case_id);
    auto const facts = TRY(caller_facts(request));
    // Not Call::write: a try that found nobody is kept too, with its record in the same transaction.
    auto const file =
        write_and_keep_refusal<CaseFile>(call, [&](storage::Database& database) -> Result<CaseFile> {
            auto outcome = try_facts(call, database, request, facts);
            if (outcome.has_value())
                audit_case(call, outcome.value());
            return outcome;
        });
    // Before the list: g++ 12 leaks what a braced list holds when a TRY in it returns.
    auto const level = TRY(file).level();
    return api::CaseLevel{request.case_id, level};
}

} // namespace portico::central
