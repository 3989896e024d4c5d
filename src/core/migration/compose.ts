import { z } from "zod";

/** The predecessor's container, as far as a compose file tells. Docker's own rules decide what a value comes to. */
export type Container = {
  readonly environment: ReadonlyMap<string, string>;
  /** Names whose value speaks of variables that are set nowhere. */
  readonly unset: ReadonlyMap<string, readonly string[]>;
  /** Names whose value stands in a later file than the first. */
  readonly overridden: ReadonlySet<string>;
  readonly environmentFiles: readonly EnvironmentFile[];
  /** Where a path within the container lies outside; null: in none of its folders. */
  readonly outside: (path: string) => string | null;
  /** The port of this machine that leads to one of the container's. */
  readonly published: (port: string) => string | null;
};

export type EnvironmentFile = { readonly path: string; readonly required: boolean };

export type Compose = {
  /** null: none of its services is the predecessor. */
  readonly container: Container | null;
  /** The port of this machine that leads to a port of the service of this name. */
  readonly publishedOf: (host: string, port: string) => string | null;
};

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const several = <T extends z.ZodType>(one: T) => z.union([z.array(one), one.transform((value) => [value])]);

const serviceSchema = z.object({
  image: z.string().nullish(),
  container_name: z.string().nullish(),
  environment: z.union([z.record(z.string(), scalar.nullable()), z.array(z.string())]).nullish(),
  env_file: several(
    z.union([
      z.string().transform((path) => ({ path, required: true })),
      z.object({ path: z.string(), required: z.boolean().default(true) }),
    ]),
  ).nullish(),
  volumes: z.array(z.union([z.string(), z.object({ source: z.string().optional(), target: z.string() })])).nullish(),
  ports: z.array(z.union([scalar, z.object({ target: scalar, published: scalar.optional() })])).nullish(),
});
type Service = z.infer<typeof serviceSchema>;

const composeSchema = z.object({ services: z.record(z.string(), serviceSchema) });

export const isCompose = (value: unknown): boolean => composeSchema.safeParse(value).success;

type LookUp = (name: string) => string | undefined;

/** A service as all of the files say it: of what there is one of the later file's, of what there are many both. */
const merged = (one: Service | undefined, other: Service): Service => ({
  image: other.image ?? one?.image,
  container_name: other.container_name ?? one?.container_name,
  environment: [...linesOf(one), ...linesOf(other)],
  env_file: [...(one?.env_file ?? []), ...(other.env_file ?? [])],
  // The first that fits counts.
  volumes: [...(other.volumes ?? []), ...(one?.volumes ?? [])],
  ports: [...(other.ports ?? []), ...(one?.ports ?? [])],
});

const linesOf = (service: Service | undefined): readonly string[] =>
  service === undefined ? [] : pairsOf(service).map(([name, text]) => (text === null ? name : `${name}=${text}`));

/** `files`: each over the ones before. `lookUp`: what Docker puts in for a variable, of the `.env` beside them. */
export const readCompose = (files: readonly unknown[], lookUp: LookUp): Compose => {
  const [first = {}, ...later] = files.flatMap((file) => {
    const { data } = composeSchema.safeParse(file);
    return data === undefined ? [] : [data.services];
  });
  const all = new Map(Object.entries(first));
  for (const more of later)
    for (const [name, service] of Object.entries(more)) all.set(name, merged(all.get(name), service));
  const overriddenIn = (name: string): ReadonlySet<string> =>
    new Set(later.flatMap((more) => (more[name] === undefined ? [] : pairsOf(more[name]).map(([given]) => given))));
  const services = [...all];
  const named = services.find(([name, { container_name, image }]) =>
    [name, container_name, image].some((word) =>
      /calendar-?phone-?book-?sync|^fogis-(calendar-)?sync$/i.test(word ?? ""),
    ),
  );
  const [only, ...others] = services;
  const ours = named ?? (others.length === 0 ? only : undefined);
  return {
    container: ours === undefined ? null : { ...containerOf(ours[1], lookUp), overridden: overriddenIn(ours[0]) },
    publishedOf: (host, port) => {
      const found = services.find(([name, { container_name }]) => name === host || container_name === host);
      return found === undefined ? null : publishedOf(found[1], port, lookUp);
    },
  };
};

const containerOf = (service: Service, lookUp: LookUp): Omit<Container, "overridden"> => {
  const unset = new Map<string, readonly string[]>();
  // Of a name that comes twice the last one counts, and what the first spoke of does not matter.
  const pairs = [...new Map(pairsOf(service))].flatMap(([name, written]): readonly (readonly [string, string])[] => {
    // A name alone hands on what there is.
    const put = written === null ? { text: lookUp(name) ?? "", unset: [] } : interpolated(written, lookUp);
    if (put.unset.length > 0) unset.set(name, put.unset);
    return [[name, put.text]];
  });
  const mounts = (service.volumes ?? [])
    .flatMap((volume) => mountOf(volume, lookUp))
    .sort((a, b) => b.inside.length - a.inside.length);
  return {
    environment: new Map(pairs),
    unset,
    environmentFiles: (service.env_file ?? []).map((file) => ({ ...file, path: interpolated(file.path, lookUp).text })),
    outside: (path) => {
      const mount = mounts.find(({ inside }) => path === inside || path.startsWith(`${inside}/`));
      return mount === undefined ? null : mount.outside + path.slice(mount.inside.length);
    },
    published: (port) => publishedOf(service, port, lookUp),
  };
};

const pairsOf = ({ environment }: Service): readonly (readonly [string, string | null])[] => {
  if (!Array.isArray(environment)) return Object.entries(environment ?? {});
  return environment.map((line) => {
    const equals = line.indexOf("=");
    return equals === -1 ? [line, null] : [line.slice(0, equals), line.slice(equals + 1)];
  });
};

type Mount = { readonly inside: string; readonly outside: string };

/** A folder or file of this machine in the container; Docker's own volumes lie where nobody looks. */
const mountOf = (volume: NonNullable<Service["volumes"]>[number], lookUp: LookUp): readonly Mount[] => {
  const [outside = "", inside = ""] =
    typeof volume === "string" ? interpolated(volume, lookUp).text.split(":") : [volume.source, volume.target];
  return /^[./]/.test(outside) && inside.startsWith("/") ? [{ outside, inside: inside.replace(/\/+$/, "") }] : [];
};

const publishedOf = ({ ports }: Service, port: string, lookUp: LookUp): string | null => {
  for (const one of ports ?? []) {
    if (typeof one !== "string") {
      if (one.target === port && one.published !== undefined) return one.published;
      continue;
    }
    const [inside, outside] = interpolated(one, lookUp)
      .text.replace(/\/\w+$/, "")
      .split(":")
      .reverse();
    if (inside === port && outside !== undefined) return outside;
  }
  return null;
};

/** $NAME, ${NAME}, ${NAME:-default} and what else Docker knows; $$ is a $. */
const variable = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^}]*))?\})/g;

const interpolated = (text: string, lookUp: LookUp): { readonly text: string; readonly unset: readonly string[] } => {
  const unset: string[] = [];
  const valueFor = ([, dollar, bare, braced, sign = "", word = ""]: RegExpMatchArray): string => {
    if (dollar !== undefined) return "$";
    const name = bare ?? braced ?? "";
    const value = lookUp(name);
    const isSet = value !== undefined && (value !== "" || !sign.startsWith(":"));
    if (sign.endsWith("+")) return isSet ? word : "";
    if (isSet) return value;
    if (sign.endsWith("-")) return word;
    unset.push(name);
    return "";
  };
  let put = "";
  let at = 0;
  for (const match of text.matchAll(variable)) {
    put += text.slice(at, match.index) + valueFor(match);
    at = match.index + match[0].length;
  }
  return { text: put + text.slice(at), unset };
};
