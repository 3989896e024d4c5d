import type { z } from "zod";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Connection } from "../../shared/connection.ts";
import { hourMs } from "../../shared/duration.ts";
import type { predecessorHealthSchema, predecessorStatusSchema } from "../../shared/predecessor.ts";
import type { Health } from "../../shared/snapshot.ts";

/** The subscription as the predecessor put it; neither is said before it is proven. */
export const predecessorStatus = ({ state }: Connection): z.infer<typeof predecessorStatusSchema> => ({
  connected: state === "live",
  subscribed: state === "live",
  redis_available: true,
});

const authStatus = (google: TargetStatus | undefined) => {
  if (google === undefined || google.state.name === "off") return "not-required";
  const { state } = google;
  const isSignedOut = state.name === "needs-person" && state.problem.kind === "calendar-sign-in";
  return isSignedOut ? "initializing" : "authenticated";
};

/** `ms`: the time of day by which the hours that are left are reckoned. */
export const predecessorHealth = (
  { mode, health, calendars }: { mode: "demo" | "live"; health: Health; calendars: readonly TargetStatus[] },
  ms: number,
): z.infer<typeof predecessorHealthSchema> => {
  const google = calendars.find(({ name }) => name === "google");
  const status = authStatus(google);
  const expiry = google?.signInExpiresAt ?? null;
  return {
    // Whoever reads it restarts what is not healthy: that helps nobody who is to be asked or warned.
    healthy: health.level !== "critical",
    environment: mode === "demo" ? "demo" : "production",
    auth_status: status,
    oauth_info: {
      status,
      ...(expiry === null
        ? {}
        : { token_expiry: expiry, expires_in_hours: Math.round((Date.parse(expiry) - ms) / (hourMs / 10)) / 10 }),
    },
  };
};
