#pragma once

#include "agent/screens/cases.h"
#include "shared/domain/code.h"

/// Words for what an EOB states, as the claim system calls it.
namespace portico::agent {

/// "Allowed amount"; of one without a category of ours what the source calls it.
ui::Text amount_name(ui::Ui const& ui, AmountCategory category);
ui::Text entry_name(ui::Ui const& ui, Adjudication const& entry);
/// As stated: an amount that is no whole cent, or in another currency, stands as it was written.
ui::Text entry_amount(Adjudication const& entry);
ui::Text network_text(ui::Ui const& ui, NetworkStatus status);
/// "99213 (CPT): Office visit"
ui::Text code_text(Code const& code);
/// "CPT", "ICD-10-CM": the name that a code system is known by; of another one its address.
std::string system_name(std::string const& system);
/// "March 3, 2026 to March 5, 2026"; one day alone.
ui::Text period_text(Period const& period);
/// "Sample Clinic, NPI 1234567893"; empty for nobody.
ui::Text party_text(EobParty const& party);

} // namespace portico::agent
