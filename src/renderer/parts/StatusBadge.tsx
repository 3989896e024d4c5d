import type { MatchStatus } from "../../shared/match.ts";
import { useWords } from "../words.tsx";
import { Badge } from "./Badge.tsx";

const levels = {
  scheduled: "off",
  completed: "ok",
  postponed: "warning",
  abandoned: "warning",
  cancelled: "critical",
} as const;

/** A match's status. A scheduled match is the usual case and may be left without. */
export const StatusBadge = ({ status }: { readonly status: MatchStatus }) => {
  const { texts } = useWords();
  return <Badge level={levels[status]}>{texts.match.status[status]}</Badge>;
};
