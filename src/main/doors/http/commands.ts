import { type CommandName, contract } from "../../../shared/contract.ts";

// Object.keys knows the names only as text.
export const commandNames: readonly CommandName[] = Object.keys(contract) as CommandName[];

/** Lists that scripts ask for again and again; an unchanged one is answered without its content. */
export const conditional: ReadonlySet<CommandName> = new Set(["matches", "messages"]);
