#include "central/serve.h"

#include "central/audit/checkpoints.h"
#include "central/auth/password_hasher.h"
#include "central/http/dispatcher.h"
#include "central/http/health.h"
#include "central/http/route.h"
#include "central/line/silence_watch.h"
#include "central/notify/mail_sender.h"
#include "central/notify/text_sender.h"
#include "central/operations/changed_numbers.h"
#include "central/plan/fill_find_keys.h"
#include "central/plan/judge_the_rest.h"
#include "shared/base/out_of_memory.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace portico::central {

namespace {
constexpr std::chrono::seconds card_look_period(60);
constexpr int card_looks_an_hour = 60;
/// Between two hundred EOBs that are judged in the background: a plan of ten million is judged within some
/// hours, and calls find the processor and the writer free meanwhile.
constexpr std::chrono::milliseconds judging_rest(100);
/// What memory knows of terminals counts for so long after the look that it is from; then the store is asked.
/// A node that stood still, or that reads too slowly, must not go on with what it knew before.
constexpr std::chrono::milliseconds admission_counts(1000);
/// The same for a load balancer, which asks once a second: one slow look is no reason to go elsewhere.
constexpr std::chrono::milliseconds readiness_counts(2000);
static_assert(admission_counts >= 2 * std::chrono::milliseconds(ChangeFeed::look_period_ms));

/// On a database server each worker that reads holds one of its connections, of which it has few.
constexpr std::size_t workers_over_server_max = 24;
// However many sign-ins wait for their hash, workers are left for everybody else.
static_assert(ServerLimits{}.worker_count > 2UL * (PasswordHasher::waiting_max + 1));
static_assert(workers_over_server_max > 2UL * (PasswordHasher::waiting_max + 1));

std::string address_text(ServerAddress const& address, std::uint16_t port) {
    bool const v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
}
} // namespace

Result<int> lock_data(std::filesystem::path const& data) {
    int const handle = ::open((data / "central.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0)
        return error(ErrorKind::Unavailable, "data_unwritable", "cannot write in " + data.string());
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
        ::close(handle);
        return error(ErrorKind::Conflict, "already_serving", "another portico-central uses " + data.string());
    }
    return handle;
}

Serving::Serving(DataPlace place, Options options) : place_(std::move(place)), options_(std::move(options)) {}

Result<std::unique_ptr<Serving>> Serving::start(DataPlace const& place, Clock& clock,
                                                Options const& options) {
    std::unique_ptr<Serving> serving(new Serving(place, options));
    TRY(serving->open(clock));
    return serving;
}

Result<void> Serving::open(Clock& clock) {
    clock_ = &clock;
    // The configuration first: a data folder that is none is told as such.
    TRY(read_settings(place_.folder));
    lock_ = TRY(lock_data(place_.folder));
    core_ = TRY(Core::open(place_, clock));
    TRY(core_->terminals->refresh());
    TRY(core_->sign_in->maintain());
    dispatcher_ = std::make_unique<Dispatcher>(*core_->services, routes());
    checkpoints_ =
        std::make_unique<CheckpointWriter>(*core_->audit, *core_->store, core_->settings.checkpoint_file);
    if (!core_->settings.mail.host.empty())
        mail_ = TRY(start_mail_sender({clock, *core_->store, core_->notify->outbox()}, core_->settings.mail,
                                      place_.folder));
    if (!core_->settings.text.url.empty())
        texts_ = TRY(start_text_sender({clock, *core_->store, core_->notify->outbox()}, core_->settings.text,
                                       place_.folder));
    auto& core = *core_;
    ServerParts parts;
    parts.now = [&clock] { return clock.now(); };
    parts.handle = [this](HttpRequest const& request) {
        auto reply = or_out_of_memory([&]() -> Result<HttpReply> { return answer(request); });
        return reply.has_error() ? failure_reply(reply.error()) : std::move(reply).value();
    };
    parts.body_limit = [this](std::string_view method, std::string_view target) {
        return dispatcher_->body_limit(method, target);
    };
    parts.admit = [&core](TerminalId const& id, ByteView fingerprint) {
        return core.terminals->admit(id, fingerprint);
    };
    parts.still_admitted = [&core](TerminalId const& id, ByteView fingerprint) {
        return core.terminals->still_admitted(id, fingerprint);
    };
    parts.is_revoked = [&core](TerminalId const& id, ByteView fingerprint) {
        return core.terminals->is_revoked(id, fingerprint);
    };
    parts.news_count = [&core] { return core.changes->news_count(); };
    shown_chain_pem_ = core.identity.server_chain_pem();
    parts.certificate = {shown_chain_pem_, core.identity.server_key.pem()};
    parts.authority_pem = core.identity.authority.certificate_pem();
    auto limits = options_.limits;
    if (core.store->address().server() != nullptr)
        limits.worker_count = std::min(limits.worker_count, workers_over_server_max);
    server_ = TRY(Server::start(std::move(parts), limits, options_.listen, options_.enrollment_listen));
    watch_changes();
    silence_ = std::make_unique<SilenceWatch>(
        SilenceWatch::Parts{clock, *core_->store, core_->vault, *core_->changes});
    if (options_.health_listen)
        health_ = TRY(HealthListener::start(*options_.health_listen, [this] { return is_ready(); }));
    maintenance_ = std::thread([this] { maintain_loop(); });
    judging_ = std::thread([this] { judge_loop(); });
    return ok();
}

void Serving::watch_changes() {
    core_->changes->watch(
        [this](NewsFor const& news) -> Result<void> {
            auto refreshed = core_->terminals->refresh();
            server_->news(news); // what waits looks for itself
            return refreshed;
        },
        [this](Error const& failed) {
            static_cast<void>(std::fprintf(stderr, "portico-central: changes: %s\n", failed.message.c_str()));
            if (failed.reason == "program_superseded" && options_.on_superseded)
                options_.on_superseded();
        });
}

bool Serving::is_ready() const {
    return !draining_ && clock_->monotonic() - core_->changes->last_look() <= readiness_counts;
}

HttpReply Serving::answer(HttpRequest const& request) {
    if (!request.enrollment_listener &&
        clock_->monotonic() - core_->changes->last_look() > admission_counts) {
        auto const admitted = core_->terminals->admitted_now(request.terminal);
        if (admitted.has_error())
            return failure_reply(admitted.error());
        if (!admitted.value())
            return failure_reply(revoked_refusal());
    }
    return dispatcher_->handle(request);
}

Serving::~Serving() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto* thread : {&maintenance_, &judging_})
        if (thread->joinable())
            thread->join();
    silence_.reset();
    if (core_)
        core_->changes->stop_watching(); // it calls into the server
    health_.reset();
    server_.reset();
    texts_.reset();
    mail_.reset();
    checkpoints_.reset(); // the last checkpoint
    dispatcher_.reset();
    core_.reset();
    if (lock_ >= 0)
        ::close(lock_);
}

bool Serving::stopping_now() {
    std::lock_guard const lock(guard_);
    return stopping_;
}

Result<bool> Serving::renew_certificate() {
    auto const identity = TRY(open_identity(place_.folder, core_->settings.hosts, clock_->now()));
    auto chain = identity.server_chain_pem();
    if (chain == shown_chain_pem_)
        return false;
    TRY(server_->show({chain, identity.server_key.pem()}));
    shown_chain_pem_ = std::move(chain);
    return true;
}

void Serving::maintain_loop() {
    auto const tell = [](Result<void> const& outcome) {
        if (outcome.has_error())
            static_cast<void>(
                std::fprintf(stderr, "portico-central: maintenance: %s\n", outcome.error().message.c_str()));
    };
    auto const find_keys = [this]() -> Result<void> {
        int made = 1;
        while (made > 0 && !stopping_now())
            made = TRY(fill_find_keys(*core_->store, core_->vault)) +
                   TRY(fill_changed_numbers(*core_->store, core_->vault));
        return ok();
    };
    // Of a database from before there were any; later of what an older node beside this one imports.
    tell(or_out_of_memory(find_keys));
    std::unique_lock lock(guard_);
    for (int look = 1; !wake_.wait_for(lock, card_look_period, [&] { return stopping_; }); ++look) {
        lock.unlock();
        tell(or_out_of_memory([&] { return core_->close_stale_card_issues(); }));
        tell(or_out_of_memory([&] { return core_->end_expired_unlocks(); }));
        tell(or_out_of_memory([&] { return core_->return_overdue_call_backs(); }));
        tell(or_out_of_memory(find_keys));
        if (look % card_looks_an_hour == 0) {
            tell(or_out_of_memory([&] { return core_->sign_in->maintain(); }));
            tell(or_out_of_memory([&] { return core_->forget_old_diagnostics(); }));
            tell(or_out_of_memory([&]() -> Result<void> {
                TRY(renew_certificate());
                return ok();
            }));
        }
        lock.lock();
    }
}

void Serving::judge_loop() {
    // In a thread of its own: after a new version it has hours to do, and a card issue does not wait for
    // that.
    bool well = true;
    while (!stopping_now()) {
        auto const done = or_out_of_memory([&] { return judge_the_rest(*core_->store, core_->vault); });
        if (done.has_error() && well) // trouble that stays is told once, not every minute
            static_cast<void>(
                std::fprintf(stderr, "portico-central: judging EOBs: %s\n", done.error().message.c_str()));
        well = done.has_value();
        bool const more = well && done.value() > 0;
        if (rest(more ? judging_rest : std::chrono::milliseconds(card_look_period)))
            return;
    }
}

bool Serving::rest(std::chrono::milliseconds time) {
    std::unique_lock lock(guard_);
    return wake_.wait_for(lock, time, [&] { return stopping_; });
}

std::string Serving::ready_line() const {
    std::string line = "portico-central ready listen=" + address_text(options_.listen, server_->port());
    if (options_.enrollment_listen)
        line += " enroll=" + address_text(*options_.enrollment_listen, server_->enrollment_port());
    if (health_)
        line += " health=" + address_text(*options_.health_listen, health_->port());
    return line + " fingerprint=" + core_->identity.authority_fingerprint();
}

void Serving::drain() {
    draining_ = true;
    server_->drain();
}

} // namespace portico::central
