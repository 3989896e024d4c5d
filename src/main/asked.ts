/** What the packaged program is started for: its window, or a command of the command line. */
export type Asked = { readonly kind: "window" } | { readonly kind: "command"; readonly args: readonly string[] };

/** What a launcher puts before a command, so that Chromium takes nothing that follows for its own. */
const command = ["--cli", "--"] as const;

/**
 * Arguments that the window takes: our own, links, and Chromium's that a person may need on a screen of their kind.
 * The launcher of the Linux packages (resources/linux/avspark) has the same list, and a test holds the two together.
 */
const ofWindow =
  /^(--hidden|--no-sandbox|avspark:.*|--ozone-platform.*|--disable-gpu.*|--(force-device-scale-factor|password-store|enable-features|disable-features)=.*)$/;

export const askedOf = (args: readonly string[]): Asked => {
  const at = args.indexOf(command[0]);
  if (at !== -1 && args[at + 1] === command[1]) return { kind: "command", args: args.slice(at + command.length) };
  return args.every((arg) => ofWindow.test(arg)) ? { kind: "window" } : { kind: "command", args };
};
