import { configFields, settingGroups } from "../../../src/shared/config.ts";
import { code, table } from "./markdown.mjs";

/** @type {Readonly<Record<import("../../../src/shared/config.ts").SettingGroup, string>>} */
const titles = {
  redis: "Redis",
  channels: "Channels",
  source: "Match list over HTTP",
  calendars: "Calendars",
  http: "HTTP",
  app: "App",
  journal: "Journal",
};

/** @typedef {(typeof configFields)[keyof typeof configFields]} Field */

/** @param {readonly [name: string, field: Field]} entry */
const row = ([name, { default: fallback, unit, en }]) => [code(name), code(fallback), unit ?? "", en];

const head = ["Name", "Default", "Unit", "What it does"];

export const configurationPage = () => `# Configuration

Every setting is an environment variable. It is also read from a file \`.env\` in the working directory and, in the app, from
the Settings page. The environment wins over \`.env\`, and both win over the Settings page, which shows what they fix as
locked. An empty value counts as unset.

An invalid value stops the service at its start with a line for each problem: the name, the value (secrets masked) and what
it should be. \`avspark config\` and \`GET /redis-config\` show the configuration in force.

${settingGroups
  .map((group) => {
    const fields = Object.entries(configFields).filter(([, field]) => field.group === group);
    return `## ${titles[group]}\n\n${table(head, fields.map(row))}\n`;
  })
  .join("\n")}`;

/** What a newcomer sets first. */
const often = new Set([
  "REDIS_URL",
  "REDIS_PUBSUB_ENABLED",
  "REDIS_MATCH_UPDATES_CHANNEL",
  "REDIS_PROCESSOR_STATUS_CHANNEL",
  "REDIS_SYSTEM_ALERTS_CHANNEL",
  "REDIS_HEALTH_CHECK_INTERVAL",
  "AVSPARK_MATCHES_URL",
  "AVSPARK_POLL_INTERVAL",
  "AVSPARK_CALENDARS",
  "GOOGLE_CALENDAR_ID",
  "GOOGLE_CALENDAR_TOKEN_FILE",
  "CALDAV_URL",
  "CALDAV_USERNAME",
  "CALDAV_PASSWORD",
  "AVSPARK_HTTP_HOST",
  "AVSPARK_HTTP_PORT",
  "AVSPARK_HTTP_TOKEN",
  "AVSPARK_DATA_DIR",
]);

export const configurationTable = () =>
  table(
    head,
    Object.entries(configFields)
      .filter(([name]) => often.has(name))
      .map(row),
  );
