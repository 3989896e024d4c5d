import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import { raiseFor } from "../../../core/port-problem.ts";
import { readRegularFile } from "../regular-file.ts";

const raise = raiseFor("subscription");

export type RedisTls = {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly servername: string | null;
};

/** Read anew for every attempt: certificates are renewed while we run. */
export const tlsOptions = async (tls: RedisTls): Promise<ConnectionOptions> => {
  const [ca, cert, key] = await Promise.all([
    pem("REDIS_TLS_CA_FILE", tls.caFile),
    pem("REDIS_TLS_CERT_FILE", tls.certFile),
    pem("REDIS_TLS_KEY_FILE", tls.keyFile),
  ]);
  return { ...ca, ...cert, ...key, ...(tls.servername === null ? {} : certifiedFor(tls.servername)) };
};

/** A name is asked for as well. An address may not be (RFC 6066, section 3): it is only looked for in the certificate. */
const certifiedFor = (name: string): ConnectionOptions =>
  isIP(name) === 0
    ? { servername: name }
    : { checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate) };

const options = { REDIS_TLS_CA_FILE: "ca", REDIS_TLS_CERT_FILE: "cert", REDIS_TLS_KEY_FILE: "key" } as const;

const pem = async (setting: keyof typeof options, file: string | null): Promise<ConnectionOptions> => {
  if (file === null) return {};
  try {
    return { [options[setting]]: await readRegularFile(file) };
  } catch {
    return raise("redis-certificate", `The file named in ${setting} cannot be read.`);
  }
};
