import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";
import { unbracketed } from "../../shared/address/host.ts";

/**
 * TLS with the service of this machine's own configuration. Its certificate is made out to the name by which others reach it,
 * which is not how it is asked here: it must be the very one that the service was given. Nothing is sent before that is known.
 */
export const connectPinned = async (url: URL, file: string, timeoutMs: number): Promise<TLSSocket> => {
  const { fingerprint256: wanted } = new X509Certificate(readFileSync(file));
  const socket = connect({ host: unbracketed(url.hostname), port: Number(url.port || 443), rejectUnauthorized: false });
  const late = setTimeout(() => socket.destroy(new Error("no connection in time")), timeoutMs);
  try {
    await once(socket, "secureConnect");
  } finally {
    clearTimeout(late);
  }
  if (socket.getPeerX509Certificate()?.fingerprint256 === wanted) return socket;
  socket.destroy();
  throw Object.assign(new Error("It has another certificate."), { code: "CERT_MISMATCH" });
};
