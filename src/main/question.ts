import { type CommandName, contract } from "../shared/contract.ts";

/** A command as it goes over HTTP. */
export type Question = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Made of the command's route alone; null: it has none, since only a window in the same process may give it. */
export const questionOf = (name: CommandName, input: object): Question | null => {
  const route = contract[name].http;
  if (route === null) return null;
  if (route.method === "POST") return { ...route, body: JSON.stringify(input) };
  const given = new Map<string, string>();
  for (const [key, value] of Object.entries(input)) if (value !== undefined) given.set(key, String(value));
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = encodeURIComponent(given.get(key) ?? "");
    given.delete(key);
    return value;
  });
  const query = new URLSearchParams([...given]);
  return { ...route, path: query.size === 0 ? path : `${path}?${query}` };
};
