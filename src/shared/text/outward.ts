import { type Alert, problemKindOf } from "../alert.ts";
import type { MatchWaiting } from "../desk.ts";
import { matchNotice } from "./notice.ts";
import { alertSentence, type Wording } from "./sentences.ts";

/** A notice in words for people who do not sit at the machine. `line`: the same among others. */
export type OutwardText = { readonly title: string; readonly text: string; readonly line: string };

export const alertOutward = (alert: Alert, wording: Wording): OutwardText => {
  const { texts, format, now } = wording;
  const say = texts.outward;
  const sentence = alertSentence(alert.cause, wording);
  const from = format.dateTime(alert.firstAt, now);
  if (alert.state.name === "resolved") {
    const lasted = format.duration(Date.parse(alert.state.at) - Date.parse(alert.firstAt));
    const title = say.over(sentence);
    const text = say.lasted({ from, to: format.dateTime(alert.state.at, now), lasted });
    return { title, text, line: `${title} ${text}` };
  }
  const title = say.came({ level: texts.alerts.level[alert.level], what: sentence });
  const since = say.since(from);
  const remedy = `${texts.app.problem.remedy}: ${texts.advice[problemKindOf(alert.cause)].remedy}`;
  return { title, text: `${since}\n${remedy}`, line: `${title} ${since}` };
};

export const matchOutward = (match: MatchWaiting, wording: Wording): OutwardText => {
  const { title, body } = matchNotice(match, wording);
  return { title, text: body, line: `${title}: ${body.replaceAll("\n", "; ")}` };
};

/** So many stand in one message. */
const shownAtMost = 20;

/** One as it is, several as a list. `lost`: so many before them were let go. */
export const severalOutward = (
  all: readonly OutwardText[],
  lost: number,
  { texts: { outward: say } }: Wording,
): Pick<OutwardText, "title" | "text"> => {
  const [only, ...others] = all;
  const lines = all.slice(0, shownAtMost).map(({ line }) => `- ${line}`);
  const more = all.length > shownAtMost ? [say.more(all.length - shownAtMost)] : [];
  const text = others.length === 0 ? (only?.text ?? "") : [...lines, ...more].join("\n");
  return {
    title: only !== undefined && others.length === 0 ? only.title : say.several(all.length),
    text: lost > 0 ? `${text}\n\n${say.lost(lost)}` : text,
  };
};

export const testOutward = ({ texts }: Pick<Wording, "texts">): Pick<OutwardText, "title" | "text"> =>
  texts.outward.test;
