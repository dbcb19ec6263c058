#pragma once

#include <libpq-fe.h>

/// PostgreSQL's numbers of the types that we send or read (pg_type.dat; they never change).
namespace portico::storage::postgres_type {

inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid name = 19;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid varchar = 1043;

} // namespace portico::storage::postgres_type
