import { z } from "zod";
import { dialect, wireText } from "./dialect.ts";
import { fogisShape, tellFogis } from "./fogis.ts";
import { fogisKickoff } from "./kickoff.ts";
import { said } from "./words.ts";

/**
 * The integration guide's own words: two teams and an id, at times a date, or the id alone. Scripts that hand in such
 * lists borrow FOGIS's other words freely, so they are understood too.
 */
const schema = z.object({ ...fogisShape, hemmalag: wireText, bortalag: wireText, datum: wireText, arena: wireText });

export const readGuide = dialect(schema, (match, told) => {
  tellFogis(match, told);
  told.home = said(match.hemmalag);
  told.away = said(match.bortalag);
  told.venue ??= said(match.arena);
  return fogisKickoff(
    match.tid,
    [
      { key: "datum", value: match.datum },
      { key: "speldatum", value: match.speldatum },
    ],
    [{ key: "avsparkstid", value: match.avsparkstid }],
  );
});
