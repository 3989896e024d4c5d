import type { MessageGist } from "../message.ts";
import type { Format } from "./format.ts";
import type { Texts } from "./type.ts";

type Words = {
  readonly texts: Texts;
  readonly format: Format;
  /** Of known matches, by id. */
  readonly titles: ReadonlyMap<string, string>;
};

const joined = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(" · ");

/** What a message said, on one line. */
export const gistText = (gist: MessageGist, { texts, format, titles }: Words): string => {
  const say = texts.message;
  switch (gist.type) {
    case "match_updates": {
      const only = gist.matches === 1 ? titles.get(gist.matchIds[0] ?? "") : undefined;
      return joined(
        only ?? say.matches(gist.matches),
        gist.changes > 0 ? say.changes(gist.changes) : say.noChanges,
        gist.rejected > 0 ? say.rejected(gist.rejected) : null,
        gist.noted > 0 ? say.noted(gist.noted) : null,
      );
    }
    case "processing_status":
      return joined(
        say.cycle[gist.status](gist.cycle === null ? null : format.number(gist.cycle)),
        gist.matches === null ? null : say.matches(gist.matches),
        gist.durationMs === null ? null : format.duration(gist.durationMs),
      );
    case "system_alert":
      return joined(say.severity[gist.severity], gist.alertType, gist.text);
    case "health_check":
      return say.healthCheck;
    case "invalid":
      return joined(gist.rejection.path === "" ? null : gist.rejection.path, gist.rejection.reason);
  }
};
