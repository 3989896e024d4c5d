import { minuteMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import { useWords } from "../words.tsx";
import { useNow, useSaidNow } from "./useNow.ts";

/** "3 min ago", with the full moment in its title; counts up by itself. */
export const Ago = ({ at }: { readonly at: Instant }) => {
  const { format } = useWords();
  const said = useSaidNow((now) => format.relative(at, now));
  return (
    <time dateTime={at} title={format.full(at)}>
      {said}
    </time>
  );
};

/** "15:00" today, "8 May 15:00" otherwise. */
export const Moment = ({ at }: { readonly at: Instant }) => {
  const { format } = useWords();
  const now = useNow(minuteMs);
  return (
    <time dateTime={at} title={format.full(at)}>
      {format.moment(at, now)}
    </time>
  );
};
