import { describe, expect, test } from "vitest";
import type { GoogleTokenFile } from "../../../shared/google-token.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { resolveConfig } from "../../config/resolve.ts";
import { type MigrationPlan, planMigration } from "../../migration/plan.ts";
import { oldFolder } from "../../migration/testing/old-folder.ts";
import type { Desktop } from "../desktop.ts";
import { migrationHandlers } from "./migration.ts";

const token = { refresh_token: "r", client_id: "id", client_secret: "s" };
const folderOf = (files: Parameters<typeof oldFolder>[0]) => planMigration(oldFolder(files));
const whole = { "config.json": { CALENDAR_ID: "c@example.com", SYNC_TAG: "A" }, "token.json": token };

const deskWith = (options: {
  readonly plan: MigrationPlan | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signedIn?: boolean;
  readonly fails?: boolean;
}) => {
  const did: unknown[] = [];
  const resolved = () => resolveConfig({ environment: options.environment ?? {}, dotenv: {}, settings: {} });
  const desktop: Pick<Desktop, "migration" | "saveSettings"> & { readonly google: Partial<Desktop["google"]> } = {
    migration: { choose: async () => options.plan?.migration ?? null, chosen: () => options.plan },
    saveSettings: async (values, sessionOnly) => {
      if (options.fails === true) throw new ProblemError({ kind: "journal-full", message: "Full." });
      did.push({ values, sessionOnly });
      return { resolved: resolved(), beginsAnew: false };
    },
    google: {
      adopt: async (file: GoogleTokenFile, sessionOnly: boolean) => {
        did.push({ adopted: file.refresh_token, sessionOnly });
        return options.signedIn !== true;
      },
      signOut: async () => void did.push("signed out"),
    },
  };
  // The rest of an app with a window is not asked for anything here.
  return { did, ...migrationHandlers({ resolved, desktop: desktop as Desktop }) };
};

describe("what was chosen is taken over", () => {
  test("the sign-in, with its OAuth client, and the settings that nothing above them fixes", async () => {
    const { did, migrate } = deskWith({ plan: folderOf(whole), environment: { AVSPARK_SYNC_TAG: "B" } });
    await migrate({ sessionOnly: true });
    expect(did).toEqual([
      { adopted: "r", sessionOnly: true },
      {
        values: {
          GOOGLE_CALENDAR_ID: "c@example.com",
          AVSPARK_CALENDARS: "ics,google",
          AVSPARK_CONTACTS: "google",
          REDIS_URL: "redis://fogis-redis:6379",
          GOOGLE_OAUTH_CLIENT_ID: "id",
          GOOGLE_OAUTH_CLIENT_SECRET: "s",
        },
        sessionOnly: true,
      },
    ]);
  });

  test("but no sign-in over another, whose OAuth client stays", async () => {
    const { did, migrate } = deskWith({ plan: folderOf(whole), signedIn: true });
    await migrate({ sessionOnly: false });
    expect(did[1]).not.toHaveProperty("values.GOOGLE_OAUTH_CLIENT_ID");
  });

  test("or for an OAuth client that is fixed", async () => {
    const { did, migrate } = deskWith({ plan: folderOf(whole), environment: { GOOGLE_OAUTH_CLIENT_ID: "other" } });
    await migrate({ sessionOnly: false });
    expect(did).toEqual([{ values: expect.objectContaining({ AVSPARK_SYNC_TAG: "A" }), sessionOnly: false }]);
  });

  test("and where the settings cannot be saved, the sign-in goes again", async () => {
    const { did, migrate } = deskWith({ plan: folderOf(whole), fails: true });
    await expect(migrate({ sessionOnly: false })).rejects.toThrow("Full.");
    expect(did).toEqual([{ adopted: "r", sessionOnly: false }, "signed out"]);
  });

  test.each([
    ["nothing was chosen", null],
    ["a file cannot be read", folderOf({ ...whole, ".env": { state: "unreadable", why: "no-text" } })],
  ])("never where %s", async (_why, plan) => {
    const { did, migrate } = deskWith({ plan });
    await expect(migrate({ sessionOnly: false })).rejects.toThrow(ProblemError);
    expect(did).toEqual([]);
  });
});
