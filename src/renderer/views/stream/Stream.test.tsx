// @vitest-environment happy-dom
import { act, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { message } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

it("forgets its search with the window, and keeps nothing of it for the next one", async () => {
  const { user } = await openWindow({ view: "stream" });
  await user.type(screen.getByRole("textbox", { name: "Search in messages" }), "häcken");
  expect(JSON.stringify({ ...window.sessionStorage })).toContain("häcken");
  expect(JSON.stringify({ ...window.localStorage })).not.toContain("häcken");
});

it("prints all the messages that are shown, of which the window draws what is seen", async () => {
  const messages = Array.from({ length: 300 }, (_, index) => message(300 - index));
  await openWindow({ view: "stream", state: { messages } });
  expect((await screen.findAllByRole("option")).length).toBeLessThan(100);
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  // One row is the head.
  expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(301);
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(screen.queryByRole("table")).toBeNull();
});
