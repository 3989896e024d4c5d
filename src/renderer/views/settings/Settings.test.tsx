// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { configFields, settingNameSchema } from "../../../shared/config.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { setting } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const settings = settingNameSchema.options.map((name) => setting(name, { value: configFields[name].default }));

it("has every setting, and finds by what it means", async () => {
  const { user } = await openWindow({ view: "settings", language: "sv", state: { settings } });
  await user.type(screen.getByRole("textbox", { name: "Hitta en inställning" }), "tysta timmar");
  expect(screen.getByText("Tysta timmar")).toBeTruthy();
  expect(screen.queryByText("AVSPARK_LOG_LEVEL")).toBeNull();
});

/** The settings, and what is saved of them. */
const openSaving = async () => {
  const saved: unknown[] = [];
  const opened = await openWindow({
    view: "settings",
    state: { settings },
    handlers: {
      saveSettings: async ({ values }) => {
        saved.push(values);
        return { message: "Saved", settings, beginsAnew: false };
      },
    },
  });
  return { ...opened, saved };
};

it("saves single letters off, and the window goes by it at once", async () => {
  const { user, saved } = await openSaving();
  await user.click(screen.getByRole("switch", { name: "Single letters as keys" }));
  expect(saved).toEqual([{ AVSPARK_LETTER_KEYS: "false" }]);
});

const aboutIn = (container: HTMLElement) => within(container.querySelector<HTMLElement>("#section-about") ?? container);

it.each([
  [{ state: "off", why: "system" } as const, "Ditt system uppdaterar den."],
  [{ state: "off", why: "no-server" } as const, "Ingen uppdateringsserver är inbyggd"],
  [{ state: "older", version: "0.0.9", at: instant("2027-05-08T10:00:00Z") } as const, "0.0.9, som är äldre"],
  [{ state: "ready", version: "9.9.9" } as const, "Version 9.9.9 är klar"],
])("says about %j what a person should know", async (updates, sentence) => {
  await openWindow({
    view: "settings",
    language: "sv",
    state: { settings },
    handlers: { about: async () => ({ version: "0.2.0", forRelease: true, updates }) },
  });
  const about = aboutIn(document.body);
  expect(await about.findByText(sentence, { exact: false })).toBeTruthy();
  expect(about.getByText("Avspark 0.2.0")).toBeTruthy();
  expect(about.queryByText("Gjord för prov", { exact: false })).toBeNull();
  // Where nobody looks, there is no button for it.
  expect(about.queryAllByRole("button", { name: "Leta efter en nyare version" })).toHaveLength(
    updates.state === "off" ? 0 : 1,
  );
});

it("marks a package for tests, shows the licences, and makes the support bundle", async () => {
  let bundles = 0;
  const { user } = await openWindow({
    view: "settings",
    state: { settings },
    handlers: {
      about: async () => ({ version: "0.2.0", forRelease: false, updates: { state: "off", why: "setting" } }),
      notices: async () => ({ text: "SIL OPEN FONT LICENSE" }),
      saveBundle: async () => {
        bundles += 1;
        return { file: "/home/eva/avspark-bundle.zip" };
      },
    },
  });
  const about = aboutIn(document.body);
  expect(await about.findByText("Made for tests", { exact: false })).toBeTruthy();
  await user.click(about.getByRole("button", { name: "Save a support bundle" }));
  expect(await screen.findByText("Saved as /home/eva/avspark-bundle.zip.")).toBeTruthy();
  expect(bundles).toBe(1);
  await user.click(about.getByRole("button", { name: "Licences" }));
  expect(await screen.findByText("SIL OPEN FONT LICENSE")).toBeTruthy();
});

it("closes the HTTP door to other users with one click, by a token that nobody has to think of", async () => {
  const { user, saved } = await openSaving();
  await user.click(screen.getByRole("button", { name: "Close it to other users" }));
  expect(await screen.findByText("avspark finds it there", { exact: false })).toBeTruthy();
  expect(saved).toEqual([{ AVSPARK_HTTP_TOKEN: expect.stringMatching(/^[0-9a-f]{48}$/) }]);
});

it("says how a service elsewhere is signed in to Google, and nothing of it where the service is here", async () => {
  const line = { state: "live", since: instant("2027-05-06T12:00:00Z") } as const;
  const attachment = {
    address: "https://avspark.example.com",
    line,
    role: "administer",
    newer: false,
    unsent: [],
  } as const;
  const { tell } = await openWindow({ view: "settings", id: "google", state: { settings, attachment } });
  expect(screen.getByText(/give the command avspark google sign-in\. It prints an address/)).toBeTruthy();
  tell({ set: { attachment: null } });
  expect(screen.queryByText(/avspark google sign-in/)).toBeNull();
});
