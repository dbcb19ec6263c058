#include "shared/base/build_id.h"

#include "shared/base/encoding.h"

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace portico {

namespace {

constexpr std::size_t word = 4;

std::size_t padded(std::size_t size) {
    return (size + word - 1) / word * word;
}

/// The build id among the notes in `bytes`: each is a header, its owner's name and its content, all padded to
/// words (ELF-64 Object File Format, "Note Section").
std::string find_build_id(ByteView bytes) {
    ElfW(Nhdr) note;
    while (bytes.size() >= sizeof note) {
        std::memcpy(&note, bytes.data(), sizeof note);
        auto const name_end = sizeof note + padded(note.n_namesz);
        auto const end = name_end + padded(note.n_descsz);
        if (end > bytes.size())
            break;
        bool const gnu = note.n_namesz == sizeof "GNU" &&
                         std::memcmp(bytes.data() + sizeof note, "GNU", sizeof "GNU") == 0;
        if (gnu && note.n_type == NT_GNU_BUILD_ID)
            return to_hex(bytes.subspan(name_end, note.n_descsz));
        bytes = bytes.subspan(end);
    }
    return {};
}

/// The first object is the program itself.
int read_first(dl_phdr_info* object, std::size_t /*size*/, void* result) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        auto const& part = object->dlpi_phdr[i];
        if (part.p_type != PT_NOTE)
            continue;
        auto const* at = reinterpret_cast<std::uint8_t const*>(object->dlpi_addr + part.p_vaddr);
        auto id = find_build_id({at, part.p_memsz});
        if (!id.empty())
            *static_cast<std::string*>(result) = std::move(id);
    }
    return 1;
}

} // namespace

std::string const& build_id() {
    static std::string const id = [] {
        std::string found;
        dl_iterate_phdr(read_first, &found);
        return found;
    }();
    return id;
}

} // namespace portico
