# Everything from outside, in one place. Where Debian 12 and 13 differ, the difference stands here.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(simdjson REQUIRED)
# Debian 12 has Boost 1.81 beside its default 1.74; Debian 13 has 1.83 as the default.
find_package(Boost 1.81 REQUIRED COMPONENTS json)

pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(FIDO2 REQUIRED IMPORTED_TARGET libfido2)
pkg_check_modules(CBOR REQUIRED IMPORTED_TARGET libcbor)
pkg_check_modules(SDL2 REQUIRED IMPORTED_TARGET sdl2)
pkg_check_modules(WAYLAND REQUIRED IMPORTED_TARGET wayland-client)
pkg_check_modules(FREETYPE REQUIRED IMPORTED_TARGET freetype2)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf)
pkg_check_modules(PANGOFT2 REQUIRED IMPORTED_TARGET pangoft2)
pkg_check_modules(ESPEAK REQUIRED IMPORTED_TARGET espeak-ng)
pkg_check_modules(UDEV REQUIRED IMPORTED_TARGET libudev)
pkg_check_modules(P11KIT REQUIRED IMPORTED_TARGET p11-kit-1)

# Neither CUPS 2.4 (Debian 12) nor zint ships a pkg-config file that both releases agree on; librsync ships none.
find_library(CUPS_LIBRARY cups REQUIRED)
find_library(RSYNC_LIBRARY rsync REQUIRED)
find_library(ZINT_LIBRARY zint REQUIRED)
find_path(ZINT_INCLUDE_DIR zint.h REQUIRED)

# Dear ImGui: Debian 12 has 1.86 (static, wants -lstb), Debian 13 has 1.90.
find_library(IMGUI_LIBRARY imgui REQUIRED)
find_path(IMGUI_INCLUDE_DIR imgui.h PATH_SUFFIXES imgui REQUIRED)
find_library(STB_LIBRARY stb)
add_library(portico_imgui INTERFACE)
target_include_directories(portico_imgui SYSTEM INTERFACE ${IMGUI_INCLUDE_DIR})
target_link_libraries(portico_imgui INTERFACE ${IMGUI_LIBRARY} PkgConfig::FREETYPE ${CMAKE_DL_LIBS})
if(STB_LIBRARY)
    target_link_libraries(portico_imgui INTERFACE ${STB_LIBRARY})
endif()

# Catch2: version 2 on Debian 12, version 3 on Debian 13; tests include "tests/support/catch.h".
if(PORTICO_TESTS)
    find_package(Catch2 REQUIRED)
    # The foreign reader of our own barcodes.
    pkg_check_modules(ZXING REQUIRED IMPORTED_TARGET zxing)
elseif(PORTICO_BENCH_PARTS)
    # Benches walk the real programs with what the tests walk them with, where that is installed.
    find_package(Catch2 QUIET)
    pkg_check_modules(ZXING IMPORTED_TARGET zxing)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    find_program(MOLD_LINKER mold)
    if(MOLD_LINKER)
        add_link_options(-fuse-ld=mold)
    endif()
endif()
find_program(CCACHE ccache)
if(CCACHE)
    # One cache for all clones of a machine: what it keeps is found by paths inside the tree, not by where the tree lies.
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
