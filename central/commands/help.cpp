#include "central/commands/help.h"

namespace portico::central {

char const* help_text() {
    return R"(portico-central: the plan's side of Portico

  init --data DIR --plan-name NAME [--host HOST]... [--database ADDRESS]
        keys, the plan's own certificate authority, configuration (DIR/central.toml), schema. The data is kept in
        DIR/central.db, or in the PostgreSQL database at ADDRESS: postgresql://USER@HOST:PORT/DATABASE. A password
        is best kept in a file that PGPASSFILE names. Every command that takes --data takes --database too, for
        another address than init was told.
  serve --data DIR --listen HOST:PORT [--enroll-listen HOST:PORT] [--health-listen HOST:PORT]
        serves terminals; --enroll-listen is where new ones are certified. --health-listen answers a load balancer by
        plain HTTP, 200 while terminals should come here, else 503. Port 0 takes any free one. Prints "portico-central
        ready listen=... enroll=... health=... fingerprint=..." when it answers. SIGTERM lets running calls end.
  node add --data DIR --name NAME --to FOLDER
        makes the data folder of another server over the same PostgreSQL database: keys, settings and an audit chain
        of its own name. Move it to that server and serve it there; docs/operations.md says how
  terminal add --data DIR [--name NAME] [--program kiosk|agent] [--qr FILE [--enroll-at HOST] [--serve-at HOST]]
  terminal add --data DIR [--name NAME] --program phone --desk ID
        prints the terminal's id, its one-time code and the fingerprint of the plan's authority. A phone is the
        helper that brings what callers key at the telephone of one desk (program agent), whose id is given. --qr
        writes code, fingerprint and addresses as one QR code (SVG), which a kiosk without an enrolment reads;
        HOST[:PORT] is where the terminal finds central, by default the first of the hosts in central.toml, at
        port 8444 (enrolment) and 8443. Keep FILE as you keep the code
  terminal add --data DIR [--name NAME] --program telephone_system
        the plan's telephone system, which tells what calls it holds; docs/operations.md says how it is connected
  terminal extension --data DIR ID [--number DIGITS]
        where the telephone system puts held calls through to a desk (program agent); without a number nowhere
  terminal release --data DIR ID|--all-kiosks VERSION|none
        which release a kiosk, or each that is there now, is to have from central; it fetches it at its quiet hours
  terminal list --data DIR
        with the version that a kiosk runs, as it said last, the one it is to have, and how its last update stands
  terminal diagnostics --data DIR ID
        what a kiosk has told of itself in the last 30 days, one line of JSON each time, the newest first; nothing of
        anybody. A staff member of the role technician sends it at the kiosk, with their key
  terminal revoke --data DIR ID
        its connections end within seconds, and it never connects again; a desk's phones go with it
  release add --data DIR FOLDER [--version VERSION]
        copies a release of the kiosks' image, as image/build left it in FOLDER, into DIR/releases, after checking its
        sums; its version is told by the names of its files, else by --version. Each node that kiosks ask needs it
  release list --data DIR        release remove --data DIR VERSION
  import --data DIR [--report FILE] PATH...         FHIR R4; see import --help
  inspect --data DIR member|directory|formulary ... see inspect --help
  sample --out DIR --members N --seed S             a made-up plan; see sample --help
  account ...                                       members' and staff accounts; see account --help
  notice add --data DIR --en TEXT --es TEXT [--function F] [--severity notice|look_again|error]
             [--from TIME] [--until TIME]
  notice list --data DIR         notice remove --data DIR ID
        notices that every terminal shows; TIME is UTC, 2026-01-31T08:00:00Z
  contact-way add --data DIR --kind phone|hours|web|address --en LABEL --es LABEL --value TEXT [--id ID]
  contact-way list --data DIR    contact-way remove --data DIR ID
        how people reach the plan, on every help screen
  queue list --data DIR [--all]
  queue done --data DIR ID applied
  queue done --data DIR ID refused --reason WORD    queue reasons
  queue done --data DIR ID withdrawn
        what staff have to look at: refused operations, changes on hold, letters to send, cards that may not have
        printed. applied: it is done; of a hold: it ends now; of a card: one came out. refused: it will not be done;
        the member reads why (queue reasons lists the words and what they fit); of a card: none came out, its number
        names nobody. withdrawn: the member had a change on hold stopped
  authority add --data DIR --patient ID --kind authorized_representative|power_of_attorney|legal_guardian
                --scope claims|contact|cards|disputes_and_messages|account ... [--sensitive] [--from DAY] [--until DAY]
                --document REFERENCE
                (--representative ID | --given NAMES --family NAME --birth-date DAY [--phone NUMBER])
  authority list --data DIR --patient ID     authority end --data DIR ID
        who may speak for a member on the phone, as a paper on file says: DAY is YYYY-MM-DD, both ends included;
        REFERENCE is where the paper lies. --scope once for each. --sensitive: the paper says that sensitive services
        may be told. --representative is another member; whoever is none shows who they are by --phone, no sooner than
        30 days after it was entered. A parent of a minor needs none. An authority is never changed: end it, add another
  audit verify --data DIR [--checkpoints FILE]...
        finds any edit, deletion, reorder or truncation of the audit. With several servers name the checkpoint file
        of each, its own as well
  audit export --data DIR        all records, one JSON object a line
  backup --data DIR --to FOLDER
        a copy of the data while central serves; the keys are not in it
  restore --data NEWDIR --from FOLDER --keys FOLDER [--database ADDRESS]
        ADDRESS names an empty database, for a backup of a PostgreSQL one
  openapi                        the OpenAPI 3.1 document of all calls
  --help  --version

Exit codes: 0 done, 1 failed, 2 wrong use.
)";
}

} // namespace portico::central
