#pragma once

#include "shared/base/secret.h"

#include <string>

namespace portico::phone {

/// A ticket whose number is wanted.
struct NumberWanted {
    std::string ticket;
};
/// What central said; `number` is empty when there is none to dial.
struct NumberCame {
    std::string ticket;
    Secret number;
    bool out_of_service = false; ///< there is none, as this telephone was taken out of service
};
/// How the call of a ticket went: as api::Dialled.
struct DialReport {
    std::string ticket;
    std::string call;
    std::string outcome;
};
/// What came of a report: as PhoneCall::entry of a call that was dialled.
struct DialReported {
    std::string ticket;
    std::string outcome;
    std::string taken;
};

} // namespace portico::phone
