# The demo: a made-up plan, central, and a kiosk. With a display the kiosk stands in a window beside its bench panel;
# without one a visit is walked through the driver, and its pictures, card and letter are left in demo-out/.

demo_line() { # LOG TEXT PID SECONDS: waits until LOG has a line with TEXT; prints it
    local line
    # tail is cut off as soon as grep has its line: that is no failure.
    line=$(set +o pipefail; timeout "$4" tail --pid="$3" -n +1 -F "$1" 2>/dev/null | grep -m1 -- "$2") || true
    [ -n "$line" ] || { tail -n 20 "$1" >&2; fail "$(basename "$1" .log) did not come up; its last lines stand above"; }
    printf '%s\n' "$line"
}

demo_value() { sed -n "s/.*$1=\([^ ]*\).*/\1/p" <<<"$2" | head -n 1; }

demo_stop() {
    [ ${#demo_children[@]} -eq 0 ] || kill "${demo_children[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
}

demo_plan() { # OUT
    local out=$1 central=build/bin/portico-central
    say "a made-up plan of 200 members"
    "$central" sample --out "$out/plan" --members 200 --seed 1
    "$central" init --data "$out/central" --plan-name "Sample Health Plan" >/dev/null
    "$central" import --data "$out/central" --report "$out/import-report.json" "$out/plan"
    "$central" contact-way add --data "$out/central" --kind phone --en "Members" --es "Miembros" \
        --value "800-555-0100" --id members-phone >/dev/null
    "$central" contact-way add --data "$out/central" --kind hours --en "Open" --es "Abierto" \
        --value "8:00 - 18:00" --id hours >/dev/null
    "$central" notice add --data "$out/central" --function directory --severity notice \
        --en "This is a demonstration. All people and clinics are made up." \
        --es "Esto es una demostración. Todas las personas y clínicas son inventadas." >/dev/null
}

# A chip card for Alex Sample: its key is its own, central certifies it, SoftHSM holds both. Prints the module's path.
demo_chip_card() { # OUT
    local out=$1 module cards=$1/kiosk/bench/cards
    module=$(find /usr/lib -name libsofthsm2.so -print -quit 2>/dev/null)
    [ -n "$module" ] || fail "SoftHSM is missing: install softhsm2"
    mkdir -p "$cards"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=Alex Sample" \
        -keyout "$out/chip-card.key" -out "$out/chip-card.csr" 2>/dev/null
    build/bin/portico-central account issue-chip-card --data "$out/central" --patient patient-0000001 \
        --request "$out/chip-card.csr" --out "$out/chip-card.crt" >/dev/null
    cat "$out/chip-card.key" "$out/chip-card.crt" >"$cards/alex.pem"
    rm "$out/chip-card.key" "$out/chip-card.csr" "$out/chip-card.crt"
    printf '%s\n' "$module"
}

demo_enroll() { # OUT CENTRAL_PORT ENROLL_PORT
    local out=$1 invitation module
    mkdir -p "$out/kiosk"
    module=$(demo_chip_card "$out")
    cat >"$out/kiosk/kiosk.toml" <<TOML
data = "$out/kiosk/data"
assets = "$PORTICO_ROOT/assets"
central = "https://127.0.0.1:$2"
fullscreen = false
[bench]
folder = "$out/kiosk/bench"
key_pin = "2468"
card_module = "$module"
card_pin = "135790"
print_ms = 4000
beside_panel = true
TOML
    invitation=$(build/bin/portico-central terminal add --data "$out/central" --name "Demo lobby" 2>/dev/null)
    build/bin/portico-kiosk --config "$out/kiosk/kiosk.toml" --enroll "$(demo_value code "$invitation")" \
        --central "https://127.0.0.1:$3" --fingerprint "$(demo_value fingerprint "$invitation")"
}

demo_window() { # OUT CENTRAL_PORT CODE
    local out=$1
    build/bin/portico-bench-panel --driver "$out/kiosk/driver" --assets assets --cable-to "$2" \
        --printed-cards "$out/kiosk/bench/print" \
        >"$out/panel.log" 2>&1 &
    demo_children+=($!)
    local cable
    cable=$(demo_value port "$(demo_line "$out/panel.log" "cable port" $! 30)")
    sed -i "s#^central = .*#central = \"https://127.0.0.1:$cable\"#" "$out/kiosk/kiosk.toml"
    build/bin/portico-kiosk --config "$out/kiosk/kiosk.toml" --driver "$out/kiosk/driver" >"$out/kiosk.log" 2>&1 &
    local kiosk=$!
    demo_children+=("$kiosk")
    cat <<TEXT

The kiosk stands in a window, its bench panel beside it. Alex Sample's letter is $out/letter.pdf:
  choose a language, "Set up my account", "I have a letter"
  code            $3
  birth date      05/17/1984
  then a username, a passphrase of 15 letters or more, a PIN, and the security key (insert it on the panel, PIN 2468)
Alex's chip card is on the panel too (PIN 135790): at home, "More", "How you sign in", "Add a chip card"
Close the kiosk's window, or press Ctrl-C here, to end.
TEXT
    wait "$kiosk" || true
}

portico_demo() {
    [ $# -eq 0 ] || { printf 'usage: ./portico demo\n' >&2; exit 2; }
    need_packages build demo
    say "building"
    configure release
    compile build
    local out=$PORTICO_ROOT/demo-out
    rm -rf "$out"
    mkdir -p "$out"
    demo_children=()
    trap demo_stop EXIT
    demo_plan "$out"

    build/bin/portico-central serve --data "$out/central" --listen 127.0.0.1:0 --enroll-listen 127.0.0.1:0 \
        >"$out/central.log" 2>&1 &
    demo_children+=($!)
    local ready
    ready=$(demo_line "$out/central.log" "portico-central ready" $! 30)
    local listen enroll
    listen=$(demo_value listen "$ready")
    enroll=$(demo_value enroll "$ready")
    say "central answers at $listen"
    demo_enroll "$out" "${listen##*:}" "${enroll##*:}"

    local code
    code=$(build/bin/portico-central account invite --data "$out/central" --patient patient-0000001 \
        --letter "$out/letter.pdf" --phone 800-555-0100 --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p')
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        demo_window "$out" "${listen##*:}" "$code"
        return
    fi
    say "no display: walking a visit"
    build/bin/portico-kiosk --config "$out/kiosk/kiosk.toml" --headless --driver "$out/kiosk/driver" \
        >"$out/kiosk.log" 2>&1 &
    demo_children+=($!)
    PORTICO_DEMO_CODE=$code python3 scripts/walk_visit.py "$out/kiosk/driver" "$out" ||
        { tail -n 5 "$out/kiosk.log" >&2; fail "the visit could not be walked to its end"; }
    say "look at demo-out/index.html"
}

portico_screenshots() {
    [ $# -eq 1 ] || { printf 'usage: ./portico screenshots DIR\n' >&2; exit 2; }
    need_packages build
    configure release
    compile build portico-kiosk portico-agent
    build/bin/portico-kiosk screenshots "$1" --assets assets
    build/bin/portico-agent screenshots "$1/desk" --assets assets
}
