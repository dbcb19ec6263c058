#include "tests/support/lossy_file.h"

#include <algorithm>
#include <utility>

namespace portico::test {

namespace {
constexpr std::uint64_t sector_bytes = 512;

void put(LossyFile::Content& content, std::uint64_t offset, std::uint8_t const* data, std::size_t size) {
    if (content.size() < offset + size)
        content.resize(offset + size);
    std::copy(data, data + size, content.begin() + static_cast<std::ptrdiff_t>(offset));
}
} // namespace

void LossyFile::create() {
    pending_.push_back({Change::Kind::Create, 0, {}});
}
void LossyFile::write(std::uint64_t offset, std::uint8_t const* data, std::size_t size) {
    pending_.push_back({Change::Kind::Write, offset, Content(data, data + size)});
}
void LossyFile::truncate(std::uint64_t size) {
    pending_.push_back({Change::Kind::Truncate, size, {}});
}
void LossyFile::remove() {
    pending_.push_back({Change::Kind::Remove, 0, {}});
}

void LossyFile::sync() {
    for (auto const& change : pending_)
        apply(durable_, change);
    pending_.clear();
}

void LossyFile::sync_name() {
    auto const last = std::find_if(pending_.rbegin(), pending_.rend(), names);
    if (last == pending_.rend())
        return;
    apply(durable_, *last);
    pending_.erase(pending_.begin(), last.base());
}

bool LossyFile::names(Change const& change) {
    return change.kind == Change::Kind::Create || change.kind == Change::Kind::Remove;
}

void LossyFile::apply(std::optional<Content>& content, Change const& change) {
    switch (change.kind) {
    case Change::Kind::Create:
        content.emplace();
        return;
    case Change::Kind::Remove:
        content.reset();
        return;
    case Change::Kind::Truncate:
        if (content)
            content->resize(change.offset);
        return;
    case Change::Kind::Write:
        if (content)
            put(*content, change.offset, change.data.data(), change.data.size());
        return;
    }
}

void LossyFile::apply_sectors(Content& content, Change const& change, Dice& dice) {
    for (std::uint64_t at = 0; at < change.data.size();) {
        auto const in_sector = sector_bytes - (change.offset + at) % sector_bytes;
        auto const size = std::min<std::uint64_t>(in_sector, change.data.size() - at);
        if (dice.one_in(2))
            put(content, change.offset + at, change.data.data() + at, size);
        at += size;
    }
}

std::optional<LossyFile::Content> const& LossyFile::lose_power(Dice& dice) {
    auto changes = std::exchange(pending_, {});
    auto const luck = static_cast<Luck>(dice.below(static_cast<std::uint64_t>(Luck::count)));
    if (luck == Luck::Nothing)
        return durable_;
    if (luck != Luck::Everything) {
        // Names keep their order: what came after the last that is kept is of a file that has no name.
        auto keep = changes.size();
        if (luck == Luck::Prefix || std::any_of(changes.begin(), changes.end(), names))
            keep = dice.below(changes.size() + 1);
        if (luck == Luck::Prefix && keep < changes.size() && changes[keep].kind == Change::Kind::Write) {
            auto& torn = changes[keep].data;
            torn.resize(dice.below(torn.size() + 1));
            ++keep;
        }
        changes.resize(keep);
    }
    for (auto const& change : changes) {
        bool const kept = luck == Luck::Everything || luck == Luck::Prefix || names(change);
        if (kept || (luck == Luck::AnyWrites && dice.one_in(2)))
            apply(durable_, change);
        else if (luck == Luck::AnySectors && durable_ && change.kind == Change::Kind::Write)
            apply_sectors(*durable_, change, dice);
        else if (luck == Luck::AnySectors && change.kind == Change::Kind::Truncate && dice.one_in(2))
            apply(durable_, change);
    }
    return durable_;
}

} // namespace portico::test
