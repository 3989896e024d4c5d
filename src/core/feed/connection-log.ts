import type { Connection } from "../../shared/connection.ts";
import type { ProblemKind } from "../../shared/problem.ts";
import type { Log } from "../ports.ts";

/** What a person should find in the log: each turn once; the same failure again and again only in detail. */
export const connectionLog = (log: Log) => {
  let told: ProblemKind | null = null;

  const tellTrouble = (before: Connection, now: Extract<Connection, { state: "live" }>): void => {
    const troubled = before.state === "live" ? before.trouble : null;
    if (now.trouble?.since === troubled?.since) return;
    if (now.trouble === null) log.info("Redis is well again.");
    else {
      const { kind, message: reason } = now.trouble.problem;
      log.warn("Redis answers, but says that something is wrong with it.", { kind, reason });
    }
  };

  return (before: Connection, now: Connection): void => {
    switch (now.state) {
      case "live":
        told = null;
        if (before.state === "silent") log.info("Redis answers again.");
        else if (before.state !== "live") log.info("Listening to Redis.", { channels: now.channels, proof: now.proof });
        tellTrouble(before, now);
        return;
      case "silent":
        log.warn("Redis does not answer the probe.", { provenAt: now.provenAt });
        return;
      case "reconnecting":
      case "refused": {
        const { attempt, retryAt, cause, since } = now;
        const fields = { kind: cause.kind, reason: cause.message, since, attempt, retryAt };
        const sentence = sentenceOf(now);
        if (told === cause.kind) log.debug(sentence, fields);
        else log.warn(sentence, fields);
        told = cause.kind;
        return;
      }
      case "stopped":
        told = null;
        if (now.cause === null) log.info("Stopped listening to Redis.");
        else log.error("Stopped listening to Redis.", { kind: now.cause.kind, reason: now.cause.message });
        return;
      case "disabled":
        log.info("Redis is switched off.");
        return;
      case "connecting":
      case "subscribing":
        log.debug(`Redis: ${now.state}.`, { attempt: now.attempt });
        return;
    }
  };
};

const sentenceOf = ({ state, cause }: Extract<Connection, { state: "reconnecting" | "refused" }>): string => {
  // Nobody was asked.
  if (cause.kind === "configuration-invalid") return "Redis is not set up.";
  return state === "refused" ? "Redis refuses us." : "Redis is out of reach.";
};
