#include "central/auth/chip_card/shown_card.h"

#include "central/auth/challenges.h"
#include "central/auth/chip_card/card_check.h"
#include "central/auth/sign_in_flow.h"

namespace portico::central {

namespace {

constexpr std::size_t certificate_characters_max = 12'288;

} // namespace

Result<ShownChipCard> check_shown_card(Call& call, std::string const& challenge_id,
                                       std::string const& certificate_text, std::string const& signature_text,
                                       std::string const& mechanism) {
    auto& parts = sign_in_parts(call);
    if (certificate_text.size() > certificate_characters_max ||
        signature_text.size() > certificate_characters_max)
        return error(ErrorKind::InvalidInput, "field_too_long");
    ShownChipCard shown;
    shown.certificate = TRY(from_base64url(certificate_text));
    auto const signature = TRY(from_base64url(signature_text));
    auto const challenge = TRY(take_challenge(call, purpose_chip_card, challenge_id));
    std::optional<CardTrust> trust;
    TRY(parts.store.read<bool>([&](storage::Database& database) -> Result<bool> {
        trust = TRY(read_card_trust(database));
        shown.row = TRY(find_chip_card(database, crypto::sha256(shown.certificate)));
        return true;
    }));
    if (!trust)
        return error(ErrorKind::Refused, "chip_card_foreign", "this plan has issued no chip cards");
    TRY(check_card_certificate(*trust, shown.certificate, parts.clock.now()));
    TRY(verify_card_signature(shown.certificate, mechanism, challenge, signature));
    return shown;
}

bool is_about_the_card(Error const& problem) {
    return problem.reason == "chip_card_foreign" || problem.reason == "chip_card_expired" ||
           problem.reason == "chip_card_revoked" || problem.reason == "revocation_list_stale" ||
           problem.kind == ErrorKind::InvalidInput;
}

} // namespace portico::central
