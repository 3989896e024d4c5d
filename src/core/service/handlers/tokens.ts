import type { Handlers } from "../../../shared/contract.ts";
import type { Role } from "../../../shared/role.ts";
import type { ListedToken } from "../../../shared/token.ts";

/** The tokens with a name, wherever they are kept. What it throws are ProblemErrors. */
export type TokenBook = {
  readonly list: () => readonly ListedToken[];
  /** Answers the token, which is nowhere from then on. */
  readonly add: (wanted: { readonly name: string; readonly role: Role }) => string;
  readonly revoke: (name: string) => void;
};

/** What administrators do with tokens from elsewhere; on the service's machine `avspark token` does it. */
export const tokenHandlers = (book: TokenBook): Pick<Handlers, "tokens" | "addToken" | "revokeToken"> => ({
  tokens: async () => ({ tokens: book.list() }),
  addToken: async (wanted) => ({ message: "Made", token: book.add(wanted) }),
  revokeToken: async ({ name }) => {
    book.revoke(name);
    return { message: "Revoked" };
  },
});
