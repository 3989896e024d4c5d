import type { SettingName } from "../../shared/config.ts";

/** How the predecessor told people that it needed them: one of three ways, by its config.json. */
type OldNotices = {
  readonly settings: readonly {
    readonly setting: SettingName;
    readonly text: string;
    readonly names: readonly string[];
  }[];
  /** Names of the ways that were not chosen. */
  readonly idle: readonly string[];
};

const mailNames = [
  "NOTIFICATION_EMAIL_SENDER",
  "NOTIFICATION_EMAIL_RECEIVER",
  "SMTP_SERVER",
  "SMTP_PORT",
  "SMTP_USERNAME",
  "SMTP_PASSWORD",
] as const;
const hookNames = { discord: "DISCORD_WEBHOOK_URL", slack: "SLACK_WEBHOOK_URL" } as const;
export const noticeNames: readonly string[] = ["NOTIFICATION_METHOD", ...mailNames, ...Object.values(hookNames)];

export const noticesOf = (config: ReadonlyMap<string, string>): OldNotices => {
  const given = (name: string): string => config.get(name)?.trim() ?? "";
  const method = given("NOTIFICATION_METHOD").toLowerCase();
  const way = method === "discord" || method === "slack" ? method : "mail";
  const set = noticeNames.filter((name) => name !== "NOTIFICATION_METHOD" && given(name) !== "");
  if (way !== "mail") {
    const name = hookNames[way];
    const settings =
      given(name) === ""
        ? []
        : ([
            { setting: "AVSPARK_NOTIFY_WEBHOOK", text: given(name), names: [name] },
            { setting: "AVSPARK_NOTIFY_WEBHOOK_FORM", text: way, names: ["NOTIFICATION_METHOD"] },
          ] as const);
    return { settings, idle: set.filter((one) => one !== name) };
  }
  const [server, user, password] = [given("SMTP_SERVER"), given("SMTP_USERNAME"), given("SMTP_PASSWORD")];
  // Without any of them the predecessor sent nothing either.
  if (server === "" || user === "" || password === "" || given("NOTIFICATION_EMAIL_RECEIVER") === "")
    return { settings: [], idle: set };
  const port = given("SMTP_PORT") || "587";
  const scheme = port === "465" ? "smtps" : "smtp";
  const address = `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${server}:${port}`;
  const sender = given("NOTIFICATION_EMAIL_SENDER");
  return {
    settings: [
      {
        setting: "AVSPARK_SMTP_URL",
        text: address,
        names: ["SMTP_SERVER", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD"],
      },
      {
        setting: "AVSPARK_NOTIFY_MAIL_TO",
        text: given("NOTIFICATION_EMAIL_RECEIVER"),
        names: ["NOTIFICATION_EMAIL_RECEIVER"],
      },
      ...(sender === ""
        ? []
        : [
            {
              setting: "AVSPARK_NOTIFY_MAIL_FROM",
              text: sender,
              names: ["NOTIFICATION_EMAIL_SENDER"],
            } as const,
          ]),
    ],
    idle: set.filter((name) => !mailNames.some((mail) => mail === name)),
  };
};
