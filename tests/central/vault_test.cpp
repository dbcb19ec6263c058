#include "central/store/vault.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::central;

TEST_CASE("vault: keys are made once, read back, and never overwritten") {
    test::ScratchFolder const folder;
    CHECK(Vault::open(folder.path).error().reason == "keys_missing");
    auto const made = Vault::create(folder.path).value();
    auto const read = Vault::open(folder.path).value();
    CHECK(as_text(made.records.bytes()) == as_text(read.records.bytes()));
    CHECK(made.sealing.public_key == read.sealing.public_key);
    CHECK(Vault::create(folder.path).error().reason == "keys_exist");
}
