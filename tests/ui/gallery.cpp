#include "tests/ui/gallery.h"

namespace portico::ui::gallery {
namespace {

using std::chrono::year_month_day;
constexpr year_month_day day(int y, unsigned m, unsigned d) {
    return {std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
}

FrameSpec page(std::string name) {
    return {.screen = std::move(name), .who = data("Alex S."), .finish = true};
}

void home(Ui& ui, State& s) {
    auto const bar = ui.frame(page("home"), [&] {
        ui.heading("gallery.hello"_msg.with("name", "Alex"),
                   {.subtitle = data("Sample Silver PPO"),
                    .aside = "gallery.id_ending"_msg.with("digits", "0042"),
                    .pill = "gallery.covered"_msg,
                    .pill_icon = "check"});
        ui.card([&] {
            ui.section("gallery.year"_msg, {.aside = "gallery.until"_msg.with("day", day(2026, 3, 12))});
            ui.columns(
                [&] {
                    ui.ring("gallery.deductible"_msg,
                            {.fraction = 0.76,
                             .value = money_whole(114000),
                             .of = "gallery.of"_msg.with("amount", whole_dollars(150000)),
                             .caption = "gallery.deductible_left"_msg.with("amount", whole_dollars(36000))});
                    ui.ring("gallery.limit"_msg,
                            {.fraction = 0.385,
                             .value = money_whole(231000),
                             .of = "gallery.of"_msg.with("amount", whole_dollars(600000)),
                             .caption = "gallery.limit_left"_msg.with("amount", whole_dollars(369000))});
                },
                {.divider = true});
        });
        ui.banner(BannerKind::LookAgain, "gallery.mistake"_msg,
                  {.text = "gallery.mistake_where"_msg.with("clinic", "Riverside Sample Clinic")}, [&] {
                      if (ui.button("gallery.look"_msg, {.kind = ButtonKind::Primary, .small = true}))
                          s.pressed = "look";
                  });
        ui.grid(2, [&] {
            if (ui.tile("gallery.claims"_msg, {.icon = "receipt-text",
                                               .subtitle = "gallery.claims_sub"_msg,
                                               .badge = "gallery.new"_msg.with("count", 1)}))
                s.pressed = "claims";
            ui.tile("gallery.card"_msg, {.icon = "id-card", .subtitle = "gallery.card_sub"_msg});
            ui.tile("gallery.doctor"_msg, {.icon = "stethoscope", .subtitle = "gallery.doctor_sub"_msg});
            ui.tile("gallery.messages"_msg, {.icon = "message-circle",
                                             .subtitle = "gallery.messages_sub"_msg,
                                             .badge = "gallery.new"_msg.with("count", 2)});
        });
        ui.buttons([&] {
            if (ui.button("gallery.more"_msg, {.icon = "ellipsis"}))
                s.pressed = "more";
            if (ui.button("gallery.person"_msg, {.icon = "phone-call"}))
                s.pressed = "person";
        });
    });
    if (bar == BarAction::Finish)
        s.pressed = "finish";
}

void claims(Ui& ui, State& s) {
    ui.frame(page("claims"), [&] {
        if (ui.back("gallery.home"_msg))
            s.pressed = "home";
        ui.heading("gallery.claims"_msg);
        ui.row(
            [&] {
                if (ui.chip("gallery.all"_msg.with("count", 14), s.all))
                    s.all = !s.all;
                ui.chip("gallery.again_count"_msg.with("count", 1), false);
                ui.chip("gallery.progress_count"_msg.with("count", 2), false);
                ui.chip("gallery.done_count"_msg.with("count", 11), false);
            },
            {.gap = 20});
        ui.columns([&] {
            if (auto who = ui.select("gallery.who"_msg, {"gallery.everyone"_msg, data("Alex"), data("Jamie")},
                                     s.person))
                s.person = *who;
            ui.select("gallery.when"_msg, {"gallery.year_back"_msg, "gallery.all_time"_msg}, 0);
        });
        ui.legend();
        struct Row {
            char const* key;
            char const* name;
            char const* person;
            year_month_day day;
            int kind;
            std::int64_t discount, plan, you;
        };
        Row const rows[] = {
            {"c1", "Sample Pharmacy", "Alex", day(2026, 3, 9), 0, 0, 0, -1},
            {"c2", "Riverside Sample Clinic", "Alex", day(2026, 3, 3), 1, 14200, 19200, 8600},
            {"c3", "Dr. Minh Example", "Jamie", day(2026, 2, 20), 2, 7100, 15400, 4000},
            {"c4", "Sample Eye Center", "Alex", day(2026, 2, 2), 2, 9000, 15400, 0},
            {"c5", "Testwell Urgent Care", "Robin", day(2026, 1, 14), 2, 19000, 21400, 7500},
        };
        ui.list([&] {
            for (auto const& row : rows) {
                RowButtonSpec spec;
                spec.key = row.key;
                spec.day = row.day;
                spec.subtitle = data(row.person);
                if (row.kind == 0)
                    spec.pills = {{"gallery.in_progress"_msg, PillKind::Plain, "clock"}};
                if (row.kind == 1)
                    spec.pills = {{"gallery.again"_msg, PillKind::LookAgain, "flag"}};
                if (row.kind == 2)
                    spec.pills = {{"gallery.done"_msg, PillKind::Good, "check"}};
                spec.bar = {{MoneyKind::Discount, row.discount},
                            {MoneyKind::Plan, row.plan},
                            {MoneyKind::You, row.you}};
                spec.bar_unknown = row.kind == 0;
                spec.aside_label = "gallery.you_pay"_msg;
                spec.aside = row.you < 0 ? Text("gallery.unknown"_msg) : money(row.you);
                if (ui.row_button(data(row.name), spec))
                    s.pressed = row.key;
            }
        });
    });
}

void eob(Ui& ui, State& s) {
    ui.frame(page("eob"), [&] {
        if (ui.back("gallery.claims_back"_msg))
            s.pressed = "claims";
        ui.heading(data("Riverside Sample Clinic"),
                   {.subtitle = "gallery.visit"_msg.with("name", "Alex").with("day", day(2026, 3, 3)),
                    .pill = "gallery.not_a_bill"_msg});
        ui.columns(
            [&] {
                ui.column([&] {
                    ui.card([&] {
                        ui.section("gallery.dollars"_msg);
                        ui.staircase(
                            "gallery.dollars_said"_msg.with("asked", Cents{42000}).with("share", Cents{8600}),
                            {{MoneyKind::Asked, "gallery.asked"_msg, 42000, {}},
                             {MoneyKind::Discount, "gallery.discount"_msg, 14200,
                              "gallery.discount_note"_msg},
                             {MoneyKind::Plan, "gallery.plan_paid"_msg, 19200, "gallery.plan_note"_msg},
                             {MoneyKind::You, "gallery.share"_msg, 8600, "gallery.share_note"_msg}});
                    });
                });
                ui.column([&] {
                    ui.banner(
                        BannerKind::LookAgain, "gallery.wrong"_msg,
                        {.text = "gallery.wrong_why"_msg.with("now", Cents{8600}).with("then", Cents{6300})},
                        [&] {
                            if (ui.button("gallery.check"_msg, {.kind = ButtonKind::Primary}))
                                s.pressed = "check";
                            if (ui.button("gallery.two_tests"_msg))
                                s.pressed = "two";
                        });
                    ui.card(
                        [&] {
                            TableSpec table;
                            table.header = {"gallery.what"_msg, "gallery.asked_short"_msg,
                                            "gallery.share"_msg};
                            table.rows = {
                                {"1", {{data("Office visit")}, {money(22000)}, {money(4000), true}}},
                                {"2", {{data("Blood test panel")}, {money(10000)}, {money(2300), true}}},
                                {"3",
                                 {{data("Blood test panel")}, {money(10000)}, {money(2300), true}},
                                 "gallery.again"_msg},
                            };
                            ui.table("gallery.lines"_msg, table);
                        },
                        {.tight = true});
                });
            },
            {.only_landscape = true});
        ui.buttons([&] {
            ui.button("gallery.read"_msg, {.icon = "volume-2", .small = true});
            ui.button("gallery.letter"_msg, {.icon = "printer", .small = true});
            ui.button("gallery.word_help"_msg, {.icon = "circle-question-mark", .small = true});
        });
    });
}

void pin(Ui& ui, State& s) {
    ui.frame({.screen = "pin"}, [&] {
        if (ui.back("gallery.other_way"_msg))
            s.pressed = "back";
        ui.heading("gallery.pin_title"_msg, {.subtitle = "gallery.pin_why"_msg});
        ui.steps("gallery.steps"_msg, {{"gallery.step_key"_msg, StepState::Done},
                                       {"gallery.step_pin"_msg, StepState::Now},
                                       {"gallery.step_touch"_msg, StepState::Next}});
        if (auto stroke = ui.pin_entry("gallery.pin"_msg, s.pin,
                                       {.length_max = 8,
                                        .letters = true,
                                        .error = "gallery.pin_wrong"_msg.with("count", 5),
                                        .error_more = "gallery.pin_then"_msg,
                                        .tries_left = 5,
                                        .tries_max = 8})) {
            if (stroke->is_submit())
                s.pressed = "submitted";
            apply(*stroke, s.pin);
        }
        if (ui.button("gallery.continue"_msg, {.kind = ButtonKind::Primary}))
            s.pressed = "continue";
    });
}

void sign_in(Ui& ui, State& s) {
    ui.frame({.screen = "sign_in"}, [&] {
        if (ui.back("gallery.start_over"_msg))
            s.pressed = "back";
        ui.heading("gallery.how"_msg, {.subtitle = "gallery.how_more"_msg});
        auto const key = [](Painter& p, Rect r) {
            p.fill(r, p.theme().color.icon_ground, 20);
            p.fill({r.x + 20, r.y + 92, r.w - 40, 58}, p.theme().color.ink_2);
            p.fill({r.x + 68, r.y + 10, 74, 68}, p.theme().color.primary.ground, 14);
            p.circle({r.x + 105, r.y + 44}, 16, p.theme().color.you);
            p.fill({r.x + 82, r.y + 78, 46, 34}, p.theme().color.edge, 4);
        };
        if (ui.row_button("gallery.key"_msg, {.picture = PictureDraw{key, {210, 150}},
                                              .subtitle = "gallery.key_how"_msg,
                                              .aside = {},
                                              .chevron = true}))
            s.pressed = "key";
        ui.row_button("gallery.chip"_msg, {.picture = PictureDraw{key, {210, 150}},
                                           .subtitle = "gallery.chip_how"_msg,
                                           .off = "gallery.chip_off"_msg});
        ui.banner(BannerKind::Notice, "gallery.slow"_msg, {.text = "gallery.slow_more"_msg, .icon = "clock"});
        ui.buttons([&] {
            ui.button("gallery.forgot"_msg, {.small = true});
            ui.button("gallery.no_card"_msg, {.small = true});
        });
        ui.divider();
        ui.section("gallery.no_sign_in"_msg);
        ui.buttons([&] {
            ui.button("gallery.doctor"_msg, {.icon = "stethoscope"});
            ui.button("gallery.hours"_msg, {.icon = "clock"});
        });
    });
}

void fields(Ui& ui, State& s) {
    ui.frame(page("fields"), [&] {
        if (ui.back("gallery.home"_msg))
            s.pressed = "home";
        ui.heading("gallery.doctor"_msg);
        ui.banner(BannerKind::Good, "gallery.saved"_msg, {.text = "gallery.saved_more"_msg});
        if (auto text = ui.field("gallery.search"_msg, s.search, {.icon = "search"}))
            s.search = *text;
        if (auto zip = ui.field(
                "gallery.zip"_msg, s.zip,
                {.kind = FieldKind::Zip, .error = "gallery.zip_wrong"_msg.with("count", 4), .length_max = 5}))
            s.zip = *zip;
        ui.field("gallery.plan"_msg, "Sample Silver PPO",
                 {.help = "gallery.plan_help"_msg, .read_only = true});
        if (auto stroke = ui.secret_field("gallery.password"_msg, s.pin, {.kind = FieldKind::Password}))
            apply(*stroke, s.pin);
        if (auto side = ui.choice("gallery.side"_msg, {"gallery.front"_msg, "gallery.back"_msg}, s.side))
            s.side = *side;
        ui.buttons([&] {
            ui.button("gallery.send"_msg, {.kind = ButtonKind::Primary, .busy = "gallery.sending"_msg});
            ui.button("gallery.print"_msg, {.icon = "printer", .off = "gallery.print_off"_msg});
        });
        ui.button("gallery.cancel_card"_msg, {.kind = ButtonKind::Serious});
    });
}

std::shared_ptr<Bitmap const> made_up_card() {
    static auto const card = [] {
        auto bitmap = std::make_shared<Bitmap>();
        bitmap->width = 1011;
        bitmap->height = 638;
        bitmap->pixels.assign(1011 * 638, 0xFFFFFFFFU);
        std::fill(bitmap->pixels.begin(), bitmap->pixels.begin() + 1011 * 120, 0xFF084139U);
        return bitmap;
    }();
    return card;
}

void card(Ui& ui, State& s) {
    ui.frame(page("card"), [&] {
        if (ui.back("gallery.card"_msg))
            s.pressed = "back";
        ui.heading("gallery.printing"_msg, {.subtitle = "gallery.printing_more"_msg});
        ui.columns(
            [&] {
                ui.image("gallery.card_front"_msg, {.bitmap = made_up_card()});
                ui.column([&] {
                    ui.card([&] {
                        ui.progress(
                            "gallery.progress"_msg,
                            {.fraction = 0.38,
                             .left = "gallery.seconds_left"_msg.with("count", 25),
                             .steps = {{"gallery.checked"_msg, StepState::Done, data("10:42")},
                                       {"gallery.printing_front"_msg, StepState::Now, "gallery.now"_msg},
                                       {"gallery.take"_msg, StepState::Next}}});
                    });
                    ui.card([&] {
                        ui.section("gallery.story"_msg);
                        ui.timeline("gallery.story"_msg, {{date(day(2026, 3, 3), DateLength::MonthDay),
                                                           "gallery.visit_was"_msg, data("Dr. Minh Example")},
                                                          {date(day(2026, 3, 5), DateLength::MonthDay),
                                                           "gallery.we_got_it"_msg,
                                                           {},
                                                           StepState::Now},
                                                          {date(day(2026, 4, 4), DateLength::MonthDay),
                                                           "gallery.we_answer"_msg,
                                                           {},
                                                           StepState::Next}});
                        ui.fact("gallery.group"_msg, data("TEST-0007"));
                        ui.money_bar(
                            "gallery.dollars"_msg,
                            {{MoneyKind::Discount, 14200}, {MoneyKind::Plan, 19200}, {MoneyKind::You, 8600}});
                        ui.pill("gallery.done"_msg, {.kind = PillKind::Good, .icon = "check"});
                        ui.spinner("gallery.looking"_msg);
                    });
                });
            },
            {.only_landscape = true});
    });
}

void idle(Ui& ui, State& s) {
    ui.frame({.screen = "idle", .look = FrameLook::Cover}, [&] {
        ui.card([&] {
            ui.countdown("gallery.time_left"_msg,
                         {.seconds_left = 24, .seconds_total = 30, .unit = "gallery.seconds"_msg});
            ui.heading("gallery.still_there"_msg, {.align = Align::Center});
            ui.text("gallery.hidden"_msg, TextKind::Secondary, Align::Center);
            if (ui.button("gallery.more_time"_msg, {.kind = ButtonKind::Primary}))
                s.pressed = "more_time";
            ui.button("gallery.sign_out"_msg, {.icon = "log-out"});
        });
    });
}

void welcome(Ui& ui, State& s) {
    ui.frame({.screen = "welcome", .look = FrameLook::Welcome}, [&] {
        ui.hero([&] {
            ui.columns(
                [&] {
                    ui.column([&] {
                        ui.heading("gallery.come_in"_msg, {.display = true});
                        ui.text("gallery.come_in_more"_msg);
                    });
                    ui.picture(
                        "gallery.arches"_msg,
                        {.picture =
                             {[](Painter& p, Rect r) {
                                  p.arch(r, rgb(0x12594C));
                                  p.arch({r.x + 60, r.y + 80, r.w - 120, r.h - 80}, p.theme().color.you);
                              },
                              {420, 480}},
                         .align = Align::End});
                },
                {.weights = {1.1F, 1}});
        });
        ui.section("gallery.choose"_msg, {.icon = "languages"});
        ui.grid(2, [&] {
            if (ui.row_button(data("English", "en"), {.key = "en"}))
                s.pressed = "en";
            ui.row_button(data("Espa\u00f1ol", "es"), {.key = "es"});
        });
    });
}

void dialog(Ui& ui, State& s) {
    ui.frame(page("dialog"), [&] {
        ui.heading("gallery.claims"_msg);
        if (ui.button("gallery.cancel_card"_msg, {.kind = ButtonKind::Serious}))
            s.dialog = true;
        if (s.dialog)
            ui.dialog("gallery.sure"_msg, {.text = "gallery.sure_more"_msg}, [&] {
                ui.buttons([&] {
                    if (ui.button("gallery.keep"_msg, {.kind = ButtonKind::Primary, .safe = true}))
                        s.dialog = false;
                    if (ui.button("gallery.cancel_it"_msg, {.kind = ButtonKind::Serious}))
                        s.pressed = "cancelled";
                });
            });
    });
}

} // namespace

std::vector<Screen> const& screens() {
    static std::vector<Screen> const all = {
        {"home", home},     {"claims", claims}, {"eob", eob},         {"pin", pin},   {"sign_in", sign_in},
        {"fields", fields}, {"card", card},     {"welcome", welcome}, {"idle", idle}, {"dialog", dialog}};
    return all;
}

} // namespace portico::ui::gallery
