// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Attachment } from "../../shared/attachment.ts";
import { failed, ProblemError } from "../../shared/problem.ts";
import { instant } from "../../shared/testing/instant.ts";
import { soon } from "../../shared/testing/soon.ts";
import { openWindow } from "../testing/window.tsx";

const since = instant("2027-05-06T15:00:00.000Z");
const problem = failed("service-unreachable", "Nothing listens there.").problem;
const live: Attachment = {
  address: "https://avspark.example.com",
  line: { state: "live", since },
  role: "administer",
  newer: false,
  unsent: [],
};
const lost: Attachment = { ...live, line: { state: "lost", since, problem } };
const unsent = { id: "key-1", at: since, command: "note", matchId: null, text: "Rings back at six", problem };

const region = () => screen.queryByRole("region", { name: "Connection to the service" });

test("a window on its own service says nothing of another", async () => {
  await openWindow({ view: "operations" });
  expect(region()).toBeNull();
  expect(screen.queryByText("avspark.example.com")).toBeNull();
});

test("a window on a service elsewhere says on which, and what it was when the line is lost, in the place of its health", async () => {
  const { tell } = await openWindow({ view: "operations", state: { attachment: live } });
  expect(region()).toBeNull();
  expect(screen.getByText("avspark.example.com")).toBeDefined();
  tell({ set: { attachment: lost } });
  expect(screen.getByText("No connection to avspark.example.com")).toBeDefined();
  expect(region()?.textContent).toContain("What you see is how things stood then.");
  tell({ set: { attachment: live } });
  expect(region()).toBeNull();
  expect(screen.queryByText("No connection to avspark.example.com")).toBeNull();
});

test("what changes something cannot be pressed while the line is lost, and what only shows something can", async () => {
  const { tell } = await openWindow({ view: "operations", state: { attachment: live } });
  // A fieldset that is disabled disables what is in it; this DOM does not know so much.
  const isHeld = (name: string | RegExp) => screen.getByRole("button", { name }).closest("fieldset")?.disabled ?? false;
  expect(isHeld("Sync now")).toBe(false);
  tell({ set: { attachment: lost } });
  expect(isHeld("Sync now")).toBe(true);
  const why = "No connection to avspark.example.com: nothing can be changed until it is back.";
  expect(screen.getByRole("button", { name: "Sync now" }).closest("fieldset")?.getAttribute("aria-label")).toBe(why);
  expect(isHeld(/Search and actions/)).toBe(false);
});

test("what did not arrive is sent again, or let go, one by one", async () => {
  const { user, calls, tell } = await openWindow({
    view: "operations",
    state: { attachment: { ...live, unsent: [unsent, { ...unsent, id: "key-2", text: "Never mind" }] } },
    handlers: { sendAgain: async () => ({ message: "Sent" }), forgetUnsent: async () => ({ message: "Forgotten" }) },
  });
  const line = (text: string) => {
    const found = screen.getByText(text).closest("li");
    if (found === null) throw new Error("It is in no list.");
    return within(found);
  };
  expect(region()?.textContent).toContain("2 things have not reached the service");
  await user.click(line("Rings back at six").getByRole("button", { name: "Send again" }));
  await user.click(line("Never mind").getByRole("button", { name: "Discard" }));
  expect(calls.filter(({ name }) => name === "sendAgain" || name === "forgetUnsent")).toEqual([
    { name: "sendAgain", input: { id: "key-1" } },
    { name: "forgetUnsent", input: { id: "key-2" } },
  ]);
  tell({ set: { attachment: live } });
  expect(region()).toBeNull();
});

test("what fails once more says why, and what waits is not sent while the line is lost", async () => {
  const { user, tell } = await openWindow({
    view: "operations",
    state: { attachment: { ...live, unsent: [unsent] } },
    handlers: {
      sendAgain: async () => {
        throw new ProblemError(failed("not-found", "There is no such match.").problem);
      },
    },
  });
  await user.click(screen.getByRole("button", { name: "Send again" }));
  await vi.waitFor(
    () => expect(screen.getByRole("alert", { hidden: true }).textContent).toContain("There is no such match."),
    soon,
  );
  tell({ set: { attachment: { ...lost, unsent: [unsent] } } });
  expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
  expect(screen.getByRole("button", { name: "Discard" })).toBeDefined();
});

test("a service with which the window cannot speak is said to be so, with what to update", async () => {
  const tooOld = failed("window-too-old", "The service speaks protocol 9.").problem;
  const line = { state: "lost", since, problem: tooOld } as const;
  const { tell } = await openWindow({ view: "operations", state: { attachment: { ...live, line } } });
  expect(screen.getByText("This Avspark is older than its service can speak with.")).toBeTruthy();
  expect(region()?.textContent).toContain("Update Avspark on this computer. What you see is how things stood then.");
  tell({ set: { attachment: lost } });
  expect(region()?.textContent).toMatch(/^What you see is how things stood then./);
});

test("a service that is newer than the window is said to be", async () => {
  await openWindow({ view: "operations", state: { attachment: { ...live, newer: true } } });
  expect(region()?.textContent).toContain("newer than this window");
});

test("whoever may only look there finds what they cannot do held, and is told why", async () => {
  const { tell } = await openWindow({ view: "operations", state: { attachment: { ...live, role: "look" } } });
  const held = () => screen.getByRole("button", { name: "Sync now" }).closest("fieldset");
  expect(held()?.disabled).toBe(true);
  expect(held()?.getAttribute("aria-label")).toContain("Your token lets you look");
  for (const role of ["act", "administer", null] as const) {
    tell({ set: { attachment: { ...live, role } } });
    expect(held()?.disabled).toBe(false);
  }
  tell({ set: { attachment: { ...lost, role: "look" } } });
  expect(held()?.getAttribute("aria-label")).toContain("No connection");
});
