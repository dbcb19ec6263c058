// Reads cases from a JSON file and prints, for each, whether @simplewebauthn/server accepts it.
//   node judge.cjs NODE_MODULES CASES.json
const path = require("path");
const fs = require("fs");
const { createRequire } = require("module");

const load = createRequire(path.join(process.argv[2], "judge.cjs"));
const { verifyRegistrationResponse, verifyAuthenticationResponse } = load("@simplewebauthn/server");

async function judge(each) {
    const expected = {
        expectedChallenge: each.challenge,
        expectedOrigin: each.origin,
        expectedRPID: each.rp_id,
        requireUserVerification: true,
    };
    const common = { id: each.id, rawId: each.id, type: "public-key", clientExtensionResults: {} };
    if (each.attestation_object)
        return verifyRegistrationResponse({
            ...expected,
            response: {
                ...common,
                response: { clientDataJSON: each.client_data, attestationObject: each.attestation_object },
            },
        });
    return verifyAuthenticationResponse({
        ...expected,
        response: {
            ...common,
            response: {
                clientDataJSON: each.client_data,
                authenticatorData: each.authenticator_data,
                signature: each.signature,
                userHandle: each.user_handle,
            },
        },
        credential: {
            id: each.id,
            publicKey: new Uint8Array(Buffer.from(each.cose_key, "base64url")),
            counter: each.known_count,
        },
    });
}

(async () => {
    for (const each of JSON.parse(fs.readFileSync(process.argv[3], "utf8"))) {
        let accepted = false;
        try {
            accepted = (await judge(each)).verified;
        } catch {
            // A refusal is thrown.
        }
        console.log(`${each.name} ${accepted ? "accepted" : "refused"}`);
    }
})();
