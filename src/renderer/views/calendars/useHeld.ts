import { useEffect, useRef } from "react";
import type { TargetStatus } from "../../../shared/calendar.ts";
import { useQuery } from "../../parts/useQuery.ts";

/** The removals that wait in one calendar; asked for again when they have become others. */
export const useHeld = ({ name, state }: TargetStatus) => {
  const query = useQuery("held", { target: name });
  const token = state.name === "needs-confirmation" ? state.token : null;
  const seen = useRef(token);
  const { again } = query;
  useEffect(() => {
    if (seen.current === token) return;
    seen.current = token;
    again();
  }, [token, again]);
  return query;
};
