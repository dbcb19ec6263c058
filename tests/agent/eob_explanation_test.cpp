// What a rep reads aloud of an EOB: amounts that it states, and none that it does not.

#include "shared/base/language.h"
#include "shared/terminal/eob_explanation.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <cctype>

using namespace portico;
using namespace portico::terminal;
using namespace portico::test;
using enum AmountCategory;

namespace {

ui::Catalog const& texts() {
    static auto const loaded = ui::Catalog::load(source_dir() + "/assets/messages").value();
    return loaded;
}

bool nothing_answered(FindingKind) {
    return false;
}

std::string aloud(api::EobDetail const& detail, std::string_view language = "en",
                  IsAnswered const& answered = nothing_answered) {
    std::string all;
    for (auto const& sentence : eob_read_aloud(texts(), detail, language, answered))
        all += sentence + "\n";
    return all;
}

api::EobDetail detail_of(Eob eob) {
    api::EobDetail detail;
    detail.eob = std::move(eob);
    detail.timeline = {{"service", {}}, {"decided", {}}};
    return detail;
}

bool says(std::string const& all, std::string const& words) {
    return all.find(words) != std::string::npos;
}

bool has_digit(std::string const& text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

} // namespace

TEST_CASE("EOB aloud: what was asked, paid and owed is said with the amounts of the panel, in words") {
    auto const all = aloud(detail_of(visit()));
    CHECK(says(all, "Clinic asked for 200 dollars for care on March 10, 2025."));
    CHECK(says(all, "takes 50 dollars off"));
    CHECK(says(all, "Your plan pays 125 dollars."));
    CHECK(says(all, "Your share is 25 dollars."));
    CHECK(says(all, "Your copay is 25 dollars"));
    CHECK_FALSE(says(all, "deductible")); // stated as nothing
    CHECK_FALSE(says(all, "$"));
    CHECK(says(all, "This is not a bill."));
}

TEST_CASE("EOB aloud: what is not stated is said to be not told, in each language without any figure") {
    auto eob = visit();
    eob.lines.clear();
    eob.totals.clear();
    eob.service = {};
    eob.provider = {};
    CHECK(says(aloud(detail_of(eob)), "We were not told how much was asked for."));
    CHECK(says(aloud(detail_of(eob)), "We were not told your share."));
    CHECK(says(aloud(detail_of(eob)), "We were not told what your plan pays."));
    for (auto const& language : offered_languages())
        if (language.is_complete()) {
            CAPTURE(language.code);
            CHECK_FALSE(has_digit(aloud(detail_of(eob), language.code)));
        }
}

TEST_CASE("EOB aloud: no id, number or code is in it, in any language") {
    auto detail = detail_of(visit("eob-secret-77"));
    detail.eob.claim_number = "CLM-4711";
    detail.eob.replaces = EobId("eob-before-78");
    detail.reasons = {{{"https://x12.org/codes/claim-adjustment-reason-codes", "45", ""}, "", ""},
                      {{"https://payer.example.org/reasons", "ZQ917", "ZQ917"}, "", ""}};
    for (auto const& language : offered_languages()) {
        if (!language.is_complete())
            continue;
        auto const all = aloud(detail, language.code);
        CAPTURE(language.code, all);
        for (char const* word : {"secret", "before-78", "CLM", "4711", "ZQ917", "917", "1234567893", "99213",
                                 "{", "}", "eob_aloud", "["})
            CHECK_FALSE(says(all, word));
    }
}

TEST_CASE(
    "EOB aloud: what looks wrong is said with its amounts, and after an answer only that there is one") {
    auto detail = detail_of(visit());
    Finding finding;
    finding.kind = FindingKind::DuplicateLine;
    finding.line_sequences = {1, 2};
    finding.amounts = {{"counted", Money{20000}}};
    finding.share_if_corrected = Money{1000};
    detail.findings = {finding};
    auto const all = aloud(detail);
    CHECK(says(all, "This looks wrong: "));
    CHECK(says(all, "200 dollars was asked for"));
    CHECK(says(all, "your share drops from 25 dollars to 10 dollars"));
    CHECK(says(all, "I can ask for it to be checked"));
    auto const answered = aloud(detail, "en", [](FindingKind) { return true; });
    CHECK(says(answered, "we have your answer"));
    CHECK_FALSE(says(answered, "This looks wrong"));
    CHECK_FALSE(says(answered, "I can ask for it to be checked"));
}

TEST_CASE("EOB aloud: a replaced, a cancelled, an open and a reversed claim each say so") {
    auto eob = visit();
    eob.replaced_by = EobId("newer");
    auto const replaced = aloud(detail_of(eob));
    CHECK(says(replaced, "A newer claim took the place of this one."));
    CHECK_FALSE(says(replaced, "This is not a bill."));
    eob = visit();
    eob.status = EobStatus::Cancelled;
    CHECK(says(aloud(detail_of(eob)), "This claim was taken back."));
    eob = visit();
    eob.outcome = ClaimOutcome::Queued;
    CHECK(says(aloud(detail_of(eob)), "not finished"));
    eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications})
        for (auto& entry : *entries)
            entry.amount = -*entry.amount;
    auto const reversed = aloud(detail_of(eob));
    CHECK(says(reversed, "took back a charge of 200 dollars"));
    CHECK(says(reversed, "Your share goes down by 25 dollars."));
    CHECK_FALSE(says(reversed, "minus"));
}

TEST_CASE("EOB aloud: who speaks a language that has not all texts is told in English") {
    CHECK(language_to_explain("es-US") == "es");
    CHECK(language_to_explain("ar") == "ar");
    CHECK(language_to_explain("km") == "en");
    CHECK(language_to_explain("tlh") == "en");
    CHECK(language_to_explain("") == "en");
}
