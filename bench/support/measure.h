#pragma once

#include <sys/types.h>
#include <vector>

namespace portico::bench {

/// Processor time of a process so far, its threads together, in seconds. Other people's work on the machine
/// does not count, unlike in wall time. Stops the program when there is no such process.
double cpu_seconds_of(pid_t process);
/// The same of this thread alone, in milliseconds.
double thread_cpu_ms();
/// Wall time since some moment, in seconds.
double wall_seconds();

double median(std::vector<double> values);
/// `share` from 0 to 1: 0.99 for the value that 99 of 100 do not exceed.
double quantile(std::vector<double> values, double share);

} // namespace portico::bench
