import type { OutwardMessage } from "../../../core/outward/messenger.ts";
import type { Config } from "../../../shared/config.ts";

type Form = Exclude<Config["AVSPARK_NOTIFY_WEBHOOK_FORM"], "auto">;

/** What a webhook at this host takes. */
export const formFor = (setting: Config["AVSPARK_NOTIFY_WEBHOOK_FORM"], hostname: string): Form => {
  if (setting !== "auto") return setting;
  if (/(^|\.)(discord|discordapp)\.com$/.test(hostname)) return "discord";
  return /(^|\.)slack\.com$/.test(hostname) ? "slack" : "json";
};

/** Without a lone half of a letter at the end. */
const cut = (text: string, most: number): string => text.slice(0, Math.max(0, most)).replace(/[\uD800-\uDBFF]$/, "");

/** As much of a text as fits once its signs are escaped; what is cut off is marked. */
const fitted = (text: string, most: number, escaped: (text: string) => string): string => {
  const whole = escaped(text);
  if (whole.length <= most) return whole;
  let kept = cut(text, most - 1);
  while (escaped(kept).length >= most) kept = cut(kept, kept.length - Math.max(1, escaped(kept).length - most + 1));
  return `${escaped(kept)}…`;
};

const titleMost = 250;

/** Discord refuses more. */
const discordMost = 2000;
const discordEscaped = (text: string): string =>
  text.replace(/[\\*_~`|[\]()]/g, "\\$&").replace(/^(\s*)([>#-])/gm, "$1\\$2");
/** SUPPRESS_EMBEDS */
const withoutEmbeds = 4;

/** Slack cuts longer texts off. */
const slackMost = 4000;
const slackEscaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const lines = ({ text, link }: OutwardMessage): string => (link === null ? text : `${text}\n${link}`);

/** What is sent, as JSON: nobody is mentioned by it, whatever it says. */
const bodies: { readonly [F in Form]: (message: OutwardMessage) => unknown } = {
  json: ({ id, thread, about, state, level, at, title, text, link }) => ({
    ...{ source: "avspark", id, thread, about, state, level, at, title, text, link },
  }),
  discord: (message) => {
    const title = `**${fitted(message.title, titleMost, discordEscaped)}**\n`;
    return {
      content: title + fitted(lines(message), discordMost - title.length, discordEscaped),
      allowed_mentions: { parse: [] },
      flags: withoutEmbeds,
    };
  },
  slack: (message) => {
    // A * in it would end the bold.
    const title = `*${fitted(message.title.replaceAll("*", "·"), titleMost, slackEscaped)}*\n`;
    return {
      text: title + fitted(lines(message), slackMost - title.length, slackEscaped),
      unfurl_links: false,
      unfurl_media: false,
    };
  },
};

export const webhookBody = (form: Form, message: OutwardMessage): string => JSON.stringify(bodies[form](message));
