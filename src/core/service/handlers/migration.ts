import type { SettingName } from "../../../shared/config.ts";
import type { Handlers } from "../../../shared/contract.ts";
import type { GoogleTokenFile } from "../../../shared/google-token.ts";
import { isBlocked } from "../../../shared/migration.ts";
import { raise } from "../../../shared/problem.ts";
import type { Resolved } from "../../config/resolve.ts";
import { type Desktop, demandDesktop } from "../desktop.ts";
import { settingsHandlers } from "./settings.ts";

type MigrationHandlers = Pick<Handlers, "chooseMigration" | "migrate">;

type MigrationContext = { readonly resolved: () => Resolved; readonly desktop: Desktop | null };

export const migrationHandlers = (context: MigrationContext): MigrationHandlers => ({
  chooseMigration: async () => ({ migration: await demandDesktop(context.desktop).migration.choose() }),
  migrate: async ({ sessionOnly }) => {
    const { migration, google } = demandDesktop(context.desktop);
    const plan = migration.chosen() ?? raise("not-found", "No folder has been chosen that could be taken over.");
    if (isBlocked(plan.migration)) raise("input-invalid", "A file in the folder cannot be read.");
    const { settings } = context.resolved();
    const locked = new Set(settings.flatMap(({ name, locked }) => (locked ? [name] : [])));
    // A sign-in belongs to the OAuth client that it was made with.
    const token = locked.has("GOOGLE_OAUTH_CLIENT_ID") ? null : (plan.signIn?.token ?? null);
    const isAdopted = token !== null && (await google.adopt(token, sessionOnly));
    const wanted = new Map([...plan.settings, ...(isAdopted && token !== null ? clientOf(token) : [])]);
    const values = Object.fromEntries([...wanted].filter(([name]) => !locked.has(name)));
    try {
      const { saveSettings: save } = demandDesktop(context.desktop);
      await settingsHandlers({ resolved: context.resolved, save }).saveSettings({ values, sessionOnly });
    } catch (error) {
      // Both or neither.
      if (isAdopted) await google.signOut();
      throw error;
    }
    return { message: "Taken over" };
  },
});

const clientOf = ({
  client_id: id,
  client_secret: secret,
}: GoogleTokenFile): readonly (readonly [SettingName, string])[] => [
  ["GOOGLE_OAUTH_CLIENT_ID", id],
  ["GOOGLE_OAUTH_CLIENT_SECRET", secret ?? ""],
];
