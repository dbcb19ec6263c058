#include "kiosk/app/device_report.h"
#include "kiosk/app/effects.h"
#include "shared/base/build_id.h"

#include <system_error>

namespace portico::kiosk {

namespace {

constexpr std::int64_t not_told = -1;

/// With what SQLite keeps beside it. `not_told` when it cannot be looked at.
std::int64_t size_on_disk(std::filesystem::path const& file) {
    std::int64_t size = 0;
    for (auto const* beside : {"", "-wal", "-shm"}) {
        std::error_code failed;
        auto const part = std::filesystem::file_size(file.string() + beside, failed);
        if (!failed)
            size += static_cast<std::int64_t>(part);
        else if (*beside == '\0')
            return not_told;
    }
    return size;
}

api::KioskDisk disk_of(std::filesystem::path const& data) {
    api::KioskDisk disk;
    std::error_code failed;
    auto const space = std::filesystem::space(data, failed);
    if (!failed) {
        disk.free = static_cast<std::int64_t>(space.available);
        disk.size = static_cast<std::int64_t>(space.capacity);
    }
    disk.outbox = size_on_disk(data / "outbox.db");
    disk.reference_data = size_on_disk(data / "replica.db");
    return disk;
}

/// By connections of their own: a print of the visit before may still write. Errors: as CardJournal.
Result<void> count_prints(std::filesystem::path const& data, api::KioskQueue& queue) {
    auto const cards = TRY(open_card_journal(data / "cards.db"));
    auto const letters = TRY(open_card_journal(data / "letters.db"));
    auto const open = TRY(cards->open_issues()).size();
    auto const unknown = TRY(cards->unsettled_issues()).size() + TRY(letters->noted_letters()).size();
    queue.cards_open = static_cast<std::int64_t>(open);
    queue.prints_unknown = static_cast<std::int64_t>(unknown);
    return ok();
}

Measures measures_of(Services& services) {
    Measures measures;
    if (auto const at = services.replica.caught_up_at(); at.has_value())
        measures.complete_at = at.value();
    if (services.central_clock != nullptr)
        measures.central_ahead_s =
            std::chrono::floor<std::chrono::seconds>(services.central_clock->ahead()).count();
    measures.disk = disk_of(services.data);
    measures.versions.build = build_id();
    measures.versions.release = services.release;
    if (auto cursor = services.replica.cursor(); cursor.has_value())
        measures.versions.reference_data = std::move(cursor).value();
    if (auto const count = services.replica.provider_count(); count.has_value())
        measures.versions.providers = count.value();
    if (auto const counts = services.outbox.counts(); counts.has_value()) {
        measures.queue.waiting = counts.value().waiting;
        measures.queue.refused = counts.value().refused;
        measures.queue.sent = counts.value().sent;
    }
    // What cannot be told stays so: the page is for a kiosk that is not well.
    (void)count_prints(services.data, measures.queue);
    return measures;
}

} // namespace

void perform(Job const& job, PrintDeviceTest& command) {
    auto& services = job.services;
    job.reply(DeviceTestPrinted{print_device_report({.terminal = services.terminal_id,
                                                     .central = services.central_url,
                                                     .devices = std::move(command.devices)},
                                                    job.texts(command.language), services.letter_printer,
                                                    services.clock, job.shutdown)});
}

void perform(Job const& job, Measure&) {
    job.reply(Loaded<Measures>{measures_of(job.services)});
}

void perform(Job const& job, SendDiagnostics& command) {
    job.reply(DiagnosticsSent{job.heard(job.services.central.send_diagnostics(job.with(), command.told))});
}

} // namespace portico::kiosk
