#include "shared/domain/claim_filter.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace portico {

namespace {

/// The base letters of U+00C0 to U+017F, two-letter ones as their first; '.' stays as it is.
constexpr std::string_view base_letters =
    // U+00C0
    "aaaaaaaceeeeiiiidnooooo.ouuuuyts"
    // U+00E0
    "aaaaaaaceeeeiiiidnooooo.ouuuuyty"
    // U+0100
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    // U+0120
    "gggghhhhiiiiiiiiiiiijjkkklllllll"
    // U+0140
    "lllnnnnnnnnnoooooooorrrrrrssssss"
    // U+0160
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(base_letters.size() == 0x180 - 0xC0);

void append_character(std::string& out, std::string_view text, std::size_t& at) {
    auto const first = static_cast<unsigned char>(text[at]);
    if (first >= 'A' && first <= 'Z') {
        out += static_cast<char>(first - 'A' + 'a');
        ++at;
        return;
    }
    bool const two_bytes = (first & 0xE0U) == 0xC0U && at + 1 < text.size();
    if (!two_bytes) {
        out += text[at++];
        return;
    }
    unsigned const code = (first & 0x1FU) << 6U | (static_cast<unsigned char>(text[at + 1]) & 0x3FU);
    bool const combining = code >= 0x300 && code <= 0x36F; // an accent written after its letter
    char const base = code >= 0xC0 && code < 0x180 ? base_letters[code - 0xC0] : '.';
    if (base != '.')
        out += base;
    else if (!combining)
        out += text.substr(at, 2);
    at += 2;
}

bool fits_but_status(EobSummary const& claim, ClaimFilter const& filter, std::string const& provider) {
    if (!filter.person.empty() && claim.patient_given_name != filter.person)
        return false;
    if (!provider.empty() && search_text(claim.provider_name).find(provider) == std::string::npos)
        return false;
    bool const any_date = filter.from.is_empty() && filter.to.is_empty();
    if (!any_date && !Period{filter.from, filter.to}.contains(claim.service_start))
        return false;
    if (!filter.amount_min && !filter.amount_max)
        return true;
    return claim.flow.asked && (!filter.amount_min || *claim.flow.asked >= *filter.amount_min) &&
           (!filter.amount_max || *claim.flow.asked <= *filter.amount_max);
}

} // namespace

std::string search_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append_character(out, text, at);
    return out;
}

Result<ClaimFilter::Status> claim_status_from_name(std::string_view text) {
    using Status = ClaimFilter::Status;
    static constexpr std::array<std::pair<std::string_view, Status>, 4> names{
        {{"", Status::Any},
         {"look_again", Status::LookAgain},
         {"in_progress", Status::InProgress},
         {"done", Status::Done}}};
    for (auto const& [name, status] : names)
        if (name == text)
            return status;
    return error(ErrorKind::InvalidInput, "status_invalid",
                 "a claim's status is look_again, in_progress or done");
}

ClaimFilter::Status status_of(EobSummary const& claim) {
    if (claim.finding_count > 0)
        return ClaimFilter::Status::LookAgain;
    bool const over = claim.replaced || claim.status != EobStatus::Active;
    bool const undecided = claim.outcome == ClaimOutcome::Queued || claim.outcome == ClaimOutcome::Partial;
    return undecided && !over ? ClaimFilter::Status::InProgress : ClaimFilter::Status::Done;
}

FilteredClaims filter_claims(std::span<EobSummary const> claims, ClaimFilter const& filter) {
    FilteredClaims out;
    auto const provider = search_text(filter.provider);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (!fits_but_status(claims[i], filter, provider))
            continue;
        auto const status = status_of(claims[i]);
        (status == ClaimFilter::Status::LookAgain    ? out.counts.look_again
         : status == ClaimFilter::Status::InProgress ? out.counts.in_progress
                                                     : out.counts.done) += 1;
        if (filter.status == ClaimFilter::Status::Any || filter.status == status)
            out.order.push_back(i);
    }
    out.counts.total = static_cast<int>(out.order.size());
    std::sort(out.order.begin(), out.order.end(), [&](std::size_t a, std::size_t b) {
        auto const key = [&](std::size_t i) { return std::tie(claims[i].service_start, claims[i].created); };
        if (key(a) != key(b))
            return key(a) > key(b);
        return claims[a].id < claims[b].id;
    });
    return out;
}

} // namespace portico
