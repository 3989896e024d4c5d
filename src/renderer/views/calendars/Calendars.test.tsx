// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { instant } from "../../../shared/testing/instant.ts";
import { target } from "../../samples.ts";
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
