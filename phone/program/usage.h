#pragma once

namespace portico::phone {

inline constexpr char const* usage = R"(portico-phone: the telephone of a desk

    portico-phone --config FILE              runs the softphone (baresip) for the desk beside it
    portico-phone --config FILE --enroll CODE --central URL --fingerprint SHA256 [--again]
                                             certifies this telephone once, so that what callers key can go to
                                             central; CODE is from
                                             `portico-central terminal add --program phone`, URL its enrolment
                                             listener and SHA256 the pin that `portico-central serve` prints
                                             ("sha256//..."). --again: after it was withdrawn
    portico-phone --help | --version

It runs as a user of its own, which is not the desk's: keys that callers press stay with it.

Configuration keys (TOML): data, central, run, line, country_code, softphone, desk.user, desk.socket, sip.account,
sip.login, sip.password_file, sip.register_s, sip.ring_s, sip.listen, sip.interface, sip.authorities, sip.encryption,
sip.rtp_from, sip.rtp_to, audio.player, audio.source, audio.alert.
Exit codes: 0 done, 1 failed, 2 wrong use.
)";

} // namespace portico::phone
