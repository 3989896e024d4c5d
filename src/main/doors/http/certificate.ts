import { createPrivateKey, X509Certificate } from "node:crypto";
import { errorCode } from "../../../core/error-name.ts";
import type { Clock } from "../../../core/ports.ts";
import type { SettingName } from "../../../shared/config.ts";
import { failed, type Problem, raise } from "../../../shared/problem.ts";
import { fileVersion } from "../../adapters/file-version.ts";
import { readRegularFileSync } from "../../adapters/regular-file.ts";
import { problemOf } from "../caught.ts";

export type CertificateFiles = {
  readonly cert: string;
  readonly key: string;
  /** Which settings name them. */
  readonly settings: { readonly cert: SettingName; readonly key: SettingName };
};

/** A certificate and its key, as TLS takes them. */
export type Pair = {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** When nobody takes it any more. */
  readonly expiresAt: number;
};

const wrong = (what: string, setting: SettingName): never => raise("http-certificate", what, setting);

const readFrom = (file: string, setting: SettingName): Buffer => {
  try {
    return readRegularFileSync(file);
  } catch (error) {
    return wrong(`The file that ${setting} names cannot be read (${errorCode(error) ?? "unknown"}).`, setting);
  }
};

const parsed = <T>(parse: () => T, what: string, setting: SettingName): T => {
  try {
    return parse();
  } catch {
    return wrong(what, setting);
  }
};

/** Reads both and sees that others will take them, so that nothing is begun with what no client would. Throws ProblemError. */
export const readPair = ({ settings, ...files }: CertificateFiles, now: number): Pair => {
  const cert = readFrom(files.cert, settings.cert);
  const key = readFrom(files.key, settings.key);
  const certificate = parsed(
    () => new X509Certificate(cert),
    `The file that ${settings.cert} names has no certificate (PEM).`,
    settings.cert,
  );
  const privateKey = parsed(
    () => createPrivateKey(key),
    `The file that ${settings.key} names has no private key (PEM, without a passphrase).`,
    settings.key,
  );
  if (!certificate.checkPrivateKey(privateKey))
    wrong(`The key that ${settings.key} names is not that of the certificate.`, settings.key);
  const expiresAt = Date.parse(certificate.validTo);
  if (now >= expiresAt) wrong(expired, settings.cert);
  if (now < Date.parse(certificate.validFrom)) wrong("The certificate is not valid yet.", settings.cert);
  return { cert, key, expiresAt };
};

const expired = "The certificate has expired.";

/** Whoever renews a certificate writes two files, one after the other. */
const lookMs = 1000;

type Watched = {
  readonly files: CertificateFiles;
  /** With which it began. */
  readonly pair: Pair;
  readonly clock: Pick<Clock, "now" | "after">;
  /** Another one is to be used from now on. */
  readonly onPair: (pair: Pair) => void;
  /** What keeps a new one from being used, or the old one from being taken; null: nothing any more. */
  readonly onProblem: (problem: Problem | null) => void;
};

/** Takes up a certificate that was renewed on the disk. Until it is whole, the one before goes on. */
export const watchCertificate = ({
  files,
  pair: first,
  clock,
  onPair,
  onProblem,
}: Watched): { readonly stop: () => void } => {
  const versionOf = (): string => `${fileVersion(files.cert)} ${fileVersion(files.key)}`;
  let pair = first;
  let version = versionOf();
  let told: Problem["message"] | null = null;
  let failedBefore = false;

  const tell = (problem: Problem | null): void => {
    if ((problem?.message ?? null) === told) return;
    told = problem?.message ?? null;
    onProblem(problem);
  };

  /** What lies there cannot be used; null: it can, or is what is used already. */
  const takeUp = (): Problem | null => {
    const now = versionOf();
    if (now === version) return null;
    try {
      pair = readPair(files, clock.now());
      version = now;
      onPair(pair);
      return null;
    } catch (error) {
      return problemOf(error).problem;
    }
  };

  const look = (): void => {
    cancel = clock.after(lookMs, look);
    const problem = takeUp();
    // One of the two files may just be written.
    const isNews = problem === null || failedBefore;
    failedBefore = problem !== null;
    const old = clock.now() >= pair.expiresAt ? failed("http-certificate", expired, files.settings.cert).problem : null;
    if (isNews) tell(problem ?? old);
  };
  let cancel = clock.after(lookMs, look);
  return { stop: () => cancel() };
};
