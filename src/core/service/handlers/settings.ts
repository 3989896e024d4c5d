import type { Config, SettingSource } from "../../../shared/config.ts";
import type { Handlers } from "../../../shared/contract.ts";
import { dotenvLine } from "../../../shared/dotenv/write.ts";
import { raise } from "../../../shared/problem.ts";
import { type Resolved, resolveConfig } from "../../config/resolve.ts";
import { contradictions, gaps, type Need } from "../../config/together.ts";
import type { SaveSettings } from "../desktop.ts";

type SettingsHandlers = Pick<Handlers, "saveSettings" | "exportSettings">;

type SettingsContext = {
  readonly resolved: () => Resolved;
  /** null: they are in the care of the program that has the service in it. */
  readonly save: SaveSettings | null;
};

/** Needs no running service: settings are also what mends one that cannot start. */
export const settingsHandlers = ({ resolved, save }: SettingsContext): SettingsHandlers => ({
  saveSettings: async ({ values, sessionOnly }) => {
    const { settings, config: before, home } = resolved();
    const locked = settings.find(({ name, locked }) => locked && values[name] !== undefined);
    if (locked !== undefined) {
      raise("setting-locked", `${locked.name} ${placeOf[locked.source]}; change it there.`, locked.name);
    }
    const { problems, config } = resolveConfig({ environment: {}, dotenv: {}, settings: values, home });
    const known = new Set(avoidable(before).map(({ variable }) => variable));
    const wrong =
      problems.find(({ variable, kind }) => kind === "form" && variable !== ".env" && values[variable] !== undefined) ??
      // What was wrong before may be mended one setting at a time; nothing new may go wrong.
      avoidable({ ...before, ...pickChanged(config, values) }).find(({ variable }) => !known.has(variable));
    if (wrong !== undefined)
      raise("configuration-invalid", `${wrong.variable} should be ${wrong.expected}.`, wrong.variable);
    if (save === null) return raise("not-found", "The program that has this service in it has its settings, too.");
    const saved = await save(values, sessionOnly);
    return { message: "Saved", settings: saved.resolved.settings, beginsAnew: saved.beginsAnew };
  },
  exportSettings: async () => ({
    text: resolved()
      .settings.filter(({ source, value }) => source !== "default" && !value.includes("•••"))
      .map(({ name, value }) => dotenvLine(name, value))
      .join(""),
  }),
});

const placeOf: { readonly [S in SettingSource]: string } = {
  environment: "is set in the environment",
  dotenv: "is set in the .env file",
  // It is what the service is reached by.
  settings: "is set where the service runs",
  default: "is set where the service runs",
};

/** What nobody may bring about by saving. Without any source of matches the demo runs, or Redis is named later. */
const avoidable = (config: Config): readonly Need[] =>
  [...contradictions(config), ...gaps(config)].filter(
    ({ variable }) => variable !== "REDIS_URL" || config.AVSPARK_MATCHES_URL !== null,
  );

export const pickChanged = <C extends object>(config: C, values: object): Partial<C> =>
  Object.fromEntries(Object.entries(config).filter(([name]) => name in values)) as Partial<C>;
