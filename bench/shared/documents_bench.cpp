// An EOB letter and an ID card as PDF, in process, from the second one on. With a FOLDER, also writes the
// letter's PDF there for bench/shared/documents_peers.py.

#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "tests/documents/support/samples.h"

#include <cstdio>
#include <fstream>

using namespace portico;
using namespace portico::bench;
using namespace portico::documents;

namespace {

constexpr int rounds = 60;
constexpr double letter_limit_ms = 10;
constexpr double card_limit_ms = 15;

template <class Make>
double median_ms(Make const& make) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        double const begin = thread_cpu_ms();
        if (make().value().empty())
            std::exit(1);
        times.push_back(thread_cpu_ms() - begin);
    }
    return median(times);
}

} // namespace

int main(int count, char** words) {
    auto const texts = documents::test::texts();
    auto const letter = documents::test::sample_letter();
    auto const card = documents::test::sample_card();
    auto const symbols = documents::test::sample_symbols();
    auto const pdf = eob_letter_pdf(letter, texts).value();
    (void)id_card_pdf(card, symbols, texts).value();
    if (count > 1)
        std::ofstream(std::string(words[1]) + "/letter.pdf", std::ios::binary) << as_text(pdf);
    report_limit("eob_letter", median_ms([&] { return eob_letter_pdf(letter, texts); }), "ms",
                 letter_limit_ms);
    report_limit("id_card", median_ms([&] { return id_card_pdf(card, symbols, texts); }), "ms",
                 card_limit_ms);
    return 0;
}
