import type { MatchView } from "../../shared/snapshot.ts";
import type { Texts } from "../../shared/text/type.ts";

export const matchTitle = (match: Pick<MatchView, "home" | "away">, texts: Texts): string =>
  `${match.home ?? texts.match.unknownTeam} ${texts.match.versus} ${match.away ?? texts.match.unknownTeam}`;
