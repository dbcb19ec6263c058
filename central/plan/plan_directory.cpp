#include "central/plan/personal_reads.h"
#include "central/plan/plan_data.h"
#include "central/plan/plan_state.h"

#include <algorithm>
#include <set>

namespace portico::central {

Result<DirectoryFigures> PlanData::directory_figures(std::string const& specialty, std::string const& zip) {
    auto const five = TRY(zip5(zip));
    return store_.read<DirectoryFigures>([&](storage::Database& database) -> Result<DirectoryFigures> {
        auto query = TRY(
            database.prepare("SELECT p.body FROM plan_listing_specialty AS s JOIN plan_published AS p ON "
                             "p.kind = 'provider' AND"
                             " p.id = s.listing WHERE s.specialty = $1 AND s.zip5 = $2 AND p.removed = 0"));
        query.bind(1, std::string_view(specialty)).bind(2, std::string_view(five));
        DirectoryFigures figures;
        std::set<std::string> practitioners;
        std::set<std::string> organizations;
        while (TRY(query.step())) {
            auto const listing = TRY(decode<ProviderListing>(query.text(0)));
            ++figures.listings;
            // The same person under several roles is one: told by NPI, else by name.
            auto const& who = listing.npi.empty() ? listing.name : listing.npi;
            (listing.is_person ? practitioners : organizations).insert(who);
            figures.accepting += listing.accepting == AcceptingPatients::Yes ? 1 : 0;
            for (auto const& network : listing.network_ids)
                ++figures.by_network[network];
        }
        figures.practitioners = static_cast<std::int64_t>(practitioners.size());
        figures.organizations = static_cast<std::int64_t>(organizations.size());
        return figures;
    });
}

Result<FormularyFigures> PlanData::formulary_figures(std::string const& plan) {
    return store_.read<FormularyFigures>([&](storage::Database& database) -> Result<FormularyFigures> {
        auto const record = TRY(read_part<PlanRecord>(database, "plan", plan));
        FormularyFigures figures;
        if (record && !record->is_formulary)
            figures.formularies = record->formularies;
        else
            figures.formularies = {plan};
        std::set<std::string> drugs;
        for (auto const& formulary : figures.formularies) {
            auto query = TRY(database.prepare("SELECT drug, tier, prior_authorization, step_therapy, "
                                              "quantity_limit FROM plan_formulary_item"
                                              " WHERE formulary = $1 AND active = 1"));
            query.bind(1, std::string_view(formulary));
            while (TRY(query.step())) {
                ++figures.items;
                drugs.insert(query.text(0));
                ++figures.by_tier[query.text(1)];
                figures.prior_authorization += query.integer(2);
                figures.step_therapy += query.integer(3);
                figures.quantity_limit += query.integer(4);
            }
        }
        figures.drugs = static_cast<std::int64_t>(drugs.size());
        if (!record && figures.items == 0)
            return error(ErrorKind::NotFound, "plan_not_found", "no plan and no formulary has this id");
        return figures;
    });
}

Result<bool> PlanData::has_listing(std::string const& id) {
    return store_.read<bool>([&](storage::Database& database) -> Result<bool> {
        auto query =
            TRY(database.prepare("SELECT 1 FROM plan_published WHERE kind = 'provider' AND id = $1 AND"
                                 " removed = 0"));
        query.bind(1, std::string_view(id));
        return query.step();
    });
}

Result<std::vector<PlanReferenceChange>> PlanData::reference_changes(storage::Database& database,
                                                                     std::int64_t after, int limit) {
    auto query = TRY(database.prepare("SELECT feed_position, kind, id, removed, body FROM plan_published"
                                      " WHERE feed_position > $1 ORDER BY feed_position LIMIT $2"));
    query.bind(1, after).bind(2, std::int64_t{limit});
    std::vector<PlanReferenceChange> changes;
    while (TRY(query.step())) {
        PlanReferenceChange change;
        change.position = query.integer(0);
        if (query.integer(3) != 0)
            change.removed = api::Removed{query.text(1), query.text(2)};
        else if (query.text(1) == "provider")
            change.provider = TRY(decode<ProviderListing>(query.text(4)));
        else
            change.plan = TRY(decode<InsurancePlan>(query.text(4)));
        changes.push_back(std::move(change));
    }
    return changes;
}

Result<std::int64_t> PlanData::last_reference_position(storage::Database& database) {
    return plan_state(database, feed_position);
}

} // namespace portico::central
