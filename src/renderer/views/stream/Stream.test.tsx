// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { openWindow } from "../../testing/window.tsx";

it("forgets its search with the window, and keeps nothing of it for the next one", async () => {
  const { user } = await openWindow({ view: "stream" });
  await user.type(screen.getByRole("textbox", { name: "Search in messages" }), "häcken");
  expect(JSON.stringify({ ...window.sessionStorage })).toContain("häcken");
  expect(JSON.stringify({ ...window.localStorage })).not.toContain("häcken");
});
