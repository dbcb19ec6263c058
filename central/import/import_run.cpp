#include "central/import/import_run.h"

#include "central/import/import_batch.h"
#include "central/plan/plan_writer.h"
#include "central/plan/publish.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace portico::central {

namespace {

constexpr std::size_t batch_bytes_max = std::size_t{256} * 1024;
constexpr std::size_t batch_piece_count_max = 512;
/// Source text that may be anywhere between reader and writer.
constexpr std::size_t in_flight_bytes_max = std::size_t{32} * 1024 * 1024;
constexpr std::size_t transaction_bytes_max = std::size_t{8} * 1024 * 1024;
constexpr std::chrono::milliseconds progress_every{200};

/// The queues between the threads.
class Pipeline {
public:
    /// Reader: waits while too much is under way. False when the import failed meanwhile.
    bool put(ImportBatch batch) {
        std::unique_lock lock(guard_);
        changed_.wait(lock, [&] { return failed_ || in_flight_ == 0 || in_flight_ < in_flight_bytes_max; });
        if (failed_)
            return false;
        in_flight_ += batch.bytes;
        batch.number = next_number_++;
        waiting_.push_back(std::move(batch));
        changed_.notify_all();
        return true;
    }
    void no_more() {
        std::lock_guard const lock(guard_);
        complete_ = true;
        changed_.notify_all();
    }
    /// Worker: nothing when all is taken.
    std::optional<ImportBatch> take() {
        std::unique_lock lock(guard_);
        changed_.wait(lock, [&] { return failed_ || complete_ || !waiting_.empty(); });
        if (failed_ || waiting_.empty())
            return std::nullopt;
        auto batch = std::move(waiting_.front());
        waiting_.pop_front();
        return batch;
    }
    void give(std::uint64_t number, ConvertedBatch batch) {
        std::lock_guard const lock(guard_);
        converted_.emplace(number, std::move(batch));
        changed_.notify_all();
    }
    /// Writer: the next in order; nothing when all were given.
    std::optional<ConvertedBatch> next() {
        std::unique_lock lock(guard_);
        changed_.wait(lock, [&] {
            return (!converted_.empty() && converted_.begin()->first == next_to_write_) ||
                   (complete_ && next_to_write_ == next_number_);
        });
        if (converted_.empty())
            return std::nullopt;
        auto batch = std::move(converted_.begin()->second);
        converted_.erase(converted_.begin());
        ++next_to_write_;
        in_flight_ -= batch.source_bytes;
        changed_.notify_all();
        return batch;
    }
    void fail() {
        std::lock_guard const lock(guard_);
        failed_ = true;
        changed_.notify_all();
    }

private:
    std::mutex guard_;
    std::condition_variable changed_;
    std::deque<ImportBatch> waiting_;
    std::map<std::uint64_t, ConvertedBatch> converted_;
    std::uint64_t next_number_ = 0;
    std::uint64_t next_to_write_ = 0;
    std::size_t in_flight_ = 0;
    bool complete_ = false;
    bool failed_ = false;
};

/// Cuts the files into batches.
class FileReader {
public:
    FileReader(Pipeline& pipeline, ImportOptions const& options, std::uint64_t bytes_total)
        : pipeline_(pipeline), options_(options), progress_{0, bytes_total, 0} {}

    void read(SourceFile const& file) {
        std::optional<ResourceSplitter> splitter;
        auto const take_piece = [&](SplitResource resource) {
            ++progress_.resources;
            batch_.bytes += resource.text.size();
            batch_.pieces.push_back({file.label, std::move(resource)});
            if (batch_.bytes >= batch_bytes_max || batch_.pieces.size() >= batch_piece_count_max)
                send();
        };
        auto const outcome = read_chunks(file, [&](std::string_view chunk, std::uint64_t file_bytes) {
            if (stopped_)
                return;
            if (!splitter)
                splitter.emplace(is_ndjson_name(file.path) ? ResourceSplitter::Shape::Lines
                                                           : ResourceSplitter::guess(chunk),
                                 take_piece);
            splitter->feed(chunk);
            tell(bytes_before_ + file_bytes);
        });
        if (splitter)
            splitter->finish();
        if (outcome.has_error())
            batch_.rejects.push_back({file.label, 0, {}, outcome.error().reason, outcome.error().message});
        bytes_before_ += file.bytes;
        tell(bytes_before_);
    }
    void finish() {
        send();
        progress_.bytes_done = progress_.bytes_total;
        if (options_.progress)
            options_.progress(progress_);
    }
    bool stopped() const { return stopped_; }

private:
    void send() {
        if (stopped_ || (batch_.pieces.empty() && batch_.rejects.empty()))
            return;
        stopped_ = !pipeline_.put(std::exchange(batch_, {}));
    }
    void tell(std::uint64_t bytes_done) {
        progress_.bytes_done = bytes_done;
        auto const now = std::chrono::steady_clock::now();
        if (!options_.progress || now - told_ < progress_every)
            return;
        told_ = now;
        options_.progress(progress_);
    }

    Pipeline& pipeline_;
    ImportOptions const& options_;
    ImportBatch batch_;
    ImportProgress progress_;
    std::uint64_t bytes_before_ = 0;
    std::chrono::steady_clock::time_point told_{};
    bool stopped_ = false;
};

/// Writes converted batches in order and counts.
class BatchWriter {
public:
    BatchWriter(Store& store, Pipeline& pipeline, ImportOptions const& options, ImportReport& report)
        : store_(store), pipeline_(pipeline), options_(options), report_(report) {}

    Result<void> run() {
        while (auto batch = pipeline_.next()) {
            count(*batch);
            for (auto& row : batch->rows) {
                bytes_ += row.record.bytes();
                rows_.push_back(std::move(row));
                if (rows_.size() >= options_.transaction_row_count_max || bytes_ >= transaction_bytes_max)
                    TRY(flush());
            }
        }
        return flush();
    }

private:
    void count(ConvertedBatch& batch) {
        report_.amounts += batch.amounts;
        report_.amounts_not_whole_cents += batch.amounts_not_whole_cents;
        for (auto const& [kind, number] : batch.not_used)
            report_.not_used[kind] += number;
        for (auto const& kind : batch.rejected_kinds)
            if (!kind.empty()) {
                ++report_.kinds[kind].read;
                ++report_.kinds[kind].rejected;
            }
        for (auto& reject : batch.rejects) {
            if (options_.on_reject)
                options_.on_reject(reject);
            report_.add_reject(std::move(reject));
        }
    }

    Result<void> flush() {
        if (rows_.empty())
            return ok();
        std::vector<Applied> outcomes;
        outcomes.reserve(rows_.size());
        TRY(store_.write([&](storage::Database& database) -> Result<void> {
            outcomes.clear();
            auto writer = TRY(PlanWriter::begin(database));
            for (auto const& row : rows_)
                outcomes.push_back(TRY(writer.apply(row.record)));
            return writer.finish();
        }));
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            auto& counts = report_.kinds[rows_[i].kind];
            ++counts.read;
            switch (outcomes[i]) {
            case Applied::Added:
                ++counts.added;
                break;
            case Applied::Replaced:
                ++counts.replaced;
                break;
            case Applied::Unchanged:
                ++counts.unchanged;
                break;
            case Applied::Older:
                ++counts.older;
                break;
            }
        }
        rows_.clear();
        bytes_ = 0;
        return ok();
    }

    Store& store_;
    Pipeline& pipeline_;
    ImportOptions const& options_;
    ImportReport& report_;
    std::vector<ConvertedBatch::Row> rows_;
    std::size_t bytes_ = 0;
};

Result<std::map<std::string, std::uint64_t>> dangling_references(Store& store) {
    struct Question {
        char const* name;
        char const* sql;
    };
    static constexpr Question questions[] = {
        {"ExplanationOfBenefit to Patient",
         "SELECT count(*) FROM plan_eob AS e WHERE NOT EXISTS"
         " (SELECT 1 FROM plan_member AS m WHERE m.record_key = e.member_key)"},
        {"Coverage to Patient", "SELECT count(*) FROM plan_coverage AS c WHERE NOT EXISTS"
                                " (SELECT 1 FROM plan_member AS m WHERE m.record_key = c.member_key)"},
        {"PractitionerRole to Practitioner",
         "SELECT count(*) FROM plan_part AS r WHERE r.kind = 'role' AND NOT EXISTS"
         " (SELECT 1 FROM plan_part AS p WHERE p.kind = 'practitioner' AND"
         " p.record_key = substr(r.lookup, 14))"},
        {"OrganizationAffiliation to Organization",
         "SELECT count(*) FROM plan_part AS r WHERE r.kind = 'affiliation' AND NOT EXISTS"
         " (SELECT 1 FROM plan_part AS p WHERE p.kind = 'organization' AND"
         " p.record_key = substr(r.lookup, 14))"},
        {"Basic to InsurancePlan",
         "SELECT count(*) FROM plan_formulary_item AS i WHERE NOT EXISTS"
         " (SELECT 1 FROM plan_part AS p WHERE p.kind = 'plan' AND p.record_key = i.formulary)"},
        {"Basic to MedicationKnowledge",
         "SELECT count(*) FROM plan_formulary_item AS i WHERE NOT EXISTS"
         " (SELECT 1 FROM plan_part AS p WHERE p.kind = 'drug' AND p.record_key = i.drug)"},
    };
    using Counts = std::map<std::string, std::uint64_t>;
    return store.read<Counts>([](storage::Database& database) -> Result<Counts> {
        Counts counts;
        for (auto const& each : questions) {
            auto query = TRY(database.prepare(each.sql));
            TRY(query.step());
            if (auto const count = query.integer(0); count > 0)
                counts[each.name] = static_cast<std::uint64_t>(count);
        }
        return counts;
    });
}

} // namespace

Result<ImportReport> run_import(Store& store, Vault const& vault, std::vector<SourceFile> const& files,
                                ImportOptions const& options) {
    auto const begun = std::chrono::steady_clock::now();
    ImportReport report;
    report.files = files.size();
    for (auto const& file : files)
        report.bytes += file.bytes;
    Pipeline pipeline;
    unsigned const worker_count =
        options.worker_count != 0 ? options.worker_count : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < worker_count; ++i)
        workers.emplace_back([&] {
            BatchConverter converter(vault);
            while (auto batch = pipeline.take()) {
                auto const number = batch->number;
                pipeline.give(number, converter.convert(std::move(*batch)));
            }
        });
    Result<void> written = ok();
    std::thread writer([&] {
        written = BatchWriter(store, pipeline, options, report).run();
        if (written.has_error())
            pipeline.fail();
    });
    FileReader reader(pipeline, options, report.bytes);
    for (auto const& file : files) {
        if (reader.stopped())
            break;
        reader.read(file);
    }
    reader.finish();
    pipeline.no_more();
    for (auto& worker : workers)
        worker.join();
    writer.join();
    TRY(std::move(written));
    TRY(publish_reference_data(store));
    report.dangling = TRY(dangling_references(store));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return report;
}

} // namespace portico::central
