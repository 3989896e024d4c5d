import type { Texts } from "../../shared/text/type.ts";

/** Where something came from, in words: a Redis channel by its name, the ways that are none by theirs. */
export const channelText = (channel: string, texts: Texts): string =>
  channel === "http" || channel === "manual" ? texts.match.way[channel] : channel;
