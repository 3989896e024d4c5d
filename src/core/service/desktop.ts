import type { SettingName } from "../../shared/config.ts";
import type { Output } from "../../shared/contract.ts";
import type { GoogleTokenFile } from "../../shared/google-token.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Migration } from "../../shared/migration.ts";
import { raise } from "../../shared/problem.ts";
import type { Table } from "../../shared/table.ts";
import type { Resolved } from "../config/resolve.ts";
import type { MigrationPlan } from "../migration/plan.ts";

/** Saves settings, and has the service go by them. */
export type SaveSettings = (
  values: Readonly<Partial<Record<SettingName, string>>>,
  /** Keep secrets in memory until the program ends. */
  sessionOnly: boolean,
) => Promise<{
  readonly resolved: Resolved;
  /** It begins anew with them when this has been answered, and is away for a moment. */
  readonly beginsAnew: boolean;
}>;

/** What only an app with a window can do. */
export type Desktop = {
  readonly openExternal: (url: string) => Promise<void>;
  /** Asks for a file and writes the parts to it as they come; null when the person changed their mind. */
  readonly save: (suggestedName: string, parts: AsyncIterable<string | Uint8Array>) => Promise<string | null>;
  /** A table as a spreadsheet's file. */
  readonly spreadsheet: (table: Table) => Promise<Uint8Array>;
  /** The page as it would be printed. */
  readonly pdf: () => Promise<Uint8Array>;
  readonly saveSettings: SaveSettings;
  readonly about: () => Output<"about">;
  /** The licences of what is in the package; null where there is none. */
  readonly notices: () => Promise<string | null>;
  /** Answers how it stands when somebody has looked. */
  readonly lookForUpdates: () => Promise<Output<"lookForUpdates">["updates"]>;
  /** What a support request needs, as a zip. */
  readonly bundle: () => Promise<Uint8Array>;
  /** Shows the log in the system's file manager. */
  readonly showLog: () => Promise<void>;
  readonly quit: () => void;
  /** The system can keep a secret. */
  readonly keyring: () => boolean;
  /** The folder of the service that Avspark replaces. */
  readonly migration: {
    /** Asks for it and reads it; null when the person changed their mind. */
    readonly choose: () => Promise<Migration | null>;
    /** What stands in the one that was chosen last; null: nothing that can be taken over. */
    readonly chosen: () => MigrationPlan | null;
  };
  readonly google: {
    readonly account: () => Promise<Output<"googleAccount">["account"]>;
    readonly signIn: (sessionOnly: boolean) => Promise<{ readonly expiresAt: Instant | null }>;
    /** Takes over a sign-in that was made elsewhere; answers whether it did: who is signed in already stays so. */
    readonly adopt: (token: GoogleTokenFile, sessionOnly: boolean) => Promise<boolean>;
    readonly signOut: () => Promise<void>;
    readonly calendars: () => Promise<Output<"googleCalendars">["calendars"]>;
    readonly create: (name: string) => Promise<string>;
  };
};

export const demandDesktop = (desktop: Desktop | null): Desktop =>
  desktop ?? raise("not-found", "This needs the app's window; the service runs without one here.");
