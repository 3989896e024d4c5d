import { VisuallyHidden } from "@mantine/core";
import type { Warning } from "../../shared/snapshot.ts";
import type { Texts } from "../../shared/text/type.ts";
import { useWords } from "../words.tsx";
import { LevelMark } from "./Level.tsx";

export const warningText = (warning: Warning, texts: Texts): string =>
  warning.kind === "double-booked"
    ? texts.match.warning["double-booked"](warning.official)
    : texts.match.warning[warning.kind];

/** One mark, whatever the number of warnings; its words are all of them. */
export const WarningMark = ({ warnings }: { readonly warnings: readonly Warning[] }) => {
  const { texts } = useWords();
  if (warnings.length === 0) return null;
  const label = warnings.map((warning) => warningText(warning, texts)).join(". ");
  return (
    <span title={label} style={{ display: "inline-flex" }}>
      <LevelMark level="warning" size={15} />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
};
