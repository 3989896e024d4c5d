import { heirs } from "../../../src/core/config/old-names.ts";
import { configFields, settingGroups } from "../../../src/shared/config.ts";
import { code, table } from "./markdown.mjs";

/** @type {Readonly<Record<import("../../../src/shared/config.ts").SettingGroup, string>>} */
const titles = {
  service: "A service elsewhere",
  redis: "Redis",
  channels: "Channels",
  source: "Match list over HTTP",
  calendars: "Calendars",
  contacts: "Address books",
  http: "HTTP",
  app: "App",
  outward: "Notices by webhook and e-mail",
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
it should be. What is merely missing, such as the address of a calendar that is to be kept, is said as well, and the service
starts without it. \`avspark config\` and \`GET /redis-config\` show the configuration in force.

The demo starts only when nothing says where matches come from or go to: no setting of Redis, of the list or of a calendar,
not even a misspelt one: in small letters, in quotes, with a sign that nobody sees. The data folder, the port, the log level
and the like do not count.

## The file .env

It is read as python-dotenv reads it: \`NAME=value\` on a line, with \`export\` or without, values bare or in single or double
quotes. In a bare value a \`#\` begins a comment only after a space. \`\${NAME}\` and \`\${NAME:-default}\` stand for a variable of
the environment or of an earlier line; one that is set nowhere is a problem. The file may be in UTF-8 or UTF-16. A pipe or a
device in its place, or a link that leads nowhere, stops the service as an invalid value does. In the path of a file or folder
\`~/\` is the home folder.

## Names of the predecessor

Understood wherever the name beside it is not set. \`avspark config\` says what became of each.

${table(
  ["Name", "Becomes"],
  Object.entries(heirs).map(([name, became]) => [
    code(name),
    became.map(code).join(", ") || "nothing: the predecessor's events are known by FOGIS_CALENDAR_SYNC",
  ]),
)}

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
