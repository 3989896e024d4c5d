import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { z } from "zod";
import { isLoopback } from "../../../core/config/together.ts";
import { type Messenger, MessengerProblem, type OutwardMessage } from "../../../core/outward/messenger.ts";
import type { PortProblem } from "../../../core/port-kinds.ts";
import type { AbortSignalLike, Log } from "../../../core/ports.ts";
import { readSmtpAddress, type SmtpAddress } from "../../../shared/address/smtp.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { authorityIn, belowProblem } from "./outward-problem.ts";

type MailOptions = {
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM: the authority that signed the server's certificate, when it is not a public one. Read at each call. */
  readonly caFile: string | null;
  readonly log: Log;
  /** For one mail, from the first connection to the last word. */
  readonly timeoutMs?: number;
};

const setting = "AVSPARK_SMTP_URL";

/** Notices by e-mail, in plain text. A password is given to nobody before the connection is encrypted. */
export const createMail = ({ url, from, to, caFile, log, timeoutMs = 30_000 }: MailOptions): Messenger => {
  const address = readSmtpAddress(url);
  const server = address.ok ? address.value.host : "";
  return {
    name: "mail",
    server,
    send: async (message, signal) => {
      if (!address.ok)
        throw new MessengerProblem({
          kind: "configuration-invalid",
          message: `${setting} should be ${address.expected.en}.`,
          at: setting,
        });
      const ca = await authorityIn(caFile);
      const connection = await connectionTo(address.value, ca, timeoutMs);
      const deadline = createDeadline(connection, signal, timeoutMs);
      try {
        const raw = await built(message, { from, to });
        const rejected = await Promise.race([deliver(connection, address.value, { from, to, raw }), deadline.passed]);
        if (rejected > 0) log.warn("the mail server refuses some recipients", { refused: rejected, of: to.length });
        connection.quit();
      } catch (error) {
        connection.close();
        if (error instanceof ProblemError) throw error;
        throw new MessengerProblem(smtpProblem(error, server), { cause: error });
      } finally {
        deadline.end();
      }
    },
  };
};

/** What speaks SMTP is loaded for the first mail. */
const connectionTo = async (
  { tls, host, port, user }: SmtpAddress,
  ca: string | null,
  timeoutMs: number,
): Promise<SMTPConnection> => {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  return new Connection({
    ...{ host, port, secure: tls },
    // Where there is no password, a relay that cannot encrypt is taken as it is.
    requireTLS: !tls && user !== null && !isLoopback(host),
    ...{ dnsTimeout: timeoutMs, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    maxResponseSize: 64 * 1024,
    // Who calls is nobody's business: by itself it would say this machine's name.
    name: "avspark.invalid",
    tls: { minVersion: "TLSv1.2", ...(ca === null ? {} : { ca }) },
    logger: false,
  });
};

/** `passed` rejects when the time is over or nobody wants it any more, with the connection closed. */
const createDeadline = (connection: SMTPConnection, signal: AbortSignalLike, timeoutMs: number) => {
  let giveUp: (code: string) => void = () => undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    giveUp = (code) => {
      reject(Object.assign(new Error("No longer waited for."), { code }));
      connection.close();
    };
  });
  passed.catch(() => undefined);
  const timer = setTimeout(() => giveUp("ETIMEDOUT"), timeoutMs);
  if (signal.aborted) giveUp("ECONNABORTED");
  signal.addEventListener("abort", () => giveUp("ECONNABORTED"));
  return { passed, end: () => clearTimeout(timer) };
};

/** Answers how many recipients were refused while others were not. */
const deliver = (
  connection: SMTPConnection,
  { user }: SmtpAddress,
  { from, to, raw }: { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer },
): Promise<number> =>
  new Promise((resolve, reject) => {
    connection.on("error", reject);
    connection.once("end", () => reject(Object.assign(new Error("It hung up."), { code: "ECONNRESET" })));
    const send = (): void =>
      connection.send({ from, to: [...to] }, raw, (error, info) => {
        if (error) reject(error);
        else resolve(info?.rejected?.length ?? 0);
      });
    connection.connect((error) => {
      if (error) reject(error);
      else if (user === null) send();
      else
        connection.login({ user: user.name, pass: user.password }, (refused) => {
          if (refused) reject(refused);
          else send();
        });
    });
  });

/** A message's own name, and its thread's: the same whenever the notice is sent, and below the sender's domain. */
const nameIn = (from: string, id: string): string => `<avspark.${id}@${from.split("@")[1] ?? "avspark.invalid"}>`;

const built = async (
  { id, thread, about, at, title, text, link }: OutwardMessage,
  { from, to }: Pick<MailOptions, "from" | "to">,
): Promise<Buffer> => {
  const lines = [text, ...(link === null ? [] : ["", link]), "", "-- ", "Avspark"];
  const references = thread === null ? {} : { inReplyTo: nameIn(from, thread), references: nameIn(from, thread) };
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  return new MailComposer({
    from: { name: "Avspark", address: from },
    to: [...to],
    subject: title.replace(/\s+/g, " "),
    text: lines.join("\n"),
    date: new Date(at),
    messageId: nameIn(from, id),
    ...references,
    // Nobody's absence is told to a machine.
    headers: { "Auto-Submitted": "auto-generated", "X-Avspark-About": encodeURIComponent(about) },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
};

/** What nodemailer's errors say: its own phase as `code`, the network's word as `originalCode`. */
const smtpErrorSchema = z.object({
  code: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

/** What an error of the connection means. Its texts are never passed on: a server may repeat what it was told. */
const smtpProblem = (error: unknown, server: string): PortProblem<"messenger"> => {
  const { code, originalCode, responseCode: status } = smtpErrorSchema.safeParse(error).data ?? {};
  const said = `${server} answers with ${status ?? "something else than SMTP"}.`;
  if (status !== undefined && status >= 400 && status < 500) return { kind: "messenger-busy", message: said };
  switch (code) {
    case "EAUTH":
    case "ENOAUTH":
      return { kind: "messenger-sign-in", message: `${server} refuses the sign-in.`, at: setting };
    case "ETLS":
      return { kind: "messenger-certificate", message: `The connection to ${server} cannot be encrypted.` };
    case "EENVELOPE":
    case "EMESSAGE":
      return { kind: "messenger-rejected", message: said };
    case "EPROTOCOL":
      return { kind: status === undefined ? "messenger-unreachable" : "messenger-rejected", message: said };
    default:
      return belowProblem(originalCode ?? code ?? "no code", server);
  }
};
