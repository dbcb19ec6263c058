#pragma once

#include "kiosk/app/command.h"
#include "kiosk/app/event.h"
#include "kiosk/app/runner.h"
#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "kiosk/card_issue/letter_job.h"
#include "shared/client/central.h"
#include "shared/client/central_clock.h"
#include "shared/client/outbox.h"
#include "shared/client/replica.h"
#include "shared/client/sync.h"
#include "shared/devices/chip_card_reader.h"
#include "shared/devices/printer.h"
#include "shared/devices/security_key.h"
#include "shared/documents/texts.h"
#include "shared/terminal/calls.h"
#include "shared/terminal/workers.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace portico::kiosk {

/// Threads that carry out commands: two may wait for printers and one for a finger while others read.
inline constexpr int worker_count = 6;

/// What commands are carried out with. All of it outlives the effects.
struct Services {
    client::Central& central;
    client::Outbox& outbox;
    client::Replica& replica;
    client::Sync* sync = nullptr; ///< told when a call finds central gone or back
    SecurityKey& key;
    ChipCardReader& chip;
    Printer& card_printer;
    Printer& letter_printer;
    CardJournal& card_journal;
    CardJournal& letter_journal; ///< the same file through another connection
    documents::AllTexts const& texts;
    Clock const& clock;
    std::string plan_name;
    std::filesystem::path data;                          ///< the terminal's folder
    std::string terminal_id;                             ///< as central knows this kiosk
    std::string central_url;                             ///< where this kiosk looks for central
    std::string release;                                 ///< what the machine runs (client::running_version)
    client::CentralClock const* central_clock = nullptr; ///< tells how far this kiosk's own clock is off
};

/// One command on its way: what it was asked with, and where its answers go.
struct Job {
    Services& services;
    std::function<void(Event)> const& post;
    std::uint64_t session = 0;
    RequestNumber request = 0;
    std::string token = {};
    std::stop_token session_ended = {}; ///< the person left
    std::stop_token given_up = {};      ///< the person went back, or left
    std::stop_token shutdown = {};

    client::With with() const { return {.token = token, .cancel = session_ended}; }
    documents::Texts const& texts(std::string const& language) const { return services.texts.in(language); }
    template <class Body>
    void reply(Body body) const {
        post(Event{.session = session, .request = request, .body = std::move(body)});
    }
    template <class T>
    Result<T> heard(Result<T> result) const {
        return terminal::heard(services.sync, std::move(result));
    }
};

/// Carries out commands on worker threads and posts what comes of them, stamped with the session that asked.
class Effects final : public Runner {
public:
    Effects(Services services, std::function<void(Event)> post);
    ~Effects() override;

    void run(Command command) override;

private:
    Services services_;
    std::function<void(Event)> post_;
    std::stop_source session_;
    std::stop_source given_up_;
    std::stop_source shutdown_;
    terminal::Workers workers_{worker_count}; // last: they use everything above
};

/// A chip card's answer to a challenge of central's. Errors: those of the challenge and of the card.
struct SignedByCard {
    std::string challenge_id;
    ChipCardProof proof;
};
Result<SignedByCard> ask_card(Job const& job, Secret const& pin);
/// As central calls it: "rsa_pkcs1_sha256", "ecdsa_sha256".
char const* mechanism_of(ChipCardScheme scheme);

// One for each command that a worker carries out; in effects_*.cpp.
void perform(Job const& job, FetchHome& command);
void perform(Job const& job, FetchClaims& command);
void perform(Job const& job, FetchEob& command);
void perform(Job const& job, FetchContactDetails& command);
void perform(Job const& job, FetchRequests& command);
void perform(Job const& job, FetchMessages& command);
void perform(Job const& job, ReadMessage& command);
void perform(Job const& job, FetchDeskWord& command);
void perform(Job const& job, FetchIdCard& command);
void perform(Job const& job, FetchCredentials& command);
void perform(Job const& job, FetchOwnRecovery& command);
void perform(Job const& job, StopReturn& command);
void perform(Job const& job, FetchCallCheck& command);
void perform(Job const& job, AnswerCallCheck& command);
void perform(Job const& job, SendCallBack& command);
void perform(Job const& job, FetchCallBackPlace& command);
void perform(Job const& job, CancelCallBack& command);
void perform(Job const& job, SignInWithKey& command);
void perform(Job const& job, SignInWithChip& command);
void perform(Job const& job, SignInWithCard& command);
void perform(Job const& job, SignInWithPassword& command);
void perform(Job const& job, SignInWithTotp& command);
void perform(Job const& job, RegisterByCode& command);
void perform(Job const& job, RegisterInPerson& command);
void perform(Job const& job, SendRecoveryCodes& command);
void perform(Job const& job, ProveReturn& command);
void perform(Job const& job, FinishReturn& command);
void perform(Job const& job, SetUsername& command);
void perform(Job const& job, SetPin& command);
void perform(Job const& job, BeginTotp& command);
void perform(Job const& job, ConfirmTotp& command);
void perform(Job const& job, AddKey& command);
void perform(Job const& job, AddChip& command);
void perform(Job const& job, RemoveMethod& command);
void perform(Job const& job, KeepOperation& command);
void perform(Job const& job, SearchDoctors& command);
void perform(Job const& job, ReadReference& command);
void perform(Job const& job, RenderCard& command);
void perform(Job const& job, PrintEobLetter& command);
void perform(Job const& job, PrintDoctorList& command);
void perform(Job const& job, IssueCard& command);
void perform(Job const& job, PrintDeviceTest& command);
void perform(Job const& job, Measure& command);
void perform(Job const& job, SendDiagnostics& command);

/// Card issues that a former process left open: told to central as far as they can be known. Never prints.
void recover_card_issues(Services& services, std::stop_token shutdown);

} // namespace portico::kiosk
