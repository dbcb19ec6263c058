// The kiosk's own screens at 1080x1920, in every sample state: from a tap to the pixels it leads to, the time
// of a frame that changes nothing, and the first frame. Processor time of the thread that draws.

#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "kiosk/screens/samples.h"
#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"
#include "tests/support/places.h"

#include <cstdio>
#include <map>
#include <string>

using namespace portico;
using namespace portico::bench;
using namespace portico::kiosk;

namespace {

constexpr double tap_p50_limit_ms = 10;
constexpr double tap_p99_limit_ms = 33;
/// A turn of the loop that finds nothing to draw: a tenth of what a frame at 60 Hz may take.
constexpr double unchanged_limit_ms = 1.6;

class Screens {
public:
    Screens()
        : catalog_(ui::Catalog::load(test::source_dir() + "/assets/messages").value()),
          clock_(UtcTime{std::chrono::hours(24 * 20524)}),
          stage_(ui::Stage::create(catalog_, clock_, {.plan_name = ui::data("Sample Health Plan")},
                                   {.reduced_motion = true})
                     .value()) {}

    /// Draws until nothing changes; what is pressed moves the state as in the program.
    double run() {
        double const begin = thread_cpu_ms();
        stage_->run([&](ui::Ui& ui) {
            if (auto intent = draw(ui, sample_.app))
                (void)update(sample_.app, *std::move(intent), Now{clock_.monotonic(), clock_.now()});
        });
        return thread_cpu_ms() - begin;
    }
    void show(Sample sample) {
        sample_ = std::move(sample);
        stage_->reset_focus();
        (void)run();
    }

    /// Down and up again: two pictures.
    void tap(ui::Node const& node) {
        auto const at = node.rect.center();
        stage_->input(ui::PointerMoved{at});
        stage_->input(ui::PointerPressed{at});
        taps_.push_back(run());
        stage_->input(ui::PointerReleased{at});
        stage_->input(ui::PointerLeft{});
        double const led = run();
        taps_.push_back(led);
        auto& worst = worst_[sample_.name + " " + node.id];
        worst = std::max(worst, led);
    }

    ui::Stage& stage() { return *stage_; }
    std::vector<double> const& taps() const { return taps_; }
    std::map<std::string, double> const& worst() const { return worst_; }

private:
    ui::Catalog catalog_;
    ManualClock clock_;
    std::unique_ptr<ui::Stage> stage_;
    Sample sample_;
    std::vector<double> taps_;
    std::map<std::string, double> worst_;
};

/// Fresh ones: what was pressed has changed the last.
std::vector<Sample> fresh_samples() {
    static auto const texts =
        documents::Texts::load(test::source_dir() + "/assets", documents::DocumentLanguage::English).value();
    return samples(texts).value();
}

} // namespace

int main() {
    double const begin = thread_cpu_ms();
    Screens screens;
    std::size_t const count = fresh_samples().size();
    screens.show(std::move(fresh_samples().front()));
    double const first = thread_cpu_ms() - begin;
    std::vector<double> unchanged;
    for (std::size_t i = 0; i < count; ++i) {
        screens.show(std::move(fresh_samples()[i]));
        for (int k = 0; k < 5; ++k)
            unchanged.push_back(screens.run());
        auto const nodes = screens.stage().frame().nodes;
        for (auto const& node : nodes) {
            if (!node.interactive || node.states.disabled)
                continue;
            screens.show(std::move(fresh_samples()[i]));
            screens.tap(node);
        }
    }
    std::printf("%zu screens, %zu pictures after a touch; first picture %.1f ms; slowest taps:", count,
                screens.taps().size(), first);
    std::multimap<double, std::string> slowest;
    for (auto const& [name, ms] : screens.worst())
        slowest.emplace(-ms, name);
    int shown = 0;
    for (auto const& [ms, name] : slowest)
        if (shown++ < 12)
            std::printf("\n  %-48s %5.1f ms", name.c_str(), -ms);
    std::printf("\n");
    report_limit("tap_to_paint_p50", quantile(screens.taps(), 0.5), "ms", tap_p50_limit_ms);
    report_limit("tap_to_paint_p99", quantile(screens.taps(), 0.99), "ms", tap_p99_limit_ms);
    report_limit("frame_unchanged", median(unchanged), "ms", unchanged_limit_ms);
    return 0;
}
