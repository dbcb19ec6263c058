#pragma once

/// The relying party (W3C WebAuthn Level 2, 4) of these tests, and the origin of its terminals.
inline constexpr char const* rp = "plan.example.org";
inline constexpr char const* origin = "https://plan.example.org";
