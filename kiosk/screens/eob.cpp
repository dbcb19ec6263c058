#include "kiosk/screens/eob.h"

#include "kiosk/app/app.h"
#include "kiosk/screens/pictures.h"
#include "shared/documents/eob_letter.h"

#include <set>

namespace portico::kiosk {

namespace {

using terminal::finding_text;
using terminal::is_decided;
using terminal::line_amount;
using terminal::line_numbers;
using terminal::line_share;
using terminal::line_text;
using terminal::reason_text;
using terminal::story_steps;
using ui::MoneyKind;

bool is_answered(EobPage const& screen, Finding const& finding) {
    auto const& told = screen.detail.value->answered_findings;
    return std::find(screen.answered.begin(), screen.answered.end(), finding.kind) != screen.answered.end() ||
           std::find(told.begin(), told.end(), name(finding.kind)) != told.end();
}

void finding_banner(ui::Ui& ui, App const& app, EobPage const& screen, Finding const& finding,
                    MaybeIntent& intent) {
    std::string const key = name(finding.kind) + line_numbers(finding);
    if (is_answered(screen, finding)) {
        ui.banner(
            ui::BannerKind::Good, "eob.answered"_msg,
            {.text = app.facts.offline() ? "eob.answered_later"_msg : "eob.answered_more"_msg, .key = key});
        return;
    }
    ui.banner(ui::BannerKind::LookAgain, "eob.looks_wrong"_msg,
              {.text = finding_text(ui, screen.detail.value->eob, finding), .icon = "flag", .key = key}, [&] {
                  bool const small = two_columns(ui);
                  bool const busy = screen.answering.waiting() && screen.answering_kind == finding.kind;
                  want(intent,
                       ui.button("eob.check_it"_msg, {.kind = ui::ButtonKind::Primary,
                                                      .key = key,
                                                      .busy = busy ? "part.saving"_msg : ui::Text(),
                                                      .small = small}),
                       AnswerFinding{finding.kind, true});
                  want(intent, ui.button("eob.is_right"_msg, {.key = key, .small = small}),
                       AnswerFinding{finding.kind, false});
              });
}

std::vector<ui::MoneyStep> steps_of(DollarFlow const& flow, Date paid_on) {
    std::vector<ui::MoneyStep> steps{{MoneyKind::Asked, "eob.asked"_msg, flow.asked->cents}};
    steps.push_back({MoneyKind::Discount, "eob.discount"_msg, flow.discount.value_or(Money{}).cents,
                     "eob.discount_note"_msg});
    if (flow.other_insurance && flow.other_insurance->cents != 0)
        steps.push_back({MoneyKind::Plan, "eob.other_insurance"_msg, flow.other_insurance->cents});
    ui::Text sent;
    if (!paid_on.is_empty())
        sent = "eob.plan_paid_note"_msg.with("date", date_text(paid_on, ui::DateLength::Short));
    steps.push_back({MoneyKind::Plan, "eob.plan_paid"_msg, flow.plan_paid.value_or(Money{}).cents, sent});
    steps.push_back({MoneyKind::You, "eob.your_share"_msg, flow.member_share.value_or(Money{}).cents,
                     "eob.your_share_note"_msg});
    return steps;
}

/// The picture, or, where the parts do not add up, the figures and a sentence.
void money_part(ui::Ui& ui, Eob const& eob) {
    auto const flow = dollar_flow(eob);
    bool const any = flow.asked || flow.plan_paid || flow.member_share || flow.discount;
    if (!any) {
        ui.banner(ui::BannerKind::Notice, "eob.no_amounts"_msg, {.text = "eob.no_amounts_more"_msg});
        return;
    }
    ui.card([&] {
        if (!low_screen(ui))
            ui.section("eob.where"_msg);
        if (flow.adds_up && flow.asked && flow.member_share) {
            ui.staircase("eob.sentence"_msg.with("asked", ui::Cents{flow.asked->cents})
                             .with("share", ui::Cents{flow.member_share->cents}),
                         steps_of(flow, eob.paid_on));
            return;
        }
        ui.text("eob.no_picture"_msg, ui::TextKind::Secondary);
        ui.fact("eob.asked"_msg, money_or_unknown(flow.asked));
        ui.fact("eob.discount"_msg, money_or_unknown(flow.discount));
        ui.fact("eob.plan_paid"_msg, money_or_unknown(flow.plan_paid));
        ui.fact("eob.your_share"_msg, money_or_unknown(flow.member_share));
    });
}

void lines_part(ui::Ui& ui, api::EobDetail const& detail) {
    std::set<int> flagged;
    for (auto const& finding : detail.findings)
        flagged.insert(finding.line_sequences.begin(), finding.line_sequences.end());
    ui::TableSpec table{.header = {"eob.what"_msg, "eob.asked_column"_msg, "eob.share_column"_msg},
                        .rows = {}};
    for (auto const& line : detail.eob.lines) {
        ui::TableRow row{.key = std::to_string(line.sequence),
                         .cells = {{line_text(line)},
                                   {money_or_unknown(line_amount(line, AmountCategory::Submitted))},
                                   {money_or_unknown(line_share(line)), true}}};
        if (flagged.contains(line.sequence))
            row.flag = "claims.look_again"_msg;
        if (line.denied)
            row.note = "eob.denied_line"_msg;
        table.rows.push_back(std::move(row));
    }
    if (!table.rows.empty())
        ui.card([&] { ui.table("eob.lines"_msg, table); }, {.tight = true});
}

/// Why: every reason code on the claim once, in words where we have them, else as it stands.
void reasons_part(ui::Ui& ui, api::EobDetail const& detail) {
    if (detail.reasons.empty() && detail.eob.notes.empty())
        return;
    ui.card([&] {
        ui.section("eob.why"_msg, {.icon = "info"});
        for (auto const& reason : detail.reasons)
            ui.text("eob.reason"_msg.with("words", reason_text(ui, reason)).with("code", reason.code.code));
        for (auto const& note : detail.eob.notes)
            ui.text(data(note), ui::TextKind::Small);
    });
}

/// In half a wide screen the words have the room of the icons.
void tools_part(ui::Ui& ui, App const& app, EobPage const& screen, MaybeIntent& intent) {
    auto const icon = [wide = two_columns(ui)](char const* name) { return std::string(wide ? "" : name); };
    ui.buttons([&] {
        want(intent, ui.button("eob.next"_msg, {.icon = icon("clock"), .small = true}),
             Open{Place::EobStory});
        want(intent, ui.button("eob.print"_msg, {.icon = icon("printer"), .small = true}), PrintLetter{});
        want(intent, ui.button("eob.words"_msg, {.icon = icon("circle-question-mark"), .small = true}),
             Open{Place::WordHelp});
    });
    if (screen.mailing.failure)
        problem_banner(ui, *screen.mailing.failure, intent, false);
    if (screen.mail_kept)
        return ui.banner(ui::BannerKind::Good, "eob.mail_kept"_msg,
                         {.text = app.facts.offline() ? "eob.answered_later"_msg : "eob.answered_more"_msg,
                          .key = "mail"});
    want(intent,
         ui.button("eob.mail"_msg, {.icon = "mail",
                                    .busy = screen.mailing.waiting() ? "part.saving"_msg : ui::Text(),
                                    .small = true}),
         MailEob{});
}

void eob_heading(ui::Ui& ui, EobPage const& screen) {
    ui::HeadingSpec spec{.pill = "eob.not_a_bill"_msg};
    if (screen.detail.value) {
        auto const& detail = *screen.detail.value;
        spec.subtitle = "eob.visit_on"_msg.with("name", detail.patient_given_name)
                            .with("date", date_text(detail.eob.service.start));
    }
    ui.heading(screen.provider_name.empty() ? ui::Text("claims.no_provider"_msg) : data(screen.provider_name),
               spec);
}

void state_part(ui::Ui& ui, Eob const& eob) {
    if (eob.replaced_by)
        ui.banner(ui::BannerKind::Notice, "eob.replaced"_msg,
                  {.text = "eob.replaced_more"_msg, .icon = "rotate-ccw"});
    else if (eob.status == EobStatus::Cancelled || eob.status == EobStatus::EnteredInError)
        ui.banner(ui::BannerKind::Notice, "eob.cancelled"_msg, {.text = "eob.cancelled_more"_msg});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, EobPage const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, EobPage::name), [&] {
        want(intent, ui.back("part.claims"_msg), GoBack{});
        eob_heading(ui, screen);
        offline_banner(ui, app, "eob.offline"_msg);
        when_loaded(ui, screen.detail, "eob.loading"_msg, intent, [&](api::EobDetail const& detail) {
            bool const wide = two_columns(ui);
            ui.columns(
                [&] {
                    ui.column([&] {
                        state_part(ui, detail.eob);
                        money_part(ui, detail.eob);
                        if (wide)
                            tools_part(ui, app, screen, intent);
                    });
                    ui.column(
                        [&] {
                            for (auto const& finding : detail.findings)
                                finding_banner(ui, app, screen, finding, intent);
                            if (screen.answering.failure)
                                problem_banner(ui, *screen.answering.failure, intent, false);
                            lines_part(ui, detail);
                        },
                        {.gap = wide ? 16.0F : -1});
                },
                {.weights = {1, 1.25F}, .only_landscape = true});
            reasons_part(ui, detail);
            if (!wide)
                tools_part(ui, app, screen, intent);
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

bool is_over(Eob const& eob) {
    return eob.replaced_by || eob.status == EobStatus::Cancelled || eob.status == EobStatus::EnteredInError;
}

bool is_open(Eob const& eob) {
    return eob.status == EobStatus::Draft || eob.outcome == ClaimOutcome::Queued ||
           eob.outcome == ClaimOutcome::Partial;
}

/// What the member has to do, or not.
ui::Text next_text(Eob const& eob) {
    if (eob.replaced_by)
        return "eob_story.next_replaced"_msg;
    if (is_over(eob))
        return "eob_story.next_cancelled"_msg;
    if (is_open(eob))
        return "eob_story.next_queued"_msg;
    auto const share = dollar_flow(eob).member_share;
    if (!share)
        return "eob_story.next_unknown"_msg;
    if (share->cents > 0)
        return "eob_story.next_bill"_msg.with("share", ui::Cents{share->cents});
    if (share->cents < 0)
        return "eob_story.next_back"_msg.with("share", ui::Cents{-share->cents});
    return "eob_story.next_nothing"_msg;
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, EobStory const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, EobStory::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("eob_story.title"_msg,
                   {.subtitle = "eob_story.claim"_msg.with("number", screen.detail.eob.claim_number)});
        ui.card([&] { ui.timeline("eob_story.timeline"_msg, story_steps(ui, screen.detail)); });
        ui.card(
            [&] {
                ui.section("eob_story.next"_msg, {.icon = "arrow-right"});
                ui.text(next_text(screen.detail.eob));
            },
            {.kind = ui::CardKind::Tint});
        if (is_decided(screen.detail) && !is_over(screen.detail.eob))
            ui.card([&] {
                ui.section("eob_story.appeal"_msg, {.icon = "circle-question-mark"});
                ui.text("eob_story.appeal_more"_msg.with("days", documents::AppealTerms{}.file_within_days));
            });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

struct HelpWord {
    ui::Msg word, meaning;
};
void words_card(ui::Ui& ui, std::initializer_list<HelpWord> words) {
    ui.card([&] {
        bool first = true;
        for (auto const& each : words) {
            if (!first)
                ui.divider();
            first = false;
            ui.text(each.word, ui::TextKind::Strong);
            ui.text(each.meaning);
        }
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, WordHelp const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, WordHelp::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("word_help.title"_msg);
        ui.columns(
            [&] {
                words_card(ui, {{"word_help.allowed"_msg, "word_help.allowed_more"_msg},
                                {"word_help.deductible"_msg, "word_help.deductible_more"_msg},
                                {"word_help.copay"_msg, "word_help.copay_more"_msg}});
                words_card(ui, {{"word_help.coinsurance"_msg, "word_help.coinsurance_more"_msg},
                                {"word_help.out_of_pocket"_msg, "word_help.out_of_pocket_more"_msg},
                                {"word_help.network"_msg, "word_help.network_more"_msg}});
            },
            {.only_landscape = true});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, LetterPrint const& screen) {
    MaybeIntent intent;
    using ui::StepState;
    auto const bar = ui.frame(frame_of(app, LetterPrint::name), [&] {
        bool const over = screen.stage == PrintStage::Done || screen.stage == PrintStage::Failed ||
                          screen.stage == PrintStage::Unknown;
        if (over || screen.stage == PrintStage::Waiting)
            want(intent, ui.back("part.back"_msg), GoBack{});
        switch (screen.stage) {
        case PrintStage::Done:
            ui.heading("letter.done"_msg, {.subtitle = "letter.done_more"_msg});
            break;
        case PrintStage::Failed:
            ui.heading("letter.failed"_msg, {.subtitle = "letter.failed_more"_msg});
            break;
        case PrintStage::Unknown:
            ui.heading("letter.unknown"_msg, {.subtitle = "letter.unknown_more"_msg});
            break;
        case PrintStage::Waiting:
            ui.heading("letter.waiting"_msg, {.subtitle = "letter.waiting_more"_msg});
            break;
        case PrintStage::Preparing:
        case PrintStage::Printing:
            ui.heading("letter.title"_msg, {.subtitle = "letter.subtitle"_msg});
            break;
        }
        if (screen.failure)
            problem_banner(ui, *screen.failure, intent, false);
        if (screen.stage != PrintStage::Failed && screen.stage != PrintStage::Unknown) {
            auto const stage = static_cast<int>(screen.stage);
            auto state = [&](int step) {
                return screen.stage == PrintStage::Done || stage > step ? StepState::Done
                       : stage == step                                  ? StepState::Now
                                                                        : StepState::Next;
            };
            ui.card([&] {
                ui.progress("letter.progress"_msg,
                            {.fraction = screen.stage == PrintStage::Done ? 1.0 : -1.0,
                             .steps = {{.label = "letter.step_made"_msg, .state = state(0)},
                                       {.label = "letter.step_printing"_msg, .state = state(1)},
                                       {.label = "letter.step_take"_msg,
                                        .state = screen.stage == PrintStage::Done ? StepState::Now
                                                                                  : StepState::Next}},
                             .picture = printer_picture()});
            });
        }
        if (over)
            want(intent, ui.button("letter.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
