import type { PortProblem } from "../../core/port-kinds.ts";

/** Node's and undici's words for an answer that did not come in time. */
const timeouts = /^(TimeoutError|AbortError|ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;

/** OpenSSL's and Node's words for a certificate or a handshake that is not as it must be. */
const certificates =
  /^(ERR_TLS_.*|ERR_SSL_.*|CERT_.*|UNABLE_TO_.*|.*SELF_SIGNED_CERT.*|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|EPROTO)$/;

/** What a failure below HTTP means, by its code: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `TimeoutError`, … */
export const networkProblem = (options: { readonly code: string; readonly server: string }): PortProblem<"target"> => {
  const { code, server } = options;
  if (timeouts.test(code)) {
    return { kind: "calendar-timeout", message: `${server} did not answer in time.` };
  }
  if (certificates.test(code)) {
    return { kind: "calendar-certificate", message: `The certificate of ${server} cannot be trusted (${code}).` };
  }
  return { kind: "calendar-unreachable", message: `${server} cannot be reached (${code}).` };
};

/** The Retry-After header (RFC 9110, section 10.2.3): seconds or a date. null when absent or unreadable. */
export const retryAfterMs = (header: string | null, now: number): number | null => {
  if (header === null) return null;
  // Chat services give fractions.
  if (/^\d{1,9}(\.\d{1,9})?$/.test(header.trim())) return Math.ceil(Number(header.trim()) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

/** When a server answered, by its own clock: the dates in its answer are to be read by that. Ours, where it does not say. */
export const answeredAt = (headers: { readonly get: (name: string) => string | null }, now: number): number => {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? now : date;
};
