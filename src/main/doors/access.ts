import type { Actor } from "../../core/access/actor.ts";
import { isLoopback } from "../../core/config/together.ts";
import type { Config } from "../../shared/config.ts";
import { failed, type Problem } from "../../shared/problem.ts";
import type { Tokens } from "../adapters/tokens.ts";
import { secretCheck } from "./request-guard.ts";

type AccessOptions = {
  readonly config: Pick<Config, "AVSPARK_HTTP_TOKEN" | "AVSPARK_HTTP_HOST">;
  readonly tokens: Pick<Tokens, "find" | "isOwn" | "wereMade" | "anyValid" | "problem" | "onChange">;
};

/** Where no token is demanded, everybody on this machine is its owner, as they were before there were names. */
const everybody: Actor = { name: null, role: "administer" };

/** Who asks, by the token that they show. */
export const createAccess = ({ config, tokens }: AccessOptions) => {
  const { AVSPARK_HTTP_TOKEN: shared, AVSPARK_HTTP_HOST: host } = config;
  const isShared = shared === null ? () => false : secretCheck(shared);
  const isBeyond = !isLoopback(host);
  const demandsToken = (): boolean => shared !== null || isBeyond || tokens.wereMade();
  return {
    /** Once tokens have been given out the door stays closed, also when the last of them is revoked. */
    demandsToken,
    /** `authorization`: the header. null: nobody we know. */
    actorOf: (authorization: string | undefined): Actor | null => {
      if (!demandsToken()) return everybody;
      const given = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
      if (given === undefined) return null;
      // Somebody's own token that is set as the one of all, to be sent by the command line, gives nobody more than it did.
      if (isShared(given) && !tokens.isOwn(given)) return everybody;
      const found = tokens.find(given);
      return found === null ? null : { name: found.name, role: found.role };
    },
    /** Why some, or all, who should be let in are not. */
    problem: (): Problem | null => {
      const problem = tokens.problem();
      if (problem !== null) return problem;
      return isBeyond && shared === null && !tokens.anyValid() ? nobody : null;
    },
    onChange: tokens.onChange,
  };
};
export type Access = ReturnType<typeof createAccess>;

const nobody = failed(
  "token-required",
  "Avspark listens beyond this machine and nobody has a token, so everybody is refused.",
).problem;
