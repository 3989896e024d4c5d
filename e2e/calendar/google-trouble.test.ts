import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import type { TargetStatus } from "../../src/shared/calendar.ts";
import type { ProblemKind } from "../../src/shared/problem.ts";
import { createAuthority } from "../fixtures/certificates.ts";
import { until } from "../fixtures/until.ts";
import type { GoogleOptions } from "../stand-ins/google-calendar/server.ts";
import { calendarId, googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

type Desk = Awaited<ReturnType<typeof googleFor>>;

const matches = comingMatches(30);
const records = matches.map((match) => aRecord(match));

type Trouble = {
  readonly name: string;
  readonly options?: GoogleOptions;
  readonly at?: Parameters<Desk["target"]>[0];
  readonly spoil?: (desk: Desk) => unknown;
  readonly mend?: (desk: Desk) => unknown;
  readonly state: TargetStatus["state"]["name"];
  readonly kind: ProblemKind;
  readonly sentence: RegExp;
};

const troubles: readonly Trouble[] = [
  {
    name: "the token file is missing",
    spoil: ({ tokenFile }) => rm(tokenFile),
    mend: ({ tokenFile, google }) => writeFile(tokenFile, JSON.stringify(google.tokenFile())),
    state: "needs-person",
    kind: "calendar-token-file",
    sentence: /does not exist/,
  },
  {
    name: "the token file is not JSON",
    spoil: ({ tokenFile }) => writeFile(tokenFile, "\x80\x04pickle"),
    mend: ({ tokenFile, google }) => writeFile(tokenFile, JSON.stringify(google.tokenFile())),
    state: "needs-person",
    kind: "calendar-token-file",
    sentence: /not JSON/,
  },
  {
    name: "the token file has no refresh token",
    spoil: ({ tokenFile }) => writeFile(tokenFile, '{"token": "ya29.short-lived", "client_id": "x"}'),
    mend: ({ tokenFile, google }) => writeFile(tokenFile, JSON.stringify(google.tokenFile())),
    state: "needs-person",
    kind: "calendar-token-file",
    sentence: /lacks .*refresh_token/,
  },
  {
    name: "the sign-in was revoked (invalid_grant)",
    spoil: ({ google }) => {
      google.oauth.revoke();
      google.oauth.expireAccessTokens();
    },
    mend: ({ tokenFile, google }) => writeFile(tokenFile, JSON.stringify(google.tokenFile())),
    state: "needs-person",
    kind: "calendar-sign-in",
    sentence: /expired or was revoked/,
  },
  {
    name: "there is no such calendar",
    at: { calendarId: "nobody@example.com" },
    state: "needs-person",
    kind: "calendar-not-found",
    sentence: /no such calendar/,
  },
  {
    name: "the calendar may only be read",
    options: { calendars: [{ id: "club@example.com", summary: "Klubben", accessRole: "reader" }] },
    at: { calendarId: "club@example.com" },
    state: "needs-person",
    kind: "calendar-forbidden",
    sentence: /read this calendar but not change it/,
  },
  {
    name: "something in between answers HTML",
    spoil: ({ google }) => google.fail({ kind: "html", when: "before", times: Number.POSITIVE_INFINITY }),
    mend: ({ google }) => google.clearFaults(),
    state: "waiting",
    kind: "calendar-bad-answer",
    sentence: /did not come from Google/,
  },
  {
    name: "something in between answers other JSON",
    spoil: ({ google }) => google.fail({ kind: "nonsense", when: "before", times: Number.POSITIVE_INFINITY }),
    mend: ({ google }) => google.clearFaults(),
    state: "waiting",
    kind: "calendar-bad-answer",
    sentence: /did not come from Google/,
  },
  {
    name: "Google has a fault",
    spoil: ({ google }) =>
      google.fail({ kind: "refusal", name: "backendError", when: "before", times: Number.POSITIVE_INFINITY }),
    mend: ({ google }) => google.clearFaults(),
    state: "waiting",
    kind: "calendar-server",
    sentence: /\(500\)/,
  },
  {
    name: "Google does not answer",
    at: { timeoutMs: 200 },
    spoil: ({ google }) => google.fail({ kind: "hang", when: "before", times: Number.POSITIVE_INFINITY }),
    mend: ({ google }) => google.clearFaults(),
    state: "waiting",
    kind: "calendar-timeout",
    sentence: /not answer in time/,
  },
  {
    name: "nobody listens at the address",
    at: { apiRoot: "http://127.0.0.1:9/" },
    state: "waiting",
    kind: "calendar-unreachable",
    sentence: /cannot be reached \(ECONNREFUSED\)/,
  },
];

describe.each(troubles)("when $name", ({ options, at, spoil, mend, state, kind, sentence }) => {
  test("the calendar says so, and takes everything once it is mended", async () => {
    const desk = await googleFor(options);
    await spoil?.(desk);
    const { engine } = await desk.engine(records, at);
    const [result] = await engine.sync({ matchIds: records.slice(0, 1).map(({ match }) => match.id) });
    expect(result).toMatchObject({ outcome: "waiting", problem: { kind } });
    expect(result?.problem?.message).toMatch(sentence);
    expect(engine.status()).toMatchObject([{ state: { name: state, problem: { kind } }, waiting: records.length }]);

    // News is taken in all the same.
    const [first] = records;
    if (first === undefined) throw new Error("there is one");
    engine.changed([{ ...first, match: { ...first.match, venue: "Ruddalen" } }]);
    if (mend === undefined) return;
    await mend(desk);
    engine.retry("google");
    await until(() => engine.status()[0]?.there === records.length, {
      what: () => JSON.stringify(engine.status()),
    });
    expect(desk.google.event(calendarId, eventName(first.match.id))).toMatchObject({ location: "Ruddalen" });
    expect((await engine.sync()).every(({ outcome }) => outcome === "unchanged")).toBe(true);
  });
});

describe("a certificate", () => {
  test("of an unknown authority is refused, and no token is sent", async () => {
    const authority = await createAuthority();
    onTestFinished(authority.remove);
    const certificate = await authority.issue("localhost", "IP:127.0.0.1");
    const { google, engine } = await googleFor({ certificate });
    const running = await engine(records);
    expect((await running.engine.sync())[0]).toMatchObject({ problem: { kind: "calendar-certificate" } });
    expect(running.engine.status()).toMatchObject([{ state: { name: "needs-person" } }]);
    expect(google.calls).toEqual([]);
  });

  test("made out for another name is refused; the right one is taken", async () => {
    const authority = await createAuthority();
    onTestFinished(authority.remove);
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, readFileSync(authority.ca, "utf8")]);
    onTestFinished(() => setDefaultCACertificates(before));

    const wrong = await googleFor({ certificate: await authority.issue("other", "DNS:calendar.example.com") });
    const refused = await wrong.engine(records);
    const [result] = await refused.engine.sync();
    expect(result?.problem).toMatchObject({ kind: "calendar-certificate" });
    expect(result?.problem?.message).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(wrong.google.calls).toEqual([]);

    const right = await googleFor({ certificate: await authority.issue("localhost", "IP:127.0.0.1") });
    const taken = await right.engine(records);
    expect((await taken.engine.sync()).every(({ outcome }) => outcome === "inserted")).toBe(true);
  });
});
