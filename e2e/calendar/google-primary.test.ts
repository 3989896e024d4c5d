// An account is part of what a calendar is: behind `primary` each has a calendar of its own.

import { writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { aRecord, silentLog } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import type { GoogleCredentials } from "../../src/main/adapters/google/credentials.ts";
import { createGoogleTarget } from "../../src/main/adapters/google/target.ts";
import { defaultTag } from "../../src/shared/calendar.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { until } from "../fixtures/until.ts";
import type { IncomingCall } from "../stand-ins/google-calendar/faults.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import { openEngine, wantedOf } from "./engine.ts";
import { googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

const other = "bo@example.com";
const matches = comingMatches(12);
const records = matches.map((match) => aRecord(match));
const moved = matches.map((match) => aRecord({ ...match, venue: "Ny plan" }));

type Desk = Awaited<ReturnType<typeof googleFor>>;

const start = async ({ folder, target }: Desk) => {
  const running = await openEngine({ folder, targets: [target({ calendarId: "primary" })], previewFirst: true });
  onTestFinished(running.close);
  return running;
};

/** The first account may not come in any more, and another one has signed in. */
const changeAccount = async ({ google, tokenFile }: Desk): Promise<void> => {
  google.oauth.revoke();
  google.oauth.expireAccessTokens();
  await writeFile(tokenFile, JSON.stringify(google.tokenFile(other)));
};

const places = ({ google }: Desk, calendar: string): readonly unknown[] =>
  google.events(calendar).map(({ location }) => location);

test.each([
  { when: "while it runs", isRestarted: false },
  { when: "after a restart", isRestarted: true },
])(
  "another account behind primary is another calendar, $when: nothing is written before a person has confirmed",
  async ({ isRestarted }) => {
    const desk = await googleFor({ accounts: [other] });
    const first = await start(desk);
    first.engine.start(records);
    await until(() => first.engine.status()[0]?.state.name === "needs-preview");
    await first.engine.confirm("google");
    await until(() => desk.google.events(primaryCalendar).length === 12);
    await first.engine.sync();
    const before = places(desk, primaryCalendar);

    if (isRestarted) await first.close();
    await changeAccount(desk);
    const { engine } = isRestarted ? await start(desk) : first;
    if (isRestarted) engine.start(moved);
    else engine.changed(moved);
    await until(
      () => {
        engine.retry("google");
        return engine.status()[0]?.state.name === "needs-preview";
      },
      { what: () => JSON.stringify(engine.status()), everyMs: 50 },
    );
    const [preview] = await engine.preview("google");
    expect(preview?.operations.map(({ kind }) => kind)).toEqual(matches.map(() => "insert"));
    expect(desk.google.events(other)).toEqual([]);
    expect(places(desk, primaryCalendar)).toEqual(before);

    await engine.confirm("google");
    await until(() => desk.google.events(other).length === 12, { what: () => JSON.stringify(engine.status()) });
    expect(new Set(places(desk, other))).toEqual(new Set(["Ny plan"]));
    expect(places(desk, primaryCalendar)).toEqual(before);
  },
);

test.each([
  { when: "before the first call", method: null },
  { when: "between two calls for one event", method: "events.patch" },
])("who signs in $when gets nothing of what is meant for another", async ({ method }) => {
  const [match] = matches;
  if (match === undefined) throw new Error("there is one");
  const [old, wanted] = wantedOf([match, { ...match, venue: "Ny plan" }]);
  if (old === undefined || wanted === undefined) throw new Error("it has a kick-off");
  const revision = { sequence: 0, at: instant("2027-01-01T00:00:00.000Z") };
  let onCall: (call: IncomingCall) => void = () => undefined;
  const { google } = await googleFor({
    accounts: [other],
    decide: (call) => {
      onCall(call);
      return null;
    },
  });
  const credentialsOf = (account: string): GoogleCredentials => {
    const { token, refresh_token, client_id, client_secret } = google.tokenFile(account);
    return {
      clientId: String(client_id),
      clientSecret: String(client_secret),
      refreshToken: String(refresh_token),
      accessToken: String(token),
      accessExpiresAt: Date.now() + 3_500_000,
      tokenUrl: null,
      signInExpiresAt: null,
    };
  };
  let signedIn = credentialsOf(other);
  const target = createGoogleTarget({
    auth: { read: async () => signedIn, refused: () => undefined, refreshed: async () => undefined },
    apiRoot: google.url,
    calendarId: "primary",
    tag: defaultTag,
    clock: systemClock,
    log: silentLog,
    timeoutMs: 10_000,
  });
  onTestFinished(target.close);
  // Both have the event: Avspark has kept the other's calendar before.
  await target.list(null);
  await target.insert(old, revision);
  signedIn = credentialsOf(primaryCalendar);
  await target.list(null);
  const known = await target.insert(old, revision);
  const before = google.event(other, eventName(match.id));

  // A person's edit makes the first call fail, and a second one needed.
  google.person.edit(primaryCalendar, known.remoteId, { colorId: "11" });
  const bo = credentialsOf(other);
  if (method === null) signedIn = bo;
  onCall = (call) => {
    if (call.method === method) signedIn = bo;
  };
  await expect(target.update(wanted, known, revision)).rejects.toMatchObject({
    problem: { kind: "calendar-conflict" },
    concern: "collection",
  });
  expect(google.event(other, eventName(match.id))).toEqual(before);
});
