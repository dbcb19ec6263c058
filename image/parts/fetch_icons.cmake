# cmake -P: fetches the icons' package into the shared cache, if it is not there, and checks it.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/icons.cmake)
portico_lucide_archive(archive)
