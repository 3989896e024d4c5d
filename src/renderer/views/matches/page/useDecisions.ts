import { IconCalendarX, IconMapPin, IconPhone, IconPinned, IconRestore, IconTrash } from "@tabler/icons-react";
import { useMemo } from "react";
import { ok } from "../../../../shared/problem.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import type { Action } from "../../../parts/action.ts";
import { mapUrl } from "../../../parts/match.ts";
import { useOffer } from "../../../parts/offers.tsx";
import { phoneText, phoneUrl } from "../../../parts/phone.ts";
import { useCall } from "../../../session.ts";
import { useWords } from "../../../words.tsx";

export type Decisions = Readonly<Record<"decline" | "reclaim" | "remove" | "keep" | "restore", Action>>;

/** What a person can decide about a match. Each can be taken back. */
export const useDecisions = (matchId: string): Decisions => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(() => {
    const words = texts.matches.page.decisions;
    const decline =
      (declined: boolean): Action["run"] =>
      async () => {
        const answer = await call("decline", { matchId, declined });
        return answer.ok ? ok(declined ? words.declined : words.reclaimed) : answer;
      };
    const remove =
      (removed: boolean): Action["run"] =>
      async () => {
        const answer = await call("remove", { matchId, removed });
        return answer.ok ? ok(removed ? words.removed : words.kept) : answer;
      };
    return {
      decline: { id: "decline", label: words.decline, icon: IconCalendarX, run: decline(true) },
      reclaim: { id: "reclaim", label: words.reclaim, icon: IconRestore, run: decline(false) },
      remove: { id: "remove", label: words.remove, icon: IconTrash, run: remove(true) },
      keep: { id: "keep", label: words.keep, icon: IconPinned, run: remove(false) },
      restore: { id: "restore", label: words.restore, icon: IconRestore, run: remove(false) },
    };
  }, [matchId, texts, call]);
};

/** What can be done with the match, for the command palette: sync it, call its officials, see where it is, decline it. */
export const useMatchOffers = (match: MatchView, sync: Action, decisions: Decisions): void => {
  const { texts } = useWords();
  const call = useCall();
  const offers = useMemo((): readonly Action[] => {
    const words = texts.matches.page;
    const opens =
      (url: string): Action["run"] =>
      async () => {
        const answer = await call("openExternal", { url });
        return answer.ok ? ok(texts.app.results.done) : answer;
      };
    const calls = match.officials.flatMap(({ name, phone }): readonly Action[] =>
      phone === null
        ? []
        : [
            {
              id: `call-${name}`,
              label: words.call({ name, phone: phoneText(phone) }),
              icon: IconPhone,
              run: opens(phoneUrl(phone)),
            },
          ],
    );
    const place = mapUrl(match);
    const map: readonly Action[] =
      place === null
        ? []
        : [{ id: "map", label: words.map(match.venue ?? texts.match.noVenue), icon: IconMapPin, run: opens(place) }];
    return [sync, ...calls, ...map, match.declinedAt === null ? decisions.decline : decisions.reclaim];
  }, [match, sync, decisions, texts, call]);
  useOffer(offers);
};
