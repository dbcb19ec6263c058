#include "central/authority/authority_book.h"

#include "central/auth/accounts.h"
#include "central/operations/rule.h"
#include "central/plan/personal_reads.h"
#include "shared/api/json.h"
#include "shared/base/uuid.h"
#include "shared/domain/contact_rules.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

/// As it is sealed.
struct SealedAuthority {
    std::string patient;
    std::string kind;
    std::vector<std::string> scopes;
    bool tells_sensitive = false;
    std::string from;
    std::string until;
    std::string document;
    std::string representative;
    std::string given;
    std::string family;
    std::string birth_date;
    std::string phone;
    std::int64_t ended_us = 0;
};
BOOST_DESCRIBE_STRUCT(SealedAuthority, (),
                      (patient, kind, scopes, tells_sensitive, from, until, document, representative, given,
                       family, birth_date, phone, ended_us))

namespace {

constexpr std::size_t name_characters_max = 100;

std::string place_of(std::string_view id) {
    return "authority " + std::string(id);
}

std::string day_of(Date day) {
    return day.is_empty() ? std::string() : day.text();
}

Error damaged() {
    return error(ErrorKind::Corrupt, "authority_damaged", "an authority on file cannot be read");
}

Result<Date> day_from(std::string const& text) {
    if (text.empty())
        return Date();
    return Date::parse(text);
}

Bytes seal(Vault const& vault, AuthorityRecord const& record) {
    SealedAuthority plain;
    plain.patient = record.patient.text();
    plain.kind = name(record.terms.kind);
    for (auto const scope : record.terms.scopes)
        plain.scopes.emplace_back(name(scope));
    plain.tells_sensitive = record.terms.tells_sensitive;
    plain.from = day_of(record.terms.period.start);
    plain.until = day_of(record.terms.period.end);
    plain.document = record.document;
    plain.representative = record.representative.text();
    plain.given = record.name.given;
    plain.family = record.name.family;
    plain.birth_date = day_of(record.birth_date);
    plain.phone = record.phone;
    plain.ended_us = record.ended_us;
    return seal_text(vault, place_of(record.id), api::to_json(plain));
}

Result<AuthorityRecord> opened(Vault const& vault, std::string id, std::int64_t entered_us, ByteView sealed) {
    auto const text = TRY(open_text(vault, place_of(id), sealed));
    auto const plain = TRY(api::from_json<SealedAuthority>(text, api::UnknownFields::Refuse));
    AuthorityRecord record;
    record.id = std::move(id);
    record.patient = PatientId(plain.patient);
    auto const kind = authority_kind(plain.kind);
    if (!kind || *kind == AuthorityKind::ParentOfMinor)
        return damaged();
    record.terms.kind = *kind;
    for (auto const& word : plain.scopes) {
        auto const scope = authority_scope(word);
        if (!scope)
            return damaged();
        record.terms.scopes.push_back(*scope);
    }
    record.terms.tells_sensitive = plain.tells_sensitive;
    record.terms.period.start = TRY(day_from(plain.from));
    record.terms.period.end = TRY(day_from(plain.until));
    record.document = plain.document;
    record.representative = PatientId(plain.representative);
    record.name = {plain.given, plain.family};
    record.birth_date = TRY(day_from(plain.birth_date));
    record.phone = plain.phone;
    record.entered_us = entered_us;
    record.ended_us = plain.ended_us;
    return record;
}

Error invalid(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

bool is_name_part(std::string const& part) {
    return !part.empty() && is_plain_text(part) && character_count(part) <= name_characters_max;
}

Result<void> check_representative(AuthorityRecord const& record) {
    bool const is_person = !record.name.given.empty() || !record.name.family.empty() ||
                           !record.birth_date.is_empty() || !record.phone.empty();
    if (is_person == !record.representative.empty())
        return invalid("representative_invalid",
                       "a representative is a member, or a person with name and birth date");
    if (record.representative == record.patient)
        return error(ErrorKind::Refused, "not_for_oneself", "nobody needs an authority for themselves");
    if (!is_person)
        return ok();
    if (!is_name_part(record.name.given) || !is_name_part(record.name.family) || !record.birth_date.has_day())
        return invalid("representative_invalid",
                       "a person has given names, a family name and a birth date, YYYY-MM-DD");
    if (!record.phone.empty() && callable_number(record.phone).empty())
        return invalid("representative_invalid", "phone: a whole number that may be called");
    return ok();
}

Result<void> check_terms(Authority const& terms) {
    if (terms.kind == AuthorityKind::ParentOfMinor)
        return invalid("authority_kind_invalid", "who is a parent of whom is told by the plan's own data");
    if (terms.scopes.empty())
        return invalid("authority_scopes_missing",
                       "scopes: claims, contact, cards, disputes_and_messages, account");
    auto const& [from, until] = terms.period;
    bool const whole = (from.is_empty() || from.has_day()) && (until.is_empty() || until.has_day());
    if (!whole || (!from.is_empty() && !until.is_empty() && until < from))
        return invalid("authority_period_invalid", "from and until: days, the last not before the first");
    return ok();
}

} // namespace

Authority AuthorityRecord::at(UtcTime when) const {
    auto then = terms;
    then.revoked = ended_us != 0 && ended_us <= to_micros(when);
    return then;
}

Result<void> AuthorityBook::check(storage::Database& database, AuthorityRecord const& record) const {
    TRY(check_terms(record.terms));
    TRY(check_representative(record));
    if (record.document.empty() || !is_plain_text(record.document) ||
        character_count(record.document) > document_characters_max)
        return invalid("authority_document_invalid", "document: the plan's reference to the paper on file");
    for (auto const* who : {&record.patient, &record.representative})
        if (!who->empty() && !TRY(read_member(database, vault_, plan_key(vault_, "member", who->text()))))
            return invalid("member_not_found", "the plan knows no such member");
    auto count = TRY(database.prepare("SELECT count(*) FROM authority WHERE patient_hash = $1"));
    count.bind(1, ByteView(patient_hash(vault_, record.patient)));
    TRY(count.step());
    if (count.integer(0) >= of_member_max)
        return error(ErrorKind::TooMany, "authorities_many", "this member has as many authorities as fit");
    return ok();
}

Result<std::string> AuthorityBook::add(storage::Database& database, AuthorityRecord record) const {
    TRY(check(database, record));
    record.id = make_uuid_v7(clock_);
    record.ended_us = 0;
    auto insert = TRY(database.prepare(
        "INSERT INTO authority (id, patient_hash, entered_us, sealed) VALUES ($1, $2, $3, $4)"));
    auto const hash = patient_hash(vault_, record.patient);
    auto const sealed = seal(vault_, record);
    insert.bind(1, record.id).bind(2, ByteView(hash)).bind(3, to_micros(clock_.now()));
    TRY(insert.bind(4, ByteView(sealed)).run());
    return record.id;
}

Result<std::optional<AuthorityRecord>> AuthorityBook::find(storage::Database& database,
                                                           std::string const& id) const {
    using Found = std::optional<AuthorityRecord>;
    if (!is_uuid_v7(id))
        return Found();
    auto query = TRY(database.prepare("SELECT id, entered_us, sealed FROM authority WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return Found();
    return Found(TRY(opened(vault_, query.text(0), query.integer(1), query.blob(2))));
}

Result<AuthorityRecord> AuthorityBook::end(storage::Database& database, std::string const& id) const {
    auto found = TRY(find(database, id));
    if (!found)
        return error(ErrorKind::NotFound, "authority_unknown", "there is no such authority on file");
    if (found->ended_us != 0)
        return std::move(*found);
    found->ended_us = to_micros(clock_.now());
    auto const sealed = seal(vault_, *found);
    auto update = TRY(database.prepare("UPDATE authority SET sealed = $2 WHERE id = $1"));
    TRY(update.bind(1, id).bind(2, ByteView(sealed)).run());
    return std::move(*found);
}

Result<std::vector<AuthorityRecord>> AuthorityBook::of_member(storage::Database& database,
                                                              PatientId const& patient) const {
    auto query = TRY(database.prepare("SELECT id, entered_us, sealed FROM authority WHERE patient_hash = $1"
                                      " ORDER BY entered_us, id"));
    query.bind(1, ByteView(patient_hash(vault_, patient)));
    std::vector<AuthorityRecord> records;
    while (TRY(query.step())) {
        auto record = TRY(opened(vault_, query.text(0), query.integer(1), query.blob(2)));
        // A row that somebody put under another member speaks for nobody.
        if (record.patient == patient)
            records.push_back(std::move(record));
    }
    return records;
}

} // namespace portico::central
