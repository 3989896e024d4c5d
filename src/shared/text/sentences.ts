import type { AlertCause } from "../alert.ts";
import { type Held, type HeldRemoval, isAddressBook, type TargetName, targetNameSchema } from "../calendar.ts";
import type { Finding, Trial } from "../checks.ts";
import type { ForPerson } from "../migration.ts";
import type { Health } from "../snapshot.ts";
import { type Format, stockholmInstant } from "./format.ts";
import { adviceFor, targetTexts } from "./target.ts";
import type { Texts } from "./type.ts";

/** What a sentence needs besides its subject. The tray, the notifications and the window say things alike. */
export type Wording = { readonly texts: Texts; readonly format: Format; readonly now: number };

/** null: it was kept by a later version. */
const targetOf = ({ target }: { readonly target: string }): TargetName | null =>
  targetNameSchema.safeParse(target).data ?? null;

/** A target for people: of which kind it is, and its name where it has one of its own. */
const targetName = (
  { target, label }: { readonly target: string; readonly label: string | null },
  texts: Texts,
): string => {
  const name = targetOf({ target });
  const kind = name === null ? target : texts.match.target[name];
  return label === null || label === target || label === kind ? kind : texts.alerts.calendar({ kind, name: label });
};

/** The one sentence that answers: is everything working? An alert says it in its own words. */
export const healthSentence = (health: Health, wording: Wording): string => {
  if (health.level === "ok") return wording.texts.health.ok;
  return health.alert === null
    ? wording.texts.advice[health.problem.kind].what
    : alertSentence(health.alert.cause, wording);
};

/** How things stand as a whole: never all right alone while something waits for somebody. */
export const overallStanding = (
  { health, waiting }: { readonly health: Health; readonly waiting: number },
  wording: Wording,
): { readonly level: Health["level"]; readonly sentence: string } =>
  health.level === "ok" && waiting > 0
    ? { level: "warning", sentence: wording.texts.today.well(waiting) }
    : { level: health.level, sentence: healthSentence(health, wording) };

/** A publisher may send a code in place of words. What it sent stands whole among the messages. */
const isSentence = (text: string): boolean => /\S/.test(text) && !/^\s*[\w.:-]*[_.:][\w.:-]*\s*$/.test(text);

export const alertSentence = (cause: AlertCause, { texts, format, now }: Wording): string => {
  const say = texts.alerts.cause;
  const target = "target" in cause ? targetOf(cause) : null;
  const isBook = target !== null && isAddressBook(target);
  const confirmRemoval = isBook ? texts.addressBooks.confirmRemoval : say["confirm-removal"];
  switch (cause.kind) {
    case "system":
      return say.system(isSentence(cause.text) ? cause.text : null);
    case "feed":
    case "source":
    case "journal":
    case "incident":
    case "door":
    case "feeds-door":
    case "stream":
      return say[cause.kind](texts.advice[cause.problem.kind].what);
    case "quiet-channel":
      return say["quiet-channel"](format.moment(cause.lastAt, now));
    case "gap":
      return say.gap(format.moment(cause.from, now));
    case "calendar":
      return say.calendar({
        target: targetName(cause, texts),
        what: adviceFor(texts, cause.problem.kind, target).what,
      });
    case "sign-in-expiring":
      return say["sign-in-expiring"]({ target: targetName(cause, texts), at: format.dateTime(cause.at, now) });
    case "confirm-removal":
      return confirmRemoval({ target: targetName(cause, texts), events: cause.events });
    case "other-tag":
      return say["other-tag"]({ target: targetName(cause, texts), tag: cause.tag, events: cause.events });
    case "messenger":
      return say.messenger({ name: texts.outward.name[cause.messenger], what: texts.advice[cause.problem.kind].what });
    case "node":
      return say.node(cause);
    case "invalid-rising":
      return say["invalid-rising"]({ invalid: cause.invalid, of: cause.of });
    case "cycle-failed":
      return say["cycle-failed"]({
        cycle: cause.cycle === null ? null : format.number(cause.cycle),
        text: cause.text,
      });
  }
};

/** What a check saw, in a sentence. */
export const findingSentence = (finding: Finding, { texts, format }: Omit<Wording, "now">): string => {
  const say = texts.checks.found;
  switch (finding.kind) {
    case "configuration":
      return [
        say.configuration({ all: format.number(finding.settings), changed: format.number(finding.changed) }),
        ...(finding.doorOpen ? [say.doorOpen] : []),
      ].join(" ");
    case "redis":
      return [say.redis(finding.url), ...(finding.shared === null ? [] : [say.shared[finding.shared]])].join(" ");
    case "journal":
      return say.journal({ messages: finding.messages, size: format.bytes(finding.bytes) });
    case "calendar-target":
      return say["calendar-target"](finding.calendars.join(", "));
    case "connection":
      return say.connection({ channels: finding.channels, proven: format.full(finding.provenAt) });
    case "statistics":
      return finding.lastAt === null
        ? say.noMessage
        : say.statistics({
            received: finding.received,
            invalid: format.number(finding.invalid),
            last: format.full(finding.lastAt),
          });
    case "calendar-sync":
      return say["calendar-sync"](
        finding.calendars
          .map(({ label, events }) => say.inCalendar({ label, events: format.number(events) }))
          .join(", "),
      );
    case "monitoring":
      return say.monitoring({ health: texts.health.level[finding.level], notify: say.notify[finding.notify] });
    case "fallback-works":
      return finding.matches === null ? say.fetching : say["fallback-works"](finding.matches);
    case "messages":
    case "fallback-configured":
    case "stability":
    case "redis-off":
    case "nothing-received":
    case "no-list":
      return say[finding.kind];
  }
};

/** What the try of a connection saw, in a sentence. */
export const trialSentence = (trial: Trial, { texts }: Pick<Wording, "texts">): string => {
  const say = texts.settings.test.passed;
  switch (trial.what) {
    case "service":
      return say.service(trial);
    case "redis":
      return say.redis(trial.channels);
    case "source":
      return [say.source(trial.matches), ...(trial.refused > 0 ? [say.refused(trial.refused)] : [])].join(" ");
    case "google":
    case "caldav":
      return say.calendar(trial);
    case "webhook":
    case "mail":
      return say.sent(trial.server);
  }
};

type ForPersonKind = ForPerson["kind"];
type About = { readonly [K in ForPersonKind]: Extract<ForPerson, { readonly kind: K }> };

/** What a person who moves from the predecessor is to do, in a sentence or two. */
export const forPersonSentence = (one: ForPerson, { texts }: Pick<Wording, "texts">): string => {
  const tell = <K extends ForPersonKind>(
    say: { readonly [P in ForPersonKind]: (about: About[P]) => string },
    { kind, about }: { readonly kind: K; readonly about: About[K] },
  ): string => say[kind](about);
  return tell(texts.migration.person, { kind: one.kind, about: one });
};

/** So many days or competitions are named. */
const named = 3;

/** Why events wait to be removed, a sentence for each cause. */
export const heldSentences = (held: Held, { texts, format }: Omit<Wording, "now">): readonly string[] => {
  const say = targetTexts(texts, held.target).held;
  const because = (reason: HeldRemoval["reason"]): number =>
    held.removals.filter((removal) => removal.reason === reason).length;
  const isWhole = ({ removals, of }: Held["days"][number]): boolean => removals === of && of > 1;
  const days = held.days.filter(isWhole).map(({ name }) => format.weekday(stockholmInstant(name, "12:00")));
  const whole = days.length > 0 ? days : held.competitions.filter(isWhole).map(({ name }) => name);
  const rest = whole.length - named;
  const names = [...whole.slice(0, named), ...(rest > 0 ? [say.more(rest)] : [])];
  const { now, before } = held.matches;
  const counted = (
    [
      ["no-kickoff", say.noKickoff],
      ["declined", say.declined],
      ["removed", say.removed],
      ["unknown", say.unknown],
    ] as const
  ).flatMap(([reason, sentence]) => (because(reason) > 0 ? [sentence(because(reason))] : []));
  if (because("gone") === 0) return counted;
  return [
    ...(before > now ? [say.gone({ now: format.number(now), before: format.number(before) })] : []),
    ...(names.length > 0 ? [say.whole(names.join(", "))] : []),
    ...counted,
  ];
};
