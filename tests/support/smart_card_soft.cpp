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

SoftCardBench::SoftCardBench(std::set<std::string> const& names) {
    auto const module = soft_card_module();
    use_soft_card_folder(folder.path()).value();
    struct Row {
        char const* name;
        CardIdentity const* issuer;
        char const* holder;
        CardKeyKind kind;
        int days;
    };
    Row const rows[] = {
        {"member", &authority, "Alex Sample", CardKeyKind::P256, 365},
        {"member-rsa", &authority, "Robin Sample", CardKeyKind::Rsa2048, 365},
        {"foreign", &foreign_authority, "Kim Sample", CardKeyKind::P256, 365},
        {"expired", &authority, "Sam Sample", CardKeyKind::P256, -1},
    };
    for (auto const& row : rows) {
        if (!names.contains(row.name))
            continue;
        auto const identity = make_card_identity(*row.issuer, row.holder, row.kind, row.days);
        issue_soft_card(module, row.name, Secret(sample_card_pin), identity.private_key, identity.certificate)
            .value();
        slot.add_card(
            row.name,
            Pkcs11ChipCardReader::create({module, row.name, std::chrono::milliseconds(10)}).value());
    }
}

} // namespace portico::test
