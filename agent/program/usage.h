#pragma once

namespace portico::agent {

inline constexpr char const* usage = R"(portico-agent: the desk of a phone rep

    portico-agent --config FILE              runs
    portico-agent --config FILE --enroll CODE --central URL --fingerprint SHA256 [--again]
                                             certifies this desk once; CODE is from
                                             `portico-central terminal add --program agent`, URL its enrolment
                                             listener and SHA256 the pin that `portico-central serve` prints
                                             ("sha256//..."). --again: after it was withdrawn
    portico-agent call --from NUMBER [--to LINE]
                                             hands a call of another telephone to the desktop of this user that
                                             runs; NUMBER may be "hidden". 1: no desktop runs, nobody is signed
                                             in, or too many within a minute
    portico-agent --help | --version

  --headless           draws without a display
)"
#ifdef PORTICO_BENCH_PARTS
                                     R"(
Bench builds only (virtual devices, never in a production image):
  --driver SOCKET      serves the driver on a Unix socket
  portico-agent screenshots DIR [--assets DIR] [--screen PART] [--look PART]
                       every screen by language, theme, text size and screen, with an index.html; or those with
                       PART in their names: --screen work --look en-dark-200-1366x768
)"
#endif
                                     R"(
Configuration keys (TOML): data, assets, central, language, theme, text_percent, screen.width, screen.height,
screen.fullscreen, telephone.socket.
Exit codes: 0 done, 1 failed, 2 wrong use.
)";

} // namespace portico::agent
