#pragma once

#include "kiosk/screens/account.h"
#include "kiosk/screens/call_back.h"
#include "kiosk/screens/call_check.h"
#include "kiosk/screens/claims.h"
#include "kiosk/screens/code_app.h"
#include "kiosk/screens/diagnostics.h"
#include "kiosk/screens/eob.h"
#include "kiosk/screens/find_doctor.h"
#include "kiosk/screens/help.h"
#include "kiosk/screens/home.h"
#include "kiosk/screens/id_card.h"
#include "kiosk/screens/listen.h"
#include "kiosk/screens/messages.h"
#include "kiosk/screens/registration.h"
#include "kiosk/screens/set_up.h"
#include "kiosk/screens/sign_in.h"
#include "kiosk/screens/switches.h"
#include "kiosk/screens/way_back.h"
#include "kiosk/screens/welcome.h"
#include "kiosk/screens/who_calls.h"

#include <variant>

namespace portico::kiosk {

/// Every screen of the kiosk. A screen that is not here cannot be shown; one that is here and has no sample
/// (kiosk/screens/samples.cpp) fails a test, and every sample goes through the audit and the screenshots.
using Screen =
    std::variant<Attract, LanguageMenu, TextAndColor, SwitchMenu, StillThere, VisitEnd, OutOfOrder, SignIn,
                 KeySignIn, ChipSignIn, CardScan, CardPin, PasswordSignIn, TotpCode, LockedOut, RegisterStart,
                 RegisterCode, ChooseUsername, ChoosePin, OfferKey, TotpSetup, RegisterDone, Home, More,
                 Claims, ClaimSearch, Costs, EobPage, EobStory, WordHelp, LetterPrint, CardPage, CardPrint,
                 MailCard, FindDoctor, DoctorPage, MyDoctors, ReportListing, Contact, ContactEdit, Methods,
                 Requests, Messages, MessagePage, Help, Notices, ListenMenu, CallCheckPage, CallBackAsk,
                 CallBackPage, WhoCalls, WayBack, ReplaceLost, SetUpLanguage, SetUpHub, SetUpCentral,
                 SetUpCertify, SetUpTouch, SetUpDevices, SetUpHelp, Diagnostics>;

inline char const* name(Screen const& screen) {
    return std::visit([](auto const& each) { return std::remove_cvref_t<decltype(each)>::name; }, screen);
}

} // namespace portico::kiosk
