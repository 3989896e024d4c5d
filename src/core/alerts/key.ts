import type { AlertCause, AlertKind } from "../../shared/alert.ts";

type One<K extends AlertKind> = Extract<AlertCause, { readonly kind: K }>;

/** Which parts of a cause make it the same alert when it comes again. A target is named by its id, never by its name. */
type Identity = {
  system: "alertType" | "text";
  feed: never;
  stream: never;
  "quiet-channel": "channel";
  gap: "from";
  source: never;
  calendar: "target";
  "sign-in-expiring": "target";
  "confirm-removal": "target";
  "other-tag": "target";
  journal: never;
  incident: "problem";
  door: never;
  "feeds-door": never;
  messenger: "messenger";
  node: "node" | "state";
  "invalid-rising": never;
  "cycle-failed": never;
};

/** What an alert is about: a cause, or as much of it as says so. */
export type AlertSubject = { [K in AlertKind]: Part<One<K>, "kind" | Identity[K]> }[AlertKind];
type Part<T, F> = Pick<T, keyof T & F>;

/** Equal subjects are one alert. The only place in which keys are made. */
export const alertKey = (subject: AlertSubject): string => {
  switch (subject.kind) {
    case "system":
      return `${subject.kind}:${JSON.stringify([subject.alertType, subject.text])}`;
    case "quiet-channel":
      return `${subject.kind}:${subject.channel}`;
    case "gap":
      return `${subject.kind}:${subject.from}`;
    case "calendar":
    case "sign-in-expiring":
    case "confirm-removal":
    case "other-tag":
      return `${subject.kind}:${subject.target}`;
    case "messenger":
      return `${subject.kind}:${subject.messenger}`;
    case "node":
      return `${subject.kind}:${subject.state}:${subject.node}`;
    case "incident":
      return `${subject.kind}:${subject.problem.kind}`;
    case "feed":
    case "stream":
    case "source":
    case "journal":
    case "door":
    case "feeds-door":
    case "invalid-rising":
    case "cycle-failed":
      return subject.kind;
  }
};
