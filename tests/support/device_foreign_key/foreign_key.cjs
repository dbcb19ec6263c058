// A security key written by somebody else (nid-webauthn-emulator) behind a Unix socket of 64-byte CTAPHID reports.
// node foreign_key.cjs MODULES_FOLDER SOCKET
"use strict";
const net = require("node:net");
const path = require("node:path");

const [, , modules, socket] = process.argv;
const { AuthenticatorEmulator, PasskeysCredentialsMemoryRepository } =
    require(path.join(modules, "nid-webauthn-emulator"));

const cbor = require(path.join(modules, "cbor"));

const reportBytes = 64;
const command = { ping: 0x81, init: 0x86, cbor: 0x90, keepalive: 0xbb, error: 0xbf };
const authenticator = new AuthenticatorEmulator({
    algorithmIdentifiers: ["ES256"],
    credentialsRepository: new PasskeysCredentialsMemoryRepository(),
});

function reports(channel, kind, data) {
    const out = [];
    let report = Buffer.alloc(reportBytes);
    channel.copy(report);
    report[4] = kind;
    report.writeUInt16BE(data.length, 5);
    let at = data.copy(report, 7);
    out.push(report);
    for (let sequence = 0; at < data.length; ++sequence) {
        report = Buffer.alloc(reportBytes);
        channel.copy(report);
        report[4] = sequence;
        at += data.copy(report, 5, at);
        out.push(report);
    }
    return out;
}

// The package writes members it does not have as "undefined", and maps in any order; CTAP has no place for either.
function canonical(bytes) {
    const map = cbor.decodeFirstSync(bytes);
    for (const [key, value] of map)
        if (value === undefined)
            map.delete(key);
    return cbor.encodeCanonical(map);
}

function answerCbor(data) {
    try {
        const parameters = data.length > 1 ? new Uint8Array(data.subarray(1)) : undefined;
        const reply = authenticator.command({ command: data[0], data: parameters });
        return Buffer.concat([Buffer.from([reply.status]), reply.data ? canonical(reply.data) : Buffer.alloc(0)]);
    } catch (error) {
        return Buffer.from([typeof error.status === "number" ? error.status : 0x7f]);
    }
}

function answer(channel, kind, data) {
    if (kind === command.init) {
        const reply = Buffer.concat([data, Buffer.from([0, 0, 0, 1, 2, 1, 0, 0, 0x0c])]);
        return reports(channel, kind, reply);
    }
    if (kind === command.cbor)
        return reports(channel, kind, answerCbor(data));
    if (kind === command.ping)
        return reports(channel, kind, data);
    return reports(channel, command.error, Buffer.from([1]));
}

net.createServer((line) => {
    let waiting = Buffer.alloc(0);
    let message = null;
    line.on("error", () => {});
    line.on("data", (bytes) => {
        waiting = Buffer.concat([waiting, bytes]);
        for (; waiting.length >= reportBytes; waiting = waiting.subarray(reportBytes)) {
            const report = waiting.subarray(0, reportBytes);
            if (report[4] & 0x80)
                message = { channel: Buffer.from(report.subarray(0, 4)), kind: report[4], size: report.readUInt16BE(5),
                            data: Buffer.from(report.subarray(7)) };
            else if (message)
                message.data = Buffer.concat([message.data, report.subarray(5)]);
            if (!message || message.data.length < message.size)
                continue;
            for (const part of answer(message.channel, message.kind, message.data.subarray(0, message.size)))
                line.write(part);
            message = null;
        }
    });
}).listen(socket);
