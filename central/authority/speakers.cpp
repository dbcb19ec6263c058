#include "central/authority/speakers.h"

#include "central/plan/household.h"
#include "central/plan/personal_reads.h"
#include "shared/base/encoding.h"

#include <algorithm>
#include <set>

namespace portico::central {

namespace {

constexpr std::size_t parent_id_bytes = 16;

/// The same for the same two people, and nothing that tells who they are.
std::string parent_id(Vault const& vault, PatientId const& member, PatientId const& parent) {
    auto hash =
        crypto::keyed_hash(vault.index.derive("portico parent 1"), member.text() + "\n" + parent.text());
    hash.resize(parent_id_bytes);
    return "parent-" + to_hex(hash);
}

bool is_of_age(Member const& person, Date day) {
    return person.birth_date.has_day() && age_on(person.birth_date, day) >= age_of_majority;
}

/// Whether somebody is insured on a day under this subscriber's number in one of these ways.
bool is_insured_as(std::vector<CoverageRecord> const& coverages, std::string const& subscriber, Date day,
                   std::initializer_list<std::string_view> relationships) {
    return std::any_of(coverages.begin(), coverages.end(), [&](CoverageRecord const& each) {
        return each.coverage.active_on(day) && plain_number(each.coverage.subscriber_id) == subscriber &&
               std::find(relationships.begin(), relationships.end(), each.coverage.relationship) !=
                   relationships.end();
    });
}

/// Whatever the child's age: that is for `authority_hindrance`.
Result<std::vector<Speaker>> parents_of(storage::Database& database, Vault const& vault,
                                        PatientId const& member, Date day) {
    std::vector<Speaker> parents;
    auto const member_key = plan_key(vault, "member", member.text());
    auto const child = TRY(read_member(database, vault, member_key));
    if (!child || child->restricted.value_or(false))
        return parents;
    auto const coverages = TRY(read_coverages(database, vault, member_key));
    std::set<std::string> subscribers;
    for (auto const& each : coverages)
        if (auto number = plain_number(each.coverage.subscriber_id);
            !number.empty() && is_insured_as(coverages, number, day, {"child"}))
            subscribers.insert(std::move(number));
    std::set<Bytes> seen{member_key};
    for (auto const& subscriber : subscribers)
        for (auto& key : TRY(household(database, vault, subscriber))) {
            auto const theirs = TRY(read_coverages(database, vault, key));
            auto const person = TRY(read_member(database, vault, key));
            if (!person || !is_insured_as(theirs, subscriber, day, {"self", "spouse"}) ||
                !is_of_age(person->member, day) || !seen.insert(std::move(key)).second)
                continue;
            Speaker parent;
            parent.id = parent_id(vault, member, person->member.id);
            parent.authority = authority_of_parent(child->member.birth_date);
            parent.representative = person->member.id;
            parent.name = person->member.name;
            parents.push_back(std::move(parent));
        }
    // No order that the plan's data has by chance.
    std::sort(parents.begin(), parents.end(), [](Speaker const& a, Speaker const& b) { return a.id < b.id; });
    return parents;
}

Result<std::vector<Speaker>> on_file_for(storage::Database& database, Vault const& vault, Clock const& clock,
                                         PatientId const& member, UtcTime at) {
    std::vector<Speaker> speakers;
    for (auto const& record : TRY(AuthorityBook(vault, clock).of_member(database, member))) {
        Speaker speaker;
        speaker.id = record.id;
        speaker.authority = record.at(at);
        speaker.representative = record.representative;
        speaker.name = record.name;
        speaker.phone = record.phone;
        speaker.entered = from_micros(record.entered_us);
        if (!record.representative.empty()) {
            auto const key = plan_key(vault, "member", record.representative.text());
            auto const person = TRY(read_member(database, vault, key));
            speaker.name = person ? person->member.name : PersonName{};
        }
        speakers.push_back(std::move(speaker));
    }
    return speakers;
}

} // namespace

PatientId not_a_member(std::string const& authority) {
    return PatientId("authority:" + authority);
}

PatientId Speaker::prover() const {
    return representative.empty() ? not_a_member(id) : representative;
}

Result<std::vector<Speaker>> speakers_for(storage::Database& database, Vault const& vault, Clock const& clock,
                                          PatientId const& member, PlanMoment const& when) {
    std::vector<Speaker> speakers;
    for (auto& parent : TRY(parents_of(database, vault, member, when.day)))
        if (authority_hindrance(parent.authority, when.day).empty())
            speakers.push_back(std::move(parent));
    for (auto& each : TRY(on_file_for(database, vault, clock, member, when.at)))
        speakers.push_back(std::move(each));
    return speakers;
}

Result<std::optional<Speaker>> speaker_for(storage::Database& database, Vault const& vault,
                                           Clock const& clock, PatientId const& member, std::string const& id,
                                           PlanMoment const& when) {
    auto all = TRY(parents_of(database, vault, member, when.day));
    for (auto& each : TRY(on_file_for(database, vault, clock, member, when.at)))
        all.push_back(std::move(each));
    for (auto& each : all)
        if (each.id == id)
            return std::optional(std::move(each));
    return std::optional<Speaker>();
}

Error no_authority() {
    return error(ErrorKind::Refused, "no_authority",
                 "nothing on file lets this caller speak for the member: the member may call, or a form of "
                 "authority be sent in");
}

Result<void> check_in_force(std::optional<Speaker> const& speaker, Date day) {
    if (!speaker)
        return no_authority();
    auto const hindrance = authority_hindrance(speaker->authority, day);
    if (!hindrance.empty())
        return error(ErrorKind::Refused, "authority_" + std::string(hindrance),
                     "this authority is not in force: the member may call, or a new form be sent in");
    return ok();
}

Result<void> check_authority(std::optional<Speaker> const& speaker, std::optional<AuthorityScope> scope,
                             Date day) {
    TRY(check_in_force(speaker, day));
    if (!scope || !speaker->authority.covers(*scope))
        return error(ErrorKind::Refused, "authority_scope",
                     "this caller may speak for the member, and not about this");
    return ok();
}

} // namespace portico::central
