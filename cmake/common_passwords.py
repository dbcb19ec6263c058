"""Writes the table of common passwords: common_passwords.py OUT.cpp

From the lists of python3-zxcvbn (MIT licence): passwords by how often they stood in public breaches, and the words
and names people make theirs from. Each entry of five letters or more becomes 64 bits (FNV-1a, the same function as
central/auth/common_passwords.cpp), sorted: no list of words is kept in the program or in this tree. What is shorter
than eight characters cannot be a password, but with figures added it can.
"""

import sys

LENGTH_MIN = 5
LISTS = ("passwords", "english_wikipedia", "us_tv_and_film", "female_names", "male_names", "surnames")


def fnv1a(data: bytes) -> int:
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def main() -> int:
    try:
        from zxcvbn.frequency_lists import FREQUENCY_LISTS
    except ImportError:
        print("common_passwords.py: the Debian package python3-zxcvbn is missing", file=sys.stderr)
        return 1
    entries = {word.lower() for name in LISTS for word in FREQUENCY_LISTS[name] if len(word) >= LENGTH_MIN}
    hashes = sorted({fnv1a(word.encode()) for word in entries})
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("// Made by cmake/common_passwords.py.\n#include <cstddef>\n#include <cstdint>\n\n")
        out.write("namespace portico::central {\n")
        out.write("extern std::size_t const common_password_count;\nextern std::uint64_t const common_password_hashes[];\n")
        out.write(f"std::size_t const common_password_count = {len(hashes)};\n")
        out.write("std::uint64_t const common_password_hashes[] = {\n")
        for at in range(0, len(hashes), 4):
            out.write("    " + " ".join(f"0x{value:016x}U," for value in hashes[at : at + 4]) + "\n")
        out.write("};\n} // namespace portico::central\n")
    return 0


sys.exit(main())
