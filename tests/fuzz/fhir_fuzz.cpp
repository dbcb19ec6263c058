// link: portico_central_lib
#include "central/import/import_batch.h"
#include "shared/crypto/sealing.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace portico;
using namespace portico::central;

/// Any bytes, as NDJSON and as documents: never a crash, every piece in bounds, and what is taken can be
/// prepared.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Vault const vault{crypto::RecordKey::generate(), crypto::RecordKey::generate(),
                             crypto::SealingKeyPair::generate()};
    static BatchConverter converter(vault);
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    for (auto const shape : {ResourceSplitter::Shape::Lines, ResourceSplitter::Shape::Documents}) {
        ImportBatch batch;
        ResourceSplitter splitter(shape, [&](SplitResource piece) {
            if (piece.text.size() > size)
                std::abort();
            batch.pieces.push_back({"fuzz", std::move(piece)});
        });
        auto const middle = size / 2;
        splitter.feed(text.substr(0, middle));
        splitter.feed(text.substr(middle));
        splitter.finish();
        auto const converted = converter.convert(std::move(batch));
        if (converted.rejected_kinds.size() != converted.rejects.size())
            std::abort();
    }
    return 0;
}
