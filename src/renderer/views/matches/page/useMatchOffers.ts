import { IconMapPin, IconPhone } from "@tabler/icons-react";
import { useMemo } from "react";
import { ok } from "../../../../shared/problem.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { useOffer } from "../../../offers.tsx";
import type { Action } from "../../../parts/action.ts";
import { phoneText, phoneUrl } from "../../../parts/phone.ts";
import { useCall } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import { mapUrl } from "./map.ts";
import type { Decisions } from "./useDecisions.ts";

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
