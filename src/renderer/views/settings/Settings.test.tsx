// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { configFields, settingNameSchema } from "../../../shared/config.ts";
import { setting } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const settings = settingNameSchema.options.map((name) => setting(name, { value: configFields[name].default }));

it("has every setting, and finds by what it means", async () => {
  const { user } = await openWindow({ view: "settings", language: "sv", state: { settings } });
  await user.type(screen.getByRole("textbox", { name: "Hitta en inställning" }), "tysta timmar");
  expect(screen.getByText("Tysta timmar")).toBeTruthy();
  expect(screen.queryByText("AVSPARK_LOG_LEVEL")).toBeNull();
});

it("saves single letters off, and the window goes by it at once", async () => {
  const saved: unknown[] = [];
  const { user } = await openWindow({
    view: "settings",
    state: { settings },
    handlers: {
      saveSettings: async ({ values }) => {
        saved.push(values);
        return { message: "Saved", settings };
      },
    },
  });
  await user.click(screen.getByRole("switch", { name: "Single letters as keys" }));
  expect(saved).toEqual([{ AVSPARK_LETTER_KEYS: "false" }]);
});
