#include "agent/screens/eob_text.h"

#include "agent/screens/case_words.h"
#include "shared/terminal/eob_words.h"

#include <array>

namespace portico::agent {

namespace {

struct KnownSystem {
    std::string_view address; ///< or the start of it
    std::string_view name;
};
// As the systems are called in claims; names, and so not in the catalogs.
constexpr std::array known_systems{
    KnownSystem{"http://www.ama-assn.org/go/cpt", "CPT"},
    KnownSystem{"https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS"},
    KnownSystem{"http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS"},
    KnownSystem{"http://www.ada.org/cdt", "CDT"},
    KnownSystem{"http://hl7.org/fhir/sid/ndc", "NDC"},
    KnownSystem{"http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"},
    KnownSystem{"http://www.cms.gov/Medicare/Coding/ICD10", "ICD-10-PCS"},
    KnownSystem{"http://hl7.org/fhir/sid/icd-9-cm", "ICD-9-CM"},
    KnownSystem{"http://snomed.info/sct", "SNOMED CT"},
    KnownSystem{"http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm"},
    KnownSystem{"http://loinc.org", "LOINC"},
    KnownSystem{"https://www.nubc.org/CodeSystem/RevenueCodes", "NUBC"},
    KnownSystem{"https://www.cms.gov/Medicare/Coding/place-of-service-codes", "POS"},
    KnownSystem{"https://x12.org/codes/claim-adjustment-reason-codes", "CARC"},
    KnownSystem{"https://x12.org/codes/remittance-advice-remark-codes", "RARC"},
};

} // namespace

std::string system_name(std::string const& system) {
    for (auto const& known : known_systems)
        if (system.compare(0, known.address.size(), known.address) == 0)
            return std::string(known.name);
    return system;
}

ui::Text amount_name(ui::Ui const& ui, AmountCategory category) {
    return found_or(ui, "eob_amount."_msgs, std::string(name(category)), "eob_amount.unmapped"_msg);
}

ui::Text entry_name(ui::Ui const& ui, Adjudication const& entry) {
    if (entry.category != AmountCategory::Unmapped || entry.source.empty())
        return amount_name(ui, entry.category);
    auto const& source = entry.source;
    return "eob_amount.as_stated"_msg.with("words", source.display.empty() ? source.code : source.display);
}

ui::Text entry_amount(Adjudication const& entry) {
    if (!entry.amount)
        return "part.not_given"_msg;
    auto const cents = entry.amount->to_cents();
    if (entry.currency == "USD" && entry.amount->is_whole_cents() && cents)
        return ui::money(cents.value());
    return "eob_system.other_currency"_msg.with("amount", entry.amount->text())
        .with("currency", entry.currency);
}

ui::Text network_text(ui::Ui const& ui, NetworkStatus status) {
    return found_or(ui, "eob_network."_msgs, name(status), "part.not_given"_msg);
}

ui::Text code_text(Code const& code) {
    if (code.code.empty())
        return code.display.empty() ? ui::Text("part.not_given"_msg) : data(code.display);
    auto const system = system_name(code.system);
    ui::Text named = system.empty() ? data(code.code)
                                    : "eob_system.code_of"_msg.with("code", code.code).with("system", system);
    if (code.display.empty() || code.display == code.code)
        return named;
    return "eob_system.code_words"_msg.with("code", std::move(named)).with("words", code.display);
}

ui::Text period_text(Period const& period) {
    if (period.end.is_empty() || period.end == period.start)
        return terminal::date_text(period.start);
    return "eob_system.from_to"_msg.with("from", terminal::date_text(period.start, ui::DateLength::Short))
        .with("to", terminal::date_text(period.end, ui::DateLength::Short));
}

ui::Text party_text(EobParty const& party) {
    if (party.npi.empty())
        return party.name.empty() ? ui::Text() : data(party.name);
    if (party.name.empty())
        return "eob_system.npi"_msg.with("npi", party.npi);
    return "eob_system.party"_msg.with("name", party.name).with("npi", party.npi);
}

} // namespace portico::agent
