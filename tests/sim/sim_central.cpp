#include "tests/sim/sim_central.h"

#include "central/http/route.h"

namespace portico::test {

SimCentral::SimCentral(std::filesystem::path folder, ManualClock& clock, LossyDisk& disk)
    : folder_(std::move(folder)), clock_(clock), disk_(disk) {
    std::filesystem::copy(SimBase::ours().central(), folder_, std::filesystem::copy_options::recursive);
    disk_.add_machine(folder_);
}

Result<void> SimCentral::start() {
    core_ = TRY(central::Core::open({folder_, ""}, clock_));
    TRY(core_->terminals->refresh());
    dispatcher_ = std::make_unique<central::Dispatcher>(*core_->services, central::routes());
    return ok();
}

void SimCentral::crash(Dice& dice) {
    disk_.cut_after(0, folder_);
    dispatcher_.reset();
    core_.reset();
    disk_.power_on(dice, folder_);
}

std::optional<central::HttpReply> SimCentral::handle(SimBase::Terminal const& from,
                                                     client::HttpRequest const& request) {
    // As central/http/connection.cpp admits; TLS itself is not simulated.
    auto const program = core_->terminals->admit(from.id, from.fingerprint);
    if (program.has_error())
        return std::nullopt;
    if (!program.value()) {
        if (core_->terminals->is_revoked(from.id, from.fingerprint))
            return central::failure_reply(error(ErrorKind::Forbidden, "terminal_revoked", "withdrawn"));
        return std::nullopt;
    }
    central::HttpRequest arrived;
    arrived.method = request.post ? "POST" : "GET";
    arrived.target = request.path;
    arrived.authorization = request.token.empty() ? "" : "Bearer " + request.token;
    arrived.content_type = request.post ? "application/json" : "";
    arrived.body = request.body;
    arrived.terminal = from.id;
    arrived.program = *program.value();
    return dispatcher_->handle(arrived);
}

} // namespace portico::test
