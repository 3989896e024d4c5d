/** The tray, its menu and the notifications. */
export const desktop = {
  open: "Open Avspark",
  syncNow: "Sync now",
  restart: "Restart subscription",
  mute: "Mute notifications",
  quit: "Quit",
  tooltip: (health: string) => `Avspark – ${health}`,
  demo: "Demo",
  repeated: (times: string) => `Seen ${times}.`,
  saveTitle: "Save messages as",
  cannotStart: "Avspark cannot start",
  hangs: {
    message: "The window does not answer. The matches are looked after all the same.",
    wait: "Wait",
    reload: "Open it anew",
  },
};
