#include "central/plan/publish.h"

#include "central/plan/plan_codec.h"
#include "central/plan/plan_state.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace portico::central {

namespace {

constexpr int rows_per_transaction = 200;
constexpr std::string_view no_location = "none";

/// Parts read inside one transaction.
class Parts {
public:
    static Result<Parts> open(storage::Database& database) {
        return Parts(TRY(database.prepare("SELECT body FROM plan_part WHERE kind = $1 AND record_key = $2")));
    }
    template <class T>
    Result<std::optional<T>> find(std::string_view kind, std::string_view id) {
        std::optional<T> found;
        if (id.empty())
            return found;
        query_.bind(1, kind).bind(2, std::string_view(id));
        if (TRY(query_.step()))
            found = TRY(decode<T>(query_.text(0)));
        query_.reset();
        return found;
    }

private:
    explicit Parts(storage::Statement query) : query_(std::move(query)) {}
    storage::Statement query_;
};

std::optional<double> degrees(std::string const& text) {
    double value = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || code != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

void add_specialties(ProviderListing& listing, std::vector<Code> const& codes) {
    for (auto const& code : codes) {
        if (!code.code.empty() && std::find(listing.specialty_codes.begin(), listing.specialty_codes.end(),
                                            code.code) == listing.specialty_codes.end())
            listing.specialty_codes.push_back(code.code);
        auto const& words = code.display.empty() ? code.code : code.display;
        if (!words.empty() && std::find(listing.specialties.begin(), listing.specialties.end(), words) ==
                                  listing.specialties.end())
            listing.specialties.push_back(words);
    }
}

/// One word on new patients out of those for single networks.
AcceptingPatients overall(std::vector<NewPatients> const& entries) {
    for (auto const& each : entries)
        if (each.network.empty())
            return each.accepting;
    for (auto const& each : entries)
        if (each.accepting == AcceptingPatients::Yes)
            return AcceptingPatients::Yes;
    return entries.empty() ? AcceptingPatients::Unknown : entries.front().accepting;
}

void set_address(ProviderListing& listing, PostalAddress const& address) {
    for (auto const& line : address.lines)
        listing.address += (listing.address.empty() ? "" : ", ") + line;
    listing.city = address.city;
    listing.state = address.state;
    if (auto zip = zip5(address.zip); zip.has_value())
        listing.zip5 = zip.value();
}

/// What all listings of a role have in common.
struct RoleJoin {
    ProviderListing common;
    PostalAddress own_address; ///< for a role without a location
    std::string own_phone;
};

Result<RoleJoin> join_role(Parts& parts, RoleRecord const& role) {
    RoleJoin join;
    auto& listing = join.common;
    listing.is_person = role.is_person;
    listing.network_ids = role.networks;
    auto const person = TRY(parts.find<PractitionerRecord>("practitioner", role.practitioner));
    auto const organization = TRY(parts.find<OrganizationRecord>("organization", role.organization));
    if (role.is_person) {
        listing.name = person ? person->name : role.practitioner_name;
        listing.npi = person ? person->npi : std::string();
        if (person)
            listing.languages = person->languages;
    } else {
        listing.name = organization ? organization->name : role.organization_name;
        listing.npi = organization ? organization->npi : std::string();
    }
    if (listing.name.empty())
        listing.name = organization ? organization->name : role.organization_name;
    add_specialties(listing, role.specialties);
    listing.accepting = overall(role.new_patients);
    std::string service_phone;
    for (auto const& id : role.services) {
        auto const service = TRY(parts.find<ServiceRecord>("service", id));
        if (!service)
            continue;
        if (role.specialties.empty())
            add_specialties(listing, service->specialties);
        if (role.new_patients.empty() && listing.accepting == AcceptingPatients::Unknown)
            listing.accepting = overall(service->new_patients);
        if (service_phone.empty())
            service_phone = service->phone;
        for (auto const& language : service->languages)
            if (std::find(listing.languages.begin(), listing.languages.end(), language) ==
                listing.languages.end())
                listing.languages.push_back(language);
    }
    if (listing.specialty_codes.empty() && person)
        add_specialties(listing, person->specialties);
    listing.phone = role.phone;
    join.own_phone = person && !person->phone.empty() ? person->phone
                     : !service_phone.empty()         ? service_phone
                     : organization                   ? organization->phone
                                                      : std::string();
    if (person && !person->address.lines.empty())
        join.own_address = person->address;
    else if (organization)
        join.own_address = organization->address;
    return join;
}

Result<std::vector<ProviderListing>> listings_of(Parts& parts, RoleRecord const& role) {
    std::vector<ProviderListing> listings;
    auto const ids = listing_ids(role);
    if (ids.empty())
        return listings;
    auto const join = TRY(join_role(parts, role));
    for (auto const& id : ids) {
        auto listing = join.common;
        listing.id = id;
        auto const location = TRY(parts.find<LocationRecord>("location", id.substr(role.id.size() + 1)));
        if (location) {
            set_address(listing, location->address);
            listing.latitude = degrees(location->latitude);
            listing.longitude = degrees(location->longitude);
            listing.accessibility = location->accessibility;
            if (listing.phone.empty())
                listing.phone = location->phone;
        } else {
            set_address(listing, join.own_address);
        }
        if (listing.phone.empty())
            listing.phone = join.own_phone;
        if (listing.name.empty() && location)
            listing.name = location->name;
        // Neither a name nor a place: nothing a person could use.
        if (!listing.name.empty())
            listings.push_back(std::move(listing));
    }
    return listings;
}

/// Publishes one body when it differs from what stands. True when it did.
Result<bool> publish(storage::Database& database, std::string_view kind, std::string const& id,
                     std::string const& body, bool removed) {
    auto find = TRY(database.prepare("SELECT body, removed FROM plan_published WHERE kind = $1 AND id = $2"));
    find.bind(1, kind).bind(2, std::string_view(id));
    if (TRY(find.step())) {
        if ((find.integer(1) != 0) == removed && find.text(0) == body)
            return false;
    } else if (removed) {
        return false;
    }
    find.reset();
    auto write = TRY(database.prepare(
        "INSERT INTO plan_published (kind, id, feed_position, removed, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (kind, id) DO UPDATE SET feed_position = excluded.feed_position,"
        " removed = excluded.removed, body = excluded.body"));
    TRY(write.bind(1, kind)
            .bind(2, std::string_view(id))
            .bind(3, TRY(next_plan_state(database, feed_position)))
            .bind(4, std::int64_t{removed})
            .bind(5, std::string_view(body))
            .run());
    return true;
}

Result<void> index_specialties(storage::Database& database, ProviderListing const& listing) {
    auto clear = TRY(database.prepare("DELETE FROM plan_listing_specialty WHERE listing = $1"));
    TRY(clear.bind(1, std::string_view(listing.id)).run());
    auto add =
        TRY(database.prepare("INSERT INTO plan_listing_specialty (specialty, zip5, listing)"
                             " VALUES ($1, $2, $3) ON CONFLICT (specialty, zip5, listing) DO NOTHING"));
    for (auto const& code : listing.specialty_codes)
        TRY(add.bind(1, std::string_view(code))
                .bind(2, std::string_view(listing.zip5))
                .bind(3, std::string_view(listing.id))
                .run());
    return ok();
}

Result<void> publish_role(storage::Database& database, Parts& parts, std::string const& body) {
    auto const role = TRY(decode<RoleRecord>(body));
    for (auto const& listing : TRY(listings_of(parts, role)))
        if (TRY(publish(database, "provider", listing.id, encode(listing), false)))
            TRY(index_specialties(database, listing));
    return ok();
}

Result<void> publish_plan(storage::Database& database, Parts& parts, std::string const& body) {
    auto record = TRY(decode<PlanRecord>(body));
    auto& plan = record.plan;
    if (record.is_formulary || !record.active)
        return ok();
    auto const owner = TRY(parts.find<OrganizationRecord>("organization", record.owner));
    if (owner) {
        if (!owner->name.empty())
            plan.owner_name = owner->name;
        if (plan.service_phone.empty())
            plan.service_phone = owner->service_phone;
        if (plan.web.empty())
            plan.web = owner->web;
        if (plan.claims_address.empty())
            plan.claims_address = owner->claims_address;
    }
    TRY(publish(database, "plan", plan.id, encode(plan), false));
    return ok();
}

/// Walks all parts of a kind in pages, one transaction each.
template <class Each>
Result<void> for_each_part(Store& store, std::string_view kind, Each const& each) {
    std::string last;
    for (bool more = true; more;) {
        TRY(store.write([&](storage::Database& database) -> Result<void> {
            auto page = TRY(database.prepare("SELECT record_key, body FROM plan_part WHERE kind = $1 AND"
                                             " record_key > $2 ORDER BY record_key LIMIT $3"));
            page.bind(1, kind).bind(2, std::string_view(last)).bind(3, std::int64_t{rows_per_transaction});
            auto parts = TRY(Parts::open(database));
            std::vector<std::string> bodies;
            auto at = last;
            while (TRY(page.step())) {
                at = page.text(0);
                bodies.push_back(page.text(1));
            }
            for (auto const& body : bodies)
                TRY(each(database, parts, body));
            more = bodies.size() == rows_per_transaction;
            last = at;
            return ok();
        }));
    }
    return ok();
}

/// Whether a published listing or plan still has what it was made from.
Result<bool> still_stands(Parts& parts, std::string_view kind, std::string const& id) {
    if (kind == "plan") {
        auto const plan = TRY(parts.find<PlanRecord>("plan", id));
        return plan && plan->active && !plan->is_formulary;
    }
    auto const role_id = id.substr(0, id.rfind('/'));
    for (std::string_view const part : {"role", "affiliation"}) {
        auto const role = TRY(parts.find<RoleRecord>(part, role_id));
        if (!role)
            continue;
        auto const ids = listing_ids(*role);
        if (std::find(ids.begin(), ids.end(), id) != ids.end())
            return true;
    }
    return false;
}

Result<void> remove_what_is_gone(Store& store, std::string_view kind) {
    std::string last;
    for (bool more = true; more;) {
        TRY(store.write([&](storage::Database& database) -> Result<void> {
            auto page = TRY(database.prepare("SELECT id FROM plan_published WHERE kind = $1 AND id > $2 AND"
                                             " removed = 0 ORDER BY id LIMIT $3"));
            page.bind(1, kind).bind(2, std::string_view(last)).bind(3, std::int64_t{rows_per_transaction});
            std::vector<std::string> ids;
            while (TRY(page.step()))
                ids.push_back(page.text(0));
            auto parts = TRY(Parts::open(database));
            for (auto const& id : ids) {
                if (TRY(still_stands(parts, kind, id)))
                    continue;
                TRY(publish(database, kind, id, {}, true));
                auto clear = TRY(database.prepare("DELETE FROM plan_listing_specialty WHERE listing = $1"));
                TRY(clear.bind(1, std::string_view(id)).run());
            }
            more = ids.size() == rows_per_transaction;
            if (!ids.empty())
                last = ids.back();
            return ok();
        }));
    }
    return ok();
}

} // namespace

std::vector<std::string> listing_ids(RoleRecord const& role) {
    std::vector<std::string> ids;
    if (!role.active)
        return ids;
    for (auto const& location : role.locations)
        if (auto id = role.id + "/" + location; std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(std::move(id));
    if (ids.empty())
        ids.push_back(role.id + "/" + std::string(no_location));
    return ids;
}

Result<void> publish_reference_data(Store& store) {
    struct Revisions {
        std::int64_t parts = 0;
        std::int64_t published = 0;
    };
    auto const revisions = TRY(store.read<Revisions>([](storage::Database& database) -> Result<Revisions> {
        return Revisions{TRY(plan_state(database, parts_revision)),
                         TRY(plan_state(database, published_revision))};
    }));
    if (revisions.parts == revisions.published)
        return ok();
    TRY(for_each_part(store, "role", publish_role));
    TRY(for_each_part(store, "affiliation", publish_role));
    TRY(for_each_part(store, "plan", publish_plan));
    TRY(remove_what_is_gone(store, "provider"));
    TRY(remove_what_is_gone(store, "plan"));
    return store.write([&](storage::Database& database) {
        return set_plan_state(database, published_revision, revisions.parts);
    });
}

} // namespace portico::central
