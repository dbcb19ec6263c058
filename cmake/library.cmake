# Coroutines: clang 14 cannot assemble them under its sanitizers, and g++ 12 gives those of two files one name.
set(PORTICO_COROUTINES "/http/(server|connection|hub|tls_stream|health)\\.cpp$")

# One compiler run for several files of a folder: headers are read and templates made once, which is most of a build
# with sanitizers. Two files of a folder may then not give one name, inside an unnamed namespace, to two things.
option(PORTICO_TOGETHER "Compile the files of a folder together, eight at a time" OFF)

# portico_compile_together(target FILES...): of one folder at a time, for a new file in one folder must not mix others anew.
function(portico_compile_together target)
    if(NOT PORTICO_TOGETHER)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    list(FILTER ARGN EXCLUDE REGEX "${PORTICO_COROUTINES}")
    foreach(source IN LISTS ARGN)
        cmake_path(GET source PARENT_PATH folder)
        cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
        string(MAKE_C_IDENTIFIER "${folder}" folder)
        list(APPEND in_${folder} ${source})
        list(LENGTH in_${folder} count)
        math(EXPR number "(${count} - 1) / 8")
        set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${folder}_${number}")
    endforeach()
endfunction()

# portico_library(name LIBS...): every .cpp of this folder and below it, as a static library.
function(portico_library name)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/(main\\.cpp|program/[^/]*)$")
    # A folder in it that is a library of its own.
    file(GLOB inner_lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
    foreach(inner IN LISTS inner_lists)
        cmake_path(GET inner PARENT_PATH inner_folder)
        list(FILTER sources EXCLUDE REGEX "^${inner_folder}/")
    endforeach()
    if(NOT PORTICO_BENCH_PARTS)
        # Virtual devices and the driver exist only in bench builds.
        list(FILTER sources EXCLUDE REGEX "/(virtual|driver|bench_panel)/")
    endif()
    if(PORTICO_FUZZ)
        # No fuzz target needs the sockets, nor what runs them: compiled together with something else it would ask for them.
        list(FILTER sources EXCLUDE REGEX "${PORTICO_COROUTINES}|/central/(serve|commands/(serve|backup)_command)\\.cpp$")
    endif()
    if(sources)
        add_library(${name} STATIC ${sources})
        target_link_libraries(${name} PUBLIC portico_options ${ARGN})
        portico_compile_together(${name} ${sources})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE portico_options ${ARGN})
    endif()
endfunction()
