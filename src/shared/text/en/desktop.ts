import { plural } from "../plural.ts";

const count = plural("en");

/** The tray, its menu and the notifications. */
export const desktop = {
  open: "Open Avspark",
  syncNow: "Sync now",
  restart: "Restart subscription",
  mute: "Mute notifications",
  quit: "Quit",
  tooltip: (health: string) => `Avspark – ${health}`,
  demo: "Demo",
  /** In the window's title, of a package made for tests. */
  notForRelease: "not for release",
  /** The notification after quiet hours. */
  meanwhile: {
    title: "Avspark – during quiet hours",
    came: (alerts: number) => count(alerts, { one: "# alert came.", other: "# alerts came." }),
    lasting: (lasting: number) => count(lasting, { one: "# of them still holds.", other: "# of them still hold." }),
    over: "All of them are over.",
  },
  /** The notification of matches in which something waits. */
  todo: {
    matches: (matches: number) => count(matches, { one: "# match needs you", other: "# matches need you" }),
  },
  repeated: (times: string) => `Seen ${times}.`,
  saveTitle: "Save as",
  cannotStart: "Avspark cannot start",
  update: {
    title: "A newer Avspark is ready",
    body: (version: string) => `Version ${version} takes over when you quit Avspark.`,
  },
  /** The first time the window is closed: not every system shows a tray. */
  goesOn: {
    title: "Avspark is still running",
    body: "The matches are looked after with the window closed, too. Click here or on the icon in the tray, or start Avspark again, to open it.",
  },
  hangs: {
    message: "The window does not answer. The matches are looked after all the same.",
    wait: "Wait",
    reload: "Open it anew",
  },
};
