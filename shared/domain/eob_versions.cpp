#include "shared/domain/eob_versions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace portico {

namespace {

/// The links of one claim as places in `all`, each in both directions once.
class LinkGraph {
public:
    explicit LinkGraph(std::span<EobLink const> all) : all_(all), older_(all.size()), newer_(all.size()) {
        for (std::size_t i = 0; i < all.size(); ++i)
            place_.emplace(all[i].id, i);
        for (std::size_t i = 0; i < all.size(); ++i) {
            join(find(all[i].replaces), i);
            join(i, find(all[i].replaced_by));
        }
    }

    std::optional<std::size_t> find(std::optional<EobId> const& id) const {
        auto const found = id ? place_.find(*id) : place_.end();
        return found == place_.end() ? std::nullopt : std::optional(found->second);
    }

    /// All that links lead to from `from`, however often they fork.
    std::vector<std::size_t> connected(std::size_t from) const {
        std::vector<std::size_t> found{from};
        std::set<std::size_t> seen{from};
        for (std::size_t i = 0; i < found.size(); ++i)
            for (auto const* side : {&older_[found[i]], &newer_[found[i]]})
                for (auto const next : *side)
                    if (seen.insert(next).second)
                        found.push_back(next);
        return found;
    }

    std::set<std::size_t> const& older(std::size_t place) const { return older_[place]; }
    std::set<std::size_t> const& newer(std::size_t place) const { return newer_[place]; }
    std::tuple<Date, EobId, std::size_t> key(std::size_t place) const {
        return {all_[place].decided, all_[place].id, place};
    }

private:
    void join(std::optional<std::size_t> older, std::optional<std::size_t> newer) {
        if (!older || !newer || *older == *newer)
            return;
        older_[*newer].insert(*older);
        newer_[*older].insert(*newer);
    }

    std::span<EobLink const> all_;
    std::unordered_map<EobId, std::size_t> place_;
    std::vector<std::set<std::size_t>> older_;
    std::vector<std::set<std::size_t>> newer_;
};

/// Who waits for nobody comes next; where all wait for each other, the one decided first.
std::vector<std::size_t> in_order(LinkGraph const& links, std::vector<std::size_t> const& places) {
    using Key = std::tuple<Date, EobId, std::size_t>;
    std::unordered_map<std::size_t, std::size_t> waits_for;
    std::set<Key> waiting;
    std::set<Key> ready;
    for (auto const place : places) {
        auto const count = links.older(place).size();
        waits_for[place] = count;
        (count == 0 ? ready : waiting).insert(links.key(place));
    }
    std::vector<std::size_t> order;
    while (order.size() < places.size()) {
        auto& from = ready.empty() ? waiting : ready;
        auto const place = std::get<std::size_t>(*from.begin());
        from.erase(from.begin());
        order.push_back(place);
        for (auto const next : links.newer(place))
            if (waiting.count(links.key(next)) != 0 && --waits_for[next] == 0) {
                waiting.erase(links.key(next));
                ready.insert(links.key(next));
            }
    }
    return order;
}

using Changes = std::vector<EobChange>;

std::string service_words(EobLine const& line) {
    return !line.service.display.empty() ? line.service.display : line.service.code;
}

void words(Changes& out, EobChangePart part, std::string was, std::string is, int line = 0) {
    if (was == is)
        return;
    EobChange change{.part = part};
    change.line = line;
    change.was_word = std::move(was);
    change.is_word = std::move(is);
    out.push_back(std::move(change));
}

void days(Changes& out, EobChangePart part, Date was, Date is) {
    if (was == is)
        return;
    EobChange change{.part = part};
    change.was_on = was;
    change.is_on = is;
    out.push_back(std::move(change));
}

void amounts(Changes& out, EobChangePart part, std::optional<AmountCategory> category,
             std::optional<Money> was, std::optional<Money> is, int line = 0) {
    if (was == is)
        return;
    EobChange change{.part = part, .category = category, .line = line};
    change.was = was;
    change.is = is;
    out.push_back(std::move(change));
}

constexpr int category_count = static_cast<int>(AmountCategory::Unmapped) + 1;

std::optional<Money> cents_of(std::optional<Decimal> const& amount) {
    if (!amount)
        return std::nullopt;
    auto const cents = amount->to_cents();
    return cents ? std::optional(Money{cents.value()}) : std::nullopt;
}

/// As `stated_amount` adds up a line.
std::optional<Money> line_amount_of(EobLine const& line, AmountCategory category) {
    std::optional<Money> sum;
    for (auto const& entry : line.adjudications)
        if (entry.category == category && entry.currency == "USD")
            if (auto const cents = cents_of(entry.amount))
                sum = sum.value_or(Money{}) + *cents;
    return sum;
}

/// Said whatever the service is called, also when it is not called anything.
void about_line(Changes& out, EobChangePart part, EobLine const* was, EobLine const* is) {
    EobChange change{.part = part};
    change.line = (is != nullptr ? is : was)->sequence;
    change.was_word = was != nullptr ? service_words(*was) : std::string();
    change.is_word = is != nullptr ? service_words(*is) : std::string();
    out.push_back(std::move(change));
}

/// Where a line of the newer version was in the older one.
struct LinePair {
    EobLine const* was = nullptr;
    EobLine const* is = nullptr;
};

/// The newer version's lines as they stand, then those that are gone. The same sequence and service twice on
/// one side are paired as they stand.
std::vector<LinePair> pair_lines(Eob const& older, Eob const& newer) {
    using Key = std::tuple<int, std::string, std::string>;
    auto const key = [](EobLine const& line) {
        return Key(line.sequence, line.service.system, line.service.code);
    };
    std::multimap<Key, EobLine const*> left;
    for (auto const& line : older.lines)
        left.emplace(key(line), &line);
    std::vector<LinePair> pairs;
    std::set<EobLine const*> met;
    for (auto const& line : newer.lines) {
        auto const found = left.find(key(line));
        pairs.push_back({found == left.end() ? nullptr : found->second, &line});
        if (found == left.end())
            continue;
        met.insert(found->second);
        left.erase(found);
    }
    for (auto const& line : older.lines)
        if (met.count(&line) == 0)
            pairs.push_back({&line, nullptr});
    return pairs;
}

/// Adjudications without what their category's amount says.
std::vector<Code> reasons_of(std::vector<Adjudication> const& entries) {
    std::vector<Code> reasons;
    for (auto const& entry : entries)
        if (!entry.reason.empty())
            reasons.push_back(entry.reason);
    return reasons;
}

bool rest_differs(EobLine was, EobLine is, bool told) {
    if (reasons_of(was.adjudications) != reasons_of(is.adjudications))
        return true;
    if (told) {
        was.denied = is.denied;
        was.adjudications = is.adjudications;
    }
    return !(was == is);
}

void compare_line(Changes& out, LinePair const& pair) {
    auto const before = out.size();
    for (int i = 0; i < category_count; ++i) {
        auto const category = static_cast<AmountCategory>(i);
        amounts(out, EobChangePart::LineAmount, category, line_amount_of(*pair.was, category),
                line_amount_of(*pair.is, category), pair.is->sequence);
    }
    words(out, EobChangePart::LineDenied, pair.was->denied ? "yes" : "no", pair.is->denied ? "yes" : "no",
          pair.is->sequence);
    if (rest_differs(*pair.was, *pair.is, out.size() != before))
        about_line(out, EobChangePart::LineOther, pair.was, pair.is);
}

void compare_lines(Changes& out, Eob const& older, Eob const& newer) {
    Changes changed;
    for (auto const& pair : pair_lines(older, newer)) {
        if (pair.was == nullptr)
            about_line(out, EobChangePart::LineAdded, nullptr, pair.is);
        else if (pair.is == nullptr)
            about_line(out, EobChangePart::LineRemoved, pair.was, nullptr);
        else
            compare_line(changed, pair);
    }
    std::move(changed.begin(), changed.end(), std::back_inserter(out));
}

/// What is left of an EOB when all that is compared one by one, and all that makes it a version, is taken
/// out.
Eob rest_of(Eob eob) {
    eob.id = {};
    eob.replaces.reset();
    eob.replaced_by.reset();
    eob.created = eob.received = eob.paid_on = {};
    eob.status = {};
    eob.outcome = {};
    eob.kind = {};
    eob.provider = {};
    eob.billing_network = eob.rendering_network = eob.payment_network = {};
    eob.payment_amount.reset();
    eob.lines.clear();
    // The payer's number may be one of the version or of the claim.
    eob.claim_number.clear();
    return eob;
}

bool rest_differs(Eob const& older, Eob const& newer, bool amounts_differ) {
    auto a = rest_of(older);
    auto b = rest_of(newer);
    if (amounts_differ) {
        // The amounts are said already; the reasons beside them are not.
        if (reasons_of(a.header_adjudications) != reasons_of(b.header_adjudications) ||
            reasons_of(a.totals) != reasons_of(b.totals))
            return true;
        a.totals = b.totals;
        a.header_adjudications = b.header_adjudications;
    }
    return !(a == b);
}

} // namespace

std::vector<EobId> version_chain(std::span<EobLink const> all, EobId const& of) {
    LinkGraph const links(all);
    auto const start = links.find(of);
    if (!start)
        return {of};
    std::vector<EobId> ids;
    for (auto const place : in_order(links, links.connected(*start)))
        ids.push_back(all[place].id);
    return ids;
}

std::vector<EobChange> changes_between(Eob const& older, Eob const& newer) {
    using enum EobChangePart;
    Changes out;
    words(out, Status, name(older.status), name(newer.status));
    words(out, Outcome, name(older.outcome), name(newer.outcome));
    words(out, Kind, name(older.kind), name(newer.kind));
    words(out, Provider, older.provider.name, newer.provider.name);
    if (out.empty() || out.back().part != Provider)
        words(out, Provider, older.provider.npi, newer.provider.npi);
    words(out, BillingNetwork, name(older.billing_network), name(newer.billing_network));
    words(out, RenderingNetwork, name(older.rendering_network), name(newer.rendering_network));
    words(out, PaymentNetwork, name(older.payment_network), name(newer.payment_network));
    days(out, Received, older.received, newer.received);
    days(out, PaidOn, older.paid_on, newer.paid_on);
    amounts(out, Payment, std::nullopt, cents_of(older.payment_amount), cents_of(newer.payment_amount));
    auto const before = out.size();
    for (int i = 0; i < category_count; ++i) {
        auto const category = static_cast<AmountCategory>(i);
        amounts(out, Amount, category, stated_amount(older, category), stated_amount(newer, category));
    }
    bool const amounts_differ = out.size() != before;
    compare_lines(out, older, newer);
    if (rest_differs(older, newer, amounts_differ))
        out.push_back({.part = Other});
    return out;
}

char const* name(EobChangePart part) {
    static constexpr std::array<char const*, 17> names{"status",
                                                       "outcome",
                                                       "kind",
                                                       "provider",
                                                       "billing_network",
                                                       "rendering_network",
                                                       "payment_network",
                                                       "received",
                                                       "paid_on",
                                                       "payment",
                                                       "amount",
                                                       "line_added",
                                                       "line_removed",
                                                       "line_amount",
                                                       "line_denied",
                                                       "line_other",
                                                       "other"};
    return names.at(static_cast<std::size_t>(part));
}

char const* name(EobStatus status) {
    static constexpr std::array<char const*, 4> names{"active", "cancelled", "draft", "entered_in_error"};
    return names.at(static_cast<std::size_t>(status));
}

char const* name(ClaimOutcome outcome) {
    static constexpr std::array<char const*, 5> names{"queued", "complete", "error", "partial", "unknown"};
    return names.at(static_cast<std::size_t>(outcome));
}

char const* name(NetworkStatus status) {
    static constexpr std::array<char const*, 4> names{"unknown", "in_network", "out_of_network", "other"};
    return names.at(static_cast<std::size_t>(status));
}

} // namespace portico
