#include "tests/documents/support/samples.h"

namespace portico::documents::test {

Texts texts(DocumentLanguage language) {
    return Texts::load(std::filesystem::path(PORTICO_SOURCE_DIR) / "assets", language).value();
}

IdCard sample_card() {
    using Kind = AccumulatorKind;
    using Scope = AccumulatorScope;
    IdCard card;
    card.plan_name = "Sample Health Plan";
    card.product_name = "Silver PPO";
    card.issuer_id = "80840012345677";
    card.member = {"Alex", "Sample"};
    card.member_id = "SHP-0000-0042-01";
    card.dependant_number = "01";
    card.subscriber_name = "Morgan Sample";
    card.dependants = {"Jamie", "Robin"};
    card.group = "TEST-0007";
    card.rx_bin = "000000";
    card.rx_pcn = "TESTPCN";
    card.rx_group = "TESTGRP";
    card.rx_id = "RX0000004201";
    card.copays = {{"primary_care", {25'00}, true}, {"specialist", {40'00}, true},
                   {"urgent_care", {60'00}, true},  {"emergency", {250'00}, true},
                   {"rx", {10'00}, true},           {"rx", {35'00}, true},
                   {"rx", {60'50}, true},           {"specialist", {90'00}, false}};
    card.limits = {{Kind::Deductible, Scope::Individual, true, {1'500'00}},
                   {Kind::Deductible, Scope::Family, true, {3'000'00}},
                   {Kind::Deductible, Scope::Individual, false, {3'500'00}},
                   {Kind::Deductible, Scope::Family, false, {7'000'00}},
                   {Kind::OutOfPocket, Scope::Individual, true, {6'000'00}},
                   {Kind::OutOfPocket, Scope::Family, true, {12'000'00}},
                   {Kind::OutOfPocket, Scope::Individual, false, {12'500'00}},
                   {Kind::OutOfPocket, Scope::Family, false, {25'000'00}}};
    card.issued = {2026, 3, 12};
    card.card_number = "0019-5A7C-42";
    card.service_phone = "800-555-0100";
    card.web = "sample.example.org";
    card.claims_address = "Sample Health Plan Claims, PO Box 100, Testville, CT 06500";
    return card;
}

CardSymbols sample_symbols() {
    return {"PTC1|80840012345677|SHP-0000-0042-01|SAMPLE/ALEX|01|19800101|0019-5A7C-42|73",
            "https://sample.example.org/card",
            {2027, 3, 12}};
}

} // namespace portico::documents::test
