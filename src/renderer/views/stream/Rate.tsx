import { useEffect, useRef, useState } from "react";
import { Badge } from "../../parts/Badge.tsx";
import { useDesk, useSession } from "../../session.ts";
import { useWords } from "../../words.tsx";

const windowMs = 2000;

/** Messages a second, over the last two; whether the list is live. */
export const Rate = ({ paused }: { readonly paused: boolean }) => {
  const { texts, format } = useWords();
  const { store } = useSession();
  const live = useDesk((state) => state.connection.state === "live");
  const [rate, setRate] = useState(0);
  const before = useRef<{ readonly at: number; readonly heard: number } | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const { phase } = store.getState();
      if (phase.name !== "ready") return;
      const at = performance.now();
      const last = before.current;
      if (last !== null) setRate(((phase.state.heard - last.heard) * 1000) / (at - last.at));
      if (last === null || at - last.at >= windowMs) before.current = { at, heard: phase.state.heard };
    }, 1000);
    return () => clearInterval(timer);
  }, [store]);
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 8 }}>
      {live ? (
        <Badge level={paused ? "warning" : "ok"}>{paused ? texts.stream.paused : texts.stream.live}</Badge>
      ) : (
        <Badge level="critical">{texts.stream.emptyDisconnected}</Badge>
      )}
      <span className="tabular">{texts.stream.rate(rate < 10 ? format.decimal(rate) : format.number(rate))}</span>
    </span>
  );
};
