#pragma once

#include "tests/support/catch.h"
#include "tests/support/scratch_database.h"

// CONTRACT_TEST("a sentence") { ... scratch ... }: one test of what every store engine promises, as two test
// cases: "contract: a sentence, sqlite" and "contract: a sentence, postgres". `scratch` is its empty
// database.
#define CONTRACT_JOINED_2(a, b) a##b
#define CONTRACT_JOINED(a, b) CONTRACT_JOINED_2(a, b)
#define CONTRACT_BODY CONTRACT_JOINED(contract_at_line_, __LINE__)
#define CONTRACT_TEST(sentence)                                                                              \
    static void CONTRACT_BODY(portico::test::ScratchDatabase& scratch);                                      \
    TEST_CASE("contract: " sentence ", sqlite", "[sqlite]") {                                                \
        portico::test::ScratchDatabase scratch(portico::test::StoreEngine::Sqlite);                          \
        CONTRACT_BODY(scratch);                                                                              \
    }                                                                                                        \
    TEST_CASE("contract: " sentence ", postgres", "[postgres]") {                                            \
        portico::test::ScratchDatabase scratch(portico::test::StoreEngine::Postgres);                        \
        CONTRACT_BODY(scratch);                                                                              \
    }                                                                                                        \
    static void CONTRACT_BODY([[maybe_unused]] portico::test::ScratchDatabase& scratch)
