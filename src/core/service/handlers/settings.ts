import type { Handlers } from "../../../shared/contract.ts";
import { raise } from "../../../shared/problem.ts";
import { combinations, type Resolved, resolveConfig } from "../../config/resolve.ts";
import type { Desktop } from "../context.ts";

type SettingsHandlers = Pick<Handlers, "saveSettings" | "exportSettings">;

type SettingsContext = { readonly resolved: () => Resolved; readonly desktop: Desktop | null };

/** Needs no running service: settings are also what mends one that cannot start. */
export const settingsHandlers = ({ resolved, desktop }: SettingsContext): SettingsHandlers => ({
  saveSettings: async ({ values, sessionOnly }) => {
    const { settings, config: before } = resolved();
    const locked = settings.find(({ name, locked }) => locked && values[name] !== undefined);
    if (locked !== undefined) {
      raise(
        "setting-locked",
        `${locked.name} is set in the ${locked.source === "dotenv" ? ".env file" : "environment"}; change it there.`,
        locked.name,
      );
    }
    const { problems, config } = resolveConfig({ environment: {}, dotenv: {}, settings: values });
    const known = new Set(combinations(before).map(({ variable }) => variable));
    const wrong =
      problems.find(({ variable, kind }) => kind === "form" && values[variable] !== undefined) ??
      // What was wrong before may be mended one setting at a time; nothing new may go wrong.
      combinations({ ...before, ...pickChanged(config, values) }).find(({ variable }) => !known.has(variable));
    if (wrong !== undefined)
      raise("configuration-invalid", `${wrong.variable} should be ${wrong.expected}.`, wrong.variable);
    const saved = await demandDesktop(desktop).saveSettings(values, sessionOnly);
    return { message: "Saved", settings: saved.settings };
  },
  exportSettings: async () => ({
    text: resolved()
      .settings.filter(({ source, value }) => source !== "default" && !value.includes("•••"))
      .map(({ name, value }) => `${name}=${quoted(value)}\n`)
      .join(""),
  }),
});

export const demandDesktop = (desktop: Desktop | null): Desktop =>
  desktop ?? raise("not-found", "This needs the app's window; the service runs without one here.");

/** A .env line survives spaces and # only in quotes. */
const quoted = (value: string): string => (/[\s#"']/.test(value) ? JSON.stringify(value) : value);

export const pickChanged = <C extends object>(config: C, values: object): Partial<C> =>
  Object.fromEntries(Object.entries(config).filter(([name]) => name in values)) as Partial<C>;
