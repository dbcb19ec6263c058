# Warnings are errors; the sanitizers are chosen by the preset.
add_library(portico_options INTERFACE)
target_compile_options(portico_options INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wimplicit-fallthrough -Werror
    # TRY is a statement expression.
    -Wno-pedantic
    # g++ is the compiler of record; clang builds the fuzz targets, where its other opinions stop nothing.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-error>
    # g++ 12 reports paths that cannot happen inside std::string and std::optional.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
        -Wno-stringop-overread -Wno-dangling-reference>)
target_compile_options(portico_options INTERFACE -fstack-protector-strong)
target_include_directories(portico_options INTERFACE ${CMAKE_SOURCE_DIR})
if(PORTICO_BENCH_PARTS)
    target_compile_definitions(portico_options INTERFACE PORTICO_BENCH_PARTS=1)
endif()
if(PORTICO_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()
if(PORTICO_THREAD_SANITIZE)
    # Asio fences where the sanitizer cannot look: that is a warning of the sanitizer, and no fault of ours. What it
    # would report for it is told apart in tests/threads/races.supp.
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
    add_link_options(-fsanitize=thread)
endif()
if(PORTICO_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
