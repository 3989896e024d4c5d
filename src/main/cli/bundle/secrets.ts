import type { Values } from "../../../core/config/resolve.ts";
import { configFields, settingNameSchema } from "../../../shared/config.ts";

const mask = "••••";

/** Every secret that the configuration holds, as it stands there and as it may be written elsewhere. */
const secretsIn = (layers: readonly Values[]): readonly string[] => {
  const found = layers.flatMap((values) =>
    settingNameSchema.options.flatMap((name) => {
      const value = values[name]?.trim() ?? "";
      const { secret } = configFields[name];
      if (value === "" || secret === false) return [];
      return secret === "url" ? credentials(value) : [value];
    }),
  );
  return [
    ...new Set(found.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])),
  ];
};

const credentials = (url: string): readonly string[] => {
  const [, password = ""] = /:\/\/[^/]*?:(.*)@/.exec(url) ?? [];
  return password === "" ? [] : [password, decoded(password)];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Takes every configured secret, and where a person's files lie, out of a text: the last wall, behind all others. */
export const secretRemover = (layers: readonly Values[], home: string): ((text: string) => string) => {
  // The longest first: one secret may be a part of another.
  const secrets = secretsIn(layers).toSorted((a, b) => b.length - a.length);
  return (text) => {
    const without = secrets.reduce((left, secret) => left.replaceAll(secret, mask), text);
    return home.length > 1 ? without.replaceAll(home, "~") : without;
  };
};
