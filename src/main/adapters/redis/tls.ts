import type { ConnectionOptions } from "node:tls";
import { raise } from "../../../shared/problem.ts";
import { readRegularFile } from "../regular-file.ts";

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
  return { ...ca, ...cert, ...key, ...(tls.servername === null ? {} : { servername: tls.servername }) };
};

const options = { REDIS_TLS_CA_FILE: "ca", REDIS_TLS_CERT_FILE: "cert", REDIS_TLS_KEY_FILE: "key" } as const;

const pem = async (setting: keyof typeof options, file: string | null): Promise<ConnectionOptions> => {
  if (file === null) return {};
  try {
    return { [options[setting]]: await readRegularFile(file) };
  } catch {
    return raise("redis-certificate", `The file named in ${setting} cannot be read.`);
  }
};
