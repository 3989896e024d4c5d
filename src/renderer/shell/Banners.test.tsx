// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Alert, AlertCause } from "../../shared/alert.ts";
import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";
import { instant } from "../../shared/testing/instant.ts";
import { textsFor } from "../../shared/text/texts.ts";
import { alert } from "../samples.ts";
import { openWindow } from "../testing/window.tsx";

const texts = textsFor("en");
const [early, late] = [instant("2027-05-08T11:00:00.000Z"), instant("2027-05-08T11:30:00.000Z")];

const withCause = (id: number, cause: AlertCause, lastAt: Instant): Alert => alert(id, { cause, lastAt });
const redis: AlertCause = { kind: "feed", problem: { kind: "redis-unreachable", message: "ECONNREFUSED" } };
const signIn: Problem = { kind: "calendar-sign-in", message: "401" };
const calendar: AlertCause = { kind: "calendar", target: "caldav", label: null, problem: signIn };

const healthOf = (problem: Problem, target: TargetName): Health => ({
  level: "warning",
  since: early,
  problem,
  target,
  action: "settings",
  alert: null,
});

const buttons = (name: RegExp | string): readonly HTMLElement[] =>
  within(screen.getByRole("region", { name: texts.app.landmarks.alerts })).queryAllByRole("button", { name });

it.each([
  { redisAt: early, calendarAt: late },
  { redisAt: late, calendarAt: early },
])("shows what the sentence above does not mend, whichever came second", async ({ redisAt, calendarAt }) => {
  const alerts = [withCause(1, redis, redisAt), withCause(2, calendar, calendarAt)];
  await openWindow({ view: "overview", state: { alerts, health: healthOf(signIn, "caldav") } });
  expect(buttons(/Redis/)).toHaveLength(1);
  expect(buttons(/CalDAV/)).toHaveLength(0);
});

it("has a button for each calendar that waits for a word, though both buttons say the same", async () => {
  const alerts = [withCause(1, { kind: "confirm-removal", target: "caldav", label: null, events: 12 }, early)];
  const waits: Problem = { kind: "confirmation-needed", message: "12" };
  const { tell } = await openWindow({ view: "overview", state: { alerts, health: healthOf(waits, "ics") } });
  expect(buttons(texts.app.mend.decide)).toHaveLength(1);
  tell({ set: { health: healthOf(waits, "caldav") } });
  expect(buttons(texts.app.mend.decide)).toHaveLength(0);
});
