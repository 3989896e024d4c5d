import type { Alert } from "../alert.ts";
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
