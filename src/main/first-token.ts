import { isLoopback } from "../core/config/together.ts";
import type { Config } from "../shared/config.ts";
import { addToken, listTokens } from "./adapters/tokens.ts";

type FirstTokenOptions = {
  readonly config: Pick<Config, "AVSPARK_HTTP_HOST" | "AVSPARK_HTTP_TOKEN">;
  readonly folder: string;
  /** A person looks on. */
  readonly isTerminal: boolean;
  readonly now: number;
};

const name = "administrator";

/**
 * What to say at a start that lets others in by HTTP of whom nobody has a token yet. On a terminal the first administrator's
 * is made, and shown there. Anywhere else what is printed goes to a log, where a secret has no business: then none is made,
 * and the door refuses everybody until somebody who may write in the data folder makes one.
 */
export const firstToken = ({ config, folder, isTerminal, now }: FirstTokenOptions): readonly string[] => {
  if (isLoopback(config.AVSPARK_HTTP_HOST) || config.AVSPARK_HTTP_TOKEN !== null) return [];
  if (listTokens(folder).length > 0) return [];
  if (!isTerminal)
    return ["Nobody has a token yet, so nobody is let in by HTTP. Make one: avspark token add NAME --role administer"];
  return [
    `The first administrator's token; it is shown this once: ${addToken(folder, { name, role: "administer", now })}`,
    `Its name is ${name}. Others: avspark token add NAME --role look, act or administer`,
  ];
};
