import { useCallback, useEffect, useState } from "react";
import type { CommandName, Input, Output } from "../../shared/contract.ts";
import type { Problem } from "../../shared/problem.ts";
import { useCall } from "../session.ts";

export type Query<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "ready"; readonly value: T };

/**
 * Asks the service when shown, and again when what is asked changes or `again` is called. The last answer stays until
 * the next is there, so that nothing flickers; null asks nothing.
 */
export const useQuery = <N extends CommandName>(name: N, input: Input<N> | null) => {
  const call = useCall();
  const [query, setQuery] = useState<Query<Output<N>>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  // Inputs are small plain objects: their text is their identity.
  const key = input === null ? null : JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks the same again
  useEffect(() => {
    if (key === null) return setQuery({ state: "loading" });
    let stale = false;
    const ask = async () => {
      const answer = await call(name, JSON.parse(key));
      if (stale) return;
      setQuery(answer.ok ? { state: "ready", value: answer.value } : { state: "failed", problem: answer.problem });
    };
    void ask();
    return () => {
      stale = true;
    };
  }, [call, name, key, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { ...query, again };
};
