#include "central/audit/checkpoints.h"

#include "shared/api/json.h"
#include "shared/base/out_of_memory.h"
#include "shared/base/rfc3339.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace portico::central {

namespace {
Bytes mac_of(AuditLog const& log, Checkpoint checkpoint) {
    checkpoint.mac.clear();
    return log.checkpoint_mac(api::to_json(checkpoint));
}
} // namespace

std::string write_checkpoint(AuditLog const& log, AuditLog::Head const& head) {
    Checkpoint checkpoint{head.node, head.sequence, to_hex(head.hash), to_rfc3339(log.clock().now()), ""};
    checkpoint.mac = to_hex(mac_of(log, checkpoint));
    return api::to_json(checkpoint);
}

Result<Checkpoint> read_checkpoint(AuditLog const& log, std::string_view line) {
    auto checkpoint = TRY(api::from_json<Checkpoint>(line, api::UnknownFields::Refuse));
    auto const mac = TRY(from_hex(checkpoint.mac));
    if (!equal_constant_time(mac, mac_of(log, checkpoint)))
        return error(ErrorKind::Corrupt, "checkpoint_forged", "a checkpoint's seal is not ours");
    return checkpoint;
}

std::vector<std::string> checkpoint_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        if (end > 0)
            lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

CheckpointWriter::CheckpointWriter(AuditLog const& log, Store& store, std::filesystem::path file)
    : log_(log), store_(store), file_(std::move(file)), thread_([this] { run(); }) {}

CheckpointWriter::~CheckpointWriter() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<void> CheckpointWriter::write_now() {
    std::lock_guard const lock(writing_);
    auto const heads = TRY(store_.read<std::vector<AuditLog::Head>>(
        [&](storage::Database& database) { return log_.heads(database); }));
    std::string lines;
    for (auto const& head : heads)
        if (written_[head.node] != head.sequence)
            lines += write_checkpoint(log_, head) + "\n";
    if (lines.empty())
        return ok();
    int const handle = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool const written = handle >= 0 &&
                         ::write(handle, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()) &&
                         ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    if (!written)
        return error(ErrorKind::Unavailable, "checkpoint_unwritable", "cannot write " + file_.string());
    for (auto const& head : heads)
        written_[head.node] = head.sequence;
    return ok();
}

void CheckpointWriter::run() {
    std::unique_lock lock(guard_);
    while (true) {
        bool const last =
            wake_.wait_for(lock, std::chrono::seconds(checkpoint_period_s), [&] { return stopping_; });
        lock.unlock();
        auto const outcome = or_out_of_memory([&] { return write_now(); });
        if (outcome.has_error())
            static_cast<void>(std::fprintf(stderr, "portico-central: audit checkpoint: %s\n",
                                           outcome.error().message.c_str()));
        if (last)
            return;
        lock.lock();
    }
}

} // namespace portico::central
