import type { Values } from "../../core/config/layers.ts";
import { hidden } from "../../shared/address/parts.ts";
import { secretsIn, settingNameSchema } from "../../shared/config.ts";

/** Every secret that the configuration holds, as it stands there and as it may be written elsewhere. */
const allSecrets = (layers: readonly Values[]): readonly string[] => {
  const found = layers.flatMap((values) =>
    settingNameSchema.options.flatMap((name) => secretsIn(name, values[name]?.trim() ?? "")),
  );
  return [
    ...new Set(found.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])),
  ];
};

/** Takes every configured secret, and where a person's files lie, out of a text: the last wall, behind all others. */
export const secretRemover = (layers: readonly Values[], home: string): ((text: string) => string) => {
  // The longest first: one secret may be a part of another.
  const secrets = allSecrets(layers).toSorted((a, b) => b.length - a.length);
  return (text) => {
    const without = secrets.reduce((left, secret) => left.replaceAll(secret, hidden), text);
    return home.length > 1 ? without.replaceAll(home, "~") : without;
  };
};
