// An account is part of what a calendar is: behind `primary` each has a calendar of its own.

import { writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { until } from "../fixtures/until.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import { openEngine } from "./engine.ts";
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
