import { useCallback, useEffect, useMemo, useState } from "react";
import type { Output } from "../../../shared/contract.ts";
import { useQuery } from "../../parts/useQuery.ts";
import { useCall, useDesk } from "../../session.ts";

export type Quarantined = Output<"quarantine">["items"][number];

const pageSize = 200;

/** What is in quarantine, page by page; asked for anew when something comes or goes. */
export const useQuarantine = () => {
  const call = useCall();
  const held = useDesk((state) => state.quarantine);
  const { again, ...first } = useQuery("quarantine", { limit: pageSize });
  const [further, setFurther] = useState<Output<"quarantine"> | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is the reason to ask again
  useEffect(() => {
    setFurther(null);
    again();
  }, [again, held.count]);

  const page = first.state === "ready" ? first.value : null;
  const last = further ?? page;
  const next = last?.next ?? null;
  const more = useCallback(async (): Promise<void> => {
    if (next === null) return;
    const answer = await call("quarantine", { limit: pageSize, cursor: next });
    if (!answer.ok) return;
    setFurther((before) => ({ items: [...(before?.items ?? []), ...answer.value.items], next: answer.value.next }));
  }, [call, next]);

  const items = useMemo(() => [...(page?.items ?? []), ...(further?.items ?? [])], [page, further]);
  return { state: first.state, problem: first.state === "failed" ? first.problem : null, items, next, more, again };
};
