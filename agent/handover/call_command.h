#pragma once

namespace portico::agent {

/// `portico-agent call --from NUMBER [--to LINE]`, without the first word: hands a call to the desktop of
/// this user that runs. Says on standard error what is wrong. 0: the rep sees it; 1: they do not; 2: wrong
/// use.
int call_command(int count, char const* const* words);

} // namespace portico::agent
