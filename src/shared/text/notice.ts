import type { Alert } from "../alert.ts";
import type { MatchItem, MatchWaiting } from "../desk.ts";
import { changeText } from "./change.ts";
import { alertSentence, type Wording } from "./sentences.ts";

/** A notification in words. */
type NoticeText = { readonly title: string; readonly body: string };

export const alertNotice = (alert: Alert, wording: Wording): NoticeText => {
  const { alerts, desktop } = wording.texts;
  const again = alert.count > 1 ? ` ${desktop.repeated(alerts.times(alert.count))}` : "";
  return { title: `Avspark – ${alerts.level[alert.level]}`, body: `${alertSentence(alert.cause, wording)}${again}` };
};

/** What came in quiet hours, in one: how many, how many of them hold still, and those of them that fit. */
export const meanwhileNotice = (alerts: readonly Alert[], wording: Wording): NoticeText => {
  const { meanwhile } = wording.texts.desktop;
  const lasting = alerts.filter(({ state }) => state.name === "active");
  const shown = (lasting.length === 0 ? alerts : lasting).slice(0, shownAtMost);
  const counts = `${meanwhile.came(alerts.length)} ${lasting.length === 0 ? meanwhile.over : meanwhile.lasting(lasting.length)}`;
  return {
    title: meanwhile.title,
    body: [counts, ...shown.map(({ cause }) => alertSentence(cause, wording))].join("\n"),
  };
};

const shownAtMost = 3;

/** What there is to do in a match, a line each: what happened, from what to what. */
const itemLine = (item: MatchItem, wording: Wording): string => {
  const { todo } = wording.texts;
  const what = todo.kind[item.kind];
  switch (item.kind) {
    case "no-referee":
    case "open-place":
      return item.places.length === 0
        ? what
        : item.places.map(({ role, status }) => todo.open(role, status)).join(", ");
    case "double-booked":
    case "withdrawn":
      return [what, ...item.people.map(({ name }) => name)].join(": ");
    case "called-off":
    case "postponed":
      return what;
    case "on-again":
    case "moved": {
      const values = item.changes.flatMap((difference) => {
        const text = changeText(difference, wording);
        return text.kind === "values" && difference.field !== "status" ? [`${text.before} → ${text.after}`] : [];
      });
      return [what, ...(values.length > 0 ? [values.join(", ")] : [])].join(": ");
    }
  }
};

/** One match in which something waits: which, when it is played, and what. */
export const matchNotice = ({ title, kickoff, items }: MatchWaiting, wording: Wording): NoticeText => {
  const { texts, format, now } = wording;
  const when = kickoff === null ? texts.match.noKickoff : format.moment(kickoff, now);
  return { title, body: [when, ...items.map((item) => itemLine(item, wording))].join("\n") };
};

/** Many of them at once: how many, and the first. */
export const matchesNotice = (matches: readonly MatchWaiting[], { texts }: Wording): NoticeText => ({
  title: `Avspark – ${texts.desktop.todo.matches(matches.length)}`,
  body: matches
    .slice(0, shownAtMost)
    .map(({ title, items: [first] }) => (first === undefined ? title : `${title}: ${texts.todo.kind[first.kind]}`))
    .join("\n"),
});
