import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { MessageSummary } from "../../../shared/message.ts";
import { useSession } from "../../session.ts";
import { addFound, type Buffer, emptyBuffer, type Passes, receive } from "./buffer.ts";
import { type Filter, matcher } from "./filter.ts";
import { useJournal } from "./useJournal.ts";

/** `paused` by the person; `scrolled` away from the newest, so that what is read stays where it is. */
type Still = { readonly why: "paused" | "scrolled"; readonly buffer: Buffer };
type State = { readonly buffer: Buffer; readonly still: Still | null };
type Heard = { readonly messages: readonly MessageSummary[]; readonly passes: Passes };

type Event =
  | ({ readonly kind: "begin" | "receive" | "found" } & Heard)
  | { readonly kind: "hold"; readonly why: Still["why"] }
  | { readonly kind: "follow" }
  /** Back at the newest after scrolling: follows again, unless paused. */
  | { readonly kind: "settle" };

const reduce = (state: State, event: Event): State => {
  const { buffer, still } = state;
  switch (event.kind) {
    case "begin":
      return { buffer: receive(emptyBuffer, event.messages, event.passes), still: null };
    case "receive": {
      const next = receive(buffer, event.messages, event.passes);
      return next === buffer ? state : { buffer: next, still };
    }
    case "found":
      return { buffer: addFound(buffer, event.messages, event.passes), still };
    case "hold":
      return still?.why === "paused" ? state : { buffer, still: { why: event.why, buffer: still?.buffer ?? buffer } };
    case "follow":
      return { buffer, still: null };
    case "settle":
      return still?.why === "scrolled" ? { buffer, still: null } : state;
  }
};

/** The filtered stream: follows what arrives, or stands still while it goes on receiving. */
export const useStream = (filter: Filter) => {
  const { store } = useSession();
  const [clearedId, setClearedId] = useState(0);
  const [{ buffer, still }, dispatch] = useReducer(reduce, { buffer: emptyBuffer, still: null });

  const passes = useMemo((): Passes => {
    // The matches as they are when the filter is set: a search need not begin anew with each of their changes.
    const { phase } = store.getState();
    const found = matcher(filter, phase.name === "ready" ? phase.state.matches : []);
    return (message) => message.id > clearedId && found(message);
  }, [store, filter, clearedId]);

  useEffect(() => {
    const take = (kind: "begin" | "receive") => {
      const { phase } = store.getState();
      if (phase.name === "ready") dispatch({ kind, messages: phase.state.messages, passes });
    };
    take("begin");
    return store.subscribe(() => take("receive"));
  }, [store, passes]);

  const found = useCallback(
    (messages: readonly MessageSummary[]) => {
      // The journal has looked for the words itself, and in more than is known here.
      const others = matcher({ ...filter, search: "" }, []);
      dispatch({ kind: "found", messages, passes: (message) => message.id > clearedId && others(message) });
    },
    [filter, clearedId],
  );
  useJournal({ filter, from: clearedId, found });

  const clear = useCallback(() => {
    const { phase } = store.getState();
    setClearedId(phase.name === "ready" ? (phase.state.messages[0]?.id ?? 0) : 0);
  }, [store]);

  return {
    rows: (still?.buffer ?? buffer).rows,
    still: still?.why ?? null,
    /** How many have arrived since it stands still. */
    waiting: still === null ? 0 : buffer.passed - still.buffer.passed,
    hold: useCallback((why: Still["why"]) => dispatch({ kind: "hold", why }), []),
    follow: useCallback(() => dispatch({ kind: "follow" }), []),
    settle: useCallback(() => dispatch({ kind: "settle" }), []),
    clear,
  };
};
