#include "tests/support/smart_card_soft.h"

#include "shared/devices/virtual/soft_card.h"

namespace portico::test {

std::string soft_card_module() {
    for (char const* path :
         {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
          "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"})
        if (std::filesystem::exists(path))
            return path;
    return {};
}

SoftCardBench::SoftCardBench() {
    auto const module = soft_card_module();
    use_soft_card_folder(folder.path()).value();
    struct Row {
        char const* name;
        CardIdentity identity;
    };
    Row const rows[] = {
        {"member", make_card_identity(authority, "Alex Sample", CardKeyKind::P256)},
        {"member-rsa", make_card_identity(authority, "Robin Sample", CardKeyKind::Rsa2048)},
        {"foreign", make_card_identity(foreign_authority, "Kim Sample", CardKeyKind::P256)},
        {"expired", make_card_identity(authority, "Sam Sample", CardKeyKind::P256, -1)},
    };
    for (auto const& row : rows) {
        issue_soft_card(module, row.name, Secret(sample_card_pin), row.identity.private_key,
                        row.identity.certificate)
            .value();
        slot.add_card(
            row.name,
            Pkcs11ChipCardReader::create({module, row.name, std::chrono::milliseconds(10)}).value());
    }
}

} // namespace portico::test
