#include "central/plan/plan_data.h"

#include "central/plan/directory_word.h"
#include "central/plan/personal_reads.h"
#include "central/plan/plan_moment.h"
#include "central/plan/plan_schema.h"
#include "central/plan/plan_state.h"

#include <algorithm>
#include <cstdio>
#include <new>

namespace portico::central {

namespace {

Error eob_not_found() {
    return error(ErrorKind::NotFound, "eob_not_found", "no such EOB for this member");
}

Error member_not_found() {
    return error(ErrorKind::NotFound, "member_not_found",
                 "nobody of this number or id is in the plan's data");
}

} // namespace

Result<void> PlanData::migrate(storage::Database& database) {
    return migrate_plan(database);
}

Date PlanData::today() const {
    return plan_moment(zone_, clock_.now()).day;
}

Result<std::optional<Member>> PlanData::member(PatientId const& patient) {
    using Answer = std::optional<Member>;
    return store_.read<Answer>([&](storage::Database& database) -> Result<Answer> {
        auto record = TRY(read_member(database, vault_, plan_key(vault_, "member", patient.text())));
        return record ? Answer(std::move(record->member)) : Answer();
    });
}

Result<PatientId> PlanData::find_member_by_member_id(std::string const& number) {
    return store_.read<PatientId>([&](storage::Database& database) -> Result<PatientId> {
        auto const key = plan_key(vault_, "number", plain_number(number));
        auto query = TRY(database.prepare(
            "SELECT DISTINCT member_key FROM plan_member_index WHERE index_key = $1 LIMIT 2"));
        query.bind(1, ByteView(key));
        if (!TRY(query.step()))
            return member_not_found();
        auto const member_key = query.blob(0);
        if (TRY(query.step()))
            return error(ErrorKind::Conflict, "member_number_ambiguous",
                         "several persons have this member number");
        if (auto const record = TRY(read_member(database, vault_, member_key)))
            return record->member.id;
        auto const coverages = TRY(read_coverages(database, vault_, member_key));
        if (coverages.empty())
            return member_not_found();
        return coverages.front().coverage.beneficiary;
    });
}

Result<std::vector<CoverageRecord>> PlanData::coverages(PatientId const& patient) {
    using Answer = std::vector<CoverageRecord>;
    return store_.read<Answer>([&](storage::Database& database) -> Result<Answer> {
        return read_coverages(database, vault_, plan_key(vault_, "member", patient.text()));
    });
}

Result<std::shared_ptr<MemberOverview const>> PlanData::overview(PatientId const& patient, Telling telling) {
    using Answer = std::shared_ptr<MemberOverview const>;
    return store_.read<Answer>([&](storage::Database& database) -> Result<Answer> {
        auto const snapshot = TRY(storage::Transaction::begin_read(database));
        // Before the list: g++ 12 leaks what a braced list holds when a TRY in it returns.
        auto const revision = TRY(plan_data_revision(database));
        OverviewCache::Key const key{patient, revision, today(), telling};
        return overviews_.get(key, [&]() -> Result<Answer> {
            auto made = TRY(make_overview(database, vault_, patient, key.day, telling));
            return made ? Result<Answer>(std::make_shared<MemberOverview const>(std::move(*made)))
                        : member_not_found();
        });
    });
}

void PlanData::prepare_now(PatientId const& patient, Telling telling) {
    try {
        static_cast<void>(overview(patient, telling)); // who asks for it next is told what failed
    } catch (std::bad_alloc const&) {
        static_cast<void>(std::fputs("portico-central: claims ahead of a call: memory ran out\n", stderr));
    }
}

Result<Eob> PlanData::eob(PatientId const& patient, EobId const& id, Telling telling) {
    auto const about = overview(patient, telling);
    if (about.has_error()) {
        if (about.error().reason == "member_not_found")
            return eob_not_found();
        return about.error();
    }
    auto const* claim = about.value()->find(id);
    if (claim == nullptr)
        return eob_not_found();
    return store_.read<Eob>([&](storage::Database& database) -> Result<Eob> {
        auto const member_key = plan_key(vault_, "member", patient.text());
        auto const record_key = plan_key(vault_, "eob", id.text());
        auto query =
            TRY(database.prepare("SELECT sealed FROM plan_eob WHERE member_key = $1 AND record_key = $2"));
        query.bind(1, ByteView(member_key)).bind(2, ByteView(record_key));
        if (!TRY(query.step()))
            return eob_not_found();
        auto eob = TRY(open_sealed_record<Eob>(vault_, "plan_eob", member_key, record_key, query.blob(0)));
        // The list has left it out; but it may have been replaced since, and here it says so itself.
        if (telling == Telling::WithoutSensitive && eob.sensitive)
            return eob_not_found();
        ProviderNames names(database);
        for (auto* party : {&eob.provider, &eob.facility, &eob.performing, &eob.insurer})
            TRY(names.resolve(*party));
        eob.replaces = claim->replaces;
        eob.replaced_by = claim->replaced_by;
        return eob;
    });
}

Result<DirectoryWord> PlanData::directory_today(Eob const& eob,
                                                std::vector<std::string> const& plan_networks) {
    return store_.read<DirectoryWord>([&](storage::Database& database) -> Result<DirectoryWord> {
        return DirectoryWords(database).on(eob.provider, today(), plan_networks);
    });
}

Result<PlanData::RenderedEob> PlanData::rendered_eob(PatientId const& patient, EobId const& id) {
    RenderedEob found{
        {plan_key(vault_, "member", patient.text()), plan_key(vault_, "eob", id.text()), today()},
        0,
        std::nullopt};
    return store_.read<RenderedEob>([&](storage::Database& database) -> Result<RenderedEob> {
        found.json = TRY(read_rendered_eob(database, vault_, found.key));
        if (!found.json)
            found.revision = TRY(plan_data_revision(database));
        return std::move(found);
    });
}

Result<void> PlanData::keep_rendered_eob(storage::Database& database, RenderedEob const& of,
                                         std::string_view json) {
    return central::keep_rendered_eob(database, vault_, of.key, of.revision, json);
}

Result<std::vector<std::string>> PlanData::answered_findings(PatientId const& patient, EobId const& id) {
    if (!hooks_.answered_findings)
        return std::vector<std::string>();
    return hooks_.answered_findings(patient, id);
}

Result<AnsweredFindings> PlanData::all_answered_findings(PatientId const& patient) {
    if (!hooks_.all_answered_findings)
        return AnsweredFindings();
    return hooks_.all_answered_findings(patient);
}

Result<MemberFigures> PlanData::member_figures(PatientId const& patient) {
    return store_.read<MemberFigures>([&](storage::Database& database) -> Result<MemberFigures> {
        auto const snapshot = TRY(storage::Transaction::begin_read(database));
        auto const member_key = plan_key(vault_, "member", patient.text());
        MemberFigures figures;
        figures.patient = patient;
        for (auto const& each : TRY(read_coverages(database, vault_, member_key)))
            figures.coverages.push_back(each.coverage.id);
        std::sort(figures.coverages.begin(), figures.coverages.end());
        auto const add = [](std::map<std::string, std::int64_t>& sums,
                            std::vector<Adjudication> const& entries) -> Result<void> {
            for (auto const& each : entries)
                if (each.amount && each.currency == "USD")
                    sums[std::string(name(each.category))] += TRY(each.amount->to_cents());
            return ok();
        };
        TRY(for_each_eob(database, vault_, member_key, [&](Eob const& eob) -> Result<void> {
            ++figures.eob_count;
            ++figures.eobs_by_type[name(eob.kind)];
            figures.item_count += static_cast<std::int64_t>(eob.lines.size());
            for (auto const& line : eob.lines)
                TRY(add(figures.item_adjudication, line.adjudications));
            return add(figures.total, eob.totals);
        }));
        if (figures.eob_count == 0 && figures.coverages.empty() &&
            !TRY(read_member(database, vault_, member_key)))
            return member_not_found();
        return figures;
    });
}

} // namespace portico::central
