#include "tests/sim/sim_terminal.h"

namespace portico::test {

SimTerminal::SimTerminal(std::filesystem::path folder, SimBase::Terminal own, SimNetwork& network,
                         SimCentral& central, LossyDisk& disk)
    : folder_(std::move(folder)), own_(std::move(own)), network_(network), home_central_(central),
      disk_(disk), clock_(SimBase::ours().now()) {
    std::filesystem::create_directories(folder_);
    disk_.add_machine(folder_);
}

Result<void> SimTerminal::start() {
    central_clock_ = std::make_unique<client::CentralClock>(clock_);
    central_ = std::make_unique<client::Central>(
        std::make_unique<SimTransport>(network_, own_, *central_clock_, home_central_));
    outbox_ =
        TRY(client::Outbox::open(folder_ / "outbox.db", SimBase::ours().sealing_key(), *central_clock_));
    replica_ = TRY(client::Replica::open(folder_ / "replica.db", *central_clock_));
    return ok();
}

void SimTerminal::crash(Dice& dice) {
    disk_.cut_after(0, folder_);
    token_.clear(); // a session lives in memory alone
    outbox_.reset();
    replica_.reset();
    central_.reset();
    disk_.power_on(dice, folder_);
}

Result<void> SimTerminal::add(Dice& dice) {
    api::Operation operation;
    if (!token_.empty() && dice.one_in(2)) {
        operation.session_token = token_;
        operation.request_mailed_card = api::RequestMailedCard{"damaged"};
    } else {
        operation.report_directory_error =
            api::ReportDirectoryError{SimBase::ours().listing(), "phone", "It rings a bakery."};
    }
    done_.insert(TRY(outbox_->add(std::move(operation))));
    return ok();
}

Result<void> SimTerminal::sign_in(bool forged) {
    auto const challenge = TRY(central_->challenge({}, {"security_key"}));
    auto& key = SimBase::ours().key();
    auto const answer =
        key.get(challenge.rp_id, challenge.origin, TRY(from_base64url(challenge.challenge)), {});
    auto signature = answer.signature;
    if (forged)
        signature[signature.size() / 2] ^= 1U;
    auto const session = TRY(central_->sign_in(
        {}, api::SecurityKeySignIn{challenge.challenge_id, to_base64url(answer.credential_id),
                                   to_base64url(answer.authenticator_data),
                                   to_base64url(as_bytes(answer.client_data_json)), to_base64url(signature),
                                   to_base64url(answer.user_handle)}));
    token_ = session.token;
    return ok();
}

Result<void> SimTerminal::sign_out() {
    TRY(central_->sign_out({.token = token_}));
    token_.clear();
    return ok();
}

} // namespace portico::test
