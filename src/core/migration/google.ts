import { z } from "zod";
import { type GoogleTokenFile, googleTokenFileSchema } from "../../shared/google-token.ts";
import { parseJson } from "../../shared/json/read.ts";
import type { ForPerson, Hindrance } from "../../shared/migration.ts";
import { valueIn } from "../config/layers.ts";
import { type OldFolder, shownPath } from "./folder.ts";
import type { Gathered } from "./gather.ts";

/** The predecessor's right to act for a Google account. */
export type OldSignIn = {
  readonly file: string;
  readonly token: GoogleTokenFile;
  /** All that stands in the file, with what our version of it does not know. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly contacts: boolean;
};

type OAuthClient = { readonly id: string; readonly secret: string; readonly file: string };

export type OldGoogle = {
  readonly signIn: OldSignIn | null;
  /** With which a person signs in anew, where nobody is signed in. */
  readonly client: OAuthClient | null;
  /** Whether a phonebook goes on: as the sign-in allows, or as the one that is lacking was to. null: nothing says so. */
  readonly contacts: boolean | null;
  readonly forPerson: readonly ForPerson[];
};

/** Where the image has the service. */
const home = "/app/";

/** Where a path of the container lies in the folder. */
export const inFolder = (path: string, { compose }: Pick<Gathered, "compose">): string => {
  const mounted = compose?.container?.outside(path) ?? null;
  if (mounted !== null) return mounted;
  return path.startsWith(home) ? path.slice(home.length) : path;
};

const tokenPaths = ["/app/credentials/tokens/calendar/token.json", "/app/data/token.json", "/app/token.json"] as const;
/** Where its container had it, as the folders of this machine are named that hold the container's. */
const usualTokenPaths = ["token.json", "data/token.json", "data/google-calendar/token.json"] as const;

/** Every place once where the predecessor looked for its token file, the first first. */
const tokenFiles = (gathered: Gathered): readonly string[] => {
  const configured = [gathered.container, gathered.dotenv].flatMap((values) =>
    ["GOOGLE_CALENDAR_TOKEN_FILE", "TOKEN_PATH"].flatMap((name) => valueIn(values, name) ?? []),
  );
  const inside = [...configured, ...tokenPaths].map((path) => inFolder(path, gathered));
  return [...new Set([...inside, ...usualTokenPaths].map(shownPath))];
};

const nameContacts = (scopes: readonly string[]): boolean => scopes.some((scope) => scope.endsWith("/auth/contacts"));

type TokenReading =
  | { readonly state: "absent" }
  | { readonly state: "whole"; readonly signIn: OldSignIn }
  | { readonly state: "broken"; readonly problem: ForPerson };

const readToken = (folder: OldFolder, file: string): TokenReading => {
  const reading = folder.read(file);
  if (reading.state === "absent") return reading;
  const broken = (why: Hindrance | null, lacks = ""): TokenReading => ({
    state: "broken",
    problem: { kind: "sign-in-broken", file, why, lacks },
  });
  if (reading.state === "unreadable") return broken(reading.why);
  const json = parseJson(reading.text);
  const record = z.record(z.string(), z.unknown()).safeParse(json.ok ? json.value : null);
  if (!record.success) return broken("no-json");
  const token = googleTokenFileSchema.safeParse(record.data);
  if (!token.success) return broken(null, token.error.issues.map((issue) => issue.path.join(".")).join(", "));
  const { scopes = null } = token.data;
  const contacts = scopes === null || nameContacts(scopes);
  return { state: "whole", signIn: { file, token: token.data, content: record.data, contacts } };
};

const mayWriteEvents = ({ token: { scopes = null } }: OldSignIn): boolean =>
  scopes === null || scopes.some((scope) => /\/auth\/calendar(\.events(\.owned)?)?$/.test(scope));

const clientSchema = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
const credentialsSchema = z.union([
  z.object({ installed: clientSchema }).transform(({ installed }) => ({ kind: "installed" as const, ...installed })),
  z.object({ web: clientSchema }).transform(({ web }) => ({ kind: "web" as const, ...web })),
  z.object({ type: z.literal("service_account") }).transform(() => ({ kind: "service-account" as const })),
]);

const readClient = (folder: OldFolder, gathered: Gathered): Pick<OldGoogle, "client" | "forPerson"> => {
  const configured =
    valueIn(gathered.container, "GOOGLE_CREDENTIALS_PATH") ?? valueIn(gathered.dotenv, "GOOGLE_CREDENTIALS_PATH");
  const paths = [configured, gathered.config.get("CREDENTIALS_FILE") ?? null, "credentials.json"]
    .flatMap((path) => (path === null || path === "" ? [] : [inFolder(path, gathered)]))
    .map(shownPath);
  const file = paths.find(folder.has);
  const reading = file === undefined ? null : folder.read(file);
  if (file === undefined || reading === null || reading.state === "absent") return { client: null, forPerson: [] };
  if (reading.state === "unreadable")
    return { client: null, forPerson: [{ kind: "unreadable", file, why: reading.why }] };
  const json = parseJson(reading.text);
  const credentials = credentialsSchema.safeParse(json.ok ? json.value : null);
  if (!credentials.success) return { client: null, forPerson: [{ kind: "unreadable", file, why: "no-json" }] };
  const { data } = credentials;
  if (data.kind === "service-account") return { client: null, forPerson: [{ kind: "service-account", file }] };
  return {
    client: { id: data.client_id, secret: data.client_secret, file },
    forPerson: data.kind === "web" ? [{ kind: "web-client", file }] : [],
  };
};

export const findGoogle = (folder: OldFolder, gathered: Gathered): OldGoogle => {
  const readings = tokenFiles(gathered).map((file) => readToken(folder, file));
  const [signIn = null, ...others] = readings.flatMap((one) => (one.state === "whole" ? [one.signIn] : []));
  const broken = readings.flatMap((one) => (one.state === "broken" ? [one.problem] : []));
  const { client, forPerson } = readClient(folder, gathered);
  if (signIn === null) {
    const contacts = gathered.scopes && nameContacts(gathered.scopes.named);
    return {
      signIn,
      client,
      contacts,
      forPerson: [...broken, ...forPerson, ...(broken.length === 0 ? [missing] : [])],
    };
  }
  const second = others
    .filter(({ token }) => token.refresh_token !== signIn.token.refresh_token)
    .map(({ file }): ForPerson => ({ kind: "second-sign-in", file, used: signIn.file }));
  return {
    signIn,
    client,
    contacts: signIn.contacts,
    forPerson: [
      ...broken,
      ...second,
      ...(mayWriteEvents(signIn) ? [] : [{ kind: "no-scope", what: "calendar" } as const]),
      ...(signIn.contacts ? [] : [{ kind: "no-scope", what: "contacts" } as const]),
    ],
  };
};

const missing: ForPerson = { kind: "sign-in-missing" };
