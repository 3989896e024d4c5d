import { minuteMs } from "../../shared/duration.ts";
import { matchTitle } from "../../shared/match.ts";
import type { Warning } from "../../shared/snapshot.ts";
import { useWords, type Words } from "../words.tsx";
import { LevelMark } from "./Level.tsx";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

/** A clash says with which match, and how long there is between them. */
export const warningText = (warning: Warning, { texts, format }: Pick<Words, "texts" | "format">): string => {
  if (warning.kind !== "double-booked") return texts.match.warning[warning.kind];
  const { official, other, otherMatchId, minutesBetween } = warning;
  const when = other.kickoff === null ? null : format.kickoff(other.kickoff);
  const match = [matchTitle({ id: otherMatchId, ...other }), when, other.venue]
    .filter((part) => part !== null)
    .join(", ");
  const between = minutesBetween <= 0 ? null : format.duration(minutesBetween * minuteMs);
  return texts.match.warning["double-booked"]({ official, match, between });
};

/** One mark, whatever the number of warnings; its words are all of them. */
export const WarningMark = ({ warnings }: { readonly warnings: readonly Warning[] }) => {
  const words = useWords();
  if (warnings.length === 0) return null;
  const label = warnings.map((warning) => warningText(warning, words)).join(". ");
  return (
    <span title={label} style={{ display: "inline-flex" }}>
      <LevelMark level="warning" size={15} />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
};
