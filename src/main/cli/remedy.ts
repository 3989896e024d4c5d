import type { ProblemKind } from "../../shared/problem.ts";
import { advice } from "../../shared/text/en/advice.ts";

const setting = (names: string): string =>
  `Set ${names} in .env or in the environment of the service, and start it anew; avspark config shows what holds.`;
const messenger = `${setting("AVSPARK_NOTIFY_…")} Then try it with avspark notify test.`;

/** What to do at a terminal, where there is no window: of those kinds whose advice leads through one. */
const atTerminal: Readonly<Partial<Record<ProblemKind, string>>> = {
  unauthorized: "Send the header “Authorization: Bearer …” with a token that avspark token add has made.",
  "confirmation-needed":
    "Look at it with avspark preview or avspark held, and answer with avspark confirm or avspark keep; or leave everything as it is.",
  "configuration-invalid": "avspark config shows what is wrong, with what would be right.",
  "port-taken": `End the other program, and Avspark takes the port by itself. Or: ${setting("another AVSPARK_HTTP_PORT")}`,
  "listen-failed": `127.0.0.1 always works. ${setting("AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT")}`,
  "redis-disabled": `If changes should arrive at once: ${setting("REDIS_PUBSUB_ENABLED=true")}`,
  "redis-auth-required": setting("REDIS_URL=redis://user:password@host:6379"),
  "redis-auth-wrong": `Ask whoever runs Redis for the right one. ${setting("REDIS_URL")}`,
  "redis-no-permission":
    "Ask whoever runs Redis for the right to subscribe to the channels that avspark config shows, or use another user in REDIS_URL.",
  "redis-stream": `Ask whoever runs the publisher for the stream's name. ${setting("REDIS_STREAM")}`,
  "redis-stream-missing": `It is read as soon as it is there. If its name is another: ${setting("REDIS_STREAM")}`,
  "messages-missed":
    "Fetch the match list with avspark sync. Where none is set, set AVSPARK_MATCHES_URL; or compare the coming matches with FOGIS yourself and acknowledge it with avspark acknowledge.",
  "source-unconfigured": setting("AVSPARK_MATCHES_URL"),
  "calendar-sign-in":
    "To Google: avspark google sign-in. To a server: correct its user name and password in .env (CALDAV_… or CARDDAV_…), and start the service anew. It must take them by Basic or Digest sign-in; where it has app passwords, use one.",
  "calendar-token-file": "Check the file's path and rights; or sign in anew with avspark google sign-in.",
  "calendar-not-found": setting("GOOGLE_CALENDAR_ID, CALDAV_URL or CARDDAV_URL"),
  "calendar-certificate":
    "If the server has an authority of its own, name that one's file in .env. Otherwise check the address, and ask whoever runs the server to renew the certificate.",
  "calendar-bad-answer": setting("CALDAV_URL or CARDDAV_URL"),
  "calendar-conflict": "Compare with avspark audit; with --repair it is written as Avspark says.",
  "calendar-demo": `To leave the demo: ${setting("REDIS_URL")}`,
  "messenger-unreachable": `Avspark tries again by itself. If it lasts: ${messenger}`,
  "messenger-timeout": `Avspark tries again by itself. If it lasts: ${messenger}`,
  "messenger-sign-in": `Many mail servers want an app password. ${messenger}`,
  "messenger-not-found": `Make a new webhook there. ${messenger}`,
  "messenger-redirect": `Name the address that it really has, as a rule one with https://. ${messenger}`,
  "messenger-rejected": `Check recipients, sender and the webhook's form; the details have the server's answer. ${messenger}`,
};

export const remedyFor = (kind: ProblemKind): string => atTerminal[kind] ?? advice[kind].remedy;
