#pragma once

#include "kiosk/app/event.h"
#include "kiosk/app/runner.h"
#include "shared/base/clock.h"
#include "shared/devices/printer.h"
#include "shared/documents/texts.h"
#include "shared/terminal/workers.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace portico::kiosk {

/// What a set-up is carried out with. All of it outlives the effects.
struct SetUpServices {
    std::filesystem::path data; ///< where the identity is kept
    std::string central;        ///< https://host:port of the configuration; empty: it names none
    Printer& letter_printer;
    documents::AllTexts const& texts;
    Clock const& clock;
};

/// Carries out the commands of a set-up on worker threads. Of what members' screens ask it knows nothing.
class SetUpEffects final : public Runner {
public:
    SetUpEffects(SetUpServices services, std::function<void(Event)> post);
    ~SetUpEffects() override;

    void run(Command command) override;

private:
    void certify(RequestNumber request, CertifyTerminal& question, std::stop_token const& given_up);
    Result<TerminalFactsKnown> certified(RequestNumber request, CertifyTerminal& question,
                                         std::stop_token const& given_up);
    Result<void> check_central() const;
    Result<void> print_test(PrintDeviceTest const& page) const;

    SetUpServices services_;
    std::function<void(Event)> post_;
    std::stop_source given_up_;
    std::stop_source shutdown_;
    // Last: they use everything above. One for central, so that no two write the identity at once.
    terminal::Workers certifier_{1};
    terminal::Workers others_{1};
};

} // namespace portico::kiosk
