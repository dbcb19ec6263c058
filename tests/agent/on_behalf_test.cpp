#include "tests/agent/behalf_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

TEST_CASE("on behalf: what a caller's proof does not allow is shown with what hinders it") {
    Caller verified;
    for (auto const act : {Act::MailCard, Act::ChangeContact, Act::WriteMessage, Act::PromiseCall})
        CHECK(can_do(verified.app, act));
    for (auto const act : {Act::CheckClaim, Act::MailEob})
        CHECK(verified.hindrance(act).id() == "behalf.eob_first");
    Caller by_mail("verified", "mail_code");
    for (auto const act : {Act::MailCard, Act::ChangeContact, Act::CheckClaim, Act::MailEob})
        CHECK(by_mail.hindrance(act).id() == "behalf.not_by_mail");
    Caller found("identified");
    for (auto const act : {Act::MailCard, Act::ChangeContact, Act::CheckClaim, Act::MailEob})
        CHECK(found.hindrance(act).id() == "behalf.verify_first");
    // What goes to where the member is known to be tells the caller nothing.
    for (auto* desk : {&by_mail, &found}) {
        CHECK(can_do(desk->app, Act::WriteMessage));
        CHECK(can_do(desk->app, Act::PromiseCall));
        desk->want(Do{Act::MailCard});
        CHECK(desk->has_no_dialog());
    }
    // Of a caller whom nobody found nothing is asked, but a note can be taken.
    Desk nobody;
    nobody.sign_in_to_cases();
    nobody.want(PickCase{"new"});
    CHECK_FALSE(offered(nobody.app, Act::ActForMember));
    CHECK_FALSE(offered(nobody.app, Act::WriteMessage));
    CHECK(can_do(nobody.app, Act::AddNote));
    // Nor of a record that is closed to the case.
    Caller closed;
    closed.at_hand()->member.failure = failure(ErrorKind::Refused, "break_glass_needed");
    CHECK_FALSE(offered(closed.app, Act::ActForMember));
}

TEST_CASE("on behalf: an operation names its case and its rep, and is on the disk before it is said to be") {
    Caller desk;
    desk.write();
    auto const* keep = desk.asked<KeepOperation>();
    REQUIRE(keep != nullptr);
    CHECK(keep->operation.on_behalf_case == "old");
    CHECK(keep->operation.session_token == "token");
    CHECK(keep->operation.write_to_member->text == "We asked the clinic.\nWait for our letter.");
    CHECK(keep->operation.id.empty());
    auto const request = desk.number_of<KeepOperation>();
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.written().state == Written::State::Keeping);
    // Once more while it is on its way to the disk is not twice.
    desk.want(Continue{});
    CHECK(desk.asked<KeepOperation>() == nullptr);
    desk.keep("op-1", request);
    CHECK(desk.has_no_dialog());
    CHECK(desk.cases().said.words.id() == "behalf.written");
    CHECK(desk.written().state == Written::State::OnItsWay);
    CHECK(desk.at_hand()->draft_of(OnBehalf::Write) == nullptr);
    CHECK(desk.count<ReadOutbox>() == 1);
    // The reply that came twice says nothing more.
    desk.keep("op-1", request);
    CHECK(desk.app.written.all.size() == 1);
}

TEST_CASE("on behalf: it is written down while central is away, and what needs central says so") {
    Caller desk;
    desk.happens(OnlineChanged{client::Online::No});
    CHECK(can_do(desk.app, Act::WriteMessage));
    desk.write_down("op-1");
    CHECK(desk.written().state == Written::State::OnItsWay);
    CHECK(desk.hindrance(Act::AddNote).id() == "work.needs_central");
    CHECK(desk.hindrance(Act::ShowHistory).id() == "work.needs_central");
    // What was on file cannot be shown, so nothing is typed over it.
    desk.want(Do{Act::ChangeContact});
    desk.want(ChooseInCase{CaseChoice::ContactPart, 0});
    desk.want(Continue{});
    CHECK(desk.asked<Reveal>() == nullptr);
    CHECK(desk.asked<KeepOperation>() == nullptr);
}

TEST_CASE("on behalf: a disk that is full keeps what was typed, and says so in the dialog") {
    Caller desk;
    desk.write();
    desk.reply(OperationKept{"old", failure(ErrorKind::Full, "disk_full")}, desk.number_of<KeepOperation>());
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->wrong->reason == "disk_full");
    CHECK(desk.dialog()->keeping == 0);
    CHECK(desk.app.written.all.empty());
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "We asked the clinic.\nWait for our letter.");
    desk.want(Continue{});
    CHECK(desk.asked<KeepOperation>() != nullptr);
    // Closed meanwhile, it is said above the case.
    desk.want(Close{});
    desk.reply(OperationKept{"old", failure(ErrorKind::Full, "outbox_full")}, desk.app.last_request);
    CHECK(desk.cases().said.words.id() == "behalf.not_written");
    CHECK(desk.at_hand()->has_draft());
}

TEST_CASE("on behalf: what central did is done, and what was typed for it is gone") {
    Caller desk;
    desk.write_down("op-1");
    desk.outbox_says({{"op-1", client::OperationStanding::Where::Waiting, ""}});
    CHECK(desk.written().state == Written::State::OnItsWay);
    desk.outbox_says({{"op-1", client::OperationStanding::Where::Settled, ""}});
    CHECK(desk.written().state == Written::State::Done);
    CHECK(desk.written().draft == nullptr);
    // A late reading of the outbox changes nothing that is done.
    desk.happens(OutboxChanged{{.waiting = 0, .sent = 1, .refused = 1}});
    auto const late = desk.number_of<ReadOutbox>();
    desk.reply(OutboxRead{std::vector<client::OperationStanding>{
                              {"op-1", client::OperationStanding::Where::Refused, "case_unknown"}},
                          std::vector<client::RefusedOperation>{}},
               late);
    CHECK(desk.written().state == Written::State::Done);
}

TEST_CASE("on behalf: an answer that overtakes the word that it was written down is not missed") {
    Caller desk;
    desk.write();
    auto const request = desk.number_of<KeepOperation>();
    // The outbox has told already, of an id that nobody here knows yet.
    desk.happens(OutboxChanged{{.waiting = 0, .sent = 0, .refused = 1}});
    auto const early = desk.number_of<ReadOutbox>();
    desk.reply(OutboxRead{std::vector<client::OperationStanding>{},
                          std::vector<client::RefusedOperation>{{"op-1", "messages_many"}}},
               early);
    desk.keep("op-1", request);
    auto const again = desk.number_of<ReadOutbox>();
    REQUIRE(again != 0);
    desk.reply(OutboxRead{std::vector<client::OperationStanding>{
                              {"op-1", client::OperationStanding::Where::Refused, "messages_many"}},
                          std::vector<client::RefusedOperation>{{"op-1", "messages_many"}}},
               again);
    CHECK(desk.written().state == Written::State::Refused);
    CHECK(desk.app.written.before.empty());
}

TEST_CASE("on behalf: one that is refused comes back with its reason, and with all that was typed") {
    Caller desk;
    desk.write_down("op-1");
    desk.refuse("op-1", "messages_many");
    CHECK(desk.written().state == Written::State::Refused);
    CHECK(desk.written().reason == "messages_many");
    CHECK(desk.app.written.before.empty());
    desk.want(Correct{"op-1"});
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->what == OnBehalf::Write);
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "We asked the clinic.\nWait for our letter.");
    CHECK(desk.app.written.all.empty());
    REQUIRE(desk.asked<ForgetRefused>() != nullptr);
    CHECK(desk.asked<ForgetRefused>()->operation == "op-1");
    // It goes again as another operation.
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    CHECK(desk.asked<KeepOperation>()->operation.id.empty());
}

TEST_CASE("on behalf: what is being written is not overwritten by what was refused") {
    Caller desk;
    desk.write_down("op-1");
    desk.want(Do{Act::WriteMessage});
    desk.want(Typed{Field::MessageText, "Another one"});
    desk.want(Close{});
    desk.refuse("op-1", "messages_many");
    desk.want(Correct{"op-1"});
    CHECK(desk.has_no_dialog());
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "Another one");
    CHECK(desk.written().draft->text == "We asked the clinic.\nWait for our letter.");
    // Why nothing happened is said, and what to do about it; once that is done, it comes back.
    CHECK(desk.cases().said.words.id() == "behalf.correct_later");
    CHECK_FALSE(desk.cases().said.good);
    desk.want(Do{Act::WriteMessage});
    desk.want(Typed{Field::MessageText, ""});
    desk.want(Close{});
    desk.want(Correct{"op-1"});
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "We asked the clinic.\nWait for our letter.");
}

TEST_CASE("on behalf: one that was refused can be left at that") {
    Caller desk;
    desk.write_down("op-1");
    desk.refuse("op-1", "messages_many");
    desk.want(HasSeen{"op-1"});
    CHECK(desk.app.written.all.empty());
    CHECK(desk.asked<ForgetRefused>() != nullptr);
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
}

TEST_CASE("on behalf: what is on its way cannot be waved away") {
    Caller desk;
    desk.write_down("op-1");
    desk.want(HasSeen{"op-1"});
    CHECK(desk.app.written.all.size() == 1);
    CHECK(desk.asked<ForgetRefused>() == nullptr);
    desk.want(Correct{"op-1"});
    CHECK(desk.has_no_dialog());
}

TEST_CASE("on behalf: a draft belongs to its case, and Esc loses none of it") {
    Caller desk;
    desk.want(Do{Act::WriteMessage});
    desk.want(Typed{Field::MessageText, "For the first caller"});
    desk.want(Close{});
    CHECK(desk.has_no_dialog());
    desk.want(PickCase{"new"});
    REQUIRE(desk.at_hand()->item.case_id == "new");
    CHECK(desk.at_hand()->draft_of(OnBehalf::Write) == nullptr);
    CHECK_FALSE(desk.at_hand()->has_draft());
    desk.want(PickCase{"old"});
    desk.want(Do{Act::WriteMessage});
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "For the first caller");
    // Of a case that was closed elsewhere nothing stays.
    desk.want(Close{});
    desk.want(PickCase{"new"});
    desk.list_says("verified", "own_session", false);
    CHECK(desk.cases().beside.empty());
}

TEST_CASE("on behalf: a late word of another case closes no dialog and fills none") {
    Caller desk;
    desk.write();
    auto const request = desk.number_of<KeepOperation>();
    desk.want(Close{});
    desk.want(PickCase{"new"});
    desk.at_hand()->item.level = "identified";
    desk.want(Do{Act::WriteMessage});
    desk.want(Typed{Field::MessageText, "For the second caller"});
    desk.keep("op-1", request);
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "For the second caller");
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.written().of.case_id == "old");
    CHECK(desk.written().draft->text == "We asked the clinic.\nWait for our letter.");
    // Refused, it leads back to its own case.
    desk.want(Close{});
    desk.refuse("op-1", "messages_many");
    desk.want(Correct{"op-1"});
    CHECK(desk.at_hand()->item.case_id == "old");
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "We asked the clinic.\nWait for our letter.");
}

TEST_CASE("on behalf: nothing that was typed stays after the session, and what was refused before is told") {
    Caller desk;
    desk.write_down("op-1");
    desk.want(Do{Act::SignOut});
    CHECK(desk.app.written.all.empty());
    // The next one at the desk is told that something was refused, and why; nothing else is left of it.
    desk.type_pin();
    desk.answer(SignedIn{Desk::admission({"see_work", "do_work", "open_case"})});
    desk.happens(OutboxChanged{{.waiting = 0, .sent = 0, .refused = 1}});
    auto const request = desk.number_of<ReadOutbox>();
    REQUIRE(request != 0);
    desk.reply(OutboxRead{std::vector<client::OperationStanding>{},
                          std::vector<client::RefusedOperation>{{"op-1", "messages_many"}}},
               request);
    REQUIRE(desk.app.written.before.size() == 1);
    desk.want(HasSeen{"op-1"});
    CHECK(desk.app.written.before.empty());
    CHECK(desk.asked<ForgetRefused>()->operation == "op-1");
}

TEST_CASE("on behalf: what cannot be written down as it is says why, and loses nothing") {
    Caller desk;
    auto const wrong = [&](std::string text) {
        desk.want(Do{Act::WriteMessage});
        desk.want(Typed{Field::MessageText, std::move(text)});
        desk.want(Continue{});
        CHECK(desk.asked<KeepOperation>() == nullptr);
        REQUIRE(desk.dialog() != nullptr);
        return desk.dialog()->wrong ? desk.dialog()->wrong->reason : "";
    };
    CHECK(wrong(" \n ") == "message_empty");
    CHECK(wrong("bell \x07") == "message_invalid");
    CHECK(wrong(std::string(100'000, 'x')) == "message_long");
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text.size() == 100'000);
    CHECK(wrong("turned \u202e round") == "message_invalid");
    // What was wrong may be right now.
    desk.want(Typed{Field::MessageText, "plain"});
    CHECK_FALSE(desk.dialog()->wrong);
}

TEST_CASE("on behalf: a call is promised from today to thirty days on, with what it is about") {
    Caller desk; // at midnight of 2026-03-12
    auto const promise = [&](char const* on, char const* about) -> std::string {
        desk.want(Do{Act::PromiseCall});
        desk.want(Typed{Field::CallBackOn, on});
        desk.want(Typed{Field::CallBackAbout, about});
        desk.want(Continue{});
        if (auto const* keep = desk.asked<KeepOperation>())
            return keep->operation.promise_call_back->on;
        return desk.dialog()->wrong->reason;
    };
    CHECK(promise("02/30/2026", "x") == "call_day_invalid");
    CHECK(promise("3/9/26", "x") == "call_day_invalid");
    CHECK(promise("03/11/2026", "x") == "call_day_outside");
    CHECK(promise("04/12/2026", "x") == "call_day_outside");
    CHECK(promise("04/11/2026", " ") == "about_empty");
    CHECK(promise("04/11/2026", std::string(201, 'x').c_str()) == "about_invalid");
    CHECK(promise("04/11/2026", "The clinic's answer") == "2026-04-11");
    desk.keep("op-1", desk.number_of<KeepOperation>());
    CHECK(promise("03/12/2026", "The clinic's answer") == "2026-03-12");
}

TEST_CASE("on behalf: the first finding that waits has the key, each its answer, and each is asked once") {
    Reading desk;
    CHECK(can_do(desk.app, Act::CheckClaim));
    desk.want(Do{Act::CheckClaim});
    REQUIRE(desk.dialog() != nullptr);
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    auto const& first = *desk.asked<KeepOperation>()->operation.dispute_finding;
    CHECK(first.eob_id == "eob-1");
    CHECK(first.finding == FindingKind::DuplicateLine);
    CHECK(first.answer == "check_it");
    desk.keep("op-1", desk.number_of<KeepOperation>());
    desk.want(AnswerFinding{FindingKind::DuplicateLine});
    CHECK(desk.has_no_dialog());
    desk.want(Do{Act::CheckClaim});
    desk.want(ChooseInCase{CaseChoice::ClaimAnswer, 1});
    desk.want(Continue{});
    auto const& second = *desk.asked<KeepOperation>()->operation.dispute_finding;
    CHECK(second.finding == FindingKind::DeniedYetBilled);
    CHECK(second.answer == "is_right");
    desk.keep("op-2", desk.number_of<KeepOperation>());
    CHECK(desk.hindrance(Act::CheckClaim).id() == "behalf.nothing_wrong");
    // Refused, it waits for an answer again.
    desk.refuse("op-2", "finding_unknown");
    CHECK(can_do(desk.app, Act::CheckClaim));
}

TEST_CASE("on behalf: what the member has answered needs no answer, and a copy names its EOB") {
    Reading desk({duplicate()});
    desk.at_hand()->claims->eob.value->answered_findings = {"duplicate_line"};
    CHECK(desk.hindrance(Act::CheckClaim).id() == "behalf.nothing_wrong");
    desk.want(AnswerFinding{FindingKind::DuplicateLine});
    CHECK(desk.has_no_dialog());
    desk.want(Do{Act::MailEob});
    CHECK(desk.asked<KeepOperation>() == nullptr); // it is asked first
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    CHECK(desk.asked<KeepOperation>()->operation.request_mailed_eob->eob_id == "eob-1");
}

TEST_CASE("on behalf: a card is mailed for a reason, and for none there is nothing to write down") {
    Caller desk;
    desk.want(Do{Act::MailCard});
    desk.want(Continue{});
    CHECK(desk.asked<KeepOperation>() == nullptr);
    desk.want(ChooseInCase{CaseChoice::CardReason, 2});
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    CHECK(desk.asked<KeepOperation>()->operation.request_mailed_card->reason == "never_arrived");
}

TEST_CASE("on behalf: a proof that has run out under the dialog writes nothing down") {
    Caller desk;
    desk.want(Do{Act::MailCard});
    desk.want(ChooseInCase{CaseChoice::CardReason, 0});
    desk.list_says("identified", "");
    desk.want(Continue{});
    CHECK(desk.asked<KeepOperation>() == nullptr);
    CHECK(desk.at_hand()->draft(OnBehalf::MailCard).card_reason == 0);
    desk.list_says("verified");
    desk.want(Continue{});
    CHECK(desk.asked<KeepOperation>() != nullptr);
}

TEST_CASE("on behalf: the list of them is worked by keys, and Esc leads back to the case") {
    Caller desk;
    Keyboard keys(desk);
    keys.press(ui::alt('A'));
    REQUIRE(std::holds_alternative<ForMemberDialog>(desk.cases().dialog));
    keys.press(ui::alt('M'));
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->what == OnBehalf::Write);
    for (char const c : std::string("Call us"))
        keys.stage->input(ui::TextTyped{std::string(1, c)});
    keys.show();
    keys.press(ui::Key::Select);
    for (char const c : std::string("today"))
        keys.stage->input(ui::TextTyped{std::string(1, c)});
    keys.show();
    CHECK(desk.at_hand()->draft(OnBehalf::Write).text == "Call us\ntoday");
    CHECK(desk.asked<KeepOperation>() == nullptr);
    keys.press(ui::Key::Escape);
    CHECK(desk.has_no_dialog());
    keys.press(ui::alt('M'));
    keys.press(ui::alt('O'));
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    desk.keep("op-1", desk.number_of<KeepOperation>());
    keys.show();
    CHECK(desk.has_no_dialog());
}

TEST_CASE("on behalf: no two acts of the cases have one key") {
    Reading desk;
    desk.app.session.rights = {"see_work", "do_work", "open_case", "unlock_account", "allow_more"};
    desk.at_hand()->member.value->account = "locked";
    desk.at_hand()->claims->next_cursor = "older";
    std::map<ui::Key, Act> keys;
    for (auto const& each : offered_acts(desk.app)) {
        INFO(ui::name(each.key));
        CHECK(keys.emplace(each.key, each.act).second);
    }
}
