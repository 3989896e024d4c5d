// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { instant } from "../../../shared/testing/instant.ts";
import { setting, target } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const since = instant("2027-05-08T12:00:00.000Z");

it("says of each calendar how it is, and what waits for a word", async () => {
  const state = { name: "needs-confirmation", since, removals: 70, token: "t" } as const;
  const { calls } = await openWindow({
    view: "calendars",
    state: { targets: [target("ics", { there: 12 }), target("caldav", { state })] },
  });
  expect(within(screen.getByRole("region", { name: "Calendar file" })).getByText("12")).toBeTruthy();
  expect(within(screen.getByRole("region", { name: "CalDAV" })).getAllByText(/70/).length).toBeGreaterThan(0);
  expect(calls.map(({ name }) => name)).not.toContain("confirm");
});

it("syncs at a press, and says what came of it", async () => {
  const { user, calls } = await openWindow({
    view: "calendars",
    state: { targets: [target("ics")] },
    handlers: { syncNow: async () => ({ message: "Synced", results: [] }) },
  });
  await user.click(screen.getAllByRole("button", { name: "Sync now" })[0] ?? document.body);
  expect(calls.map(({ name }) => name)).toContain("syncNow");
  expect(await screen.findByText(/0 events written/)).toBeTruthy();
});

it("leads from a calendar of a service elsewhere to how that is signed in to Google, and asks this computer for nothing", async () => {
  const problem = { kind: "calendar-sign-in", message: "Nobody has signed in to Google yet." } as const;
  const attachment = {
    address: "https://avspark.example.com",
    line: { state: "live", since },
    role: "administer",
    newer: false,
    unsent: [],
  } as const;
  const { user, calls } = await openWindow({
    view: "calendars",
    state: {
      attachment,
      targets: [target("google", { state: { name: "needs-person", since, problem } })],
      settings: [setting("GOOGLE_CALENDAR_ID"), setting("GOOGLE_CALENDAR_TOKEN_FILE")],
    },
  });
  const google = within(screen.getByRole("region", { name: "Google" }));
  expect(google.getByText("The service's own sign-in")).toBeTruthy();
  await user.click(google.getByRole("button", { name: "How to sign in" }));
  await vi.waitFor(() => expect(window.location.hash).toBe("#/settings/google"));
  expect(calls.map(({ name }) => name).filter((name) => name.startsWith("google"))).toEqual([]);
});
