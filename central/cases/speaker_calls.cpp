#include "central/cases/speaker_calls.h"

#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/own_members.h"
#include "central/cases/protected_record.h"
#include "central/plan/personal_reads.h"
#include "central/services.h"
#include "shared/domain/masking.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::string_view member_word = "member";

/// As candidates for a call: nothing of a record of which many are curious.
Result<std::string> initials_of(Call const& call, storage::Database& database, Speaker const& speaker) {
    if (!speaker.representative.empty()) {
        auto const& vault = call.services.vault;
        auto const record =
            TRY(read_member(database, vault, plan_key(vault, "member", speaker.representative.text())));
        if (!record || TRY(is_protected(database, *record)))
            return std::string();
    }
    auto const given = initial(speaker.name.given);
    auto const family = initial(speaker.name.family);
    return given + (given.empty() || family.empty() ? "" : " ") + family;
}

Result<api::SpeakerItem> told(Call const& call, storage::Database& database, Speaker const& speaker) {
    api::SpeakerItem item;
    item.speaker = speaker.id;
    item.initials = TRY(initials_of(call, database, speaker));
    item.kind = name(speaker.authority.kind);
    for (auto const scope : speaker.authority.scopes)
        item.scopes.emplace_back(name(scope));
    item.tells_sensitive = speaker.authority.tells_sensitive;
    auto const& until = speaker.authority.period.end;
    item.until = until.is_empty() ? std::string() : until.text();
    item.hindrance = authority_hindrance(speaker.authority, plan_now(call).day);
    return item;
}

/// Errors: as ChooseSpeaker.
Result<CaseBook::Speaking> speaking_of(Call const& call, storage::Database& database, CaseFile const& file,
                                       std::string const& word) {
    if (word == member_word)
        return CaseBook::Speaking{"", file.patient};
    auto const& services = call.services;
    auto const now = plan_now(call);
    auto const all = TRY(speakers_for(database, services.vault, services.clock, file.patient, now));
    auto const found =
        std::find_if(all.begin(), all.end(), [&](Speaker const& each) { return each.id == word; });
    if (found == all.end())
        return no_authority();
    TRY(check_in_force(*found, now.day));
    if (TRY(OwnMembers::of(database, services.vault, services.clock, file.owner)).has(found->prover()))
        return own_matter();
    return CaseBook::Speaking{found->id, found->prover()};
}

} // namespace

Result<api::Speakers> case_speakers(Call& call, api::SpeakersQuery const& query) {
    call.audit_fields = {"speakers"};
    audit_case(call, query.case_id);
    auto const& services = call.services;
    return services.store.read<api::Speakers>([&](storage::Database& database) -> Result<api::Speakers> {
        auto const about = TRY(opened_member_of_case(call, database, query.case_id));
        api::Speakers reply{query.case_id, {}};
        auto const all =
            TRY(speakers_for(database, services.vault, services.clock, about.file.patient, plan_now(call)));
        for (auto const& each : all)
            reply.speakers.push_back(TRY(told(call, database, each)));
        return reply;
    });
}

Result<api::CaseItem> choose_speaker(Call& call, api::ChooseSpeaker const& request) {
    audit_case(call, request.case_id);
    api::CaseItem item;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto file = TRY(opened_member_of_case(call, database, request.case_id)).file;
        auto const speaking = TRY(speaking_of(call, database, file, request.speaker));
        if (speaking.authority != file.authority) {
            TRY(case_book(call).set_speaker(database, file, speaking));
            TRY(end_under_way(call, database, file.id));
        }
        audit_case(call, file);
        item = TRY(case_item(call, database, file));
        return ok();
    }));
    return item;
}

} // namespace portico::central
