#include "phone/app/helper.h"

#include <algorithm>
#include <cerrno>

namespace portico::phone {

Helper::Helper(CallTableOptions options, Clock const& clock)
    : clock_(clock), table_(std::move(options), clock), told_(table_.view()) {}

Result<std::unique_ptr<Helper>> Helper::create(Config config, Transports transports, Clock const& clock) {
    CallTableOptions options{.line = config.line,
                             .country_code = config.country_code,
                             .player = config.softphone.player,
                             .keypad = transports.keyed != nullptr,
                             .registers = config.softphone.register_s > 0,
                             .ring_s = std::chrono::seconds(config.softphone.ring_s)};
    std::unique_ptr<Helper> helper(new Helper(std::move(options), clock));
    auto& table = helper->table_;
    auto const came = [&flag = helper->answered_] { flag.signal(); };
    if (transports.keyed != nullptr)
        helper->sender_ = std::make_unique<KeyedSender>(std::move(transports.keyed), came);
    if (transports.dialled != nullptr)
        helper->dial_sender_ = std::make_unique<DialSender>(std::move(transports.dialled), clock, came);
    helper->desk_ =
        TRY(DeskSocket::create(config.desk_socket, config.desk_user,
                               {.view = [&table] { return table.view(); },
                                .command = [&table](TelephoneCommand const& command) { table.obey(command); },
                                .left = [&table] { table.desk_left(); }}));
    helper->softphone_ = TRY(Softphone::create(
        {config.softphone_program, config.run / "softphone", std::move(config.softphone)},
        {.started = [&table] { table.started(); },
         .stopped = [&table] { table.stopped(); },
         .event = [&table](SoftphoneEvent const& event) { table.handle(event); },
         .response = [&table](SoftphoneResponse const& response) { table.handle(response); }},
        clock));
    return helper;
}

void Helper::run(int end) {
    while (true) {
        work();
        std::vector<pollfd> entries{{end, POLLIN, 0}, {answered_.fd(), POLLIN, 0}};
        desk_->wait_for(entries);
        softphone_->wait_for(entries);
        if (poll(entries.data(), entries.size(), patience_ms()) < 0 && errno != EINTR)
            return;
        if (entries.front().revents != 0)
            return;
    }
}

int Helper::patience_ms() const {
    auto next = table_.next_tick();
    if (auto const other = softphone_->next_work())
        next = next ? std::min(*next, *other) : other;
    if (!next)
        return -1;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(*next - clock_.monotonic());
    return static_cast<int>(std::max(left.count(), std::int64_t{0}));
}

void Helper::work() {
    softphone_->work();
    desk_->work();
    answered_.clear();
    if (sender_ != nullptr)
        for (auto const& answer : sender_->take_answers())
            table_.handle(answer);
    if (dial_sender_ != nullptr) {
        for (auto const& number : dial_sender_->take_numbers())
            table_.handle(number);
        for (auto const& reported : dial_sender_->take_reported())
            table_.handle(reported);
    }
    table_.tick();
    pass_on();
}

void Helper::pass_on() {
    for (auto& wanted : table_.take_wanted()) {
        if (dial_sender_ != nullptr)
            dial_sender_->ask(std::move(wanted));
        else
            table_.handle(NumberCame{wanted.ticket, {}});
    }
    for (auto& command : table_.take_commands()) {
        softphone_->send(command);
        wipe(command.params); // it may be a number that nobody is to see
    }
    for (auto& report : table_.take_reports())
        if (dial_sender_ != nullptr)
            dial_sender_->tell(std::move(report));
    if (auto entry = table_.take_entry(); entry && sender_ != nullptr)
        sender_->send(std::move(*entry));
    for (bool more = true; more;) {
        if (auto now = table_.view(); now != told_) {
            told_ = std::move(now);
            desk_->tell(told_);
        }
        more = table_.forget_ended();
    }
}

} // namespace portico::phone
