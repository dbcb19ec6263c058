# The table of common passwords, made at build time from Debian's python3-zxcvbn and never committed.
# portico_common_passwords(target): writes <build>/generated/common_passwords_data.cpp and adds it to `target`.
function(portico_common_passwords target)
    # Debian's own Python: another one, first in the path, would not see Debian's modules.
    find_program(DEBIAN_PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
    set(out ${CMAKE_BINARY_DIR}/generated/common_passwords_data.cpp)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
    add_custom_command(OUTPUT ${out}
        COMMAND ${DEBIAN_PYTHON3} ${CMAKE_SOURCE_DIR}/cmake/common_passwords.py ${out}
        DEPENDS ${CMAKE_SOURCE_DIR}/cmake/common_passwords.py
        COMMENT "Table of common passwords" VERBATIM)
    target_sources(${target} PRIVATE ${out})
endfunction()
