// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Attachment } from "../../../shared/attachment.ts";
import { instant } from "../../../shared/testing/instant.ts";
import type { ListedToken } from "../../../shared/token.ts";
import { openWindow } from "../../testing/window.tsx";

const at = instant("2027-05-06T12:00:00.000Z");
const token = (name: string, rest: Partial<ListedToken> = {}): ListedToken => ({
  name,
  role: "act",
  createdAt: at,
  revokedAt: null,
  lastUsedAt: null,
  ...rest,
});
const attachedAs = (role: Attachment["role"]): Attachment => ({
  address: "https://avspark.example.com",
  line: { state: "live", since: at },
  role,
  newer: false,
  unsent: [],
});

/** The page of somebody on a service that has these tokens. */
const open = async (role: Attachment["role"], first: readonly ListedToken[]) => {
  let tokens = first;
  const opened = await openWindow({
    view: "settings",
    id: "access",
    state: { attachment: attachedAs(role) },
    handlers: {
      tokens: async () => ({ tokens }),
      addToken: async (wanted) => {
        tokens = [...tokens, token(wanted.name, { role: wanted.role })];
        return { message: "Made", token: "avs_once-and-never-again" };
      },
      revokeToken: async ({ name }) => {
        tokens = tokens.map((one) => (one.name === name ? { ...one, revokedAt: at } : one));
        return { message: "Revoked" };
      },
    },
  });
  const panel = (): HTMLElement => screen.getByRole("region", { name: "Who comes in" });
  return { ...opened, panel: () => within(panel()), text: () => panel().textContent ?? "" };
};
const asked = ({ calls }: Awaited<ReturnType<typeof open>>, name: string) => calls.filter((call) => call.name === name);

it("shows administrators whose tokens there are, what each may, and when it was last used", async () => {
  const { panel } = await open("administer", [
    token("Anna Prov", { lastUsedAt: at }),
    token("Bo Prov", { role: "look" }),
    token("Gone Prov", { revokedAt: at }),
  ]);
  const row = (name: string) => panel().getByText(name).closest("li")?.textContent ?? "";
  expect(await panel().findByText("Anna Prov")).toBeTruthy();
  expect(row("Anna Prov")).toMatch(/look and decide.*last used/);
  expect(row("Bo Prov")).toMatch(/look.*never used/);
  expect(row("Gone Prov")).toMatch(/revoked/);
  expect(panel().getByText("1 revoked token")).toBeTruthy();
  expect(panel().queryByRole("button", { name: "Revoke the token of Gone Prov?" })).toBeNull();
});

it("makes a token, shows it until it is passed on, and lists whom it is for", async () => {
  const window = await open("administer", []);
  const { user, panel, text } = window;
  expect(await panel().findByText(/Nobody has a token of their own yet/)).toBeTruthy();
  await user.type(panel().getByLabelText("Name"), "Cecilia Prov{Enter}");
  expect(asked(window, "addToken")).toEqual([]);
  await user.selectOptions(panel().getByLabelText("May"), "administer");
  await user.click(panel().getByRole("button", { name: "Make a token" }));
  expect(await panel().findByText("avs_once-and-never-again")).toBeTruthy();
  expect(asked(window, "addToken").map(({ input }) => input)).toEqual([{ name: "Cecilia Prov", role: "administer" }]);
  expect(await panel().findByText("Cecilia Prov")).toBeTruthy();
  await user.click(panel().getByRole("button", { name: "I have passed it on" }));
  expect(text()).not.toContain("avs_");
});

it("revokes a token when that is confirmed", async () => {
  const window = await open("administer", [token("Anna Prov")]);
  const { user, panel } = window;
  await user.click(await panel().findByRole("button", { name: "Revoke the token of Anna Prov?" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Revoke the token of Anna Prov?" }));
  expect(asked(window, "revokeToken")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Revoke" }));
  expect(await panel().findByText("1 revoked token")).toBeTruthy();
  expect(asked(window, "revokeToken").map(({ input }) => input)).toEqual([{ name: "Anna Prov" }]);
});

it.each(["look", "act"] as const)("says to whoever has the role %s that it is the administrators'", async (role) => {
  const window = await open(role, [token("Anna Prov")]);
  expect(window.text()).toContain("Only administrators of the service see who comes in");
  expect(asked(window, "tokens")).toEqual([]);
});
