#include "central/operations/contact_details.h"

#include "shared/api/json.h"
#include "shared/domain/contact_rules.h"

#include <algorithm>

namespace portico::central {

namespace {

std::string one_line(PostalAddress const& address) {
    std::string text;
    auto const add = [&](std::string const& part, char const* between) {
        if (!part.empty())
            text += (text.empty() ? "" : between) + part;
    };
    for (auto const& line : address.lines)
        add(line, ", ");
    add(address.city, ", ");
    add(address.state, ", ");
    add(address.zip, " ");
    return text;
}

void add_once(std::vector<std::string>& list, std::string const& text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

void add_to(AddressesOnFile& on_file, std::string const& email, PostalAddress const& address) {
    add_once(on_file.emails, email);
    add_once(on_file.postal, one_line(address));
}

} // namespace

Result<std::optional<ContactInForce>> current_contact(RuleTools const& tools, storage::Database& database,
                                                      PatientId const& patient) {
    auto const member = TRY(tools.facts.member(patient));
    if (!member)
        return std::optional<ContactInForce>();
    ContactInForce contact;
    contact.address = member->address;
    contact.phone = member->phone;
    contact.email = member->email;
    contact.on_file.language = member->language;
    add_to(contact.on_file, contact.email, contact.address);
    auto const hash = patient_hash(tools.vault, patient);
    auto query =
        TRY(database.prepare("SELECT operation, body_sealed, in_force_us, made_us FROM contact_change"
                             " WHERE patient_hash = $1 AND withdrawn = 0 ORDER BY made_us, operation"));
    query.bind(1, ByteView(hash));
    auto const now_us = to_micros(tools.clock.now());
    while (TRY(query.step())) {
        auto const plain =
            TRY(crypto::open_record(tools.vault.records, "contact_change/" + query.text(0), query.blob(1)));
        auto const change =
            TRY(api::from_json<api::ChangeContactDetails>(as_text(plain), api::UnknownFields::Ignore));
        bool const in_force = query.integer(2) <= now_us;
        contact.change_waits = contact.change_waits || !in_force;
        auto const made = from_micros(query.integer(3));
        contact.phone_changed = change.phone ? std::optional(made) : contact.phone_changed;
        contact.email_changed = change.email ? std::optional(made) : contact.email_changed;
        add_to(contact.on_file, change.email.value_or(""), change.address.value_or(PostalAddress{}));
        if (!in_force)
            continue;
        contact.address_is_new =
            contact.address_is_new ||
            (change.address &&
             query.integer(2) + std::int64_t{address_then_card_days} * 86'400 * 1'000'000 > now_us);
        contact.address = change.address.value_or(contact.address);
        contact.phone = change.phone.value_or(contact.phone);
        contact.email = change.email.value_or(contact.email);
    }
    return std::optional(std::move(contact));
}

Result<ContactInForce> contact_for_mail(RuleTools const& tools, storage::Database& database,
                                        PatientId const& patient) {
    auto contact = TRY(current_contact(tools, database, patient));
    if (!contact || contact->address.lines.empty())
        return error(ErrorKind::Refused, "no_postal_address", "the member has no postal address on file");
    // Nothing must follow an address that its owner had no time to object to.
    if (contact->change_waits)
        return error(ErrorKind::Refused, "address_change_waits", "a change of address is still on hold");
    return std::move(*contact);
}

Result<std::optional<PostalAddress>> letter_address(RuleTools const& tools, storage::Database& database,
                                                    PatientId const& patient) {
    auto contact = TRY(current_contact(tools, database, patient));
    bool const settled =
        contact && !contact->address.lines.empty() && !contact->change_waits && !contact->address_is_new;
    return settled ? std::optional(std::move(contact->address)) : std::nullopt;
}

Result<std::optional<UtcTime>> contact_changed_at(RuleTools const& tools, storage::Database& database,
                                                  PatientId const& patient) {
    auto query = TRY(database.prepare("SELECT coalesce(max(made_us), 0) FROM contact_change"
                                      " WHERE patient_hash = $1 AND withdrawn = 0"));
    query.bind(1, ByteView(patient_hash(tools.vault, patient)));
    TRY(query.step());
    if (query.integer(0) == 0)
        return std::optional<UtcTime>();
    return std::optional<UtcTime>(from_micros(query.integer(0)));
}

} // namespace portico::central
