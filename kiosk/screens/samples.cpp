#include "kiosk/screens/samples.h"

#include "kiosk/app/card_pictures.h"
#include "kiosk/screens/sample_collection.h"
#include "kiosk/screens/sample_data.h"

namespace portico::kiosk {

namespace {

App with_key_in(App app, bool pin_set = true) {
    app.facts.key =
        KeyReady{.product = "Sample Key", .pin_set = pin_set, .has_fingerprint = false, .insertion = 1};
    return app;
}
App with_chip_in(App app, ChipCardPin pin = ChipCardPin::Ready) {
    app.facts.chip = ChipCardReady{.label = "Sample", .certificate = {}, .pin = pin, .insertion = 1};
    return app;
}
App listening(Headphones headphones) {
    App app = sample::kiosk();
    app.settings.speech.on = true;
    app.facts.headphones = headphones;
    return app;
}

App by_switch(SwitchSettings switches) {
    App app = sample::kiosk();
    app.settings.switches = switches;
    return app;
}

void welcome(Collection& c) {
    c.add(Attract{});
    c.add(LanguageMenu{});
    c.add(TextAndColor{});
    c.add(SwitchMenu{});
    c.put(by_switch({.on = true}), SwitchMenu{}, "two");
    c.put(by_switch({.on = true, .every_ms = 2000}), SwitchMenu{}, "one");
    c.put(by_switch({.on = true}), Attract{}, "switches");
    c.put(with_chip_in(sample::signed_in()), StillThere{.until = {}, .seconds_left = 24});
    c.add(VisitEnd{.reason = EndReason::Finished, .since = {}, .was_signed_in = true});
    auto left = with_key_in(sample::kiosk());
    left.facts.card_printer.output = PrinterOutput::Waiting;
    c.put(std::move(left), VisitEnd{.reason = EndReason::Idle, .since = {}, .was_signed_in = true},
          "left_behind");
    c.add(OutOfOrder{});
    c.add(OutOfOrder{.withdrawn = true}, "withdrawn");
}

void sign_in(Collection& c) {
    c.add(SignIn{});
    auto notice = offline(sample::kiosk());
    notice.facts.notices = {{"1", "sign_in", "look_again", "Text codes are slow today.",
                             "Los códigos por mensaje tardan hoy.", "", ""}};
    c.put(std::move(notice), SignIn{}, "offline");
    auto one_factor = sample::signed_in();
    one_factor.session.assurance = Assurance::OneFactor;
    c.put(std::move(one_factor), SignIn{.step_up = true}, "step_up");
    c.add(KeySignIn{}, "insert");
    c.put(with_key_in(sample::kiosk()), KeySignIn{});
    KeySignIn wrong{.tries_left = 5};
    wrong.pin = Secret("1234");
    wrong.doing.failure = failure(ErrorKind::Refused, "key_pin_wrong");
    c.put(with_key_in(sample::kiosk()), std::move(wrong), "wrong_pin");
    c.put(with_key_in(sample::kiosk()), KeySignIn{.touch_wanted = true}, "touch");
    c.put(with_key_in(sample::kiosk(), false), KeySignIn{.use = KeyUse::StaffConfirms}, "no_pin");
    c.add(ChipSignIn{}, "insert");
    c.put(with_chip_in(sample::kiosk()), ChipSignIn{});
    c.put(with_chip_in(sample::kiosk(), ChipCardPin::LastTry), ChipSignIn{}, "last_try");
    c.put(with_chip_in(sample::kiosk(), ChipCardPin::Blocked), ChipSignIn{}, "blocked");
    c.add(CardScan{});
    c.add(CardScan{.failure = failure(ErrorKind::InvalidInput, "barcode_issuer")}, "foreign_card");
    CardPin card_pin{.card_number = "SAMPLE0001"};
    card_pin.doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    c.add(std::move(card_pin));
    c.add(PasswordSignIn{});
    PasswordSignIn refused{.username = "alex.sample"};
    refused.doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    c.add(std::move(refused), "refused");
    c.add(PasswordSignIn{.username = "alex.sample", .missing = Field::Password}, "missing");
    c.add(TotpCode{});
    c.add(TotpCode{.code = Secret("12345"), .missing = Field::OneTimeCode}, "short");
    c.add(LockedOut{});
    c.add(LockedOut{.until = MonoTime{}, .minutes_left = 12}, "for_minutes");
    c.add(LockedOut{.unlocked = true}, "open_again");
}

void registration(Collection& c) {
    c.add(RegisterStart{});
    RegisterCode code;
    code.doing.failure = failure(ErrorKind::Refused, "activation_refused");
    c.add(std::move(code));
    ChooseUsername username{.username = "alex"};
    username.doing.failure = failure(ErrorKind::InvalidInput, "password_short");
    c.add_signed_in(std::move(username));
    c.add_signed_in(ChoosePin{});
    c.add_signed_in(ChoosePin{.repeating = true}, "again");
    c.add_signed_in(OfferKey{});
    c.add_signed_in(RegisterDone{.added = SecondWay::Key});
    c.add(RegisterDone{.added = SecondWay::StaffKey}, "staff");
    c.add(RegisterCode(true), "staff");
    RegisterCode half;
    half.code = "7Q2K-M9RD-4TXV-W3HN";
    half.missing = Field::BirthDate;
    c.add(std::move(half), "missing");
    c.add_signed_in(ChooseUsername{.changing = true, .username = "alex.sample"}, "change");
    c.add_signed_in(ChoosePin{.changing = true}, "change");
}

void way_back(Collection& c) {
    c.add(WayBack{});
    c.add(WayBack{.who = "alex.sample", .birth_date = "03 09 1980", .asked = true}, "codes");
    WayBack refused{.who = "alex.sample", .birth_date = "03 09 1980", .asked = true, .code_app = true};
    refused.doing.failure = failure(ErrorKind::Refused, "recovery_refused");
    c.add(std::move(refused), "refused");
    WayBack half{.who = "alex.sample", .birth_date = "03 09 1980", .asked = true};
    half.code = Secret("12345");
    half.missing = Field::OneTimeCode;
    c.add(std::move(half), "short");
    c.put(with_key_in(sample::kiosk()), KeySignIn{.use = KeyUse::Returns}, "returns");
    c.put(with_chip_in(sample::kiosk()), ChipSignIn{.use = ChipUse::Returns}, "returns");
    for (auto const* lost : {"security_key", "chip_card", "printed_card"}) {
        auto returned = sample::signed_in();
        returned.session.sets_anew = lost;
        c.put(std::move(returned), ReplaceLost{}, lost);
    }
    auto only_way = sample::signed_in();
    only_way.session.sets_anew = "chip_card";
    ReplaceLost nothing_left;
    nothing_left.doing.failure = failure(ErrorKind::Refused, "last_credential");
    c.put(std::move(only_way), std::move(nothing_left), "nothing_left");
    Methods asked{.credentials = sample::loaded(sample::credentials())};
    asked.recovery.value = api::OwnRecovery{.open = true, .lost = "password", .started = ""};
    c.add_signed_in(std::move(asked), "way_back");
    auto back = sample::signed_in();
    back.session.sets_anew = "password";
    c.put(std::move(back), RegisterDone{}, "returned");
}

void code_app(Collection& c) {
    auto begun = [] { return sample::loaded(sample::code_app()); };
    c.add_signed_in(TotpSetup{.begun = begun()});
    c.add_signed_in(TotpSetup{.begun = begun(), .timed_out = true}, "timed_out");
    c.add_signed_in(TotpSetup{}, "loading");
    TotpSetup wrong{.begun = begun(), .typing = true};
    wrong.doing.failure = failure(ErrorKind::Refused, "totp_code_wrong");
    c.add_signed_in(std::move(wrong), "wrong_code");
    TotpCode refused;
    refused.doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    c.add_signed_in(std::move(refused), "refused");
    auto only_one = sample::signed_in();
    only_one.session.assurance = Assurance::OneFactor;
    only_one.session.step_up_ways.clear();
    c.put(std::move(only_one), SignIn{.step_up = true}, "no_second");
    auto by_code = sample::signed_in();
    by_code.session.step_up_ways = {"security_key", "totp"};
    c.put(std::move(by_code), SignIn{.step_up = true}, "step_up_code");
}

void refusals(Collection& c) {
    KeySignIn removed;
    removed.doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    c.put(with_key_in(sample::kiosk()), std::move(removed), "refused");
    KeySignIn member{.use = KeyUse::StaffConfirms};
    member.doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    c.put(with_key_in(sample::kiosk()), std::move(member), "not_staff");
    KeySignIn staff;
    staff.doing.failure = failure(ErrorKind::Refused, "staff_key");
    c.put(with_key_in(sample::kiosk()), std::move(staff), "staff_key");
    for (auto const* reason : {"chip_card_foreign", "chip_card_expired", "chip_card_revoked"}) {
        ChipSignIn chip;
        chip.doing.failure = failure(ErrorKind::Refused, reason);
        c.put(with_chip_in(sample::kiosk()), std::move(chip), reason);
    }
    ChipSignIn pulled;
    pulled.doing.failure = failure(ErrorKind::Unavailable, "card_removed");
    c.add(std::move(pulled), "pulled_out");
}

void member(Collection& c) {
    c.add_signed_in(Home{.home = sample::loaded(sample::home())});
    Home written_to{.home = sample::loaded(sample::home())};
    written_to.home.value->unread_message_count = 2;
    c.add_signed_in(std::move(written_to), "messages");
    c.add_signed_in(Home{}, "loading");
    Home gone;
    gone.home.failure = failure(ErrorKind::Unavailable, "central_unreachable");
    c.put(offline(sample::signed_in()), std::move(gone), "offline");
    c.add_signed_in(More{});

    Claims claims{.page = sample::loaded(sample::claims())};
    claims.people = {"Alex", "Jamie", "Robin"};
    c.add_signed_in(std::move(claims));
    c.add_signed_in(Claims{.page = sample::loaded(api::ClaimsPage{})}, "none");
    c.add_signed_in(ClaimSearch{});
    c.add_signed_in(Costs{.page = sample::loaded(sample::claims())});

    auto eob = [](api::EobDetail detail) {
        return EobPage{.id = EobId("03"),
                       .provider_name = "Riverside Sample Clinic",
                       .detail = sample::loaded(std::move(detail))};
    };
    c.add_signed_in(eob(sample::eob()));
    auto bare = sample::eob();
    bare.findings.clear();
    bare.eob.totals.clear();
    for (auto& line : bare.eob.lines)
        line.adjudications.clear();
    c.add_signed_in(eob(bare), "no_amounts");
    auto answered = eob(sample::eob());
    answered.answered = {FindingKind::DuplicateLine};
    c.put(offline(sample::signed_in()), std::move(answered), "answered");
    auto mailed = eob(sample::eob());
    mailed.mail_kept = true;
    c.add_signed_in(std::move(mailed), "mailed");
    auto replaced = sample::eob();
    replaced.findings.clear();
    replaced.eob.replaced_by = EobId("09");
    c.add_signed_in(eob(replaced), "replaced");
    c.add_signed_in(EobStory{.detail = sample::eob()});
    auto open = sample::eob();
    open.eob.outcome = ClaimOutcome::Queued;
    open.timeline = {{"service", {2026, 3, 3}}, {"received", {2026, 3, 5}}, {"next", {}}};
    c.add_signed_in(EobStory{.detail = open}, "open");
    c.add_signed_in(WordHelp{});
    c.add_signed_in(LetterPrint{.stage = PrintStage::Printing});
    c.add_signed_in(LetterPrint{.stage = PrintStage::Done}, "done");
    c.add_signed_in(LetterPrint{.stage = PrintStage::Unknown}, "unknown");
}

void card(Collection& c, CardPictures const& pictures) {
    CardPage page{.card = sample::loaded(sample::card()), .pictures = sample::loaded(pictures)};
    c.add_signed_in(std::move(page));
    auto empty = sample::signed_in();
    empty.facts.card_printer.state = PrinterStopped{.conditions = {PrinterCondition::MediaEmpty}};
    c.put(std::move(empty),
          CardPage{.card = sample::loaded(sample::card()), .pictures = sample::loaded(pictures), .side = 1},
          "out_of_cards");
    c.add_signed_in(CardPrint{.stage = PrintStage::Printing, .seconds_left = 25, .pictures = pictures});
    c.add_signed_in(CardPrint{.stage = PrintStage::Done, .seconds_left = 0, .pictures = pictures}, "done");
    c.add_signed_in(
        CardPrint{.stage = PrintStage::Failed, .failure = failure(ErrorKind::Unavailable, "printer_offline")},
        "failed");
    c.add_signed_in(CardPrint{.stage = PrintStage::Unknown}, "unknown");
    c.add_signed_in(MailCard{});
    c.add_signed_in(MailCard{.kept = true}, "done");
}

void account(Collection& c) {
    c.add_signed_in(Contact{.details = sample::loaded(sample::contact()), .change_kept = true});
    ContactEdit edit{.before = sample::contact(),
                     .address = {.line = "12 Sample Street",
                                 .line2 = "",
                                 .city = "Testville",
                                 .state = "MA",
                                 .zip = "0299"},
                     .phone = "617-555-0142",
                     .email = "alex@example.org"};
    edit.wrong = Field::AddressZip;
    c.add_signed_in(std::move(edit));
    c.add_signed_in(Methods{.credentials = sample::loaded(sample::credentials())});
    c.add_signed_in(Methods{.credentials = sample::loaded(sample::credentials()), .removing = "1"}, "remove");
    c.put(offline(sample::signed_in()), Requests{.requests = sample::loaded(sample::requests())});
    c.add_signed_in(Requests{.requests = sample::loaded(sample::requests_on_hold())}, "hold");
    c.add_signed_in(Requests{.requests = sample::loaded(sample::requests_on_hold()), .withdrawing = "4"},
                    "withdraw");
    c.add_signed_in(Requests{.requests = sample::loaded(sample::requests_on_hold()), .withdrawal_kept = true},
                    "withdrawn");
    c.add_signed_in(Messages{.messages = sample::loaded(sample::messages())});
    c.add_signed_in(Messages{.messages = sample::loaded(api::Messages{})}, "none");
    c.put(offline(sample::signed_in()), Messages{.messages = sample::loaded(sample::messages())}, "offline");
    c.add_signed_in(MessagePage{.message = sample::messages().messages.front()});
    auto asked_by_phone = sample::requests();
    asked_by_phone.requests.insert(asked_by_phone.requests.begin(),
                                   {{"8", OperationKind::RequestMailedEob, OperationState::Applied,
                                     "2026-03-12T15:30:00Z", "", "CLM-03", "", false, true},
                                    {"9", OperationKind::PromiseCallBack, OperationState::Waiting,
                                     "2026-03-12T15:20:00Z", "", "", "", false, true},
                                    {"7", OperationKind::WriteToMember, OperationState::Applied,
                                     "2026-03-12T15:10:00Z", "", "", "", false, true}});
    c.add_signed_in(Requests{.requests = sample::loaded(std::move(asked_by_phone))}, "by_phone");
    c.add(Help{});
    auto noticed = sample::kiosk();
    noticed.facts.notices = {{"1", "printing", "error", "The card printer rests until noon.",
                              "La impresora de tarjetas descansa hasta el mediodía.", "", ""}};
    c.put(std::move(noticed), Notices{});
    c.put(listening(Headphones::In), ListenMenu{});
    auto at_its_ends = listening(Headphones::Out);
    at_its_ends.settings.speech.voice = {ui::words_per_minute_min, ui::volume_percent_max};
    c.put(std::move(at_its_ends), ListenMenu{}, "at_its_ends");
    c.put(listening(Headphones::Out), Help{}, "listening");
    auto silent = sample::kiosk();
    silent.facts.sound = false;
    c.put(std::move(silent), Help{}, "no_sound");
    auto no_voice = sample::kiosk();
    no_voice.facts.voices.clear();
    c.put(std::move(no_voice), Help{}, "no_voice");
    c.add(Notices{}, "none");
}

} // namespace

Result<std::vector<Sample>> samples(documents::Texts const& texts) {
    auto const pictures = TRY(draw_card(sample::card().card, texts));
    Collection c;
    welcome(c);
    sign_in(c);
    registration(c);
    way_back(c);
    code_app(c);
    refusals(c);
    member(c);
    card(c, pictures);
    sample_call_checks(c);
    sample_call_backs(c);
    sample_who_calls(c);
    sample_directory(c);
    sample_set_up(c);
    sample_diagnostics(c);
    account(c);
    return std::move(c.all);
}

} // namespace portico::kiosk
