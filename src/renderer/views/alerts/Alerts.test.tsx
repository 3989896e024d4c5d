// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { soon } from "../../../shared/testing/soon.ts";
import { alert } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const handlers = { acknowledge: async () => ({ message: "Acknowledged" }) };

it("has what asks for attention, and acknowledges one at a press", async () => {
  const { user, calls } = await openWindow({ view: "alerts", state: { alerts: [alert(1), alert(2)] }, handlers });
  const page = within(screen.getByRole("main"));
  await user.click(page.getAllByRole("button", { name: /^Acknowledge/ })[0] ?? document.body);
  expect(calls.filter(({ name }) => name === "acknowledge")).toHaveLength(1);
});

it("stays the same row when another joins it, so that no press is lost", async () => {
  const { tell } = await openWindow({ view: "alerts", state: { alerts: [alert(1)] } });
  const row = document.getElementById("alert-1");
  expect(row).not.toBeNull();
  tell({ set: { alerts: [alert(1), alert(2)] } });
  expect(screen.getAllByText("2 alerts").length).toBeGreaterThan(0);
  expect(document.getElementById("alert-1")).toBe(row);
});

it("is spoken once it stays, without its time and its count", async () => {
  const { tell } = await openWindow({ view: "overview" });
  const spoken = () => screen.getAllByRole("status").map(({ textContent }) => textContent ?? "");
  tell({ set: { alerts: [alert(1)] } });
  expect(spoken().some((text) => text.includes("Warning"))).toBe(false);
  await vi.waitFor(() => expect(spoken().some((text) => text.includes("Warning"))).toBe(true), soon);
  const before = spoken();
  tell({ set: { alerts: [alert(1, { count: 9 })] } });
  expect(spoken()).toEqual(before);
});
