import { useEffect } from "react";
import type { Input } from "../../../shared/contract.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import { windowLimits } from "../../../shared/snapshot.ts";
import { useSession } from "../../session.ts";
import type { Filter } from "./filter.ts";

/** While a search is typed it is not asked for; while it stands, what is new is searched as often. */
const typingMs = 250;
const againMs = 1000;

type Wanted = {
  readonly filter: Filter;
  /** Nothing up to this message. */
  readonly from: number;
  readonly found: (messages: readonly MessageSummary[]) => void;
};

const queryOf = ({ channel, type, verdict, search }: Filter): Input<"messages"> => ({
  limit: windowLimits.messages,
  ...(channel !== null && { channel }),
  ...(type !== null && { type }),
  ...(verdict !== null && { verdict }),
  ...(search.trim() !== "" && { search: search.trim() }),
});

/**
 * Asks the journal for what the window does not hold: messages further back that pass the filters, and those that only
 * their content, which stays in the journal, speaks for.
 */
export const useJournal = ({ filter, from, found }: Wanted): void => {
  const { store, call } = useSession();
  useEffect(() => {
    const query = queryOf(filter);
    const searches = query.search !== undefined;
    const filters = Object.keys(query).length > 1;
    // After a clearing only what is new is wanted, which comes by itself unless its content is searched.
    if (!filters || (from > 0 && !searches)) return;
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let searchedTo = from;

    const newest = (): number => {
      const { phase } = store.getState();
      return phase.name === "ready" ? (phase.state.messages[0]?.id ?? 0) : 0;
    };
    const ask = async (): Promise<void> => {
      const upTo = newest();
      if (searchedTo === 0 || upTo > searchedTo) {
        const answer = await call("messages", searchedTo === 0 ? query : { ...query, after: searchedTo });
        if (stale) return;
        if (answer.ok) {
          found(answer.value.messages);
          searchedTo = searchedTo > 0 && answer.value.next !== null ? Number(answer.value.next) : upTo;
        }
      }
      if (searches) timer = setTimeout(() => void ask(), againMs);
    };
    timer = setTimeout(() => void ask(), searches ? typingMs : 0);
    return () => {
      stale = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, call, filter, from, found]);
};
