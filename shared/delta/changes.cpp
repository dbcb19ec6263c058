#include "shared/delta/changes.h"

#include <algorithm>
#include <cstdio>
#include <librsync.h>
#include <memory>
#include <optional>

namespace portico::delta {

namespace {

/// Of the old files; smaller finds more, and takes more memory and space.
constexpr std::size_t block_bytes = 2048;
constexpr std::size_t step_bytes = 64UL * 1024;
constexpr std::size_t whole_sum = 0; ///< of a block: nothing of it is left out

struct FreeJob {
    void operator()(rs_job_t* job) const { rs_job_free(job); }
    void operator()(rs_signature_t* signature) const { rs_free_sumset(signature); }
};
using Job = std::unique_ptr<rs_job_t, FreeJob>;
using Signature = std::unique_ptr<rs_signature_t, FreeJob>;

/// The next bytes; none at the end.
using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

Error failed_here() {
    return error(ErrorKind::Internal, "changes_failed", "what is new in a file could not be worked out");
}
Error unreadable() {
    return error(ErrorKind::Corrupt, "changes_unreadable", "what is new in a file cannot be read");
}

/// `wrong`: what it is when librsync does not like its input.
Result<void> run(Job const& job, Source const& source, Sink const& sink, Error const& wrong) {
    if (!job)
        return failed_here();
    Bytes input(step_bytes);
    Bytes output(step_bytes);
    rs_buffers_t buffers{};
    while (true) {
        if (buffers.avail_in == 0 && buffers.eof_in == 0) {
            buffers.avail_in = TRY(source(input));
            buffers.next_in = reinterpret_cast<char*>(input.data());
            buffers.eof_in = buffers.avail_in == 0 ? 1 : 0;
        }
        auto const offered = buffers.avail_in;
        buffers.next_out = reinterpret_cast<char*>(output.data());
        buffers.avail_out = output.size();
        auto const outcome = rs_job_iter(job.get(), &buffers);
        auto const made = output.size() - buffers.avail_out;
        if (made != 0)
            TRY(sink(ByteView(output.data(), made)));
        if (outcome == RS_DONE)
            return ok();
        bool const stuck = made == 0 && buffers.eof_in != 0 && buffers.avail_in == offered;
        if (outcome != RS_BLOCKED || stuck)
            return wrong;
    }
}

Source all_of(JoinedFiles const& files, std::int64_t& at) {
    return [&files, &at](std::span<std::uint8_t> into) -> Result<std::size_t> {
        auto const got = TRY(files.read(at, into));
        at += static_cast<std::int64_t>(got);
        return got;
    };
}

Result<Signature> signature_of(JoinedFiles const& old) {
    Bytes text;
    std::int64_t at = 0;
    TRY(run(
        Job(rs_sig_begin(block_bytes, whole_sum, RS_RK_BLAKE2_SIG_MAGIC)), all_of(old, at),
        [&](ByteView bytes) -> Result<void> {
            text.insert(text.end(), bytes.begin(), bytes.end());
            return ok();
        },
        failed_here()));
    rs_signature_t* loaded = nullptr;
    Job const loading(rs_loadsig_begin(&loaded));
    std::size_t read = 0;
    auto const outcome = run(
        loading,
        [&](std::span<std::uint8_t> into) -> Result<std::size_t> {
            auto const count = std::min(into.size(), text.size() - read);
            std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(read), count, into.begin());
            read += count;
            return count;
        },
        [](ByteView) -> Result<void> { return ok(); }, failed_here());
    Signature signature(loaded);
    TRY(outcome);
    if (!signature || rs_build_hash_table(signature.get()) != RS_DONE)
        return failed_here();
    return signature;
}

/// What librsync copies from, and the failure that its own results cannot carry.
struct Basis {
    JoinedFiles const& old;
    std::optional<Error> failure = {};
};
rs_result copy_of_old(void* opaque, rs_long_t at, std::size_t* length, void** into) {
    auto& basis = *static_cast<Basis*>(opaque);
    auto const got = basis.old.read(at, {static_cast<std::uint8_t*>(*into), *length});
    if (got.has_error()) {
        basis.failure = got.error();
        return RS_IO_ERROR;
    }
    *length = got.value();
    return got.value() == 0 ? RS_INPUT_ENDED : RS_DONE;
}

/// librsync would tell standard error what is wrong with its input.
void be_quiet() {
    rs_trace_to([](rs_loglevel, char const*) {});
}

} // namespace

Result<void> tell_changes(JoinedFiles const& old, JoinedFiles const& now, Sink const& sink) {
    be_quiet();
    auto const signature = TRY(signature_of(old));
    std::int64_t at = 0;
    return run(Job(rs_delta_begin(signature.get())), all_of(now, at), sink, failed_here());
}

Result<void> apply_changes(JoinedFiles const& old, JoinedFiles const& changes, std::int64_t size_bytes,
                           Sink const& sink) {
    be_quiet();
    Basis basis{old};
    std::int64_t left = size_bytes;
    std::int64_t at = 0;
    auto const outcome = run(
        Job(rs_patch_begin(&copy_of_old, &basis)), all_of(changes, at),
        [&](ByteView bytes) -> Result<void> {
            if (static_cast<std::int64_t>(bytes.size()) > left)
                return unreadable();
            left -= static_cast<std::int64_t>(bytes.size());
            return sink(bytes);
        },
        unreadable());
    if (basis.failure)
        return std::move(*basis.failure);
    TRY(outcome);
    return left == 0 ? Result<void>(ok()) : unreadable();
}

} // namespace portico::delta
